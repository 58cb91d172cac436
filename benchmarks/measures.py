"""What is said of an engine: one figure of each kind, from all that was measured."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.queries import SHOWN, TYPED
from benchmarks.timing import percentile

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.figures import Asked, Run
    from benchmarks.memory import Memory


class Measure(NamedTuple):
    """A figure that each engine has, or None where it was not measured."""

    title: str
    of: Callable[[Run, str], float | None]
    """From a run, and the name of an engine in it."""


def asked(run: Run, engine: str, kind: str) -> Asked | None:
    """Return the answers of an engine to one kind of question, if it was measured with it."""
    figures = run.engines.get(engine)
    return figures.asked.get(kind) if figures else None


def keystroke(run: Run, engine: str) -> float | None:
    """Return the 95th percentile of a keystroke's search, in milliseconds.

    Broadsheet's with the first page of hits as the screen shows them, the others' with ids alone.
    """
    answers = asked(run, engine, SHOWN) or asked(run, engine, TYPED)
    return percentile(answers.times, 0.95) if answers else None


def _rate(run: Run, engine: str) -> float:
    return run.articles / run.engines[engine].build_seconds


def _size(run: Run, engine: str) -> float:
    return run.engines[engine].index_bytes / run.text_bytes


def _adding(run: Run, engine: str) -> float:
    return median(run.engines[engine].adding)


def _opening(run: Run, engine: str) -> float:
    return median(run.engines[engine].openings)


def _importing(run: Run, engine: str) -> float:
    return median(run.engines[engine].imports)


def _private(run: Run, engine: str) -> float | None:
    return _above_interpreter(run, engine, lambda memory: memory.private)


def _resident(run: Run, engine: str) -> float | None:
    return _above_interpreter(run, engine, lambda memory: memory.resident)


def _above_interpreter(run: Run, engine: str, part: Callable[[Memory], int]) -> float | None:
    memory = run.engines[engine].memory
    if memory is None or run.interpreter is None:
        return None
    return (part(memory) - part(run.interpreter)) / 1e6


KEYSTROKE = Measure("a keystroke’s search, 95th percentile, ms", keystroke)
RATE = Measure("articles indexed a second", _rate)
ADDING = Measure("one article more, until it is found, ms", _adding)
SIZE = Measure("index / text", _size)
OPENING = Measure("opening, first query included, ms", _opening)
IMPORTING = Measure("importing before that, ms", _importing)
PRIVATE = Measure("private memory above the interpreter, MB", _private)
RESIDENT = Measure("all memory above the interpreter, MB", _resident)

MEASURES = (KEYSTROKE, RATE, ADDING, SIZE, OPENING, IMPORTING, PRIVATE, RESIDENT)


def ratio(run: Run, above: str, below: str, kind: str) -> float | None:
    """Return how many times longer one engine works than another, in the median of a kind.

    Only questions that both have answered count: a slow engine may not have come to the last. It
    is the processor's time that is compared: on a machine that does other work too, the longer of
    two times is the likelier to be interrupted, which makes it longer still.
    """
    one, other = asked(run, above, kind), asked(run, below, kind)
    if one is None or other is None:
        return None
    common = min(len(one.times), len(other.times))
    return median(one.processor[:common]) / median(other.processor[:common])
