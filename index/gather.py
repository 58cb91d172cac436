"""From paths into the record: files are read, parsed and written in batches that are then safe."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from index.article import Frozen
from index.errors import LibraryError, UnreadableError
from index.intake import parse
from index.intake.files import find, origin_of, read
from index.progress import Listener, Progress
from index.store import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from index.article import Article
    from index.store import Original, Store

__all__ = ["Listener", "Problem", "Progress", "Report", "add", "mirror", "reparse"]

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
    """What came of adding paths to a library."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    known: int = 0
    """Copies of articles that are there already, from elsewhere."""

    problems: tuple[Problem, ...] = ()


def add(store: Store, paths: Iterable[str | Path], progress: Listener) -> Report:
    """Take all articles that ``paths`` stand for into the record."""
    return _gather(store, find(paths), progress)


def mirror(store: Store, paths: Sequence[str | Path], progress: Listener) -> Report:
    """Bring the record up to what ``paths`` stand for now; what was below them and is gone, goes.

    Files that were not touched since they were read are not read again. Articles from elsewhere
    stay as they are, and so do those in folders that can't be looked into.
    """
    known = store.origins.present()
    unreadable: list[UnreadableError] = []
    touched: list[Path] = []
    there: set[str] = set()
    for found in find(paths):
        if isinstance(found, UnreadableError):
            unreadable.append(found)
            continue
        origin = origin_of(found)
        there.add(origin)
        if origin not in known or known[origin].stamp != _stamp(found):
            touched.append(found)
    report = _gather(store, [*unreadable, *touched], progress)
    within = _Places(origin_of(path) for path in paths)
    closed = _Places(error.path for error in unreadable if os.path.lexists(error.path))
    gone = [
        origin
        for origin in known
        if origin not in there and origin in within and origin not in closed
    ]
    store.articles.withdraw(gone)
    untouched = len(there) - len(touched)
    return report.model_copy(update={"unchanged": report.unchanged + untouched})


def reparse(store: Store, progress: Listener) -> None:
    """Read every article anew from the bytes it came as, as today's parsers understand them."""
    ids = store.articles.ids()
    revised = _revised(store, ids, progress)
    for batch in _batches(revised, lambda one: len(one[0].raw)):
        store.articles.revise(batch)


def _revised(
    store: Store, ids: Sequence[str], progress: Listener
) -> Iterator[tuple[Original, Article]]:
    for done, id_ in enumerate(ids, 1):
        try:
            known = store.articles.original(id_)
            yield known, parse(known.raw, known.origin)
        except (UnreadableError, LibraryError):
            # What was an article stays one, whatever a later parser thinks of its bytes, and
            # whatever became of them.
            continue
        finally:
            progress(Progress("reading", done, len(ids)))


def _gather(
    store: Store,
    inputs: Iterable[Path | UnreadableError],
    progress: Listener,
) -> Report:
    store.know_again(progress)
    counts: Counter[str] = Counter()
    problems: list[Problem] = []
    for batch in _batches(_incoming(inputs, problems), lambda one: len(one.raw)):
        outcomes = store.articles.put(batch)
        counts.update(outcomes)
        for incoming, outcome in zip(batch, outcomes, strict=True):
            if outcome == "clashing":
                reason = f"its id, {incoming.article.id}, is already that of another article"
                problems.append(Problem(path=incoming.article.origin, error=reason))
        progress(Progress("reading", counts.total()))
    del counts["clashing"]
    return Report(problems=tuple(problems), **counts)


def _incoming(
    inputs: Iterable[Path | UnreadableError], problems: list[Problem]
) -> Iterator[Incoming]:
    """Read and parse each input; note as a problem what can't be an article."""
    for found in inputs:
        try:
            if isinstance(found, UnreadableError):
                raise found
            origin = origin_of(found)
            _require_text(origin)
            # Looked at before reading: a file written to meanwhile counts as touched next time.
            stamp = _stamp(found)
            raw = read(found)
            yield Incoming(parse(raw, origin), raw, stamp)
        except UnreadableError as error:
            problems.append(Problem(path=_sayable(error.path), error=error.reason))


def _batches(
    written: Iterable[_Written], size: Callable[[_Written], int]
) -> Iterator[list[_Written]]:
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


class _Places:
    """Files and folders, with all that is below them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(paths)
        # A folder ends in a separator, lest `news` holds `news-archive`; the root has one already.
        self._prefixes = tuple(os.path.join(path, "") for path in self._paths)  # noqa: PTH118

    def __contains__(self, path: str) -> bool:
        return path in self._paths or path.startswith(self._prefixes)


def _stamp(path: Path) -> str | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return f"{status.st_size}:{status.st_mtime_ns}"


def _require_text(origin: str) -> None:
    """Refuse a path with bytes that are no text: it could be neither kept nor shown."""
    try:
        origin.encode()
    except UnicodeEncodeError as error:
        raise UnreadableError(origin, "its name is not UTF-8 text") from error


def _sayable(path: str) -> str:
    """Make a path with bytes that are no text fit for a message or JSON."""
    return os.fsencode(path).decode("utf-8", "replace")
