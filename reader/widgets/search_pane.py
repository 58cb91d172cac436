"""The search pane: what is searched for, which results there are, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from reader.widgets.ground import Column, Row
from reader.widgets.text_line import TextLine
from reader.wording import SEPARATOR

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from index.errors import QueryError

PROMPT = " ⌕ "


class SearchPane(Column):
    """The query on the left, the state of the search on the right, a message below."""

    class Changed(Message):
        """The query is another one."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Row(id="search-line"):
            yield Static(PROMPT, id="search-prompt", markup=False)
            yield TextLine(placeholder=self._placeholder, compact=True, id="search-input")
            yield Static(" ", id="search-state", markup=False)
        yield Static(id="search-message", markup=False)

    @property
    def query_text(self) -> str:
        """What is in the line now."""
        return self._input.value

    @property
    def is_being_typed(self) -> bool:
        """Whether something is being added at the end of the line."""
        line = self._input
        return line.has_focus and line.cursor_position == len(line.value)

    @property
    def typed(self) -> str:
        """What was typed there: nothing, where all is selected, for what is typed to replace it."""
        is_replaced = self._input.selected_text == self._input.value
        return "" if is_replaced else self._input.value

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    def set_query(self, query: str) -> bool:
        """Put a query into the line; tell whether it is another one: the line tells of that."""
        is_other = query != self._input.value
        self._input.value = query
        self._input.cursor_position = len(query)
        return is_other

    def enter(self) -> None:
        """Let the reader type, the old query selected so that a new one takes its place."""
        self.screen.set_focus(self._input)
        self._input.select_all()

    def state(self, *parts: str, keep: int = 1) -> None:
        """Say which results there are, in as many parts as leave most of the line to the query.

        The first ``keep`` of them are said in any case.
        """
        while len(parts) > keep and cell_len(SEPARATOR.join(parts)) > self.size.width * 0.45:
            parts = parts[:-1]
        text = SEPARATOR.join(parts)
        state = self.query_one("#search-state", Static)
        # A width of its own, since one that follows the text would lay out the screen each time.
        if state.styles.width is None or state.styles.width.value != cell_len(text) + 2:
            state.styles.width = cell_len(text) + 2
        state.update(text, layout=False)

    def say(self, message: str) -> None:
        """Say something below the query; nothing takes the line away."""
        line = self.query_one("#search-message", Static)
        if not message and not line.display:
            return
        line.remove_class("error")
        line.update(Content(message))
        line.display = bool(message)

    def complain(self, error: QueryError) -> None:
        """Say what is wrong with the query, pointing at the place."""
        self.say(error.message)
        line = self.query_one("#search-message", Static)
        line.add_class("error")
        before = cell_len(self.query_text[: error.start])
        length = max(1, cell_len(self.query_text[error.start : error.end]))
        room = self.size.width - cell_len(PROMPT)
        if before + length + 1 + cell_len(error.message) <= room:
            line.update(Content(" " * before + "▔" * length + " " + error.message))

    @on(Input.Changed, "#search-input")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))
