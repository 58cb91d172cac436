"""A list to choose one of a few things from, by moving to it or by typing its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.drawing.choices import choice_row
from reader.keymap import bind, pager
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from reader.drawing.choices import Choice
    from reader.drawing.runs import Run


class ChoiceList(RowList):
    """Choices, a line each. A number that is typed leads to its row."""

    LOOKS = RowList.LOOKS | {
        "choice-lead", "choice-point", "choice-heading", "choice-link", "choice-detail",
    }  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("choices", "row"),
        bind(
            "enter,l,right", "choose", "Choose", id="choices.choose",
            tooltip="Go there; open the link",
        ),
        bind("y", "screen.copy", "Copy", id="choices.copy", tooltip="Copy the link"),
    ]  # fmt: skip

    def __init__(self, choices: Sequence[Choice], at: int = 0, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._choices = choices
        self._at = at
        self._typed = 0

    def on_mount(self) -> None:
        """Show the choices."""
        self.show_rows(len(self._choices), self._at)

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return 1

    def drawn(self, place: int) -> Sequence[Sequence[Run]]:
        """Draw a choice."""
        return [choice_row(self._choices[place], self.line_width - 1)]

    def type_digit(self, digit: int) -> None:
        """Go to the row with the number that is typed; begin anew where there is none."""
        number = self._typed * 10 + digit
        self._typed = number if number <= self.total else digit
        if 0 < self._typed <= self.total:
            self.cursor = self._typed - 1

    def action_choose(self) -> None:
        """Take the row at the cursor."""
        if self.total:
            self.post_message(self.Opened())
