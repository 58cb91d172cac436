"""When each article came for the first time, by the number of the change that brought it.

A change of its text gives an article another number; this one stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.store.database import data_version

if TYPE_CHECKING:
    from index.store.database import Database

_MOST = 64
"""Numbers after which the arrivals are remembered: about one a saved search."""


class ArrivalTable:
    """What came after what."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, tuple[int, frozenset[str]]] = {}

    def after(self, change: int) -> frozenset[str]:
        """Return the ids of all articles that came for the first time after a change.

        The same set as before, while it has the same ids.
        """
        with self._database.reading() as db:
            version = data_version(db)
            known = self._known.pop(change, None)
            if known is None or known[0] != version:
                rows = db.execute("SELECT id FROM arrivals WHERE change > ?", (change,)).fetchall()
                ids = frozenset(row[0] for row in rows)
                known = version, known[1] if known is not None and known[1] == ids else ids
            self._known[change] = known
            while len(self._known) > _MOST:
                del self._known[next(iter(self._known))]
        return known[1]

    def seen(self, indexed: int, before: int) -> int:
        """Return up to which change all that arrived could be found, ``before`` at the least.

        ``indexed``: the newest change that can be found. What arrived earlier and was changed since
        cannot be, perhaps: rather than never, it is new once more.
        """
        with self._database.reading() as db:
            (unsure,) = db.execute(
                "SELECT min(arrivals.change) FROM articles JOIN arrivals USING (id)"
                " WHERE articles.change > ? AND arrivals.change > ?",
                (indexed, before),
            ).fetchone()
        return max(before, indexed if unsure is None else min(indexed, unsure - 1))
