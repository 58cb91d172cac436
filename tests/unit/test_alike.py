"""Stories are known again, and others are not taken for them."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING

import pytest
from newsroom import article

from index.alike import same_story, traits

if TYPE_CHECKING:
    from index.article import Article

WORDS = ["".join(random.Random(n).choices(string.ascii_lowercase, k=6)) for n in range(400)]


def text(number: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    words = chance.choices(WORDS, k=number)
    words[7::25] = ["Galion"] * len(words[7::25])
    return words


def story(words: list[str], title: str = "Town receives grant", url: str | None = None) -> Article:
    return article(" ".join(words[:3]), title, " ".join(words)).model_copy(update={"url": url})


def kin(one: Article, other: Article) -> str | None:
    """Return in what two articles are alike, as the record finds out."""
    theirs = {trait.key for trait in traits(other)}
    for trait in traits(one):
        if trait.key in theirs and same_story(one, other, trait.alike):
            return trait.alike
    return None


def test_the_same_words_are_the_same_story_whatever_the_layout() -> None:
    words = text(300)
    one = article("a", "Title", " ".join(words))
    other = article("b", "Another title", "  ".join(words[:100]).upper(), " ".join(words[100:]))
    assert kin(one, other) == "text"


def test_nearly_the_same_words_are_the_same_story() -> None:
    words = text(400)
    edited = ["(AP)", *words[:200], "moreover", *words[200:], "Reporting", "by", "Agnes", "Ott"]
    assert kin(story(words), story(edited)) == "similar text"
    assert kin(story(words), story(words[:360])) == "similar text"


def test_another_name_or_number_is_another_story() -> None:
    words = text(400)
    names = ["Harrison" if word == "Galion" else word for word in words]
    assert kin(story(words), story(names)) is None
    counted = [*words[:200], "12", *words[200:]]
    grown = [*words[:200], "15", *words[200:]]
    assert kin(story(counted), story(grown)) is None


def test_a_number_in_the_title_tells_weekly_addresses_apart() -> None:
    words = text(400)
    one, other = story(words, "Address, May 8"), story([*words, "clip"], "Address, May 15")
    assert kin(one, other) is None
    assert kin(one, story([*words, "clip"], "Address of May 8")) == "similar text"


def test_other_words_are_another_story() -> None:
    assert kin(story(text(400, 1)), story(text(400, 2))) is None


def test_a_few_words_are_known_by_their_title_too() -> None:
    assert kin(article("a", "One", "Read more."), article("b", "Two", "Read more.")) is None
    assert kin(article("a", "One", "Read more."), article("b", "One!", "Read  more")) == "text"
    assert traits(article("a", "One")) == ()


URL = "https://news.example/live"


def test_an_address_makes_one_story_of_teaser_and_page() -> None:
    teaser = story(["Council", "meets"], "Council at odds over the park", URL)
    page = story(text(400), "Council at odds over the park | The Paper", URL + "?utm_source=x")
    assert kin(page, teaser) == "url"


def test_an_address_under_which_another_story_stands_every_day_tells_nothing() -> None:
    one, other = story(text(400, 1), "Monday", URL), story(text(400, 2), "Thursday", URL)
    assert kin(one, other) is None


@pytest.mark.parametrize("number", [1, 49, 50, 51, 30_000])
def test_a_text_of_any_length_has_traits_that_stay_the_same(number: int) -> None:
    words = text(number)
    assert traits(story(words)) == traits(story(words))
    assert len(traits(story(words))) == (1 if number < 50 else 9)


def test_the_traits_are_those_that_older_records_have() -> None:
    """Whoever changes them raises the version."""
    found = traits(article("a", "Title", " ".join(WORDS[:60])))
    assert [trait.key.hex() for trait in found[:3]] == PINNED


PINNED = ["745b195ab6fefa6ced", "7330fa3f46fceedd4ad1", "73314b2fac6d2f528638"]
