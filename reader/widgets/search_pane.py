"""The search pane: what is searched for, which results there are, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from reader.wording import SEPARATOR

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from index.errors import QueryError

PROMPT = " ⌕ "


class SearchInput(Input):
    """One line to type a query into; leaving it leads to the results."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "leave", "Results", id="search.results", key_display="⏎"),
        Binding("escape", "leave", "Results", id="search.leave"),
    ]

    class Left(Message):
        """The reader is done with typing."""

    def action_leave(self) -> None:
        """Go on to the results."""
        self.post_message(self.Left())


class SearchPane(Vertical):
    """The query on the left, the state of the search on the right, a message below."""

    class Changed(Message):
        """The query is another one."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Left(Message):
        """The reader is done with typing."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Horizontal(id="search-line"):
            yield Static(PROMPT, id="search-prompt", markup=False)
            yield SearchInput(placeholder="search the library", compact=True, id="search-input")
            yield Static(id="search-state", markup=False)
        yield Static(id="search-message", markup=False)

    @property
    def query_text(self) -> str:
        """What is in the line now."""
        return self._input.value

    @property
    def _input(self) -> SearchInput:
        return self.query_one(SearchInput)

    def set_query(self, query: str) -> None:
        """Put another query into the line."""
        self._input.value = query
        self._input.cursor_position = len(query)

    def enter(self) -> None:
        """Let the reader type, the old query selected so that a new one takes its place."""
        self._input.focus()
        self._input.select_all()

    def state(self, *parts: str) -> None:
        """Say which results there are, in as many parts as leave most of the line to the query."""
        while len(parts) > 1 and cell_len(SEPARATOR.join(parts)) > self.size.width * 0.45:
            parts = parts[:-1]
        self.query_one("#search-state", Static).update(SEPARATOR.join(parts))

    def say(self, message: str) -> None:
        """Say something below the query; nothing takes the line away."""
        line = self.query_one("#search-message", Static)
        line.remove_class("error")
        line.update(Content(" " * cell_len(PROMPT) + message))
        line.display = bool(message)

    def complain(self, error: QueryError) -> None:
        """Say what is wrong with the query, pointing at the place."""
        self.say(error.message)
        line = self.query_one("#search-message", Static)
        line.add_class("error")
        before = cell_len(PROMPT) + cell_len(self.query_text[: error.start])
        length = max(1, cell_len(self.query_text[error.start : error.end]))
        if before + length + 1 + cell_len(error.message) <= self.size.width:
            line.update(Content(" " * before + "▔" * length + " " + error.message))

    @on(Input.Changed, "#search-input")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(SearchInput.Left)
    def _left(self, event: SearchInput.Left) -> None:
        event.stop()
        self.post_message(self.Left())
