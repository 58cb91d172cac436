"""The feeds in a real terminal: subscribed to and synced, and left in the middle of a sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import write
from server import Server, said
from tmux import COMMAND, needs_tmux, terminal
from wire import item, rss

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library

pytestmark = needs_tmux

AFTERWARDS = "; echo left with $?"


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
def test_from_no_feed_to_its_articles(
    tmp_path: Path, empty_library: Library, size: tuple[int, int]
) -> None:
    feed = write(tmp_path, "feed.xml", rss(item(1), item(2)))
    with terminal(size, tmp_path) as window:
        window.enter(f"{COMMAND} --library {empty_library.folder}{AFTERWARDS}")
        window.until_shown("This library")
        # All at once, as over a slow line.
        window.type("F")
        window.until_shown("No feeds yet")
        window.type("a./fe")
        window.until_shown("feed.xml")
        window.press("Tab", "Enter")
        window.until_shown("The Example")
        write(tmp_path, "feed.xml", rss(item(1), item(2), item(3)))
        assert feed.exists()
        window.type("r")
        window.until(lambda: empty_library.feeds.all()[0].unread == 3, "three articles")
        window.press("Enter")
        window.until_shown("of 3")
        window.type("Q")
        window.until_shown("left with 0")


def test_leaving_in_the_middle_of_a_sync_keeps_what_came(
    tmp_path: Path, empty_library: Library, server: Server
) -> None:
    server.pages |= {"/one": said(rss(item(1))), "/two": said(rss(item(2)))}
    for path, host in (("/one", "127.0.0.1"), ("/two", "localhost")):
        empty_library.feeds.subscribe(server.url(path, host))
    server.pages |= {"/one": said(rss(item(1), item(3))), "/two": server.never}
    with terminal((80, 24), tmp_path) as window:
        window.enter(f"{COMMAND} --library {empty_library.folder}{AFTERWARDS}")
        window.until_shown("1 of 2")
        window.type("R")
        window.until(lambda: len(empty_library.ids()) == 3, "the article that came")
        window.type("Q")
        window.until_shown("left with 0")
        window.until(lambda: _is_found(empty_library), "an index that has it, too")
    assert empty_library.verify() == []


def _is_found(library: Library) -> bool:
    library.sync(wait=False)
    return library.search("story harbour").total == 3
