"""Sets of ids that are asked for again and again, while much else is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.store.database import data_version

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from index.store.database import Connection, Database

_MOST = 64
"""Sets that are remembered: those of a few marks and tags, and about one a saved search."""


class SameSets:
    """Sets, by what was asked for: the same as before, while they have the same ids.

    So whoever derives something from one may keep that.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[Hashable, tuple[int, frozenset[str]]] = {}

    def get(
        self, asked: Hashable, select: Callable[[Connection], Iterable[tuple[str]]]
    ) -> frozenset[str]:
        """Return the ids that ``select`` gives, if it did not give them since the last write."""
        with self._database.reading() as db:
            version = data_version(db)
            known = self._known.pop(asked, None)
            if known is None or known[0] != version:
                ids = frozenset(id_ for (id_,) in select(db))
                known = version, known[1] if known is not None and known[1] == ids else ids
            self._known[asked] = known
            # What was asked for longest ago is forgotten.
            while len(self._known) > _MOST:
                del self._known[next(iter(self._known))]
        return known[1]
