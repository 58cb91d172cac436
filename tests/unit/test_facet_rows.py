"""Which values are listed to choose from, and how each is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from index.narrowing import NONE
from index.results import Facet
from reader.drawing.facet_rows import FIRST_SHOWN, FacetRow, drawn, facet_rows

if TYPE_CHECKING:
    from index.narrowing import Field

SOURCES = tuple(Facet(f"Source {number}", 20 - number) for number in range(12))
FACETS: dict[Field, tuple[Facet, ...]] = {
    "source": SOURCES,
    "place": (Facet(NONE, 100),),
    "year": (Facet("2025", 60), Facet(NONE, 40)),
    "tag": (),
}


def test_the_first_of_each_field_and_how_many_more_there_are() -> None:
    rows = facet_rows(FACETS, 100, "", frozenset())
    assert [row.field for row in rows] == ["source"] * 7 + ["year"] * 2
    assert [row.is_first for row in rows] == [True, *[False] * 6, True, False]
    assert rows[FIRST_SHOWN].more == 6
    opened = facet_rows(FACETS, 100, "", frozenset({"source"}))
    assert [row.facet for row in opened] == [*SOURCES, *FACETS["year"]]
    assert not any(row.more for row in opened)


def test_one_more_is_listed_rather_than_counted() -> None:
    rows = facet_rows({"source": SOURCES[: FIRST_SHOWN + 1]}, 100, "", frozenset())
    assert [row.facet for row in rows] == list(SOURCES[: FIRST_SHOWN + 1])


@pytest.mark.parametrize(
    ("wanted", "values"),
    [
        ("SOURCE 1", ["Source 1", "Source 10", "Source 11"]),
        ("undated", [NONE]),
        ("year", ["2025", NONE]),
        ("nothing like it", []),
    ],
)
def test_what_is_wanted_is_found(wanted: str, values: list[str]) -> None:
    rows = facet_rows(FACETS, 100, wanted, frozenset())
    assert [row.facet.value for row in rows] == values


@pytest.mark.parametrize("width", [20, 38, 56, 70, 200])
def test_a_row_fits(width: int) -> None:
    for value in ("Dawn", "A" * 300, "新华社" * 50, "\x1b[2J", NONE):
        for more in (0, 12_000):
            row = FacetRow("source", Facet(value, 12_345), is_first=True, more=more)
            text = "".join(run.text for run in drawn(row, 50_000, width))
            assert cell_len(text) <= max(width - 1, 23)
            assert "\x1b" not in text
            assert ("12,345" in text) is not bool(more)
