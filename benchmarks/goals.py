"""The goals, and beside each what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.engines import ENGINES, FTS5, OURS, TANTIVY
from benchmarks.measures import (
    ADDING,
    KEYSTROKE,
    OPENING,
    PRIVATE,
    RATE,
    SIZE,
    Measure,
    ratio,
)
from benchmarks.tables import NONE, rounded, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.figures import Run

HUNDRED_THOUSAND, MILLION = 100_000, 1_000_000


class Goal(NamedTuple):
    """What a figure must be with so many articles, and what it is aimed at."""

    articles: int
    measure: Measure
    must: str
    aim: str


GOALS = (
    Goal(HUNDRED_THOUSAND, KEYSTROKE, "≤ 16", "≤ Tantivy’s"),
    Goal(MILLION, KEYSTROKE, "≤ 50", "≤ 16"),
    Goal(HUNDRED_THOUSAND, RATE, "≥ FTS5’s", "≥ Tantivy’s"),
    Goal(HUNDRED_THOUSAND, ADDING, "≤ 50", "≤ 10"),
    Goal(HUNDRED_THOUSAND, SIZE, "≤ 1.2", "≤ 0.6"),
    Goal(HUNDRED_THOUSAND, OPENING, "≤ 30", "≤ 10"),
    Goal(HUNDRED_THOUSAND, PRIVATE, "≤ 150", "≤ 60"),
)


def goals(runs: Sequence[Run]) -> str:
    """Return the table of goals; where no run has a goal's size, its figures are left open."""
    by_size = {run.articles: run for run in runs}
    head = ("", "articles", "must", "aim", "Broadsheet", "Tantivy", "FTS5")
    return table(head, [_row(goal, by_size.get(goal.articles)) for goal in GOALS])


def _row(goal: Goal, run: Run | None) -> tuple[str, ...]:
    figures = [_figure(goal.measure, run, engine) for engine in (OURS, TANTIVY, FTS5)]
    return (goal.measure.title, f"{goal.articles:,}", goal.must, goal.aim, *figures)


def _figure(measure: Measure, run: Run | None, engine: str) -> str:
    figure = measure.of(run, engine) if run and engine in run.engines else None
    return NONE if figure is None else rounded(figure)


class Pace(NamedTuple):
    """As what share of a peer's median that of every kind of query must be, and is aimed to be."""

    peer: str
    must: float
    aim: float


PACES = (Pace(TANTIVY, 2, 1), Pace(FTS5, 1 / 10, 1 / 50))


def paces(run: Run) -> str:
    """Return the table of how many kinds of query are as fast as a peer's, and the slowest."""
    head = ("median of each kind of query", "must", "is", "aim", "is", "slowest")
    rows = []
    for pace in PACES:
        ratios = {kind: ratio(run, OURS, pace.peer, kind) for kind in run.kinds}
        measured = {kind: share for kind, share in ratios.items() if share is not None}
        if measured:
            rows.append(_pace_row(pace, measured))
    return table(head, rows)


def _pace_row(pace: Pace, measured: dict[str, float]) -> tuple[str, ...]:
    slowest = max(measured, key=lambda kind: measured[kind])
    told = [f"against {ENGINES[pace.peer].title}"]
    for limit in (pace.must, pace.aim):
        within = sum(share <= limit for share in measured.values())
        told += [f"≤ {_times(limit)}", f"{within} of {len(measured)}"]
    return (*told, f"{slowest}, {_times(measured[slowest])}")


def _times(share: float) -> str:
    return f"{rounded(share)} ×" if share >= 1 else f"1/{rounded(1 / share)}"
