"""The next place among results: the same as looking one by one, whatever the pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.running import next_place


@given(st.integers(0, 600), st.sets(st.integers(0, 600)), st.integers(0, 600), st.booleans())
def test_it_is_the_nearest_one(total: int, left: set[int], here: int, ahead: bool) -> None:
    ids = [str(number) for number in range(total)]
    but = {str(number) for number in range(600)} - {str(number) for number in left}
    places = range(here + 1, total) if ahead else range(min(here, total) - 1, -1, -1)
    nearest = next((place for place in places if ids[place] not in but), None)
    if here < total:
        assert next_place(ids, but, here, 1 if ahead else -1) == nearest
