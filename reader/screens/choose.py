"""Where one of a few things is chosen: a list in the middle of the screen."""

from __future__ import annotations

from string import digits
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from index.cleaning import mask
from reader.keymap import bind
from reader.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from reader.drawing.choices import Choice


class Chosen(NamedTuple):
    """What was chosen, and whether it is wanted as a copy only."""

    place: int
    copied: bool = False


class ChooseScreen(ModalScreen[Chosen | None]):
    """A list. Gives what was chosen, or nothing where the reader went back.

    ``copies``: what is chosen can be copied instead.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("q,h,left,escape", "dismiss", "Back", id="choose.back"),
        *(
            bind(
                digit, f"digit({digit})", "To number…", id=f"choose.{digit}",
                tooltip="To the row whose number is typed",
            )
            for digit in digits
        ),
    ]  # fmt: skip

    def __init__(
        self, title: str, hint: str, choices: Sequence[Choice], *, at: int = 0, copies: bool = False
    ) -> None:
        super().__init__()
        self._title, self._hint, self._copies = title, hint, copies
        self._list = ChoiceList(choices, at, id="choices")
        self._list.styles.height = len(choices)

    def compose(self) -> ComposeResult:
        """Lay out the dialogue."""
        with Vertical(id="choose"):
            yield self._list
            yield Static(self._hint, id="choose-hint", markup=False)

    def on_mount(self) -> None:
        """Say what it is for."""
        self.set_focus(self._list)
        self.query_one("#choose").border_title = Content(mask(self._title))

    @on(ChoiceList.Opened)
    def _opened(self) -> None:
        self.dismiss(Chosen(self._list.cursor))

    def action_digit(self, digit: int) -> None:
        """Go to the row with the number that is typed."""
        self._list.type_digit(digit)

    def action_copy(self) -> None:
        """Take a copy of the row at the cursor."""
        self.dismiss(Chosen(self._list.cursor, copied=True))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a copy of what can be copied."""
        return self._copies if action == "copy" else super().check_action(action, parameters)
