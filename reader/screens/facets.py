"""Where the reader chooses what to narrow the results to: all their values, with counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from index.narrowing import Having
from reader.keymap import bind
from reader.widgets.facet_list import FacetList
from reader.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from index.narrowing import Field
    from index.results import Facet


class FacetsScreen(ModalScreen[Having | None]):
    """A list of values. Gives the one to narrow to, or nothing where the reader went back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("slash", "find", "Find", id="facets.find", tooltip="Find a value"),
        bind(
            "enter,down,escape", "leave_find", "Values", id="facets.found",
            tooltip="While finding a value: to the list",
        ),
        bind(
            "q,h,left,escape,v", "back", "Back", id="facets.back",
            tooltip="Back: from what is found, to the results",
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._list = FacetList(id="facets")
        self._line = TextLine(placeholder="find a value", compact=True, id="facets-find")

    def compose(self) -> ComposeResult:
        """Lay out the panel."""
        with Vertical(id="facets-panel"):
            yield self._line
            yield self._list

    def on_mount(self) -> None:
        """Begin in the list."""
        panel = self.query_one("#facets-panel")
        panel.border_title, panel.border_subtitle = "Narrow to", "Enter narrows · / finds · q back"
        self.set_focus(self._list)

    def show(self, articles: int, facets: Mapping[Field, tuple[Facet, ...]] | None) -> None:
        """Show what so many articles have in common, if that is known."""
        self._list.show(articles, facets)

    @on(FacetList.Opened)
    def action_choose(self) -> None:
        """Narrow to the value at the cursor, if it is one."""
        having = self._list.choose()
        if having is not None:
            self.dismiss(having)

    def action_find(self) -> None:
        """Let the reader type a part of a value."""
        self._line.display = True
        self.set_focus(self._line)

    @on(Input.Changed)
    def _find_changed(self, event: Input.Changed) -> None:
        self._list.find(event.value.strip())

    def action_leave_find(self) -> None:
        """Go to the list."""
        self.set_focus(self._list)

    def action_back(self) -> None:
        """Forget what is found, or leave."""
        if self._line.display:
            self._line.value = ""
            self._line.display = False
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Give each key that means several things the one that fits where the reader is."""
        if action == "leave_find":
            return self.focused is self._line
        if action in ("find", "back"):
            return self.focused is not self._line
        return super().check_action(action, parameters)
