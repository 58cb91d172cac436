"""What is highlighted in a passage."""

from __future__ import annotations

import time

import pytest

from index.article import Passage, PassageField
from index.matching import Matcher
from index.query.syntax import parse
from index.schema import stem


def matcher(query: str, *, typing: bool = False) -> Matcher:
    return Matcher(parse(query, typing=typing), stem)


def highlighted(
    query: str, text: str, field: PassageField = "body", *, typing: bool = False
) -> list[str]:
    spans = matcher(query, typing=typing).spans(Passage(field, text))
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("talk", "Talks, talking: TALKED.", ["Talks", "talking", "TALKED"]),
        ("kabul", "Kabul’s soil", ["Kabul"]),
        ("turkiye", "in Türkiye.", ["Türkiye"]),
        ("U.S.", "U.S. and US, not us", ["U.S.", "US"]),
        ("us", "U.S. and US and us", ["U.S.", "US", "us"]),
        ("qaeda", "of Al-Qaeda’s", ["Qaeda"]),
        ("al-qaeda", "Al-Qaeda, al Qaeda", ["Al-Qaeda", "al Qaeda"]),
        ("al-q*", "Al-Qaeda", ["Al-Qaeda"]),
        ("tal*", "Taliban talk total", ["Taliban", "talk"]),
        ("w?rd", "word ward world", ["word", "ward"]),
        ("*ing", "saying things sing", ["saying", "sing"]),
        ("wrod~", "word wood sword rod", ["word", "wood"]),
        ("talban~", "Taliban Talban tali", ["Taliban", "Talban"]),
        ('"talks"', "talk talks", ["talks"]),
        ('"foreign minister"', "A foreign minister, foreign ministers", ["foreign minister"]),
        ('"foreign minister"', "minister foreign", []),
        ('"a b"~3', "a x b a x x x b", ["a", "b"]),
        ('"a b c"~2', "a x b x c", ["a", "b", "c"]),
        ('"al qaeda"', "Al-Qaeda", ["Al-Qaeda"]),
        ("北京", "在北京和京北", ["北京"]),
        ("a OR b", "a b c", ["a", "b"]),
        ("a -b", "a b", ["a"]),
        ("NOT (a -b)", "a b", ["b"]),
        ("-a", "a", []),
        ("(a^2 b)^3", "a b", ["a", "b"]),
        ("", "a", []),
        ("*", "a", []),
        ("is:read date:2025 has:points", "read 2025 points", []),
        ("2600", "a 2,600-kilometer-long line", ["2,600"]),
        ("hindi OR हिन्दी", "हिन्दी में", ["हिन्दी"]),
    ],
)
def test_highlights(query: str, text: str, expected: list[str]) -> None:
    assert highlighted(query, text) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("tal", "Taliban total", ["Taliban"]),
        ("runni", "running runs", ["running"]),
        ("running", "running runs", ["running", "runs"]),
        ('"foreign minis', "foreign ministers", ["foreign ministers"]),
        ("al-qa", "Al-Qaeda", ["Al-Qaeda"]),
    ],
)
def test_highlights_while_typing(query: str, text: str, expected: list[str]) -> None:
    assert highlighted(query, text, typing=True) == expected


def test_fields_are_kept_apart() -> None:
    assert highlighted("title:a OR b", "a b", "title") == ["a", "b"]
    assert highlighted("title:a OR b", "a b", "body") == ["b"]
    assert highlighted("place:a", "a b", "body") == []
    assert highlighted("heading:a", "a b", "headings") == ["a"]


def test_a_matcher_knows_which_part_of_the_query_matched() -> None:
    found = matcher("kabul OR doha OR kabul").matches(Passage("body", "Doha, Kabul"))
    assert [(match.start, match.leaf) for match in found] == [(0, 1), (6, 0)]


def test_a_long_article_with_thousands_of_matches_is_quick() -> None:
    text = "The Taliban said on Monday that talks in Istanbul had ended. " * 5_000
    slow = matcher('taliban talk* "in istanbul" ist?nbul wrod~')
    passage = Passage("body", text)
    slow.spans(passage)
    began = time.perf_counter()
    assert len(slow.spans(passage)) == 15_000
    # 55,000 words: a tenth of a second on a quiet machine, and some patience for a busy one.
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("lie", "lying"), ("lying", "lie"), ("skies", "sky"), ("cry", "cries"), ("go", "going"),
        ("USA", "U.S.A."), ("u.s.", "US"), ("us", "US"), ("obrien", "O’Brien"), ("2600", "2,600"),
        ("qaeda", "Al-Qaeda"), ("turkiye", "Türkiye"), ("ferry~", "efrry"), ("f?rry", "ferry"),
        ("*erry", "ferry"), ("relational", "relate"), ("sensible", "sensibility"),
    ],
)  # fmt: skip
def test_no_spelling_is_passed_over_that_is_a_match(query: str, word: str) -> None:
    matcher = Matcher(parse(query), stem)
    passage = Passage("body", f"Some say {word} and others not.")
    assert matcher.spans(passage)
    assert matcher.parts([passage]) == [1]


def test_what_may_match_is_all_that_does() -> None:
    matcher = Matcher(parse('ferry OR "slow ferry" OR harbour'), stem)
    passage = Passage("body", "A slow boat, and a ferry.")
    assert {match.leaf for match in matcher.matches(passage)} == {0}
    assert matcher.parts([passage, Passage("body", "A quarry.")]) == [2, 0]
