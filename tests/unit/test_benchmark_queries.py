"""The questions of the benchmarks: the same every time, and drawn from the articles."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pressroom import collections, made_up

from benchmarks.corpora import Corpora
from benchmarks.engines import typed_words
from benchmarks.queries import BANDS, QUESTIONS, SESSIONS, questions

if TYPE_CHECKING:
    from benchmarks.engines import Question
    from index.article import Article

NUMBER = 300


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    folder = collections(tmp_path_factory.mktemp("news"), *made_up(NUMBER))
    return [incoming.article for incoming in Corpora(folder).articles(0, NUMBER)]


@pytest.fixture(scope="module")
def drawn(sample: list[Article]) -> dict[str, list[Question]]:
    return questions(sample)


def words_of(article: Article) -> list[list[str]]:
    """Return the words of each passage, in their order."""
    return [re.findall("[a-z]+", passage.text.lower()) for passage in article.passages]


def test_the_questions_are_the_same_every_time(
    sample: list[Article], drawn: dict[str, list[Question]]
) -> None:
    assert questions(iter(sample)) == drawn


def test_no_question_is_asked_twice(drawn: dict[str, list[Question]]) -> None:
    for kind, asked in drawn.items():
        if kind not in SESSIONS:
            assert 0 < len(asked) <= QUESTIONS, kind
            assert len(set(asked)) == len(asked), kind


def test_words_are_as_common_as_is_said(
    sample: list[Article], drawn: dict[str, list[Question]]
) -> None:
    counts = Counter(word for one in sample for word in set().union(*words_of(one)))
    for band, (low, high) in BANDS.items():
        for question in drawn.get(f"{band} word", ()):
            assert low < counts[question.words[0]] / NUMBER <= high
    assert drawn["common word"]
    assert drawn["middling word"]


def test_words_that_are_wanted_together_stand_together(
    sample: list[Article], drawn: dict[str, list[Question]]
) -> None:
    together = [set().union(*words_of(article)) for article in sample]
    for count, name in ((2, "two"), (3, "three"), (4, "four"), (5, "five")):
        for question in drawn[f"{name} words, AND"]:
            assert len(set(question.words)) == count
            assert any(found.issuperset(question.words) for found in together)
        assert {len(question.words) for question in drawn[f"{name} words, OR"]} == {count}


def test_phrases_are_found(sample: list[Article], drawn: dict[str, list[Question]]) -> None:
    pairs = {pair for one in sample for words in words_of(one) for pair in pairwise(words)}
    phrases = [question for kind in drawn for question in drawn[kind] if question.shape == "phrase"]
    assert phrases
    assert all(question.words in pairs for question in phrases)


def test_prefixes_have_as_many_letters_as_is_said(drawn: dict[str, list[Question]]) -> None:
    for length in (1, 2, 3, 4):
        asked = drawn.get(f"prefix of {length}", [])
        assert {len(question.words[0]) for question in asked} <= {length}
    assert drawn["prefix of 1"]


def test_a_misspelt_word_is_one_letter_from_a_word(
    sample: list[Article], drawn: dict[str, list[Question]]
) -> None:
    known = {word for one in sample for words in words_of(one) for word in words}
    for (word,) in (question.words for question in drawn.get("one letter wrong", ())):
        assert any(
            len(right) == len(word)
            and right[0] == word[0]
            and sum(a != b for a, b in zip(right, word, strict=True)) == 1
            for right in known
        )


def test_a_year_is_one_in_which_the_word_is_found(
    sample: list[Article], drawn: dict[str, list[Question]]
) -> None:
    for (word,), first, last in (
        (one.words, one.first, one.last) for one in drawn["word in a year"]
    ):
        assert first is not None
        assert last == first + 364
        assert any(
            word in set().union(*words_of(article))
            and article.published is not None
            and first <= article.published.toordinal() <= last
            for article in sample
        )


def test_headlines_are_typed_letter_by_letter(
    sample: list[Article], drawn: dict[str, list[Question]]
) -> None:
    titles = {article.title for article in sample}
    for kind in SESSIONS:
        typed = [question.words[0] for question in drawn[kind]]
        whole = [text for text, following in pairwise([*typed, ""]) if len(following) <= 1]
        assert set(whole) <= titles
        assert typed == [title[:end] for title in whole for end in range(1, len(title) + 1)]


@pytest.mark.parametrize(
    ("text", "finished", "begun"),
    [
        ("", (), ""),
        ("Tal", (), "tal"),
        ("Taliban ", ("taliban",), ""),
        ("‘Final warning’ to Af", ("final", "warning", "to"), "af"),
        ("U.S.", ("u", "s"), ""),
        ("–", (), ""),
    ],
)
def test_what_is_typed_is_finished_words_and_a_beginning(
    text: str, finished: tuple[str, ...], begun: str
) -> None:
    assert typed_words(text) == (finished, begun)
