"""Documents into the record: parsed, and written in batches that are then safe."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from index.article import Frozen
from index.errors import UnreadableError
from index.intake import parse
from index.progress import Progress
from index.store import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.intake.document import Document
    from index.progress import Listener
    from index.store import Outcome, Store

BATCH = 200
"""Articles that share one transaction: what a kill can take back, at the most."""

BATCH_BYTES = 16 * 1024 * 1024
"""Bytes after which a batch ends, however few articles it has: all of them are in memory."""

_Written = TypeVar("_Written")


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
    documents: Iterable[Document | UnreadableError],
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
    for batch in in_batches(_incoming(documents, problems), lambda one: len(one.raw)):
        outcomes = store.articles.put(batch)
        counts.update(outcomes)
        for incoming, outcome in zip(batch, outcomes, strict=True):
            if outcome == "clashing":
                reason = f"its id, {incoming.article.id}, is already that of another article"
                problems.append(Problem(path=incoming.article.origin, error=reason))
        if told:
            known = _tell(store, told, batch, outcomes, problems, known)
        progress(Progress("reading", counts.total(), part=part()))
    if told:
        _tell(store, told, [], [], problems, known)
    del counts["clashing"]
    return Report(problems=tuple(problems), **counts)


def _tell(
    store: Store,
    told: Told,
    batch: Sequence[Incoming],
    outcomes: Sequence[Outcome],
    problems: Sequence[Problem],
    known: int,
) -> int:
    """Tell what came of a batch, and of what failed meanwhile; return how many failed by now."""
    ids = store.origins.ids([incoming.article.origin for incoming in batch])
    for incoming, outcome in zip(batch, outcomes, strict=True):
        origin = incoming.article.origin
        if outcome != "clashing":
            told(Fate(origin, outcome, ids.get(origin)))
    for problem in problems[known:]:
        told(Fate(problem.path, "failed", error=problem.error))
    return len(problems)


def _incoming(
    documents: Iterable[Document | UnreadableError], problems: list[Problem]
) -> Iterator[Incoming]:
    """Parse each document; note as a problem what can't be an article."""
    for document in documents:
        try:
            if isinstance(document, UnreadableError):
                raise document
            article = parse(document.raw, document.origin)
            yield Incoming(article, document.raw, document.stamp)
        except UnreadableError as error:
            problems.append(Problem(path=_sayable(error.path), error=error.reason))


def in_batches(
    written: Iterable[_Written], size: Callable[[_Written], int]
) -> Iterator[list[_Written]]:
    """Give what is written in batches, bounded in number and in the sum of their sizes."""
    batch: list[_Written] = []
    total = 0
    for one in written:
        batch.append(one)
        total += size(one)
        if len(batch) == BATCH or total >= BATCH_BYTES:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def _sayable(path: str) -> str:
    """Make a path with bytes that are no text fit for a message or JSON."""
    return os.fsencode(path).decode("utf-8", "replace")
