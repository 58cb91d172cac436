"""Finding in an article, and running through what was found."""

from __future__ import annotations

import pytest

from reader.drawing.matches import Matches, Place, find


def found(text: str, wanted: str) -> list[str]:
    return [text[start:end] for start, end in find([text], wanted)[0]]


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("Terror and terror", "TERROR", ["Terror", "terror"]),
        ("Türkiye mediates", "turkiye", ["Türkiye"]),
        ("Turkiye mediates", "Türkiye", ["Turkiye"]),
        ("Tu\u0308rkiye", "turk", ["Tu\u0308rk"]),
        ("a cafe\u0301, then", "cafe", ["cafe\u0301"]),
        ("Kabul’s “concrete” steps", "kabul's", ["Kabul’s"]),
        ("Kabul’s “concrete” steps", '"concrete"', ["“concrete”"]),
        ("cross–border", "cross-border", ["cross–border"]),
        ("the ﬁnal warning", "final", ["ﬁnal"]),
        ("the ﬁnal warning", "f", []),
        ("Straße", "strasse", ["Straße"]),
        ("sß", "ss", ["ß"]),
        ("日本の新聞", "新聞", ["新聞"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("İstanbul", "istanbul", ["İstanbul"]),
        ("[/] and [bold]", "[/]", ["[/]"]),
        ("a.b", ".", ["."]),
        ("nothing here", "absent", []),
        ("nothing here", "", []),
        ("nothing here", "   ", []),
        ("", "x", []),
    ],
)
def test_find_looks_past_case_accents_and_kinds_of_quotes(
    text: str, wanted: str, expected: list[str]
) -> None:
    assert found(text, wanted) == expected


def test_find_answers_for_each_text() -> None:
    assert find(["one two", "", "two two"], "two") == (((4, 7),), (), ((0, 3), (4, 7)))


SPANS = (((0, 2), (5, 7)), (), ((1, 3),))


def test_matches_are_run_through_in_reading_order_and_end() -> None:
    matches = Matches(SPANS)
    assert len(matches) == 3
    assert matches.current is None
    assert [matches.move(1) and matches.place for _ in range(4)] == [
        Place(0, (0, 2)),
        Place(0, (5, 7)),
        Place(2, (1, 3)),
        False,
    ]
    assert matches.place == Place(2, (1, 3))
    assert matches.move(-1)
    assert matches.place == Place(0, (5, 7))


def test_backwards_begins_with_the_last() -> None:
    matches = Matches(SPANS)
    assert matches.move(-1)
    assert matches.place == Place(2, (1, 3))


def test_without_matches_there_is_nowhere_to_go() -> None:
    matches = Matches()
    assert not matches.move(1)
    assert not matches.move(-1)
    assert not matches.move_from(0, 0)
    assert matches.of(7) == ()


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [(0, 0, 0), (0, 1, 1), (0, 5, 1), (0, 6, 2), (1, 0, 2), (2, 1, 2), (2, 2, None), (3, 0, None)],
)
def test_from_a_place_on_the_next_match_is_taken(
    text: int, offset: int, expected: int | None
) -> None:
    matches = Matches(SPANS)
    assert matches.move_from(text, offset) is (expected is not None)
    assert matches.current == expected
