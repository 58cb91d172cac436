"""Which stretch of an article is shown, and how it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from newsroom import article

from index.excerpts import LENGTH, excerpt
from index.matching import Matcher
from index.query.syntax import parse
from index.schema import stem

if TYPE_CHECKING:
    from index.article import Article
    from index.results import Excerpt

FILLER = "Officials spoke at length about many other matters of the region. "


def shown(one: Article, query: str) -> Excerpt:
    return excerpt(one, Matcher(parse(query), stem))


def highlights(found: Excerpt) -> list[str]:
    return [found.text[start:end] for start, end in found.spans]


def test_without_words_the_first_key_point() -> None:
    found = shown(article("a", "Title", "Body", points=["One", "Two"]), "")
    assert (found.field, found.text, found.spans) == ("points", "One", ())
    assert not found.leads_in
    assert not found.leads_out


def test_below_a_made_title_what_the_title_does_not_say_already() -> None:
    one = article("a", "Talks went on.", "Talks went on.", "The border stayed shut.")
    made = one.model_copy(update={"title_from": "first sentence"})
    assert shown(made, "").text == "The border stayed shut."
    assert shown(article("b", "Talks went on.", "Talks went on."), "").text == "Talks went on."


def test_without_key_points_the_beginning_of_the_first_paragraph() -> None:
    found = shown(article("a", "Title", "#Heading", FILLER * 10), "is:read")
    assert found.field == "body"
    assert (FILLER * 10).startswith(found.text)
    assert found.text[-1].isalpha() or found.text[-1] == "."
    assert found.leads_out
    assert not found.leads_in


def test_without_a_body_the_title() -> None:
    assert shown(article("a", "Title"), "").text == "Title"
    assert shown(article("a"), "").text == ""


def test_of_many_passages_that_seem_to_match_the_one_that_does() -> None:
    seeming = ["Business is as usual.", "The virus is a focus."] * 10
    found = shown(article("a", "Title", *seeming, "They told us.", *seeming), "us")
    assert (found.text, highlights(found)) == ("They told us.", ["us"])


def test_of_many_passages_the_first_that_have_the_most() -> None:
    seeming = ["A ferry ran late."] * 30
    found = shown(article("a", "Title", *seeming, "The harbour ferry sank."), "harbour ferry")
    assert found.text == "The harbour ferry sank."


def test_most_words_close_together() -> None:
    body = FILLER + "The ceasefire. " + FILLER * 5 + "A ceasefire in Doha held. " + FILLER * 5
    found = shown(article("a", "Ceasefire", body, points=["No ceasefire"]), "ceasefire doha")
    assert highlights(found) == ["ceasefire", "Doha"]
    assert found.leads_in
    assert found.leads_out
    assert found.text in body


@pytest.mark.parametrize(
    ("title", "body", "points", "field"),
    [
        ("Doha", "Doha", ["Doha"], "points"),
        ("Doha", "Doha", [], "body"),
        ("Doha", "Kabul", ["Kabul"], "title"),
        ("Doha", "#Doha", [], "body"),
        ("Doha talks", "Doha", ["Doha"], "title"),
    ],
)
def test_key_points_before_the_body_before_the_title(
    title: str, body: str, points: list[str], field: str
) -> None:
    found = shown(article("a", title, body, points=points), "doha OR talks")
    assert found.field == field
    assert highlights(found)


def test_cut_at_words_around_the_match() -> None:
    body = FILLER * 20 + "The envoy left Doha. " + FILLER * 20
    found = shown(article("a", "", body), "doha")
    place = body.index(found.text)
    assert LENGTH * 0.8 <= len(found.text) <= LENGTH
    assert body[place - 1] == " "
    assert body[place + len(found.text)] == " "
    assert highlights(found) == ["Doha"]


def test_begun_with_the_sentence_if_there_is_room() -> None:
    sentence = "The envoy, who had waited for some days, left Doha. "
    found = shown(article("a", "", FILLER * 20 + sentence + FILLER * 20), "doha")
    assert found.text.startswith(sentence)


def test_a_passage_that_nearly_fits_is_taken_whole() -> None:
    body = "Doha " * 38
    found = shown(article("a", "", body.strip()), "doha")
    assert found.text == body.strip()
    assert len(found.spans) == 38


def test_a_script_without_spaces_is_cut_between_characters() -> None:
    body = "เกี่ยวกับ" * 100
    found = shown(article("a", "", body), "กั")
    assert len(found.text) <= LENGTH + 2
    assert highlights(found)
    first, behind = found.text[0], body[body.index(found.text) + len(found.text) :][:1]
    assert first.isalpha()
    assert not behind or behind.isalpha()


def test_a_match_longer_than_an_excerpt_is_cut_with_it() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    found = shown(article("a", "", words), f'"{words}"')
    assert len(found.text) <= LENGTH
    assert found.spans == ((0, len(found.text)),)
