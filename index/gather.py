"""From paths into the record: files are read, parsed and written in batches that are then safe."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

from index.article import Frozen
from index.errors import LibraryError, UnreadableError
from index.intake import parse
from index.intake.files import find, open_file, origin_of
from index.intake.unpack import unpack
from index.progress import Listener, Progress
from index.store import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from index.article import Article
    from index.intake.document import Document
    from index.store import Original, Store

__all__ = ["Listener", "Problem", "Progress", "Report", "add", "mirror", "reparse", "take"]

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
    return take(store, _documents(find(paths)), progress)


def mirror(store: Store, paths: Sequence[str | Path], progress: Listener) -> Report:
    """Bring the record up to what ``paths`` stand for now; what was below them and is gone, goes.

    Files that were not touched since they were read are not read again. Articles from elsewhere
    stay as they are, and so do those in folders that can't be looked into.
    """
    known = store.origins.present()
    unreadable: list[UnreadableError] = []
    files: dict[str, Path] = {}
    for found in find(paths):
        if isinstance(found, UnreadableError):
            unreadable.append(found)
        else:
            files[origin_of(found)] = found
    from_file = _by_file(known, files)
    touched = [
        path
        for origin, path in files.items()
        if {known[one].stamp for one in from_file[origin]} != {_stamp(path)}
    ]
    came: set[str] = set()
    report = take(store, _documents([*unreadable, *touched]), progress, came)
    within = _Places(origin_of(path) for path in paths)
    closed = _Places(
        [
            *(error.path for error in unreadable if os.path.lexists(error.path)),
            # Of a file that could not be read to its end, what is known stays.
            *(problem.path for problem in report.problems if problem.path in files),
        ]
    )
    kept = came.union(*(from_file[origin] for origin in files.keys() - map(origin_of, touched)))
    gone = [
        origin
        for origin in known
        if origin not in kept and origin in within and origin not in closed
    ]
    store.articles.withdraw(gone)
    untouched = sum(len(from_file[origin]) for origin in files.keys() - map(origin_of, touched))
    return report.model_copy(update={"unchanged": report.unchanged + untouched})


def _by_file(origins: Iterable[str], files: Container[str]) -> defaultdict[str, list[str]]:
    """Return the origins that lie in each file: the file itself, or what is packed in it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for origin in origins:
        holder = origin
        while holder and holder not in files:
            holder = holder[: max(holder.rfind("/"), holder.rfind("#"), 0)]
        if holder:
            found[holder].append(origin)
    return found


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


def take(
    store: Store,
    documents: Iterable[Document | UnreadableError],
    progress: Listener,
    came: set[str] | None = None,
) -> Report:
    """Take documents into the record, in batches that are safe one after the other.

    The origins of all articles among them are put into ``came``.
    """
    store.know_again(progress)
    counts: Counter[str] = Counter()
    problems: list[Problem] = []
    for batch in _batches(_incoming(documents, problems), lambda one: len(one.raw)):
        outcomes = store.articles.put(batch)
        counts.update(outcomes)
        if came is not None:
            came.update(incoming.article.origin for incoming in batch)
        for incoming, outcome in zip(batch, outcomes, strict=True):
            if outcome == "clashing":
                reason = f"its id, {incoming.article.id}, is already that of another article"
                problems.append(Problem(path=incoming.article.origin, error=reason))
        progress(Progress("reading", counts.total()))
    del counts["clashing"]
    return Report(problems=tuple(problems), **counts)


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


def _documents(
    files: Iterable[Path | UnreadableError],
) -> Iterator[Document | UnreadableError]:
    """Give the articles in files, whatever they are packed in."""
    for file in files:
        if isinstance(file, UnreadableError):
            yield file
        else:
            yield from _unpacked(file)


def _unpacked(path: Path) -> Iterator[Document | UnreadableError]:
    try:
        origin = origin_of(path)
        _require_text(origin)
        # Looked at before reading: a file written to meanwhile counts as touched next time.
        stamp = _stamp(path)
        with open_file(path) as file:
            for found in unpack(file, origin, os.fstat(file.fileno()).st_size):
                if isinstance(found, UnreadableError):
                    yield found
                else:
                    yield found._replace(stamp=stamp)
    except UnreadableError as error:
        yield error
    except OSError as error:
        yield UnreadableError(str(path), f"cannot be read: {error.strerror}")


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
        # So do archives; in other files, the rest of an origin stands behind a hash.
        self._prefixes = tuple(
            prefix
            for path in self._paths
            for prefix in (os.path.join(path, ""), f"{path}#")  # noqa: PTH118
        )

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
