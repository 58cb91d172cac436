"""A sync beside other processes, and one that is killed: nothing is lost, all of it is found."""

from __future__ import annotations

import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from desk import PATIENCE, broadsheet, command, surroundings, titles, write_stories
from server import said
from wire import item, rss

from index.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from server import Request, Server

FEEDS = 6


@pytest.fixture
def at(server: Server, tmp_path: Path) -> tuple[str, Path]:
    """A library with feeds that had one article each, and now have three."""
    at = ("--library", tmp_path / "library")
    addresses = [server.url(f"/{number}") for number in range(FEEDS)]
    for number in range(FEEDS):
        server.pages[f"/{number}"] = said(rss(item(100 * number)))
    assert broadsheet("subscribe", *addresses, *at).returncode == 0
    for number in range(FEEDS):
        server.pages[f"/{number}"] = said(rss(*(item(100 * number + one) for one in range(3))))
    return at


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(*arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings({}),
    )


def held(server: Server, until: threading.Event) -> tuple[threading.Event, Callable[..., bytes]]:
    """Return a page that waits, and what is set when it does."""
    is_asked = threading.Event()

    def page(_: Request) -> bytes:
        is_asked.set()
        until.wait(PATIENCE)
        return said(rss(item(999)))

    return is_asked, page


def test_while_feeds_are_synced_another_process_adds(
    server: Server, at: tuple[str, Path], tmp_path: Path
) -> None:
    go_on = threading.Event()
    is_asked, server.pages["/5"] = held(server, go_on)
    syncing = started("sync", *at)
    try:
        assert is_asked.wait(PATIENCE)
        write_stories(tmp_path / "stories", 30, "quiet")
        adding = broadsheet("add", tmp_path / "stories", *at)
        go_on.set()
        said_, complained = syncing.communicate(timeout=PATIENCE)
    finally:
        go_on.set()
        syncing.kill()
    assert (adding.returncode, adding.stdout) == (0, b"30 added\n")
    assert (syncing.returncode, complained) == (0, b"")
    assert b"6 feeds \xc2\xb7 11 added" in said_
    library = Library(at[1])
    assert len(library.ids()) == FEEDS + 11 + 30
    assert (len(titles(library, "quiet")), len(titles(library, "harbour"))) == (30, 21)
    assert library.verify() == []
    library.close()


def test_a_sync_that_is_killed_takes_nothing_back(server: Server, at: tuple[str, Path]) -> None:
    go_on = threading.Event()
    is_asked, server.pages["/5"] = held(server, go_on)
    syncing = started("sync", *at)
    assert is_asked.wait(PATIENCE)
    syncing.kill()
    syncing.communicate(timeout=PATIENCE)
    go_on.set()
    ended = broadsheet("sync", *at)
    assert (ended.returncode, ended.stderr) == (0, b"")
    library = Library(at[1])
    assert len(library.ids()) == FEEDS + 11
    assert library.verify() == []
    library.close()
