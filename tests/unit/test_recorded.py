"""Searching by what the record knows and the index does not: feeds and their tags."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from newsroom import article, searcher

from index.hits import make_hit
from index.matching import Matcher
from index.overview import Overview
from index.query.syntax import parse
from index.recorded import RecordedIn
from index.results import Marks
from index.schema import stem
from index.search import rank
from index.store import KeptFeed, Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whoosh.searching import Searcher

BBC, ASIA, DAWN = "https://bbc.example/rss", "https://bbc.example/asia", "https://dawn.example/rss"
NEWS = [
    article("ferry", "Ferry sails", "From the harbour.", source="The Sun"),
    article("port", "Port closed", "No ferry sails.", source="The Sun"),
]
MORE = [article("talks", "Talks resume", "In Doha."), article("own", "Ferry notes", "BBC Dawn.")]


@pytest.fixture(scope="module")
def news() -> Searcher:
    return searcher(NEWS, MORE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    store.feeds.add(
        [
            KeptFeed(BBC, BBC, title="BBC News", tags=("World", "News")),
            KeptFeed(ASIA, ASIA, title="BBC News Asia", tags=("News/Asia",)),
            KeptFeed(DAWN, DAWN, title="Dawn", name="Morning paper", tags=("Long reads",)),
        ]
    )
    store.feeds.note(BBC, ["ferry", "gone"])
    store.feeds.note(ASIA, ["port", "talks"])
    store.feeds.note(DAWN, ["talks"])
    store.marks.put(["talks"], "read", on=True)
    yield store
    store.close()


def found(news: Searcher, store: Store, query: str, *, typing: bool = False) -> set[str]:
    return set(rank(news, query, typing=typing, recorded=RecordedIn(store)).ids)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("feed:bbc", "ferry port talks"),
        ('feed:"BBC News"', "ferry"),
        ('feed:"bbc news asia"', "port talks"),
        ("feed:morning", "talks"),
        ("feed:dawn.example", "talks"),
        (f"feed:{BBC}", "ferry"),
        ("feed:(asia OR dawn)", "port talks"),
        ("feed:(asia dawn)", "talks"),
        ("feed:bbc -feed:dawn", "ferry port"),
        ("-feed:bbc", "own"),
        ("-feed:*", "own"),
        ("feed:*", "ferry port talks"),
        ("feed:mor*", "talks"),
        ("feed:bbc ferry", "ferry port"),
        ("ferry OR feed:dawn", "ferry port own talks"),
        ("feed:bbc is:unread", "ferry port"),
        ("NOT (feed:bbc OR dawn)", ""),
        ("(feed:asia)^2", "port talks"),
        ("feed:nobody", ""),
        ("-feed:nobody", "ferry port talks own"),
        ("feed:mornin", ""),
        ("tag:world", "ferry"),
        ("tag:news", "ferry port talks"),
        ("tag:NEWS/asia", "port talks"),
        ("tag:asia", ""),
        ('tag:"long reads"', "talks"),
        ("tag:(world OR “long reads”)", "ferry talks"),
        ("tag:news -tag:news/asia", "ferry"),
        ("tag:*", "ferry port talks"),
        ("tag:nothing", ""),
    ],
)
def test_found(news: Searcher, store: Store, query: str, ids: str) -> None:
    assert found(news, store, query) == set(ids.split())


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("feed:mor", "talks"),
        ('feed:"bbc news', "ferry port talks"),
        ('feed:"bbc news"', "ferry"),
        ("feed:as", "port talks"),
        ("feed:as ", ""),
        ("-feed:m", "ferry port talks own"),
        ("feed:", "ferry port talks own"),
        ("tag:wor", "ferry"),
        ("tag:news/as", "port talks"),
        ("tag:long", "talks"),
        ("-tag:n", "ferry port talks own"),
    ],
)
def test_found_while_typing(news: Searcher, store: Store, query: str, ids: str) -> None:
    assert found(news, store, query, typing=True) == set(ids.split())


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("tag:world", "ferry own"),
        ("tag:news/asia", "port talks"),
        ("tag:mine", "own talks"),
        ("tag:mine tag:news", "talks"),
        ("-tag:*", ""),
    ],
)
def test_tags_of_articles_are_found_with_those_of_feeds(
    news: Searcher, store: Store, query: str, ids: str
) -> None:
    store.tags.put("own", ["World", "Mine"])
    store.tags.put("talks", ["mine"])
    assert found(news, store, query) == set(ids.split())
    recorded = RecordedIn(store)
    assert sorted(recorded.by_tag()) == ["Long reads", "Mine", "News", "News/Asia", "World"]
    once = recorded.tagged("world", begins=False)
    store.marks.put(["own"], "read", on=True)
    assert recorded.tagged("world", begins=False) is once


def test_feeds_and_tags_rank_nothing_and_light_up_nothing(news: Searcher, store: Store) -> None:
    recorded = RecordedIn(store)
    plain = rank(news, "ferry", recorded=recorded)
    of_feed = rank(news, "ferry feed:bbc tag:news", recorded=recorded)
    scores = dict(zip(plain.ids, plain.scores, strict=True))
    assert dict(zip(of_feed.ids, of_feed.scores, strict=True)).items() <= scores.items()
    assert set(rank(news, "feed:bbc OR tag:world", recorded=recorded).scores) == {0.0}
    matcher = Matcher(parse('feed:bbc feed:"ferry sails" tag:harbour'), stem)
    assert not matcher.has_words
    hit = make_hit(NEWS[0], 0.0, Marks(), matcher)
    assert (hit.title_spans, hit.excerpt.spans) == ((), ())


def test_a_name_that_no_feed_has_is_no_misspelt_word(news: Searcher, store: Store) -> None:
    assert rank(news, "feed:ferri tag:tolks", recorded=RecordedIn(store)).suggestion is None
    asked = rank(news, "feed:bbc frery", recorded=RecordedIn(store))
    assert asked.suggestion == "feed:bbc ferry"
    assert rank(news, "feed:dawn frery", recorded=RecordedIn(store)).suggestion is None


def test_counts_are_of_what_the_feeds_gave(news: Searcher, store: Store) -> None:
    counts = Overview(lambda: nullcontext(news), RecordedIn(store))
    assert counts.of("feed:bbc").facets("source") == (("The Sun", 2), ("", 1))
    assert counts.of("tag:world").facets("source") == (("The Sun", 1),)


def test_what_another_process_writes_is_found_at_once(
    news: Searcher, store: Store, tmp_path: Path
) -> None:
    other = Store(tmp_path / "library.db")
    for change, query, ids in (
        (lambda: other.feeds.note(DAWN, ["own"]), "feed:morning", "talks own"),
        (lambda: other.feeds.change(DAWN, name="Evening paper"), "feed:evening", "talks own"),
        (lambda: other.feeds.change(DAWN, tags=("Sport",)), "tag:sport", "talks own"),
        (lambda: other.feeds.remove(DAWN), "feed:evening", ""),
        (lambda: store.feeds.change(BBC, tags=("Sport",)), "tag:sport", "ferry"),
        (lambda: store.feeds.note(BBC, ["own"]), "tag:sport", "ferry own"),
        (lambda: store.feeds.add([KeptFeed(DAWN, DAWN, name="Late")]), "feed:late", ""),
        (lambda: store.feeds.note(DAWN, ["port"]), "feed:late", "port"),
    ):
        found(news, store, query)
        change()
        assert found(news, store, query) == set(ids.split()), query
    other.close()


def test_what_has_not_changed_is_the_same_set(store: Store) -> None:
    recorded = RecordedIn(store)
    before, read = recorded.of_feed("bbc", begins=False), recorded.read
    assert recorded.tagged("news", begins=False) is before
    store.marks.put(["ferry"], "starred", on=True)
    store.feeds.note(DAWN, ["own"])
    assert recorded.of_feed("bbc", begins=True) is before
    assert recorded.read is read
    store.feeds.note(BBC, ["own"])
    assert recorded.of_feed("bbc", begins=False) == {*before, "own"}


def test_sets_that_are_large_are_forgotten_in_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.feeds._MOST_REMEMBERED", 3)
    for _ in range(2):
        assert store.feeds.articles([BBC]) == {"ferry", "gone"}
        assert store.feeds.articles([ASIA]) == {"port", "talks"}
        assert store.feeds.articles([BBC, ASIA]) == {"ferry", "gone", "port", "talks"}
        assert list(store.feeds._came) == [(BBC, ASIA)]
        assert store.feeds.articles([]) == frozenset()
        assert list(store.feeds._came) == [()]
    newest = store.feeds.articles([BBC, ASIA])
    assert store.feeds.articles([BBC, ASIA]) is newest


def test_many_feeds_are_asked_for_at_once(store: Store) -> None:
    keys = [f"https://n{number}.example" for number in range(600)]
    store.feeds.add([KeptFeed(key, key, tags=("many",)) for key in keys])
    for number, key in enumerate(keys):
        store.feeds.note(key, [f"id{number}"])
    assert len(RecordedIn(store).tagged("many", begins=False)) == 600
