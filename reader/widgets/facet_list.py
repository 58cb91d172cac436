"""The list of values that results have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from index.narrowing import Having
from reader.drawing.facet_rows import FacetRow, drawn, facet_rows
from reader.keymap import bind, pager
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

    from index.narrowing import Field
    from index.results import Facet
    from reader.drawing.runs import Run

_COUNTING = "Counting…"
_UNKNOWN = "This can't be counted now."
_ALIKE = "Nothing tells these results apart."
_NOT_FOUND = "No value is like that."


class FacetList(RowList):
    """Values as rows, field by field, each with the number of articles that have it."""

    LOOKS = RowList.LOOKS | {"facet-field", "facet-value", "facet-none", "facet-bar", "facet-count"}
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("facets", "value"),
        bind("tab,right_curly_bracket", "field(1)", "To the next field", id="facets.next_field"),
        bind(
            "shift+tab,left_curly_bracket", "field(-1)", "To the previous field",
            id="facets.previous_field",
        ),
        bind(
            "enter,l,right", "screen.choose", "Narrow", id="facets.choose",
            tooltip="Narrow the results to this value, or show more values",
        ),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.message = _COUNTING
        self._facets: Mapping[Field, tuple[Facet, ...]] | None = None
        self._articles = 0
        self._wanted = ""
        self._opened: frozenset[Field] = frozenset()
        self._rows: tuple[FacetRow, ...] = ()

    def show(self, articles: int, facets: Mapping[Field, tuple[Facet, ...]] | None) -> None:
        """Show the values of so many articles, if they are known."""
        self._articles, self._facets = articles, facets
        if facets is None:
            self.message = _UNKNOWN
            self.show_rows(0, 0)
        else:
            self._list(self.cursor)

    def find(self, wanted: str) -> None:
        """Show only values with this in them."""
        self._wanted = wanted
        self._list(0)

    def choose(self) -> Having | None:
        """Return what the value at the cursor narrows to, or open its field and return nothing."""
        row = self._rows[self.cursor] if self._rows else None
        if row is None or not row.more:
            return Having(row.field, row.facet.value) if row else None
        self._opened |= {row.field}
        self._list(self.cursor)
        return None

    def _list(self, place: int) -> None:
        if self._facets is not None:
            self._rows = facet_rows(self._facets, self._articles, self._wanted, self._opened)
            self.message = _NOT_FOUND if self._wanted else _ALIKE
            self.show_rows(len(self._rows), place)
            self.styles.height = max(1, len(self._rows))

    def action_field(self, step: int) -> None:
        """Go to the first value of the next or previous field."""
        firsts = [place for place, row in enumerate(self._rows) if row.is_first]
        ahead = [place for place in firsts if (place - self.cursor) * step > 0]
        if ahead:
            self.cursor = ahead[0] if step > 0 else ahead[-1]

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return 1

    def drawn(self, place: int) -> list[list[Run]]:
        """Draw a value."""
        return [drawn(self._rows[place], self._articles, self.line_width)]
