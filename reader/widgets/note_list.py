"""The list of highlights and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.drawing.note_rows import note_rows
from reader.keymap import bind, pager
from reader.widgets.keyed_list import KeyedList

if TYPE_CHECKING:
    from textual.binding import BindingType

    from index.highlights import Noted
    from reader.drawing.runs import Run

_HEIGHTS = ((14, 5), (0, 3))
"""Lines of a row, by the least height of the list that it is for."""


class NoteList(KeyedList["Noted"]):
    """Highlights as rows, each with its words, its note, and where it is from."""

    LOOKS = KeyedList.LOOKS | {"noted-quote", "noted-lost", "noted-note", "noted-summary"}
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("notes", "highlight"),
        bind("enter,l,right", "screen.open", "Open", id="notes.open", tooltip="Open the article"),
    ]

    def key_of(self, thing: Noted) -> object:
        """Return what it is known again by."""
        return thing.highlight.key

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
        rows = note_rows(self.things[place], self.line_width, height, self.shown_at)
        return rows + [[] for _ in range(self.row_height - len(rows))]
