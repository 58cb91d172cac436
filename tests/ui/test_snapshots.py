"""What the screens look like. ``make snapshots`` takes a new look over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from stage import NARROW, SMALL, WIDE, Stage, nothing_to_do, opened

from index.store import KeptFeed
from reader.app import BroadsheetApp
from reader.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from index.library import Library


class Look(NamedTuple):
    """One state of the screen: what is searched for, and which keys are pressed then."""

    name: str
    size: tuple[int, int]
    query: str = ""
    keys: tuple[str, ...] = ()
    theme: str = "broadsheet-dark"


LOOKS = (
    Look("start", WIDE),
    Look("match", WIDE, "taliban ceasefire", ("n", "n")),
    Look("light", WIDE, "doha", ("j",), "broadsheet-light"),
    Look("points", WIDE, keys=(".",)),
    Look("only-the-article", WIDE, keys=("z",)),
    Look("list-80", NARROW, "terror"),
    Look("article-80", NARROW, "terror", ("enter", "n", "n")),
    Look("find-80", NARROW, keys=("enter", "/", *"afghan")),
    Look("list-40", SMALL),
    Look("article-40", SMALL, keys=("enter",)),
    Look("suggestion", NARROW, "talibam -"),
    Look("wrong-query", NARROW, "taliban date:soon "),
    Look("selecting", NARROW, keys=("enter", "V", "J", "J", "J", "l")),
    Look(
        "highlights", NARROW, "pakistan", ("enter", "V", "J", "J", "J", "l", "e", *"Why?", "enter")
    ),
    Look("help", (100, 60), keys=("?",)),
)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_look(look: Look, library: Library, snap_compare: Callable[..., bool]) -> None:
    app = BroadsheetApp(library, Config(theme=look.theme), nothing_to_do)

    async def before(pilot: Pilot[None]) -> None:
        stage: Stage = await opened(app, pilot)
        if look.query:
            await stage.press("/", *look.query)
            await stage.until(lambda: stage.answered == look.query, "the answer")
            if "date:" not in look.query and stage.result_list.total:
                await stage.press("enter")
        await stage.press(*look.keys)
        await pilot.pause()

    assert snap_compare(app, terminal_size=look.size, run_before=before)


def test_the_look_of_an_empty_library(
    empty_library: Library, snap_compare: Callable[..., bool]
) -> None:
    app = BroadsheetApp(empty_library, Config(), nothing_to_do)

    async def before(pilot: Pilot[None]) -> None:
        await opened(app, pilot)

    assert snap_compare(app, terminal_size=NARROW, run_before=before)


def test_the_look_of_the_feeds(library: Library, snap_compare: Callable[..., bool]) -> None:
    for address, title, changes in FEEDS:
        feed = KeptFeed(address, address, title=title, typed=True)
        library._store.feeds.add([feed._replace(**changes)])
    library._store.feeds.note(FEEDS[0][0], library.ids()[:3])
    app = BroadsheetApp(library, Config(), nothing_to_do)

    async def before(pilot: Pilot[None]) -> None:
        stage = await opened(app, pilot)
        await stage.press("F")
        await stage.until(lambda: "4 feeds" in stage.text, "the feeds")
        await stage.press("j")
        await pilot.pause()

    assert snap_compare(app, terminal_size=NARROW, run_before=before)


# Long ago, so that it is the day that is said.
_CHECKED = dt.datetime(2025, 10, 9, 12, tzinfo=dt.UTC).timestamp()

FEEDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("https://harbour.example/feed", "Harbour News", {"checked": _CHECKED, "tags": ("Local",)}),
    ("https://www.north.example/rss", "The Northern Shore", {"always_full": True}),
    ("exec:my-script --news", "", {}),
    (
        "https://old.example/rss",
        "The Old Evening Post",
        {"checked": _CHECKED, "error": "503 Service Unavailable", "failures": 1},
    ),
)
