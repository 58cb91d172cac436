"""What goes on beside the screen while somebody types: nothing, a sync, another program adding."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.intake.feed_server import serving
from index.library import RECORD
from index.store import KeptFeed, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from benchmarks.screen.terminal import Terminal

    Load = Callable[[Path], AbstractContextManager[Callable[[Terminal], object]]]
    """Given a library's folder: gives what begins, once the reader is open."""

HOSTS, FEEDS = 50, 300


@contextmanager
def nothing(_: Path) -> Iterator[Callable[[Terminal], object]]:
    """Leave the reader alone."""
    yield lambda terminal: None  # noqa: ARG005


@contextmanager
def syncing(library: Path) -> Iterator[Callable[[Terminal], object]]:
    """Subscribe to feeds, and have the reader sync them."""
    with serving(HOSTS, FEEDS) as (addresses, _):
        store = Store(library / RECORD)
        store.feeds.add(KeptFeed(one, one, typed=True, private=True) for one in addresses)
        store.close()
        yield lambda terminal: terminal.send("R")


def adding(file: Path) -> Load:
    """Return the load of another program that adds a file of articles to the library."""

    @contextmanager
    def load(library: Path) -> Iterator[Callable[[Terminal], object]]:
        processes: list[subprocess.Popen[bytes]] = []

        def begin(_: Terminal) -> None:
            words = [sys.executable, "-m", "reader", "--library", str(library), "add", str(file)]
            processes.append(subprocess.Popen(words, stdout=subprocess.DEVNULL))

        try:
            yield begin
        finally:
            for process in processes:
                process.kill()
                process.wait()

    return load
