"""What follows a word: a byte for each occurrence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.columnar.following import (
    NOTHING,
    SEVERAL,
    following,
    is_of_one,
    number_of,
    numbers_of,
)

words = st.sampled_from([b"the", b"of", b"ceasefire", b"doha", b"", b"\xff"])
occurrences = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), words), max_size=30)


def test_the_most_frequent_words_have_numbers_of_their_own() -> None:
    assert is_of_one(number_of(b"the"))
    assert number_of(b"the") != number_of(b"of")
    assert not is_of_one(number_of(b"ceasefire"))
    assert not is_of_one(NOTHING)
    assert not is_of_one(SEVERAL)


@given(st.binary())
def test_every_term_has_a_number_of_a_word(term: bytes) -> None:
    assert SEVERAL < number_of(term) < 256


@given(occurrences)
def test_each_occurrence_knows_what_is_at_the_next_position(
    told: list[tuple[int, int, bytes]],
) -> None:
    found = following(
        np.array([document for document, _, _ in told], np.uint16),
        np.array([position for _, position, _ in told], np.uint32),
        numbers_of([word for _, _, word in told]),
    )
    for (document, position, _), behind in zip(told, found.tolist(), strict=True):
        here = [word for d, p, word in told if (d, p) == (document, position + 1)]
        match here:
            case []:
                assert behind == NOTHING
            case [word]:
                assert behind == number_of(word)
            case _:
                assert behind == SEVERAL


@pytest.mark.parametrize("kind", [np.uint16, np.uint32])
def test_no_word_is_followed_by_nothing(kind: type[np.generic]) -> None:
    nothing = np.zeros(0, np.uint32)
    assert following(nothing.astype(kind), nothing, np.zeros(0, np.uint8)).shape == (0,)
