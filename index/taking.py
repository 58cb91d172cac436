"""Documents into the record: parsed, and written in batches that are then safe."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.article import Frozen
from index.batches import in_batches
from index.errors import UnreadableError
from index.parsing import Parsing
from index.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.parsing import Found, Ready
    from index.progress import Listener
    from index.store import Store
    from index.store.incoming import Incoming, Outcome

BATCH = 200
"""Articles that share one transaction: what a kill can take back, at the most."""

BATCH_BYTES = 16 * 1024 * 1024
"""Bytes after which a batch ends, however few articles it has: all of them are in memory."""


class Problem(Frozen):
    """An input that could not be read, and why."""

    path: str
    error: str


class Report(Frozen):
    """What came of adding paths and addresses to a library."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    known: int = 0
    """Copies of articles that are there already, from elsewhere."""

    problems: tuple[Problem, ...] = ()

    feeds: tuple[str, ...] = ()
    """Addresses that are feeds, of which nothing more will come: they are not subscribed to."""

    def __add__(self, other: Report) -> Report:
        """Return what came of both."""
        return Report(
            **{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields}
        )


class Fate(NamedTuple):
    """What came of one document, for whoever keeps a list."""

    origin: str
    outcome: Outcome | Literal["failed"]
    id: str | None = None
    """Of the article, under which the document is known if it is a copy of another."""

    error: str | None = None


Told = Callable[[Fate], object]
"""Hears what came of each document."""


def take(
    store: Store,
    documents: Iterable[Found],
    progress: Listener,
    told: Told | None = None,
    part: Callable[[], float | None] = lambda: None,
) -> Report:
    """Take documents into the record, in batches that are safe one after the other.

    ``told`` hears what came of each as soon as it is safe, and ``progress`` how many there were and
    what ``part`` of all that is.
    """
    store.know_again(progress)
    counts: Counter[str] = Counter()
    problems: list[Problem] = []
    known = 0

    def advanced() -> None:
        progress(Progress("reading", counts.total(), part=part()))

    with Parsing(advanced) as parsing:
        incoming = _incoming(parsing.ready(documents), problems)
        for batch in in_batches(incoming, lambda one: one.size, BATCH, BATCH_BYTES):
            outcomes = store.articles.put(batch)
            counts.update(outcomes)
            problems += _clashes(batch, outcomes)
            if told:
                known = _tell(store, told, batch, outcomes, problems, known)
            advanced()
    if told:
        _tell(store, told, [], [], problems, known)
    del counts["clashing"]
    return Report(problems=tuple(problems), **counts)


def _clashes(batch: Sequence[Incoming], outcomes: Sequence[Outcome]) -> Iterator[Problem]:
    for incoming, outcome in zip(batch, outcomes, strict=True):
        if outcome == "clashing":
            reason = f"its id, {incoming.id}, is already that of another article"
            yield Problem(path=incoming.origin, error=reason)


def _tell(
    store: Store,
    told: Told,
    batch: Sequence[Incoming],
    outcomes: Sequence[Outcome],
    problems: Sequence[Problem],
    known: int,
) -> int:
    """Tell what came of a batch, and of what failed meanwhile; return how many failed by now."""
    ids = store.origins.ids([incoming.origin for incoming in batch])
    for incoming, outcome in zip(batch, outcomes, strict=True):
        if outcome != "clashing":
            told(Fate(incoming.origin, outcome, ids.get(incoming.origin)))
    for problem in problems[known:]:
        told(Fate(problem.path, "failed", error=problem.error))
    return len(problems)


def _incoming(ready: Iterable[Ready], problems: list[Problem]) -> Iterator[Incoming]:
    """Give what can be an article; note as a problem what can't."""
    for one in ready:
        if isinstance(one, UnreadableError):
            problems.append(Problem(path=_sayable(one.path), error=one.reason))
        else:
            yield one


def _sayable(path: str) -> str:
    """Make a path with bytes that are no text fit for a message or JSON."""
    return os.fsencode(path).decode("utf-8", "replace")
