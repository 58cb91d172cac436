"""The list of highlights and notes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from reader.drawing.note_rows import note_rows
from reader.keymap import bind, pager
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from index.highlights import Noted
    from reader.drawing.runs import Run

_HEIGHTS = ((14, 5), (0, 3))
"""Lines of a row, by the least height of the list that it is for."""


class NoteList(RowList):
    """Highlights as rows, each with its words, its note, and where it is from."""

    LOOKS = RowList.LOOKS | {"noted-quote", "noted-lost", "noted-note", "noted-summary"}
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("notes", "highlight"),
        bind("enter,l,right", "screen.open", "Open", id="notes.open", tooltip="Open the article"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.notes: tuple[Noted, ...] = ()
        self._now = dt.datetime.now(dt.UTC)

    @property
    def current(self) -> Noted | None:
        """The highlight at the cursor."""
        return self.notes[self.cursor] if self.notes else None

    def show(self, notes: Sequence[Noted], key: int | None) -> None:
        """Show highlights, with the cursor at the one with this key, or else where it was."""
        self.notes, self._now = tuple(notes), dt.datetime.now(dt.UTC)
        places = (place for place, one in enumerate(notes) if one.highlight.key == key)
        self.show_rows(len(notes), next(places, self.cursor))

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return next(lines for least, lines in _HEIGHTS if self.size.height >= least)

    @property
    def row_gap(self) -> int:
        """A line between rows, where there is room for it."""
        return 1 if self.row_height > 3 else 0

    def drawn(self, place: int) -> list[list[Run]]:
        """Draw a highlight."""
        height = self.row_height - self.row_gap
        rows = note_rows(self.notes[place], self.line_width, height, self._now)
        return rows + [[] for _ in range(self.row_height - len(rows))]
