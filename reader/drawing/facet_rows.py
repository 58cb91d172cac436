"""Which values of results are listed to choose from, and how each is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from index.cleaning import mask
from index.narrowing import NONE
from reader import narrowing_wording as wording
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from index.narrowing import Field
    from index.results import Facet

FIRST_SHOWN = 6
"""Values of a field that are listed before anybody asks for more."""

_FIELD_WIDTH = 9
_COUNT_WIDTH = 9
_BAR_WIDTH = 12
_WIDE = 56
"""Cells from which on there is a bar."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"


class FacetRow(NamedTuple):
    """A value that can be chosen; or else how many more values its field has."""

    field: Field
    facet: Facet
    is_first: bool
    """Of its field."""

    more: int = 0


def facet_rows(
    facets: Mapping[Field, tuple[Facet, ...]], articles: int, wanted: str, opened: Collection[Field]
) -> tuple[FacetRow, ...]:
    """Return the values to list of so many articles: those that not all of them have.

    Of a field that is not ``opened`` only the first ones, unless something is ``wanted``: then all
    that have it in them.
    """
    return tuple(
        row
        for field, values in facets.items()
        for row in _of_field(
            field,
            [facet for facet in values if facet.articles < articles and _has(field, facet, wanted)],
            all_=bool(wanted) or field in opened,
        )
    )


def _has(field: Field, facet: Facet, wanted: str) -> bool:
    return wanted.casefold() in f"{field} {wording.value(field, facet.value)}".casefold()


def _of_field(field: Field, facets: list[Facet], *, all_: bool) -> Iterator[FacetRow]:
    # A line that says there is one more takes as much room as that.
    shown = len(facets) if all_ or len(facets) == FIRST_SHOWN + 1 else FIRST_SHOWN
    for place, facet in enumerate(facets[:shown]):
        yield FacetRow(field, facet, is_first=place == 0)
    if rest := facets[shown:]:
        yield FacetRow(field, rest[0], is_first=False, more=len(rest))


def drawn(row: FacetRow, articles: int, width: int) -> list[Run]:
    """Draw a value of so many articles on one line.

    The cursor's bar is left to whoever shows it.
    """
    bar_width = _BAR_WIDTH if width >= _WIDE else 0
    room = max(1, width - 2 - _FIELD_WIDTH - _COUNT_WIDTH - bar_width)
    name = Run(f" {row.field if row.is_first else '':<{_FIELD_WIDTH}}", "facet-field")
    if row.more:
        return [name, Run(f"… {row.more:,} more", "facet-none")]
    text = shorten(mask(wording.value(row.field, row.facet.value)), room)
    gap = " " * max(1, room - cell_len(text))
    return [
        name,
        Run(text, "facet-none" if row.facet.value == NONE else "facet-value"),
        Run(gap + _bar(row.facet.articles / max(articles, 1), bar_width), "facet-bar"),
        Run(f"{row.facet.articles:>{_COUNT_WIDTH - 1},}", "facet-count"),
    ]


def _bar(part: float, width: int) -> str:
    """Draw a part of the whole as a bar, in eighths of a cell; however little it is, it is seen."""
    eighths = max(1, round(min(part, 1.0) * width * 8)) if width else 0
    bar = "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
    return f"{bar:<{width}}"
