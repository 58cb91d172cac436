"""From paths into the record: files are read, parsed and written in batches that are then safe."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from index.article import Frozen, article_id
from index.errors import UnreadableError
from index.intake import parse
from index.intake.files import find, origin_of, read
from index.store import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from index.store import Store

    Listener = Callable[["Progress"], None]
    """What is told how far a long task has come."""

BATCH = 200
"""Articles that share one transaction: what a kill can take back, at the most."""


class Problem(Frozen):
    """An input that could not be read, and why."""

    path: str
    error: str


class Report(Frozen):
    """What came of adding paths to a library."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = Field(default=0, exclude=True)
    """Articles no longer listed because their file is gone; only where a folder is mirrored."""

    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the record is different from before."""
        return bool(self.added or self.updated or self.removed)


class Progress(NamedTuple):
    """How far a long task has come: ``done`` of ``total`` (0 where not known yet)."""

    task: str
    done: int
    total: int = 0


def silent(_: Progress) -> None:
    """Listen to no progress."""


def add(store: Store, paths: Iterable[str | Path], progress: Listener) -> Report:
    """Take all articles that ``paths`` stand for into the record."""
    return _gather(store, find(paths), progress)


def mirror(store: Store, paths: Sequence[str | Path], progress: Listener) -> Report:
    """Make the record list just the articles that ``paths`` stand for now.

    Files that were not touched since they were read are not read again.
    """
    known = store.articles.stamps()
    touched: list[Path | UnreadableError] = []
    present: set[str] = set()
    for found in find(paths):
        if isinstance(found, UnreadableError):
            touched.append(found)
            continue
        id_ = article_id(origin_of(found))
        present.add(id_)
        if id_ not in known or known[id_] != _stamp(found):
            touched.append(found)
    report = _gather(store, touched, progress)
    removed = store.articles.withdraw(known.keys() - present)
    untouched = len(known.keys() & present) - report.updated - report.unchanged
    return report.model_copy(update={"removed": removed, "unchanged": report.unchanged + untouched})


def reparse(store: Store, progress: Listener) -> None:
    """Read every article anew from the bytes it came as, as today's parsers understand them."""
    ids = store.articles.newest_first()
    for start in range(0, len(ids), BATCH):
        batch = [store.articles.incoming(id_) for id_ in ids[start : start + BATCH]]
        store.articles.put([_parsed_anew(one) for one in batch])
        progress(Progress("reading", start + len(batch), len(ids)))


def _parsed_anew(known: Incoming) -> Incoming:
    try:
        return known._replace(article=parse(known.raw, known.article.origin))
    except UnreadableError:
        # What was an article stays one, whatever a later parser thinks of its bytes.
        return known


def _gather(
    store: Store,
    inputs: Iterable[Path | UnreadableError],
    progress: Listener,
) -> Report:
    counts: Counter[str] = Counter()
    problems: list[Problem] = []
    for batch in _batches(_incoming(inputs, problems)):
        counts.update(store.articles.put(batch))
        progress(Progress("reading", counts.total()))
    return Report(problems=tuple(problems), **counts)


def _incoming(
    inputs: Iterable[Path | UnreadableError], problems: list[Problem]
) -> Iterator[Incoming]:
    """Read and parse each input; note as a problem what can't be an article."""
    for found in inputs:
        try:
            if isinstance(found, UnreadableError):
                raise found
            # Looked at before reading: a file written to meanwhile counts as touched next time.
            stamp = _stamp(found)
            raw = read(found)
            yield Incoming(parse(raw, origin_of(found)), raw, stamp)
        except UnreadableError as error:
            problems.append(Problem(path=_sayable(error.path), error=error.reason))


def _batches(incoming: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    batch: list[Incoming] = []
    for one in incoming:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _stamp(path: Path) -> str | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return f"{status.st_size}:{status.st_mtime_ns}"


def _sayable(path: str) -> str:
    """Make a path with bytes that are no text fit for a message or JSON."""
    return os.fsencode(path).decode("utf-8", "replace")
