"""Who narrows to a value finds what was counted for it, and loses nothing but the rest."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import article, searcher

from index.narrowing import FIELDS, NONE, Having, Narrowing, Published
from index.overview import Overview
from index.query.recorded import MarkedIds
from index.recorded import RecordedIn
from index.search import rank
from index.store import KeptFeed, Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whoosh.searching import Searcher

    from index.article import Article
    from index.library import Library
    from index.query.recorded import Recorded

HOSTILE = ('The "Sun"', "Sun", "the sun", "a:b) OR *", "–", "\\", " ", "none", "Zürich", "\x1b[2J")


def ferry(
    id_: str, day: str | None, source: str | None = None, place: str | None = None
) -> Article:
    published = None if day is None else dt.date.fromisoformat(day)
    return article(id_, f"Ferry {id_}", published=published, source=source, place=place)


NEWS = [
    ferry("a", "2025-10-01", "Sun", "DOHA"),
    ferry("b", "2025-10-03", "The Sun", "DOHA"),
    ferry("c", "2024-02-29", "Sun"),
    ferry("d", None, None, "KABUL"),
]
MORE = [ferry("e", "0001-01-01"), ferry("f", "9999-12-31", "SUN"), article("g", "Glacier")]
MARKS = MarkedIds(read=frozenset("ab"), starred=frozenset("bc"))


@pytest.fixture(scope="module")
def news() -> Searcher:
    return searcher(NEWS, MORE)


def found(
    news: Searcher, *narrowed: Narrowing, query: str = "ferry", recorded: Recorded = MARKS
) -> str:
    return "".join(sorted(rank(news, query, narrowed=narrowed, recorded=recorded).ids))


@pytest.mark.parametrize(
    ("narrowing", "ids"),
    [
        (Having("source", "Sun"), "ac"),
        (Having("source", "The Sun"), "b"),
        (Having("source", "sun"), ""),
        (Having("source", NONE), "de"),
        (Having("place", "DOHA"), "ab"),
        (Having("place", NONE), "cef"),
        (Having("year", "2025"), "ab"),
        (Having("year", "2024"), "c"),
        (Having("year", "1"), "e"),
        (Having("year", "9999"), "f"),
        (Having("year", "1987"), ""),
        (Having("year", NONE), "d"),
        (Having("read", "read"), "ab"),
        (Having("read", "unread"), "cdef"),
        (Having("tag", "war"), ""),
        (Published(dt.date(2025, 10, 1), dt.date(2025, 10, 2)), "a"),
        (Published(dt.date(2025, 10, 1), dt.date(2025, 10, 4)), "ab"),
        (Published(dt.date.min, dt.date.max), "abce"),
    ],
)
def test_narrowed_to(news: Searcher, narrowing: Narrowing, ids: str) -> None:
    assert found(news, narrowing) == ids


def test_narrowed_step_by_step_to_all_of_several(news: Searcher) -> None:
    sun, year = Having("source", "Sun"), Having("year", "2025")
    assert found(news, sun, year) == "a"
    assert found(news, sun, year, Having("read", "unread")) == ""
    assert found(news, Having("source", NONE), query="") == "deg"


def test_what_is_outside_is_counted_and_scores_stay_as_they_are(news: Searcher) -> None:
    plain = rank(news, "ferry", recorded=MARKS)
    sun = Having("source", "Sun")
    narrowed = rank(news, "ferry", narrowed=[sun], recorded=MARKS)
    scores = dict(zip(plain.ids, plain.scores, strict=True))
    assert dict(zip(narrowed.ids, narrowed.scores, strict=True)).items() <= scores.items()
    assert (narrowed.total, narrowed.outside, narrowed.hidden) == (2, 4, 0)
    unread = rank(news, "ferry", narrowed=[sun], scope="unread", recorded=MARKS)
    assert (unread.total, unread.outside, unread.hidden) == (1, 3, 2)
    assert set(rank(news, "", narrowed=[sun]).scores) == {0.0}


def test_no_other_word_is_suggested_for_what_is_only_outside(news: Searcher) -> None:
    nobody = Having("source", "Nobody")
    assert rank(news, "ferry", narrowed=[nobody]).suggestion is None
    assert rank(news, "frery", narrowed=[nobody]).suggestion == "ferry"


def test_years_and_marks_are_counted(news: Searcher) -> None:
    overview = Overview(lambda: nullcontext(news), MARKS)
    years = overview.of("ferry").facets("year")
    assert years == (("9999", 1), ("2025", 2), ("2024", 1), ("1", 1), (NONE, 1))
    assert overview.of("ferry").facets("year", limit=2) == (("9999", 1), ("2025", 2))
    assert overview.of("ferry").facets("read") == (("unread", 4), ("read", 2))
    assert overview.of("ferry", scope="unread").facets("read") == (("unread", 4),)
    sun = (Having("source", "Sun"),)
    assert overview.of("ferry", narrowed=sun).facets("place") == ((NONE, 1), ("DOHA", 1))
    assert overview.of("ferry").facets("tag") == ()
    assert overview.of("ferry", narrowed=sun).glance().unread == 1
    periods = overview.of("ferry", narrowed=sun).glance(most=3).timeline.periods
    assert [period.articles for period in periods] == [1, 1]


def test_tags_are_those_of_feeds_and_of_what_is_below_them(
    news: Searcher, recorded: RecordedIn
) -> None:
    overview = Overview(lambda: nullcontext(news), recorded)
    assert overview.of("ferry").facets("tag") == (("News", 3), ("War & peace", 2), ("News/Asia", 1))
    for tag, articles in overview.of("ferry").facets("tag"):
        assert len(found(news, Having("tag", tag), recorded=recorded)) == articles
    assert overview.of("glacier").facets("tag") == (("News", 1),)


def test_of_several_ways_to_write_a_tag_one_is_counted(
    news: Searcher, recorded: RecordedIn
) -> None:
    recorded._store.tags.put("b", ["NEWS", "Ferries"])
    recorded._store.tags.put("e", ["ferries"])
    counts = Overview(lambda: nullcontext(news), recorded).of("ferry").facets("tag")
    assert counts == (("NEWS", 3), ("Ferries", 2), ("War & peace", 2), ("News/Asia", 1))
    for tag, articles in counts:
        assert len(found(news, Having("tag", tag), recorded=recorded)) == articles


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[RecordedIn]:
    store = Store(tmp_path / "library.db")
    tags = {"one": ("War & peace", "news"), "two": ("News/Asia", " / "), "three": ("News",)}
    store.feeds.add([KeptFeed(key, key, tags=own) for key, own in tags.items()])
    for key, ids in (("one", "ab"), ("two", "c"), ("three", "ag")):
        store.feeds.note(key, ids)
    yield RecordedIn(store)
    store.close()


names = st.one_of(st.sampled_from(HOSTILE), st.none(), st.text(max_size=5))
stories = st.lists(
    st.tuples(names, names, st.none() | st.dates(), st.booleans()), min_size=1, max_size=12
)


@given(stories, st.integers(1, 30))
def test_who_narrows_finds_what_was_counted(
    told: list[tuple[str | None, str | None, dt.date | None, bool]], most: int
) -> None:
    news = [
        article(f"i{number}", "Ferry", source=source, place=place, published=day)
        for number, (source, place, day, _) in enumerate(told)
    ]
    recorded = MarkedIds(read=frozenset(f"i{at}" for at, one in enumerate(told) if one[-1]))
    lent = searcher(news[::2], news[1::2])
    overview = Overview(lambda: nullcontext(lent), recorded)
    for field in FIELDS:
        facets = overview.of("ferry").facets(field, limit=100)
        for value, articles in facets:
            assert len(found_ids(lent, Having(field, value), recorded)) == articles
        if field != "tag":
            assert sum(facet.articles for facet in facets) == len(news)
    for first, behind, articles in overview.of("ferry").timeline(most=most).periods:
        assert len(found_ids(lent, Published(first, behind), recorded)) == articles


def found_ids(lent: Searcher, narrowing: Narrowing, recorded: Recorded) -> list[str]:
    return list(rank(lent, "ferry", narrowed=[narrowing], recorded=recorded).ids)


def test_a_library_is_narrowed_with_a_query_and_without(library: Library) -> None:
    by_place = library.overview.of("").facets("place")
    assert sum(facet.articles for facet in by_place) == 5
    for query in ("", "taliban"):
        for place, articles in library.overview.of(query).facets("place"):
            narrowed = (Having("place", place),)
            results = library.search(query, narrowed=narrowed)
            assert (results.total, results.outside) == (articles, 5 - articles)
            assert results.narrowed == narrowed
            assert len(results.hits) == articles
