"""The list of saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.drawing.saved_rows import HEIGHT, saved_rows
from reader.keymap import bind, pager
from reader.widgets.keyed_list import KeyedList

if TYPE_CHECKING:
    from textual.binding import BindingType

    from index.searches import CountedSearch
    from reader.drawing.runs import Run


class SavedList(KeyedList["CountedSearch"]):
    """Saved searches as rows, each with what is new and unread in it."""

    LOOKS = KeyedList.LOOKS | {
        "saved-key", "saved-name", "saved-fresh", "saved-new", "saved-summary", "saved-trouble",
    }  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("saved", "search"),
        bind("enter,l,right", "screen.open", "Open", id="saved.open", tooltip="Ask this search"),
    ]

    def key_of(self, thing: CountedSearch) -> object:
        """Return what it is known again by."""
        return thing.search.name

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return HEIGHT

    def drawn(self, place: int) -> list[list[Run]]:
        """Draw a search."""
        return saved_rows(self.things[place], self.line_width)
