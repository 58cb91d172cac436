"""The list of saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.drawing.saved_rows import HEIGHT, saved_rows
from reader.keymap import bind, pager
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from index.searches import CountedSearch
    from reader.drawing.runs import Run


class SavedList(RowList):
    """Saved searches as rows, each with what is new and unread in it."""

    LOOKS = RowList.LOOKS | {
        "saved-key", "saved-name", "saved-fresh", "saved-new", "saved-summary", "saved-trouble",
    }  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("saved", "search"),
        bind("enter,l,right", "screen.open", "Open", id="saved.open", tooltip="Ask this search"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.searches: tuple[CountedSearch, ...] = ()

    @property
    def current(self) -> CountedSearch | None:
        """The search at the cursor."""
        return self.searches[self.cursor] if self.searches else None

    def show(self, searches: Sequence[CountedSearch], name: str | None) -> None:
        """Show searches, with the cursor at the one with this name, or else where it was."""
        self.searches = tuple(searches)
        places = (place for place, one in enumerate(searches) if one.search.name == name)
        self.show_rows(len(searches), next(places, self.cursor))

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return HEIGHT

    def drawn(self, place: int) -> list[list[Run]]:
        """Draw a search."""
        return saved_rows(self.searches[place], self.line_width)
