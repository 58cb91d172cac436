"""A screen with a list, and above it a line to type what is to be found in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen, ScreenResultType

from reader.widgets.search_pane import SearchPane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.widgets.row_list import RowList

Thing = TypeVar("Thing")


class FindingScreen(Screen[ScreenResultType]):
    """Goes into the line and out of it; what is listed is up to a subclass."""

    @property
    def list_(self) -> RowList:
        """The list."""
        raise NotImplementedError

    @property
    def pane(self) -> SearchPane:
        """The line."""
        return self.query_one(SearchPane)

    @property
    def is_finding(self) -> bool:
        """Whether the reader types in the line."""
        # While the screen is being left, it may be gone already.
        return any(pane.has_focus_within for pane in self.query(SearchPane))

    def found(self, things: Iterable[Thing], text_of: Callable[[Thing], str]) -> list[Thing]:
        """Return the things that have all words that are typed in their text."""
        words = self.pane.query_text.casefold().split()
        texts = ((thing, text_of(thing).casefold()) for thing in things)
        return [thing for thing, text in texts if all(word in text for word in words)]

    def action_find(self) -> None:
        """Let the reader type what is to be found."""
        self.pane.enter()

    def action_leave_find(self) -> None:
        """Go to the list."""
        self.set_focus(self.list_)

    def action_back(self) -> None:
        """Forget what is found, or else leave."""
        if self.pane.query_text:
            self.pane.set_query("")
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Give each key that means several things the one that fits where the reader is."""
        if action == "leave_find":
            return self.is_finding
        if action in ("back", "find"):
            return not self.is_finding
        return super().check_action(action, parameters)
