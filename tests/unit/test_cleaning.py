"""Hostile text is made harmless, and nothing else of it changes."""

from __future__ import annotations

import pytest

from index.cleaning import clean, clean_lines

HARMLESS = (
    "",
    "plain",
    "Türkiye, Łódź, 東京, العربية, हिन्दी",
    "می\u200cخواهم",
    "👩\u200d👩\u200d👧",
    "a\u200eb\u200fc",
    "“curly” — dashes… 1 000",
    "[31m in brackets [/] [bold]",
)

HOSTILE = (
    ("\x1b[31mred\x1b[0m", "red"),
    ("\x1b[1;38;5;196mred\x1b[m.", "red."),
    ("a\x1b[2Jb\x1b[?1049lc", "abc"),
    ("\x1b]0;new title\x07text", "text"),
    ("\x1b]52;c;aGVsbG8=\x1b\\text", "text"),
    ("\x1b]8;;http://e.example\x1b\\link\x1b]8;;\x1b\\", "link"),
    ("\x1b]0;the words that follow stay", "the words that follow stay"),
    ("\x1bPq#0;2;0;0;0\x1b\\text", "text"),
    ("\x1b(Btext\x1b7\x1b=", "text"),
    ("text\x1bc.", "text."),
    ("\x1bHello", "Hello"),
    ("\x9b31mred", "red"),
    ("\x9d0;title\x9ctext", "text"),
    ("â\x80\x9d he said, â\x80\x9cand left", "â he said, âand left"),
    ("nul\x00l, bell\x07, delete\x7f", "null, bell, delete"),
    ("\ufeffmark", "mark"),
    ("abc\u202edcba\u2066x\u2069", "abcdcbax"),
    ("soft\xadhyphen", "softhyphen"),
    ("zero\u200bwidth\u2060joiner", "zerowidthjoiner"),
    ("tag\U000e0041\U000e007f", "tag"),
    ("lone\ud800surrogate\udfff", "lonesurrogate"),
    ("a\tb\u2028c\u2029d\x85e\x0bf\x0cg", "a b c d e f g"),
    ("a\r\n\tb", "a b"),
)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays(text: str) -> None:
    assert clean(text) == text
    assert clean_lines(text) == text


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_hostile_text_is_made_harmless(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_line_ends_stay_where_they_are_wanted() -> None:
    assert clean_lines("one\ntwo\t\x1b[1mthree\x1b[0m\n\nfour") == "one\ntwo three\n\nfour"
    assert clean("one\ntwo") == "one two"


def test_a_command_without_an_end_does_not_reach_over_lines() -> None:
    text = "\x1b]0;title\nThe article.\nIts end.\x07"
    assert clean_lines(text) == "title\nThe article.\nIts end."


def test_a_very_long_command_is_text() -> None:
    words = "word " * 2000
    assert "word word" in clean(f"\x1b]0;{words}\x07")
