"""A sync of many feeds in the open reader: how long it takes, how long the screen is not served.

``python -m benchmarks.intake.sync [FEEDS]``.
"""

from __future__ import annotations

import asyncio
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.intake.feed_server import serving
from benchmarks.intake.figures import Figure
from benchmarks.memory import own_memory
from benchmarks.timing import percentile
from index.gather import Report
from index.library import Library
from index.store import KeptFeed, Store
from reader.app import BroadsheetApp
from reader.beside.errands import Sync
from reader.config import Config

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

FEEDS, HOSTS = 500, 100
SIZE = (120, 40)
TICK = 0.005
"""Seconds from one tick to the next: a screen is drawn, a key is looked at."""

MUST_STALL = "50 ms"


class Measured(NamedTuple):
    """One sync."""

    what: str
    added: int
    failing: int
    """Feeds that could not be fetched."""

    seconds: float
    late: tuple[float, ...]
    """Milliseconds that each tick of the screen's event loop came too late."""

    memory: int
    """Bytes of the reader's own memory at the end, without those of files."""


def figures(_: Path) -> list[Figure]:
    """Return what a sync takes of feeds that are new, that are as they were, and that changed.

    In a process of its own, whose memory is the reader's alone.
    """
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_figures, (FEEDS,))


def _figures(feeds: int) -> list[Figure]:
    return [row for one in asyncio.run(measured(feeds)) for row in _rows(one, feeds)]


def _rows(one: Measured, feeds: int) -> list[Figure]:
    data = f"{feeds} feeds on {HOSTS} hosts, {one.what}: {one.added:,} new articles"
    failing = f", {one.failing} failing" if one.failing else ""
    waits = (
        f"{max(one.late):.0f} ms; 99.9 % within {percentile(one.late, 0.999):.0f} ms,"
        f" 99 % within {percentile(one.late, 0.99):.0f} ms, median {median(one.late):.1f} ms"
    )
    return [
        Figure("time of a sync", data, f"{one.seconds:.1f} s{failing}"),
        Figure("longest time the screen is not served", data, waits, must=MUST_STALL),
        Figure("memory of the reader", data, f"{one.memory / 2**20:.0f} MB"),
    ]


async def measured(feeds: int) -> list[Measured]:
    """Sync feeds for the first time, again, and when each has some new articles."""
    with TemporaryDirectory() as folder, serving(HOSTS, feeds) as (addresses, change):
        store = Store(Path(folder) / "library.db")
        store.feeds.add(KeptFeed(one, one, typed=True, private=True) for one in addresses)
        store.close()
        library = Library(Path(folder))
        try:
            app = BroadsheetApp(library, Config(), _up_to_date)
            async with app.run_test(size=SIZE) as pilot:
                await pilot.pause(1)
                first = await _measured(app, library, "new")
                again = await _measured(app, library, "as they were")
                change()
                return [first, again, await _measured(app, library, "with some news")]
        finally:
            library.close()


def _up_to_date(library: Library, _: object) -> Report:
    library.sync()
    return Report()


async def _measured(app: BroadsheetApp, library: Library, what: str) -> Measured:
    before, begun = len(library.ids()), time.perf_counter()
    app.sync()
    late = [one async for one in _ticks(lambda: app.errands.is_under_way(Sync))]
    seconds = time.perf_counter() - begun
    failing = sum(feed.error is not None for feed in library.feeds.all())
    memory = own_memory()
    private = memory.private if memory else 0
    return Measured(what, len(library.ids()) - before, failing, seconds, tuple(late), private)


async def _ticks(wanted: Callable[[], bool]) -> AsyncIterator[float]:
    """Give how many milliseconds too late each tick comes, as long as they are wanted."""
    while wanted():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        yield (time.perf_counter() - before - TICK) * 1e3


if __name__ == "__main__":
    for figure in _figures(int(sys.argv[1]) if sys.argv[1:] else FEEDS):
        sys.stdout.write(f"{figure.what} · {figure.data} · {figure.measured}\n")
