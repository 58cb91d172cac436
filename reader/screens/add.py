"""Where the reader says what to add: a path, completed while it is typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from index.cleaning import mask
from reader.path_completion import completed
from reader.widgets.text_line import TextLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

_HINT = "A file, a folder or an archive. Tab completes, Enter adds, Esc goes back."


class _Paths(Suggester):
    """Suggests how a path may go on; folders are looked into beside the screen."""

    def __init__(self) -> None:
        # What a folder holds changes.
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole path that is suggested, if the line can hold it."""
        found = await asyncio.to_thread(completed, value)
        return found if found is not None and found == mask(found) else None


class AddScreen(ModalScreen[str]):
    """A line for a path. Gives what was typed, or nothing where the reader went back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="add.back"),
        Binding("tab", "complete", "Complete", id="add.complete", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the dialogue."""
        with Vertical(id="add"):
            yield TextLine(placeholder="~/news", compact=True, id="add-input", suggester=_Paths())
            yield Static(_HINT, id="add-hint", markup=False)

    def on_mount(self) -> None:
        """Say what it is for."""
        self.query_one("#add").border_title = "Add articles"

    def action_complete(self) -> None:
        """Take over what is suggested."""
        self.query_one(Input).action_cursor_right()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value)
