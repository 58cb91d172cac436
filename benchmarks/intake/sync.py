"""A sync of many feeds: how long it takes, how long it keeps a screen from being drawn, its memory.

``python -m benchmarks.intake.sync [FEEDS]``.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.intake.figures import Figure
from benchmarks.memory import own_memory
from benchmarks.timing import percentile
from index.library import Library
from index.store import KeptFeed, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.feeds import SyncReport

FEEDS, HOSTS = 500, 100
TICK = 0.005
"""Seconds from one tick to the next: a screen is drawn, a key is looked at."""

_IMPORTED_LATE = (
    "index.feeds.synchronising",
    "index.feeds.fetching",
    "index.intake.html",
    "index.intake.json_article",
)
"""What a sync imports, with all that these import."""

MUST_STALL = "30 ms"


class Ticking:
    """A thread that wants to be served every few milliseconds, and notes how late it was."""

    def __init__(self) -> None:
        self.late: list[float] = []
        """Milliseconds that each tick came too late."""

        self.memory = 0
        """The most bytes that were in memory at any tick, without those of files."""

        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick)

    def __enter__(self) -> Ticking:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _tick(self) -> None:
        count = 0
        while not self._over.is_set():
            before = time.perf_counter()
            time.sleep(TICK)
            self.late.append((time.perf_counter() - before - TICK) * 1e3)
            count += 1
            # Looking takes a while itself.
            if count % 20 == 0 and (memory := own_memory()):
                self.memory = max(self.memory, memory.private)


class Measured(NamedTuple):
    """One sync."""

    what: str
    report: SyncReport
    seconds: float
    late: tuple[float, ...]
    memory: int


def figures(_: Path) -> list[Figure]:
    """Return what a sync takes of feeds that are new, that are as they were, and that changed.

    The longest waits are those for Python's collection of garbage, which looks at all there is. So
    there are figures, too, of a program that sets aside what it has before it begins.
    """
    return [*_rows(set_aside=False), *_rows(set_aside=True)]


def _rows(*, set_aside: bool) -> list[Figure]:
    rows: list[Figure] = []
    for one in measured(FEEDS, set_aside=set_aside):
        report, late = one.report, one.late
        data = (
            f"{len(report.feeds)} feeds on {HOSTS} hosts, {one.what}: {report.added:,} new articles"
        )
        data += ", gc.freeze()" if set_aside else ""
        rows += [
            Figure("time of a sync", data, f"{one.seconds:.1f} s"),
            Figure(
                "longest wait of another thread",
                data,
                f"{max(late):.0f} ms; 99.9 % within {percentile(late, 0.999):.0f} ms,"
                f" 99 % within {percentile(late, 0.99):.0f} ms, median {median(late):.1f} ms",
                must=MUST_STALL,
            ),
            Figure("memory of a sync", data, f"{one.memory / 2**20:.0f} MB"),
        ]
    return rows


def measured(feeds: int, *, set_aside: bool = False) -> Iterator[Measured]:
    """Sync feeds for the first time, again, and when each has some new articles.

    ``set_aside``: what the program has by then is none that garbage is looked for in.
    """
    with TemporaryDirectory() as folder, _server(feeds) as (addresses, change):
        store = Store(Path(folder) / "library.db")
        store.feeds.add(KeptFeed(one, one, typed=True, private=True) for one in addresses)
        store.close()
        library = Library(Path(folder))
        library.sync()
        if set_aside:
            for name in _IMPORTED_LATE:
                import_module(name)
            gc.collect()
            gc.freeze()
        yield _measured(library, "new")
        yield _measured(library, "as they were")
        change()
        yield _measured(library, "with some news")
        library.close()
        gc.unfreeze()


def _measured(library: Library, what: str) -> Measured:
    with Ticking() as ticking:
        begun = time.perf_counter()
        report = library.feeds.sync()
        seconds = time.perf_counter() - begun
    if report.failed:
        raise RuntimeError(f"{report.failed[0].key}: {report.failed[0].error}")
    return Measured(what, report, seconds, tuple(ticking.late), ticking.memory)


@contextmanager
def _server(feeds: int) -> Iterator[tuple[list[str], Callable[[], None]]]:
    words = [sys.executable, "-m", "benchmarks.intake.feed_server", str(HOSTS), str(feeds)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The server has no pipes.")
        stdin = process.stdin

        def change() -> None:
            stdin.write(b"\n")
            stdin.flush()

        try:
            yield json.loads(process.stdout.readline()), change
        finally:
            stdin.close()


if __name__ == "__main__":
    FEEDS = int(sys.argv[1]) if sys.argv[1:] else FEEDS
    for figure in figures(Path()):
        sys.stdout.write(f"{figure.what} · {figure.data} · {figure.measured}\n")
