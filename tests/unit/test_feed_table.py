"""The feeds in the record: kept whole, changed a part at a time, and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import LibraryError
from index.store import Store
from index.store.feeds import Counts, KeptFeed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEED = "https://news.example/feed"
OTHER = "https://other.example/feed"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def test_a_feed_comes_back_as_it_was_written(store: Store) -> None:
    feed = KeptFeed(
        key=FEED, address="https://new.example/feed", login="ann:secret", title="The News",
        name="News", home="https://news.example/", tags=("world", "Übersee"), always_full=True,
        typed=True, private=True, etag='"a1"', last_modified="Wed, 25 Nov 2026 08:00:00 GMT",
        digest=b"\x00\xff", ttl_minutes=60, checked=1.5, not_before=2.5, due=3.5,
        error="404 Not Found", failures=3, failing_since=0.5, gone=True,
    )  # fmt: skip
    assert store.feeds.add([feed]) == [FEED]
    assert store.feeds.get(FEED) == feed
    assert store.feeds.all() == (feed,)


def test_one_that_is_there_is_left_as_it_is(store: Store) -> None:
    store.feeds.add([KeptFeed(FEED, FEED, name="News")])
    assert store.feeds.add([KeptFeed(FEED, FEED), KeptFeed(OTHER, OTHER)]) == [OTHER]
    assert [feed.name for feed in store.feeds.all()] == ["News", None]


def test_a_change_leaves_the_rest_as_it_is(store: Store) -> None:
    store.feeds.add([KeptFeed(FEED, FEED, name="News", tags=("a",))])
    store.feeds.change(FEED, etag='"b"', tags=("b", "c"), gone=True)
    known = KeptFeed(FEED, FEED, name="News", tags=("b", "c"), etag='"b"', gone=True)
    assert store.feeds.get(FEED) == known


@pytest.mark.parametrize("name", ["key", "nonsense", "etag = 1; --"])
def test_only_what_a_feed_has_can_be_changed(store: Store, name: str) -> None:
    store.feeds.add([KeptFeed(FEED, FEED)])
    with pytest.raises(TypeError):
        store.feeds.change(FEED, **{name: "x"})


def test_articles_are_counted_by_feed_and_mark(store: Store) -> None:
    store.feeds.add([KeptFeed(FEED, FEED), KeptFeed(OTHER, OTHER)])
    store.feeds.note(FEED, ["a", "b", "c"])
    store.feeds.note(FEED, ["c", "d"])
    store.feeds.note(OTHER, ["d"])
    store.marks.put(["a", "d"], "read", on=True)
    store.marks.put(["b"], "starred", on=True)
    assert store.feeds.counts() == {FEED: Counts(4, 2), OTHER: Counts(1, 0)}
    assert store.feeds.articles([FEED, OTHER]) == {"a", "b", "c", "d"}
    assert store.feeds.of_article("d") == (FEED, OTHER)


def test_a_feed_that_is_forgotten_takes_its_list_of_articles_along(store: Store) -> None:
    store.feeds.add([KeptFeed(FEED, FEED)])
    store.feeds.note(FEED, ["a"])
    assert store.feeds.remove(FEED)
    assert not store.feeds.remove(FEED)
    # A sync that was under way meanwhile.
    store.feeds.note(FEED, ["b"])
    store.feeds.change(FEED, error="late")
    assert (store.feeds.all(), store.feeds.counts()) == ((), {})
    assert store.feeds.get(FEED) is None


def test_tags_that_are_damaged_are_said(store: Store) -> None:
    store.feeds.add([KeptFeed(FEED, FEED)])
    with store._database.writing() as db:
        db.execute("UPDATE feeds SET tags = '['")
    with pytest.raises(LibraryError, match="tags of the feed"):
        store.feeds.all()
