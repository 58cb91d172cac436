"""How the reader is started to be measured, and what it takes until it is of use."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.memory import Memory, memory_of
from benchmarks.screen.probe import Tick, process_of, ticks
from benchmarks.screen.terminal import Terminal
from reader.locations import CONFIG_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECKOUT = Path(__file__).parent.parent.parent
_SURROUNDINGS = {
    "PYTHONPATH": str(CHECKOUT),
    # Not as whoever measures has arranged the screen and its keys.
    "XDG_STATE_HOME": os.devnull,
    CONFIG_VARIABLE: os.devnull,
}

_USEFUL = re.compile(r"\b1 of [\d,]+")
"""In the search line of a reader that shows the library, and can be used."""


class Reader(NamedTuple):
    """A reader in a terminal, and what is written down of it."""

    terminal: Terminal
    watched: Path

    def memory(self) -> Memory:
        """Return what its process has in memory now."""
        return memory_of(process_of(self.watched))

    def late(self, begin: float, end: float) -> list[Tick]:
        """Return when between two moments it was not served in time."""
        return ticks(self.watched, begin, end)


def watched_reader(library: Path, folder: Path) -> Reader:
    """Start the reader over a library, watched, and wait until it is of use.

    ``folder`` is for what is written down. The terminal is to be closed.
    """
    watched = folder / "ticks"
    watched.unlink(missing_ok=True)
    words = ["-m", "benchmarks.screen.probe", str(watched), "--library", str(library)]
    terminal = Terminal([sys.executable, *words], _SURROUNDINGS)
    terminal.until(is_useful, "the library")
    return Reader(terminal, watched)


def start(library: Path) -> float:
    """Start the reader over a library; return the milliseconds until it shows what is there."""
    words = [sys.executable, "-m", "reader", "--library", str(library)]
    with Terminal(words, _SURROUNDINGS) as terminal:
        return (terminal.until(is_useful, "the library") - terminal.begun) * 1e3


def is_useful(lines: Sequence[str]) -> bool:
    """Whether the screen shows the articles of a library."""
    return bool(_USEFUL.search(lines[0]))
