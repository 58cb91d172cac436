"""How it is drawn which part of a query costs how much."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from index.results import Cost
from reader.drawing.cost_rows import cost_rows
from reader.drawing.render import plain

COSTS = (
    Cost(("zeppelin", "glacier"), 2, 1204, "taliban"),
    Cost(("zeppelin",), 0, 0, "x"),
    Cost(("taliban",), 1, 12, "y"),
)


def test_numbers_stand_below_one_another_and_the_first_is_for_enter() -> None:
    assert list(plain(cost_rows(COSTS, 80, takes_first=True))) == [
        "1,204 without zeppelin or glacier  Enter",
        "    0 without zeppelin             in no article",
        "   12 without taliban              in 1 article",
    ]
    assert "Enter" not in "".join(plain(cost_rows(COSTS, 80, takes_first=False)))


@given(st.text(max_size=60), st.integers(40, 100))
def test_a_row_is_never_too_long(part: str, width: int) -> None:
    costs = (Cost((part,), 1_234, 5, ""), Cost((part, part), 1, 123_456, ""))
    for row in plain(cost_rows(costs, width, takes_first=True)):
        assert cell_len(row) <= width
