"""Feeds of a library: subscribed to and synced with a real server, and nothing lost in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import titles
from server import said
from wire import item, rss

from index.errors import FeedError
from index.feeds import Feeds
from index.feeds.asking import Limits

if TYPE_CHECKING:
    from server import Request, Server

    from index.library import Library

LIMITS = Limits(connect=5, read=5, total=10)


@pytest.fixture
def feeds(empty_library: Library) -> Feeds:
    """The feeds of a library, at a time that tests set."""
    return Feeds(empty_library._store, empty_library.sync, LIMITS, lambda: 1_000_000.0)


def fresh(body: str, etag: str) -> bytes:
    return said(body, etag=etag)


def test_a_feed_is_fetched_when_it_is_subscribed_to(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1), item(2)))
    feed = feeds.subscribe(server.url(), tags=["port", "port", " "])
    assert (feed.name, feed.title, feed.tags) == ("The Example", "The Example", ("port",))
    assert (feed.articles, feed.unread, feed.error) == (2, 2, None)
    assert titles(empty_library, "bako1 OR bako2") == [
        "Story 1 from the harbour",
        "Story 2 from the harbour",
    ]
    assert len(feeds.article_ids([feed.key])) == 2
    assert empty_library.verify() == []


def test_a_feed_that_is_as_it_was_is_asked_for_with_what_the_server_knows_it_by(
    feeds: Feeds, server: Server
) -> None:
    def once(request: Request) -> bytes:
        if request.headers.get("if-none-match") == '"one"':
            return said(status="304 Not Modified")
        return said(rss(item(1)), etag='"one"', last_modified="Wed, 25 Nov 2026 08:00:00 GMT")

    server.pages["/feed"] = once
    feeds.subscribe(server.url())
    report = feeds.sync()
    assert [feed.error for feed in report.feeds] == [None]
    assert (report.added, report.updated, report.failed) == (0, 0, ())
    feeds.sync()
    for request in server.requests[1:]:
        assert request.headers["if-none-match"] == '"one"'
        assert request.headers["if-modified-since"] == "Wed, 25 Nov 2026 08:00:00 GMT"


def test_what_a_feed_drops_stays_and_what_it_changes_is_updated(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1), item(2)))
    key = feeds.subscribe(server.url()).key
    before = empty_library.ids()
    empty_library.set_mark(before, "starred", on=True)
    server.pages["/feed"] = said(rss(item(2, "The mayor now says otherwise. " * 40), item(3)))
    report = feeds.sync()
    assert (report.added, report.updated, report.unchanged) == (1, 1, 0)
    assert set(before) < set(empty_library.ids())
    assert titles(empty_library, "bako1") == ["Story 1 from the harbour"]
    assert titles(empty_library, "mayor") == ["Story 2 from the harbour"]
    assert titles(empty_library, "bako2") == []
    assert empty_library.marked("starred") == set(before)
    with empty_library._store._database.reading() as db:
        [(origin,)] = db.execute("SELECT origin FROM earlier").fetchall()
    assert origin == f"{key}#story-2"
    assert feeds.all()[0].articles == 3


def test_what_is_no_feed_is_not_subscribed_to(feeds: Feeds, server: Server) -> None:
    with pytest.raises(FeedError, match="404 Not Found"):
        feeds.subscribe(server.url("/nothing"))
    assert feeds.all() == ()
