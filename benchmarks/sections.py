"""The parts of the page that say what was measured with so many articles, and how that grows."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.engines import ENGINES, FTS5, OURS, TANTIVY
from benchmarks.measures import MEASURES, asked, ratio
from benchmarks.tables import NONE, rounded, table
from benchmarks.timing import percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from benchmarks.figures import Asked, Run

    Columns = Mapping[str, Run]
    """The engines of a table, each with the run that its figures are from."""

COMPARED = (OURS, TANTIVY, FTS5)
"""The engines that bear any size: what is told of growth is of these."""

_READING = """\
Milliseconds: the median, and behind it the 95th percentile. The last columns are Broadsheet’s
median as a multiple of Tantivy’s, where less is better, and FTS5’s as a multiple of Broadsheet’s,
where more is better; both of processor time, which other work on the machine does not lengthen.
"""


# --- one size -------------------------------------------------------------------------------------


def section(run: Run, runs: Iterable[Run]) -> str:
    """Return what was measured in one run.

    An engine that does not bear so many articles is shown with those of the largest run it bore.
    """
    smaller = [other for other in runs if other.articles <= run.articles]
    columns = {
        name: max(those, key=lambda one: one.articles)
        for name in ENGINES
        if (those := [one for one in smaller if name in one.engines])
    }
    parts = [f"## {run.articles:,} articles\n", _circumstances(run), *_left_out(run)]
    parts.append(_READING)
    parts += [_queries(run, columns), _measures(run, columns)]
    parts.append("Articles found, altogether, as a share of what FTS5 finds:\n")
    parts.append(_hits(run))
    return "\n".join(parts)


def _circumstances(run: Run) -> str:
    machine = run.machine
    versions = (f"{ENGINES[name].title} {one.version}" for name, one in run.engines.items())
    before, after = machine.load
    return (
        f"{run.published:,} as they were published, {run.text_bytes / 1e6:,.0f} MB of text; read"
        f" from the record at {run.articles / run.reading_seconds:,.0f} a second. Measured"
        f" {run.day} at `{run.revision}`: {machine.processor}, {machine.cores} cores,"
        f" {machine.memory_bytes / 1e9:.0f} GB, {machine.system}, Python {machine.python}; load"
        f" {before:.1f} before, {after:.1f} after. {', '.join(versions)}.\n"
    )


def _left_out(run: Run) -> Iterator[str]:
    for name, why in run.missing.items():
        yield f"{ENGINES[name].title} is left out: {why}\n"


def _head(run: Run, columns: Columns) -> list[str]:
    return [
        ENGINES[name].title + (f", {of.articles:,}" if of is not run else "")
        for name, of in columns.items()
    ]


def _queries(run: Run, columns: Columns) -> str:
    rows = [
        (
            kind,
            *(_times(asked(of, name, kind)) for name, of in columns.items()),
            *_ratios(run, kind),
        )
        for kind in run.kinds
    ]
    return table(("query", *_head(run, columns), "× Tantivy’s", "FTS5’s ×"), rows)


def _times(answers: Asked | None) -> str:
    if answers is None:
        return NONE
    return f"{rounded(median(answers.times))} · {rounded(percentile(answers.times, 0.95))}"


def _ratios(run: Run, kind: str) -> tuple[str, str]:
    return _shown(ratio(run, OURS, TANTIVY, kind)), _shown(ratio(run, FTS5, OURS, kind))


def _shown(figure: float | None) -> str:
    return NONE if figure is None else rounded(figure)


def _measures(run: Run, columns: Columns) -> str:
    rows = [
        (measure.title, *(_shown(measure.of(of, name)) for name, of in columns.items()))
        for measure in MEASURES
    ]
    return table(("", *_head(run, columns)), rows)


def _hits(run: Run) -> str:
    kinds = [kind for kind in run.kinds if asked(run, FTS5, kind)]
    rows = [(kind, *(_share(run, name, kind) for name in run.engines)) for kind in kinds]
    return table(("query", *(ENGINES[name].title for name in run.engines)), rows)


def _share(run: Run, name: str, kind: str) -> str:
    """Return how many hits an engine had to questions that FTS5 answered too, as a share of its."""
    own, other = asked(run, name, kind), asked(run, FTS5, kind)
    if own is None or other is None:
        return NONE
    common = min(len(own.hits), len(other.hits))
    return f"{sum(own.hits[:common]) / max(1, sum(other.hits[:common])):.2f}"


# --- all sizes ------------------------------------------------------------------------------------


def growth(runs: Sequence[Run]) -> str:
    """Return the table of medians, and of what else was measured, by number of articles."""
    kinds = dict.fromkeys(kind for run in runs for kind in run.kinds)
    rows = [(kind, *(_of_each(run, partial(_median, run, kind)) for run in runs)) for kind in kinds]
    rows += [
        (measure.title, *(_of_each(run, partial(measure.of, run)) for run in runs))
        for measure in MEASURES
    ]
    return table(("", *(f"{run.articles:,}" for run in runs)), rows)


def _median(run: Run, kind: str, engine: str) -> float | None:
    answers = asked(run, engine, kind)
    return median(answers.times) if answers else None


def _of_each(run: Run, figure: Callable[[str], float | None]) -> str:
    return " / ".join(
        _shown(figure(engine) if engine in run.engines else None) for engine in COMPARED
    )
