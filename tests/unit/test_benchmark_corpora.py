"""News to measure with: the same stream every time, and a library that is filled once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from pressroom import collections, line, made_up

from benchmarks.corpora import VARIABLE, Corpora, CorporaError, corpora
from benchmarks.library import StaleLibraryError, articles, fill, text_bytes
from index.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from index.article import Article


def only(folder: Path, **told: object) -> Article:
    """Return the article that one line becomes."""
    (incoming,) = Corpora(collections(folder, line(**told))).articles(0, 1)  # type: ignore[arg-type]
    return incoming.article


def test_a_line_becomes_an_article(tmp_path: Path) -> None:
    article = only(
        tmp_path,
        title="Talks\x1b[2J begin",
        body="A first paragraph,\nof two lines.\n\n\n  A second.\n   An indented third.",
        date="2014-05-06",
        source="Dawn",
        highlights=["They talk.", "They agree."],
    )
    assert article.title == "Talks begin"
    assert [block.text for block in article.blocks] == [
        "A first paragraph, of two lines.", "A second.", "An indented third.",
    ]  # fmt: skip
    assert article.published == dt.date(2014, 5, 6)
    assert article.source == "Dawn"
    assert article.key_points.points == ("They talk.", "They agree.")
    assert article.key_points.origin == "article"


def test_a_time_is_kept_and_a_missing_title_is_the_first_sentence(tmp_path: Path) -> None:
    article = only(
        tmp_path, title=None, body="Oil is dear. It was cheap.", date="1987-02-26T15:02:20"
    )
    assert article.title == "Oil is dear."
    assert article.title_from == "first sentence"
    assert article.published == dt.datetime(1987, 2, 26, 15, 2, 20)
    assert article.key_points.origin == "none"


def test_the_stream_is_the_same_every_time_and_begins_the_same_at_any_length(
    tmp_path: Path,
) -> None:
    folder = collections(tmp_path, *made_up(20))
    first = list(Corpora(folder).articles(0, 20))
    assert list(Corpora(folder).articles(0, 20)) == first
    assert list(Corpora(folder).articles(5, 9)) == first[5:9]
    assert [one.article.title for one in first] != [told["title"] for told in made_up(20)]


def test_articles_come_again_under_other_ids(tmp_path: Path) -> None:
    stream = list(Corpora(collections(tmp_path, *made_up(4))).articles(0, 10))
    assert len({incoming.article.id for incoming in stream}) == 10
    assert [one.article.title for one in stream[:4]] == [one.article.title for one in stream[4:8]]


def test_an_article_that_comes_again_ends_as_another_one_every_time(tmp_path: Path) -> None:
    told = [line(f"Story {n}", f"Begin {n}.\n\nMiddle {n}.\n\nEnd {n}.") for n in range(3)]
    stream = [one.article for one in Corpora(collections(tmp_path, *told)).articles(0, 6)]
    for first, again in zip(stream[:3], stream[3:], strict=True):
        assert again.title == first.title
        assert again.blocks[:2] == first.blocks[:2]
        assert again.blocks[-1] != first.blocks[-1]
        assert again.blocks[-1] in [one.blocks[-1] for one in stream[:3]]


def test_where_the_news_is_can_be_told_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(collections(tmp_path / "env", *made_up(2))))
    assert len(corpora(None)) == 2
    assert len(corpora(collections(tmp_path / "given", *made_up(3)))) == 3


def test_missing_news_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(CorporaError, match=VARIABLE):
        corpora(None)
    with pytest.raises(CorporaError, match="allsides"):
        corpora(tmp_path)


def test_filling_goes_on_where_it_was(tmp_path: Path) -> None:
    news = Corpora(collections(tmp_path, *made_up(12)))
    fill(tmp_path / "library", news, 4)
    fill(tmp_path / "library", news, 9)
    expected = [incoming.article for incoming in news.articles(0, 9)]
    assert list(articles(tmp_path / "library", 100)) == expected
    assert list(articles(tmp_path / "library", 3)) == expected[:3]


def test_a_library_is_filled_until_it_has_so_many_different_articles(tmp_path: Path) -> None:
    told = made_up(10)
    news = Corpora(collections(tmp_path, *told, *told[:4]))
    taken = fill(tmp_path / "library", news, 12)
    assert taken > 12
    assert len(list(articles(tmp_path / "library", 100))) == 12
    assert fill(tmp_path / "library", news, 12) == taken


def test_news_of_which_there_is_too_little_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.library._MOST_IN_VAIN", 100)
    news = Corpora(collections(tmp_path, line("One", "Only one word.")))
    with pytest.raises(CorporaError, match="no 3 different"):
        fill(tmp_path / "library", news, 3)


def test_what_was_filled_is_a_library(tmp_path: Path) -> None:
    fill(tmp_path / "library", Corpora(collections(tmp_path, *made_up(5))), 5)
    library = Library(tmp_path / "library")
    library.sync()
    assert library.search("*").total == 5
    library.close()


def test_a_library_of_other_articles_is_not_gone_on_with(tmp_path: Path) -> None:
    fill(tmp_path / "library", Corpora(collections(tmp_path / "a", *made_up(5))), 2)
    with pytest.raises(StaleLibraryError):
        fill(tmp_path / "library", Corpora(collections(tmp_path / "b", *made_up(9))), 2)


def test_text_is_what_can_be_searched(tmp_path: Path) -> None:
    article = only(tmp_path, title="Ürümqi", body="Calm.", highlights=["Quiet."])
    assert text_bytes([article, article]) == 2 * (8 + 5 + 6)
