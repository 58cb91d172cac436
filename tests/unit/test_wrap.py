"""Where lines break, and that none is wider than it may be."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from reader.drawing.wrap import is_one_cell_each, shorten, wrap

FAMILY = "👨\u200d👩\u200d👧"


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("one", 10, ["one"]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 3, ["one", "two", "thr", "ee"]),
        ("exactly", 7, ["exactly"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a—b—c", 3, ["a—", "b—c"]),
        ("talks—mediated by Türkiye", 9, ["talks—", "mediated", "by", "Türkiye"]),
        ("one  two", 4, ["one ", "two"]),
        ("a b", 0, ["a", "b"]),
    ],
)
def test_western_text_breaks_at_spaces_and_behind_dashes(
    text: str, width: int, expected: list[str]
) -> None:
    assert lines(text, width) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("日本語の新聞", 4, ["日本", "語の", "新聞"]),
        ("日本語の新聞", 5, ["日本", "語の", "新聞"]),
        ("日本", 1, ["日", "本"]),
        ("日本—新聞", 6, ["日本—", "新聞"]),
        ("NHK 日本", 5, ["NHK", "日本"]),
        (f"a {FAMILY}{FAMILY}", 4, ["a", FAMILY * 2]),
        (FAMILY * 2, 2, [FAMILY, FAMILY]),
        ("cafe\u0301s", 4, ["cafe\u0301", "s"]),
        ("❤\ufe0f❤\ufe0f", 2, ["❤\ufe0f", "❤\ufe0f"]),
        ("🇵🇰🇦🇫", 2, ["🇵🇰", "🇦🇫"]),
        ("—ab漢", 3, ["—", "ab", "漢"]),
    ],
)
def test_what_is_seen_as_one_character_is_never_torn(
    text: str, width: int, expected: list[str]
) -> None:
    assert lines(text, width) == expected


@pytest.mark.parametrize("text", ["漢   ", "a   漢", "漢    b   漢", "  漢  "])
def test_runs_of_spaces_do_not_widen_a_line(text: str) -> None:
    assert all(cell_len(line) <= 2 for line in lines(text, 2))


@pytest.mark.parametrize(
    "text", ["plain", "“curly” – it’s", "Türkiye", "€ 3.5", "Кабул", "naïve — yes"]
)
def test_most_news_is_one_cell_a_character(text: str) -> None:
    assert is_one_cell_each(text)


@pytest.mark.parametrize("text", ["日本", FAMILY, "e\u0301", "\u200b", "\x1b"])
def test_what_is_not_one_cell_a_character_is_known(text: str) -> None:
    assert not is_one_cell_each(text)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("short", 10, "short"),
        ("short", 5, "short"),
        ("shorten me", 8, "shorten…"),
        ("shorten me", 9, "shorten…"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("日本語", 2, "…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_shortening_ends_in_an_ellipsis_within_the_width(
    text: str, width: int, expected: str
) -> None:
    assert shorten(text, width) == expected
