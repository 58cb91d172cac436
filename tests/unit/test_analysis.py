"""Words are found where a reader sees them, under the forms a reader would type."""

from __future__ import annotations

import pytest

from index.analysis import PASSAGE_GAP, fold, join, words


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def places(text: str) -> list[tuple[str, int]]:
    return [(word.form, word.position) for word in words(text)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Türkiye", "turkiye"),
        ("İSTANBUL", "istanbul"),
        ("Iğdır", "igdir"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("smørrebrød", "smorrebrod"),
        ("Encyclopædia", "encyclopaedia"),
        ("ﬁne", "fine"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Kabul’s", "kabul"),
        ("PAKISTAN'S", "pakistan"),
        ("don't", "dont"),
        ("Đà", "da"),
        ("ẹ̀kọ́", "eko"),
        ("Việt", "viet"),
        ("مُحَمَّد", "محمد"),
        ("العـــربية", "العربية"),
        ("हिन्दी", "हिन्दी"),
        ("co\u00adoperate", "cooperate"),
        ("می‌خواهم", "میخواهم"),
        ("3.5", "3.5"),
        ("2,600", "2600"),
        ("1,234,567.8", "1234567.8"),
    ],
)
def test_one_word_one_form(text: str, form: str) -> None:
    assert forms(text) == [form]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("commitments.The", ["commitments", "the"]),
        ("in 2019,200 people", ["in", "2019", "200", "people"]),
        ("Kabul–Islamabad", ["kabul", "islamabad"]),
        ("snake_case", ["snake", "case"]),
        ("🎉 ❤️ → ©", []),
        ("-- - …", []),
        ("北京です", ["北", "京", "で", "す"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("rock ’n’ roll", ["rock", "n", "roll"]),
        ("\udc80a\x00b", ["a", "b"]),
    ],
)
def test_several_words(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. aid", [("u.s.", 0), ("us", 0), ("aid", 1)]),
        ("U.S.’s aid", [("u.s.", 0), ("us", 0), ("aid", 1)]),
        ("2 p.m.Then", [("2", 0), ("p.m.", 1), ("pm", 1), ("then", 2)]),
        ("US aid", [("us", 0), ("u.s.", 0), ("aid", 1)]),
        ("us aid", [("us", 0), ("aid", 1)]),
        ("Al-Qaeda said", [("al", 0), ("al-qaeda", 0), ("qaeda", 1), ("said", 2)]),
        ("Daesh‑K’s", [("daesh", 0), ("daesh-k", 0), ("k", 1)]),
        (
            "2,600-kilometer-long",
            [("2600", 0), ("2600-kilometer-long", 0), ("kilometer", 1), ("long", 2)],
        ),
    ],
)
def test_forms_of_one_word_share_a_position(text: str, expected: list[tuple[str, int]]) -> None:
    assert places(text) == expected


def test_offsets_are_those_of_the_original_text() -> None:
    text = "“İstanbul’s” ﬁre in Al-Qaeda’s Straße"
    assert [text[word.start : word.end] for word in words(text)] == [
        "İstanbul", "ﬁre", "in", "Al", "Al-Qaeda", "Qaeda", "Straße",
    ]  # fmt: skip


def test_a_passage_ends_with_a_gap() -> None:
    assert places(join(["one two", "three"])) == [
        ("one", 0),
        ("two", 1),
        ("three", 2 + PASSAGE_GAP),
    ]


def test_folding_leaves_letters_that_are_letters_of_their_own() -> None:
    assert fold("が") == "が"
    assert fold("한국") == "한국"
    assert fold("क़") != fold("क")
