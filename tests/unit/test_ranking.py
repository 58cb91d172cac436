"""What ranks: which of two articles comes first, and how rare a word is taken to be."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import newsroom
import pytest
from newsroom import article, searcher

from index.columnar.evaluation.search import find
from index.query.compile import compile_query
from index.query.recorded import NOTHING_RECORDED
from index.query.syntax import parse
from index.ranking import FUNCTION_WORD, FUNCTION_WORDS, MODEL
from index.schema import STEM_FIELDS, TEXT_FIELDS, WHOLE, stem, words_field
from index.search import rank

if TYPE_CHECKING:
    from pathlib import Path

    from index.article import Article

FILLING = "What the ministers spoke of at length is bread, water and roads."


def others(count: int) -> list[Article]:
    return [article(f"other{n}", f"Roads in spring {n}", FILLING) for n in range(count)]


def order(query: str, *articles: Article) -> str:
    return " ".join(rank(searcher([*articles, *others(20)]), query).ids)


def test_the_title_alone_counts_more_than_a_mention() -> None:
    headline = article("headline", "Ceasefire in Doha", FILLING)
    mention = article("mention", "Ministers in Doha", f"{FILLING} A ceasefire holds.")
    assert order("ceasefire", mention, headline) == "headline mention"


def test_title_and_body_count_more_than_the_title_alone() -> None:
    both = article("both", "Ceasefire in Doha", f"{FILLING} A ceasefire holds.")
    headline = article("headline", "Ceasefire in Doha", FILLING)
    assert order("ceasefire", headline, both) == "both headline"


def test_a_story_about_it_comes_before_one_that_only_mentions_it() -> None:
    about = article("about", "Ministers in Doha", "A ceasefire holds. The ceasefire is a year old.")
    mention = article("mention", "Ministers in Doha", f"{FILLING} A ceasefire holds. {FILLING}")
    assert order("ceasefire", mention, about) == "about mention"


def test_key_points_add_to_the_body_however_few_articles_have_any() -> None:
    text = f"{FILLING} A ceasefire holds."
    pointed = article("pointed", "Doha", text, points=["A ceasefire holds", "Bread and water"])
    plain = article("plain", "Doha", f"{text} Bread and water.")
    assert order("ceasefire", plain, pointed) == "pointed plain"


def test_function_words_in_a_title_do_not_outweigh_a_name_in_a_body() -> None:
    empty = article("empty", "What is the length of it", FILLING)
    telling = article("telling", "Ministers meet", f"{FILLING} Talks in Kabul began.")
    found = order("what OR is OR the OR length OR of OR kabul", empty, telling)
    assert found.split()[0] == "telling"


def test_a_function_word_alone_still_ranks() -> None:
    often = article("often", "Doha", "Whose, whose, whose?")
    once = article("once", "Doha", f"Whose? {FILLING}")
    assert order("whose", once, often) == "often once"


def test_what_does_not_rank_comes_behind_what_does_as_an_alternative() -> None:
    word = article("word", "Doha", f"Bread and ceasefire. {FILLING}")
    pointed = article("pointed", "Doha", FILLING, points=["Bread"])
    assert order("ceasefire OR has:points", pointed, word) == "word pointed"


# --- rarity ---------------------------------------------------------------------------------------


def idf(field: str, word: str, *articles: Article) -> float:
    news = searcher(articles)
    rarity: float = news.idf(field, news.schema[field].to_bytes(word))
    return rarity


def test_rarity_falls_and_stays_above_nothing() -> None:
    articles = [article(str(n), "x", " ".join(f"w{m}" for m in range(n + 1))) for n in range(8)]
    rarities = [idf("text", f"w{n}", *articles) for n in range(8)]
    assert rarities == sorted(rarities)
    assert rarities[0] == pytest.approx(log(1 + 0.5 / 8.5))
    assert rarities[7] == pytest.approx(log(1 + 7.5 / 1.5))


@pytest.mark.parametrize("field", [WHOLE, *STEM_FIELDS, *map(words_field, TEXT_FIELDS)])
def test_a_word_is_as_rare_in_every_field_as_it_is_in_articles(field: str) -> None:
    articles = [article("a", "Doha", "Doha"), article("b", "x", "Doha"), article("c", "Kabul", "x")]
    assert idf(field, "doha", *articles) == pytest.approx(log(1 + 1.5 / 2.5))


def test_a_place_is_as_rare_as_it_is_among_places() -> None:
    articles = [
        article(id_, "x", "Doha", place=place) for id_, place in (("a", "DOHA"), ("b", None))
    ]
    assert idf("place", "doha", *articles) == pytest.approx(log(1 + 1.5 / 1.5))


def test_what_was_deleted_counts_until_it_is_merged_away(tmp_path: Path) -> None:
    index = newsroom.index(tmp_path, [article("a", "x", "Doha")], [article("b", "x", "Doha")])
    writer = index.writer()
    writer.delete_by_term("id", "a")
    writer.commit(merge=False)
    with index.searcher(weighting=MODEL) as news:
        assert news.doc_count_all() == 2
        assert news.idf("text", b"doha") == pytest.approx(log(1 + 0.5 / 2.5))


@pytest.mark.parametrize("word", ["because", "the", "during"])
def test_function_words_are_known_by_their_stems(word: str) -> None:
    articles = [article("a", "x", word), article("b", "x", "y")]
    expected = FUNCTION_WORD * log(1 + 1.5 / 1.5)
    assert idf("text", stem(word), *articles) == pytest.approx(expected)
    assert idf("body_words", word, *articles) == pytest.approx(expected)


def test_names_and_news_are_no_function_words() -> None:
    assert not FUNCTION_WORDS & {"us", "may", "will", "might", "new", "war", "first"}
    assert all(word == word.lower() for word in FUNCTION_WORDS)


# --- both ways ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["ceasefire", "the ceasefire", "bread OR the OR doha", '"ceasefire"', '"a ceasefire"',
     "title:doha water", "body:ceasefire bread", "ceasefire -doha", "ceasefire OR has:points",
     "ceasefire^2 wat*"],
)  # fmt: skip
def test_a_stock_searcher_ranks_the_same(query: str) -> None:
    one = article("one", "Ceasefire in Doha", FILLING, points=["Bread for the ceasefire"])
    two = article("two", "The water", f"A ceasefire. {FILLING}", "#Ceasefire in Doha")
    news = searcher([one, *others(5)], [two])
    asked = compile_query(parse(query), NOTHING_RECORDED)
    found = find(news, asked)
    assert dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True)) == pytest.approx(
        dict(news.search(asked, limit=None, optimize=False).items())
    )
