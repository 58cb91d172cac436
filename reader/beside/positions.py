"""Where the reader is in articles: known at once, and written to the record beside the screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from index.errors import BroadsheetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.article import Position
    from index.store import PositionTable


class Positions:
    """The positions of the record, and those that are still on their way there.

    ``write`` has something done with the record soon.
    """

    def __init__(self, kept: PositionTable, write: Callable[[Callable[[], None]], None]) -> None:
        self._kept, self._write = kept, write
        self._noted: dict[str, Position | None] = {}

    def of(self, id_: str) -> Position | None:
        """Return where the reader was in an article; None for its top."""
        return self._noted[id_] if id_ in self._noted else self._kept.of(id_)

    def note(self, id_: str, position: Position | None) -> None:
        """Note where the reader is in an article, if that is news."""
        if position != self.of(id_):
            self._noted[id_] = position
            self._write(partial(self._put, id_, position))

    def _put(self, id_: str, position: Position | None) -> None:
        """Write down a position; where that fails, it is news the next time."""
        try:
            self._kept.put(id_, position)
        except BroadsheetError:
            if self._noted.get(id_) == position:
                del self._noted[id_]
            raise
