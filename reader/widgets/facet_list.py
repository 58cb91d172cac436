"""The list of values that results have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from index.narrowing import Having
from reader.drawing.facet_rows import facet_row
from reader.keymap import bind, pager
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

    from index.narrowing import Field
    from index.results import Facet
    from reader.drawing.render import Run

_COUNTING = "Counting…"
_NOTHING_TO_CHOOSE = "These results are alike in all that could be chosen here."


class _Row(NamedTuple):
    field: Field
    facet: Facet
    is_first: bool
    """Of its field."""


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
            tooltip="Narrow the results to this value",
        ),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.message = _COUNTING
        self._rows: tuple[_Row, ...] = ()
        self._articles = 1

    @property
    def current(self) -> Having | None:
        """What the value at the cursor narrows to."""
        if not self._rows:
            return None
        field, facet, _ = self._rows[self.cursor]
        return Having(field, facet.value)

    def show(self, articles: int, facets: Mapping[Field, tuple[Facet, ...]]) -> None:
        """Show the values of so many articles: those that not all of them have."""
        telling = {
            field: [facet for facet in values if facet.articles < articles]
            for field, values in facets.items()
        }
        self._articles = articles
        self._rows = tuple(
            _Row(field, facet, place == 0)
            for field, values in telling.items()
            for place, facet in enumerate(values)
        )
        self.message = _NOTHING_TO_CHOOSE
        self.show_rows(len(self._rows), self.cursor)

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
        field, facet, is_first = self._rows[place]
        part = facet.articles / max(self._articles, 1)
        return [facet_row(field, facet, part, self.line_width, named=is_first)]
