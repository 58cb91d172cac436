"""A screen with results whose search line remembers: past queries, and how each was sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.history import History
from reader.keymap import bind
from reader.screens.results_screen import ResultsScreen

if TYPE_CHECKING:
    from textual.binding import BindingType

    from index.library import Library
    from index.results import Sort
    from index.store import PastQuery


class QueryScreen(ResultsScreen):
    """Goes through past queries, and asks each in the order that was chosen for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "up", "older_query", "Earlier query", id="line.older",
            tooltip="While typing a query: the query before, of those that begin so",
        ),
    ]  # fmt: skip

    def __init__(self, library: Library, sort: Sort) -> None:
        super().__init__(library, sort)
        self._usual_sort: Sort = sort
        self.history = History()

    def on_mount(self) -> None:
        """Recall past queries, beside the screen."""
        self.app.record.put(self.library.queries.all, self.call_later, self._recalled)

    def _recalled(self, past: tuple[PastQuery, ...]) -> None:
        self.history.recall(past)

    def ask(self, *, keep_place: bool = False) -> None:
        """Search for what is in the search pane, in the order that was chosen for it."""
        self.sort = self.history.sort_of(self._query) or self._usual_sort
        super().ask(keep_place=keep_place)

    @property
    def _query(self) -> str:
        return self.pane.query_text.strip()

    def action_sort(self) -> None:
        """Sort in the next order, and remember that with the query."""
        self.note_query(self.next_sort)
        self.ask(keep_place=self.view.has_focus)

    def note_query(self, sort: Sort | None = None) -> None:
        """Remember that a query was gone into, or in which order its results are wanted."""
        query = self._query
        # How all articles are sorted is remembered until the reader is left.
        self.history.note(query, sort)
        if query:
            self.app.record.put(
                lambda: self.library.queries.note(query, sort), self.call_later, lambda _: None
            )

    # --- in the search line ---------------------------------------------------------------------

    def action_older_query(self) -> None:
        """Put the query before into the line."""
        self._put_into_line(self.history.older(self.pane.query_text, self.pane.typed))

    def action_newer_query(self) -> None:
        """Put the query after into the line, at last what was typed."""
        self._put_into_line(self.history.newer(self.pane.query_text))

    def _put_into_line(self, query: str | None) -> None:
        if query is not None:
            self.pane.set_query(query)

    def action_leave_search(self, into: bool) -> None:
        """Go to the results, and ``into`` them: without any, take the query that is suggested."""
        self.set_focus(self.result_list)
        if not into:
            return
        if self.results is not None and not self.results.total:
            self.action_open()
        elif self._query:
            self.note_query()

    def action_open(self) -> None:
        """Read the hit at the cursor."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrows to the other panes, and to what is not in the search line."""
        if action in ("leave_search", "older_query"):
            return self.pane.has_focus_within
        if action == "newer_query":
            return self.pane.has_focus_within and self.history.is_walked(self.pane.query_text)
        return super().check_action(action, parameters)
