"""The orders of results, and the way from one to the next."""

from __future__ import annotations

import pytest

from index.results import SORTS, Sort
from reader import sorting


@pytest.mark.parametrize("has_words", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_each_key_press_makes_a_difference_and_all_orders_come_by(
    sort: Sort, has_words: bool
) -> None:
    seen = []
    for _ in range(len(SORTS) if has_words else len(SORTS) - 1):
        before = sorting.in_effect(sort, has_words=has_words)
        sort = sorting.following(sort, has_words=has_words)
        assert sorting.in_effect(sort, has_words=has_words) != before
        seen.append(sort)
    assert len(set(seen)) == len(seen)


def test_the_name_of_former_days_is_understood() -> None:
    assert sorting.meant("date") == "newest"
    assert [sorting.meant(sort) for sort in SORTS] == list(SORTS)
    with pytest.raises(ValueError, match="only relevance, newest, oldest, source"):
        sorting.meant("length")
