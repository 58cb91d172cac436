"""The line to look for something within the open article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class FindInput(Input):
    """One line to type into; Enter keeps what was found, Esc forgets it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "keep", "To the article", id="find.keep", key_display="⏎"),
        Binding("escape", "forget", "Forget the find", id="find.forget"),
    ]

    class Ended(Message):
        """The reader is done with typing."""

        def __init__(self, *, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def action_keep(self) -> None:
        """Go back to the article, at the match."""
        self.post_message(self.Ended(kept=True))

    def action_forget(self) -> None:
        """Go back to the article, without the find."""
        self.post_message(self.Ended(kept=False))


class FindBar(Horizontal):
    """Shown while something is looked for in the article."""

    class Changed(Message):
        """Something else is looked for."""

        def __init__(self, wanted: str) -> None:
            super().__init__()
            self.wanted = wanted

    class Ended(Message):
        """The reader goes back to the article."""

        def __init__(self, *, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def compose(self) -> ComposeResult:
        """Lay out the bar."""
        yield Static(" / ", id="find-prompt", markup=False)
        yield FindInput(placeholder="find in this article", compact=True, id="find-input")

    def enter(self) -> None:
        """Let the reader type."""
        self.display = True
        self.query_one(FindInput).focus()
        self.query_one(FindInput).select_all()

    def leave(self) -> None:
        """Take the bar away."""
        self.display = False
        with self.prevent(Input.Changed):
            self.query_one(FindInput).value = ""

    @on(Input.Changed, "#find-input")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(FindInput.Ended)
    def _ended(self, event: FindInput.Ended) -> None:
        event.stop()
        self.post_message(self.Ended(kept=event.kept))
