"""A passage is found again wherever its text changes, or lost, and never taken for another."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from index.anchors import anchor, find_again

texts = st.text(alphabet="ab .\n“”é", max_size=80)


class Passage(NamedTuple):
    """Words of a text of many, each of which is there once."""

    words: list[str]
    first: int
    behind: int

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def start(self) -> int:
        return len(" ".join(self.words[: self.first])) + (self.first > 0)

    @property
    def quote(self) -> str:
        return " ".join(self.words[self.first : self.behind])


@st.composite
def passages(draw: st.DrawFn, least: int = 1) -> Passage:
    words = [f"word{number}" for number in range(draw(st.integers(least, 120)))]
    first = draw(st.integers(0, len(words) - least))
    behind = draw(st.integers(first + least, len(words)))
    return Passage(words, first, behind)


def kept(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.start + len(passage.quote)


@given(texts, texts, st.integers(0, 90), st.integers(0, 90))
def test_whatever_the_texts_a_place_in_them_is_found_or_none(
    text: str, other: str, start: int, end: int
) -> None:
    marked = anchor(text, start, end)
    if not marked.quote.strip():
        assert find_again(marked, text) is None
        return
    assert find_again(marked, text) == (start, min(end, len(text)))
    found = find_again(marked, other)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(other)


@given(passages(), st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=40))
def test_edits_around_a_passage_leave_it_found(
    passage: Passage, edits: list[tuple[int, bool]]
) -> None:
    marked = anchor(passage.text, *kept(passage))
    words = [(word, passage.first <= at < passage.behind) for at, word in enumerate(passage.words)]
    for place, insert in edits:
        at = place % (len(words) + 1)
        inside = 0 < at < len(words) and words[at - 1][1] and words[at][1]
        if insert and not inside:
            words.insert(at, ("inserted", False))
        elif not insert and at < len(words) and not words[at][1]:
            del words[at]
    text = " ".join(word for word, _ in words)
    found = find_again(marked, text)
    # A short passage among others may be lost, but is not taken for another.
    assert found is None or text[slice(*found)] == passage.quote
    if len(passage.quote) >= 24:
        assert found is not None


@given(passages(least=10), st.data())
def test_edits_within_a_passage_leave_most_of_it_found(
    passage: Passage, data: st.DataObject
) -> None:
    marked = anchor(passage.text, *kept(passage))
    size = passage.behind - passage.first
    changed = data.draw(st.sets(st.integers(0, size - 1), max_size=size // 5))
    words = list(passage.words)
    for at in changed:
        words[passage.first + at] = data.draw(st.sampled_from(["", "other", "two others"]))
    new = " ".join(words)
    found = find_again(marked, new)
    assert found is not None
    text = new[slice(*found)]
    # A word or two at an end may be too far from the rest.
    left = [passage.words[passage.first + at] for at in range(size) if at not in changed]
    assert sum(word in text.split() for word in left) >= 0.7 * len(left)
    outside = {*passage.words[: passage.first], *passage.words[passage.behind :]}
    assert not outside & set(text.split())


@given(passages(least=10))
def test_a_passage_that_was_taken_out_is_lost(passage: Passage) -> None:
    marked = anchor(passage.text, *kept(passage))
    rest = passage.words[: passage.first] + passage.words[passage.behind :]
    assert find_again(marked, " ".join(rest)) is None
    assert find_again(marked, " ".join(f"new{word}" for word in rest)) is None


@given(passages(least=4), st.integers(1, 4))
def test_of_the_same_words_twice_those_with_the_same_around_them_are_meant(
    passage: Passage, times: int
) -> None:
    assume(passage.first > 0 and passage.behind < len(passage.words))
    marked = anchor(passage.text, *kept(passage))
    again = f"{passage.quote} and more. " * times
    assert find_again(marked, again + passage.text) == tuple(
        len(again) + offset for offset in kept(passage)
    )
