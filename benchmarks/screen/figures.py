"""The figures of the screen, each beside what it must be and what it is aimed at."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.tables import rounded
from benchmarks.timing import percentile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.memory import Memory
    from benchmarks.screen.probe import Tick

MEGABYTE = 1024 * 1024


class Figure(NamedTuple):
    """One line of the table."""

    what: str
    measured: str
    must: str
    aim: str


def waits(what: str, took: Sequence[float], must: str, aim: str) -> Figure:
    """Tell how long keys took to be answered: milliseconds, at least one."""
    told = (
        f"{rounded(percentile(took, 0.95))} ms; median {rounded(median(took))} ms,"
        f" longest {rounded(max(took))} ms; {len(took)} keys"
    )
    return Figure(what, told, must, aim)


def stalls(what: str, late: Sequence[Tick]) -> Figure:
    """Tell how long the event loop was not served."""
    longest = sorted((tick.late for tick in late), reverse=True)
    told = f"{rounded(longest[0])} ms" if longest else "0 ms"
    over = sum(one > 16 for one in longest)
    return Figure(
        f"longest time the event loop is not served, {what}",
        f"{told}; {over} times more than 16 ms",
        "50 ms",
        "16 ms",
    )


def starts(small: Sequence[float], large: Sequence[float]) -> Figure:
    """Tell how long the reader takes to start, over a small library and a large one."""
    told = (
        f"{rounded(median(large) / median(small))} ×:"
        f" {rounded(median(large))} ms against {rounded(median(small))} ms"
    )
    return Figure("start to first useful frame, against 1,000", told, "≤ 1.2 ×", "the same")


def memory(what: str, at: Sequence[Memory]) -> Figure:
    """Tell what the reader has in memory, from the beginning to the end."""
    private = [one.private / MEGABYTE for one in at]
    resident = [one.resident / MEGABYTE for one in at]
    half = len(at) // 2
    told = (
        f"{rounded(private[-1])} MB ({rounded(private[0])} MB at the beginning,"
        f" {rounded(private[half])} MB half-way); {rounded(resident[-1])} MB with mapped files"
    )
    return Figure(what, told, "250 MB, flat", "150 MB, flat")
