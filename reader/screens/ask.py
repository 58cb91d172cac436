"""Where the reader types an answer: a line in the middle of the screen, with what it is for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from index.cleaning import mask
from reader.keymap import bind
from reader.path_completion import completed
from reader.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Paths(Suggester):
    """Suggests how a path may go on; folders are looked into beside the screen."""

    def __init__(self) -> None:
        # What a folder holds changes.
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole path that is suggested, if the line can hold it."""
        found = await asyncio.to_thread(completed, value)
        return found if found is not None and found == mask(found) else None


class AskScreen(ModalScreen[str | None]):
    """A line to type into. Gives what was typed, or nothing where the reader went back.

    ``required``: an empty line is no answer, but a way back. ``fault`` says why a line is none; the
    line stays.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("escape", "dismiss", "Back", id="ask.back"),
        bind(
            "tab", "complete", "Complete", id="ask.complete",
            tooltip="Take over what is suggested",
        ),
    ]  # fmt: skip

    def __init__(
        self,
        title: str,
        hint: str,
        *,
        placeholder: str = "",
        value: str = "",
        required: bool = True,
        suggester: Suggester | None = None,
        fault: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._fault = fault
        self._title, self._hint, self._required = title, hint, required
        self._line = TextLine(
            mask(value),
            placeholder,
            compact=True,
            id="ask-input",
            suggester=suggester,
            select_on_focus=False,  # What is there is more often added to than replaced.
        )

    def compose(self) -> ComposeResult:
        """Lay out the dialogue."""
        with Vertical(id="ask"):
            yield self._line
            yield Static(mask(self._hint), id="ask-hint", markup=False)

    def on_mount(self) -> None:
        """Say what it is for, and take what is typed from now on."""
        self.set_focus(self._line)
        self.query_one("#ask").border_title = Content(mask(self._title))

    def action_complete(self) -> None:
        """Take over what is suggested."""
        self._line.action_cursor_right()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if fault := self._fault(event.value):
            self.query_one("#ask-hint", Static).update(mask(fault))
        else:
            is_answer = event.value.strip() or not self._required
            self.dismiss(event.value if is_answer else None)
