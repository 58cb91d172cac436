"""The line to look for something within the open article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from reader.widgets.text_line import TextLine

if TYPE_CHECKING:
    from textual.app import ComposeResult


class FindBar(Horizontal):
    """Shown while something is looked for in the article."""

    class Changed(Message):
        """Something else is looked for."""

        def __init__(self, wanted: str) -> None:
            super().__init__()
            self.wanted = wanted

    def compose(self) -> ComposeResult:
        """Lay out the bar."""
        yield Static(" / ", id="find-prompt", markup=False)
        yield TextLine(placeholder="find in this article", compact=True, id="find-input")

    def enter(self) -> None:
        """Let the reader type."""
        self.display = True
        self.screen.set_focus(self.query_one(Input))
        self.query_one(Input).select_all()

    def leave(self) -> None:
        """Take the bar away."""
        self.display = False
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""

    @on(Input.Changed, "#find-input")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))
