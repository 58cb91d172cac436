"""Where a sentence ends, and where only an abbreviation does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import ends_sentence, first_sentence, sentences


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("It rained.", " Then it stopped."),
        ("It rained.", "Then it stopped."),
        ("“It rained.”", " Then it stopped."),
        ("Did it rain?", " It did."),
        ("It began at 2:30 p.m. on Monday.", " It ended later."),
        ("It began at 2:30 p.m.", " The meeting ended later."),
        ("The U.S. Senate met.", " It voted."),
        ("He flew to the U.S.", " The visit was short."),
        ("Mr. J. R. Smith met Gen. Jones.", " They talked."),
        ("It rose 3.5 percent to 1.2 billion.", " It fell."),
        ("The site example.com said so.", " Others did not."),
        ("He fell ill.", " He died."),
        ("今日は雨です。", "明日は晴れです。"),
        ("No stop at all", ""),
    ],
)
def test_first_sentence(first: str, rest: str) -> None:
    assert first_sentence(first + rest) == first


@pytest.mark.parametrize(
    "text", ["It rained.", "“It rained.”", "Did it?", "Yes!", "雨です。", "So…"]
)
def test_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "A headline", "A list:", "“Quoted”", "and,"])
def test_does_not_end(text: str) -> None:
    assert not ends_sentence(text)


@given(st.text(alphabet="aB. ?!\n“”。", max_size=60))
def test_the_sentences_of_a_text_are_all_of_it_but_white_space(text: str) -> None:
    spans = list(sentences(text))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_sentences_are_told_apart() -> None:
    text = "It rained in the U.S. Senate.  Mr. Smith left. Then"
    assert [text[a:b] for a, b in sentences(text)] == [
        "It rained in the U.S. Senate.",
        "Mr. Smith left.",
        "Then",
    ]
