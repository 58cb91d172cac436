"""The feeds on the screen: subscribed to, synced, changed, read, with a real server."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from desk import write
from pages import STORY, page
from server import Server, said
from stage import NARROW, SMALL, WIDE, Stage, reading
from textual.widgets import Input
from wire import item, rss

from index.narrowing import Having
from reader.beside.errands import Sync
from reader.config import Config
from reader.screens.feeds import FeedsScreen
from reader.widgets.feed_list import FeedList

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library


@pytest.fixture
def server(server: Server) -> Server:
    """A server with two feeds, and one that was there."""
    server.pages |= {
        "/one": said(rss(item(1), item(2))),
        "/two": said(rss(item(3)).replace("The Example", "Another Paper")),
    }
    return server


@pytest.fixture
def subscribed(library: Library, server: Server) -> Library:
    """A library with both feeds."""
    library.feeds.subscribe(server.url("/one"), tags=["World/Asia"])
    library.feeds.subscribe(server.url("/two"))
    return library


def feeds_of(stage: Stage) -> FeedsScreen:
    assert isinstance(stage.app.screen, FeedsScreen)
    return stage.app.screen


def names(stage: Stage) -> list[str]:
    return [feed.name for feed in feeds_of(stage).query_one(FeedList).things]


def current(stage: Stage) -> str:
    feed = feeds_of(stage).feed
    return feed.name if feed else ""


async def open_feeds(stage: Stage, *expected: str) -> None:
    await stage.press("F")
    await stage.until(lambda: isinstance(stage.app.screen, FeedsScreen), "the feeds")
    await stage.until(lambda: names(stage) == list(expected), f"the feeds {expected}")


async def answer(stage: Stage, key: str, typed: str) -> None:
    """Press a key that asks for something, and answer in place of what is in the line."""
    await stage.press(key)
    await stage.until(lambda: stage.app.screen.is_modal, "the question")
    stage.app.screen.query_one(Input).value = typed
    await stage.press("enter")


# --- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL])
async def test_each_feed_says_how_it_is(
    subscribed: Library, server: Server, size: tuple[int, int]
) -> None:
    server.pages["/two"] = said(status="500 Down")
    subscribed.feeds.sync()
    async with reading(subscribed, size) as stage:
        await open_feeds(stage, "Another Paper", "The Example")
        line = stage.place_of("The Example")[1]
        assert stage.lines[line].rstrip("▁▂▃▄▅▆▇█ ").endswith(" 2")
        assert "2 articles · synced just now" in stage.lines[line + 1]
        assert "500" in stage.lines[line - 1], "what goes wrong is said"
        await stage.press("q")
        assert stage.app.screen is stage.main


async def test_without_feeds_it_says_how_to_get_some(library: Library) -> None:
    async with reading(library) as stage:
        await open_feeds(stage)
        await stage.until(lambda: "No feeds yet" in stage.text)
        assert "r sync " not in stage.status, "there is none to sync"
        assert "Enter read" not in stage.status, "nor to read"
        await stage.press("x", "e", "t", "w", "r", "enter")
        assert not stage.app.screen.is_modal
        await stage.press("a")
        await stage.until(lambda: stage.app.screen.is_modal, "the question")
        assert "Subscribe" in stage.text


async def test_feeds_are_found_and_filtered_and_the_way_back_is_step_by_step(
    subscribed: Library, server: Server
) -> None:
    server.pages["/two"] = said(status="410 Gone")
    subscribed.feeds.sync()
    async with reading(subscribed) as stage:
        await open_feeds(stage, "Another Paper", "The Example")
        await stage.press("slash", *"asia", "home", "delete", "enter")
        assert names(stage) == ["The Example"]
        assert len(subscribed.feeds.all()) == 2
        await stage.press("f", "f")
        assert names(stage) == [], "it does not fail"
        assert "failing" in stage.lines[0]
        await stage.press("q")
        assert names(stage) == ["Another Paper"]
        await stage.press("escape")
        assert names(stage) == ["Another Paper", "The Example"]
        await stage.press("escape")
        assert stage.app.screen is stage.main


async def test_the_articles_of_a_feed_are_read(subscribed: Library) -> None:
    async with reading(subscribed) as stage:
        await open_feeds(stage, "Another Paper", "The Example")
        await stage.press("j", "enter")
        await stage.until(lambda: stage.answered == 'feed:"The Example"')
        await stage.until(lambda: stage.result_list.total == 2)
        assert stage.app.screen is stage.main


async def test_a_feed_that_is_opened_again_is_no_longer_narrowed(subscribed: Library) -> None:
    async with reading(subscribed) as stage:
        await open_feeds(stage, "Another Paper", "The Example")
        await stage.press("j", "enter")
        await stage.until(lambda: stage.result_list.total == 2, "its articles")
        stage.main.narrow(Having("read", "read"))
        await stage.until(lambda: stage.result_list.total == 0, "none of them")
        await open_feeds(stage, "Another Paper", "The Example")
        await stage.press("j", "enter")
        await stage.until(lambda: stage.result_list.total == 2, "its articles again")


async def test_a_feed_is_opened_whatever_is_filtered(subscribed: Library) -> None:
    async with reading(subscribed) as stage:
        stage.main.scope = "starred"
        await open_feeds(stage, "Another Paper", "The Example")
        await stage.press("j", "enter")
        await stage.until(lambda: stage.answered == 'feed:"The Example"')
        await stage.until(lambda: stage.result_list.total == 2, "its articles")


async def test_unread_counts_follow_what_is_read(subscribed: Library) -> None:
    async with reading(subscribed) as stage:
        await stage.search("title:harbour")
        await stage.press("enter", "J", "q")
        await open_feeds(stage, "Another Paper", "The Example")
        assert "1 unread" in stage.lines[0]


async def test_a_hostile_name_is_text(library: Library, server: Server) -> None:
    title = "[bold]&#x1b;]0;owned&#x7;[/] &#x202e;evil [link=x]"
    server.pages["/one"] = said(rss(item(1)).replace("The Example", f"<![CDATA[{title}]]>"))
    feed = library.feeds.subscribe(server.url("/one"))
    async with reading(library) as stage:
        await open_feeds(stage, feed.name)
        assert "[bold]" in stage.text
        assert not {"\x1b", "\x07", "\u202e"} & set(stage.text)
        await stage.press("e")
        await stage.until(lambda: stage.app.screen.is_modal, "the question")
        await stage.press("enter", "w", "U")
        await stage.until(lambda: "Undone" in stage.status)


async def test_undo_waits_for_the_change_before_it(library: Library, server: Server) -> None:
    feed = library.feeds.subscribe(server.url("/one"))
    hold = threading.Event()
    async with reading(library) as stage:
        await open_feeds(stage, feed.name)
        stage.app.record.put(hold.wait, stage.app.call_later, lambda _: None)
        await stage.pilot.press("w", "U")
        hold.set()
        await stage.until(lambda: "Undone" in stage.status)
        assert not library.feeds.all()[0].always_full


# --- subscribing and changing ---------------------------------------------------------------------


async def test_a_feed_is_subscribed_to_and_its_articles_come_in(
    library: Library, server: Server
) -> None:
    async with reading(library) as stage:
        total = stage.result_list.total
        await open_feeds(stage)
        await answer(stage, "a", server.url("/one"))
        await stage.until(lambda: names(stage) == ["The Example"], "the feed")
        await stage.until(lambda: "2 articles" in stage.status, "what came of it")
        assert "2 unread" in stage.lines[0]
        await stage.press("q")
        await stage.until(lambda: stage.result_list.total == total + 2, "its articles")


async def test_what_cannot_be_subscribed_to_is_said(library: Library, server: Server) -> None:
    async with reading(library) as stage:
        await open_feeds(stage)
        await answer(stage, "a", server.url("/nothing"))
        await stage.until(lambda: "404" in stage.said)
        assert names(stage) == []


async def test_a_list_is_subscribed_to_and_synced_at_once(
    library: Library, server: Server, tmp_path: Path
) -> None:
    listed = server.url("/one")
    opml = f'<opml version="2.0"><body><outline text="Listed" xmlUrl="{listed}"/></body></opml>'
    async with reading(library) as stage:
        await open_feeds(stage)
        await answer(stage, "a", str(write(tmp_path, "list.opml", opml)))
        await stage.until(lambda: names(stage) == ["Listed"], "the feed")
        # Nobody typed it, so that it may not lead to this machine: but it was tried.
        await stage.until(lambda: "private network" in stage.text, "the sync")
        assert not server.requests


async def test_changes_of_a_feed_are_made_and_taken_back(subscribed: Library) -> None:
    async with reading(subscribed) as stage:
        await open_feeds(stage, "Another Paper", "The Example")
        await answer(stage, "e", "Zebra")
        await stage.until(lambda: names(stage) == ["The Example", "Zebra"])
        assert current(stage) == "Zebra"
        await answer(stage, "t", "#News, Sport ")
        await stage.until(lambda: "#News · #Sport" in stage.text)
        await stage.press("w")
        await stage.until(lambda: "whole pages" in stage.text)
        await stage.press("x")
        await stage.until(lambda: names(stage) == ["The Example"])

        await stage.press("U")
        await stage.until(lambda: names(stage) == ["The Example", "Zebra"])
        await stage.until(lambda: current(stage) == "Zebra", "it is at the cursor")
        [zebra] = [feed for feed in subscribed.feeds.all() if feed.name == "Zebra"]
        assert zebra.articles == 1
        assert zebra.tags == ("News", "Sport")
        await stage.press("U", "U", "U")
        await stage.until(lambda: names(stage) == ["Another Paper", "The Example"])
        assert not subscribed.feeds.find("another").always_full
        assert subscribed.feeds.find("another").tags == ()
        await stage.press("U")
        assert "nothing to undo" in stage.status


async def test_an_empty_name_is_the_feeds_own(subscribed: Library) -> None:
    subscribed.feeds.rename(subscribed.feeds.find("another").key, "Mine")
    async with reading(subscribed) as stage:
        await open_feeds(stage, "Mine", "The Example")
        await answer(stage, "e", "")
        await stage.until(lambda: names(stage) == ["Another Paper", "The Example"])


# --- syncing --------------------------------------------------------------------------------------


async def test_new_articles_come_in_without_moving_what_one_reads(
    subscribed: Library, server: Server
) -> None:
    server.pages["/one"] = said(rss(item(1), item(2), item(4), item(5)))
    async with reading(subscribed) as stage:
        await stage.search("title:harbour")
        await stage.press("j", "enter", "j")
        before, lines = stage.title, stage.article_view.scroll_offset.y
        await stage.press("R")
        await stage.until(lambda: stage.result_list.total == 5, "the new articles")
        await stage.until(lambda: "2 feeds · 2 added" in stage.status, "what came of it")
        assert stage.title == before
        assert stage.article_view.scroll_offset.y == lines
        assert stage.main.reading


async def test_without_feeds_a_sync_says_so(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("R")
        await stage.until(lambda: "There are no feeds yet" in stage.status)


async def test_one_feed_is_synced(subscribed: Library, server: Server) -> None:
    server.pages["/two"] = said(rss(item(3), item(6)))
    asked = len(server.asked("/one"))
    async with reading(subscribed) as stage:
        await open_feeds(stage, "Another Paper", "The Example")
        await stage.press("r")
        await stage.until(lambda: "1 feed · 1 added" in stage.status)
    assert len(server.asked("/one")) == asked


async def test_a_sync_is_stopped_and_what_came_is_kept(subscribed: Library, server: Server) -> None:
    server.pages["/one"] = said(rss(item(1), item(2), item(7)))
    server.pages["/two"] = server.never
    subscribed.feeds.subscribe(server.url("/one", host="localhost"), name="Once more")
    async with reading(subscribed) as stage:
        await stage.press("R")
        await stage.until(lambda: server.asked("/two"), "the sync")
        await stage.until(lambda: "fetching" in stage.status, "how far it is")
        await stage.press("R")
        await stage.until(lambda: "stopped: what came is kept" in stage.status)
        assert not stage.app.errands.is_under_way(Sync)


async def test_leaving_does_not_wait_for_a_sync(subscribed: Library, server: Server) -> None:
    server.pages["/two"] = server.never
    async with reading(subscribed) as stage:
        await stage.press("R")
        await stage.until(lambda: server.asked("/two"), "the sync")
        await stage.press("Q")
    for runner in stage.app.errands._under_way:
        runner.join()
    assert not stage.app.errands.is_under_way(Sync)


async def test_the_configuration_has_feeds_synced(subscribed: Library, server: Server) -> None:
    server.pages["/one"] = said(rss(item(1), item(2), item(8)))
    subscribed._store.feeds.change(subscribed.feeds.find("the example").key, due=0.0)
    async with reading(subscribed, config=Config(sync_every="30m")) as stage:
        await stage.until(lambda: "1 added" in stage.status)


async def test_the_beginning_of_a_story_is_fetched_whole(library: Library, server: Server) -> None:
    teaser = "The harbour council voted late on Tuesday to keep… Read more"
    server.pages["/one"] = said(rss(item(1, teaser, link=server.url("/story"))))
    server.pages["/story"] = said(page(), content_type="text/html")
    library.feeds.subscribe(server.url("/one"))
    async with reading(library) as stage:
        await stage.search("feed:example")
        await stage.press("enter")
        assert "only the beginning" in stage.text
        assert "w whole article" in stage.status
        await stage.press("w")
        await stage.until(lambda: STORY[-1][-30:] in " ".join(stage.text.split()), "all of it")
        assert "only the beginning" not in stage.text
