"""Where a sentence ends, and where only an abbreviation does."""

from __future__ import annotations

import pytest

from index.sentences import ends_sentence, first_sentence


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
