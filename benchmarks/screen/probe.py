"""The reader as it is, with somebody who looks every few milliseconds whether it is served.

``python -m benchmarks.screen.probe FILE [ARGUMENT ...]`` runs the command line with arguments, and
writes into FILE: the number of its process, then a line for each tick that came late, with when it
was due and how many milliseconds late it came.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import reader.app
from reader.commands.cli import main

if TYPE_CHECKING:
    from index.library import Library
    from reader.app import Job
    from reader.config import Config

TICK = 0.005
"""Seconds from one look to the next."""

LATE = 0.002
"""Seconds from which on a tick is written down."""


class Tick(NamedTuple):
    """A look that came late."""

    due: float
    """When, by the monotonic clock, which is the same in all processes."""

    late: float
    """Milliseconds."""


def ticks(file: Path, begin: float, end: float) -> list[Tick]:
    """Return the late ticks that were due between two moments."""
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    told = (Tick(*map(float, line.split())) for line in lines)
    return [tick for tick in told if begin <= tick.due <= end]


def process_of(file: Path) -> int:
    """Return the number of the reader's process."""
    return int(file.read_text(encoding="utf-8").split(maxsplit=1)[0])


class WatchedApp(reader.app.BroadsheetApp):
    """The reader, watched."""

    CSS_PATH = str(Path(reader.app.__file__).with_name("broadsheet.tcss"))

    file: ClassVar[Path]

    def __init__(self, library: Library, config: Config, update: Job, name: str) -> None:
        super().__init__(library, config, update, name)
        self._watch: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        """Begin to look."""
        self._watch = asyncio.create_task(self._look_on())

    async def _look_on(self) -> None:
        with self.file.open("w", encoding="utf-8", buffering=1) as file:
            file.write(f"{os.getpid()}\n")
            while True:
                due = time.monotonic() + TICK
                await asyncio.sleep(TICK)
                late = time.monotonic() - due
                if late > LATE:
                    file.write(f"{due:.6f} {late * 1e3:.3f}\n")


if __name__ == "__main__":
    WatchedApp.file = Path(sys.argv[1])
    vars(reader.app)["BroadsheetApp"] = WatchedApp
    sys.exit(main(sys.argv[2:]))
