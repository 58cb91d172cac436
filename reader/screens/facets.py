"""Where the reader chooses what to narrow the results to: all their values, with counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import ModalScreen

from index.narrowing import Narrowing
from reader.keymap import bind
from reader.widgets.facet_list import FacetList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from index.narrowing import Field
    from index.results import Facet


class FacetsScreen(ModalScreen[Narrowing | None]):
    """A list of values. Gives the one to narrow to, or nothing where the reader went back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("q,h,left,escape,v", "dismiss", "Back", id="facets.back", tooltip="To the results"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._list = FacetList(id="facets")

    def compose(self) -> ComposeResult:
        """Lay out the panel."""
        with Vertical(id="facets-panel"):
            yield self._list

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one("#facets-panel").border_title = "Narrow to"
        self.set_focus(self._list)

    def show(self, total: int, facets: Mapping[Field, tuple[Facet, ...]]) -> None:
        """Show what so many articles have in common."""
        self._list.show(total, facets)
        self._list.styles.height = max(1, self._list.total)

    @on(FacetList.Opened)
    def action_choose(self) -> None:
        """Narrow to the value at the cursor."""
        if self._list.current is not None:
            self.dismiss(self._list.current)
