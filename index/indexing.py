"""From the record's log of changes into the index: few here, many by several processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from index.crew import Crew
from index.jobs import Build, Merge
from index.schema import document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index.columnar.writer import SegmentsWriter
    from index.store import Change

MANY = 1_000
"""Changes from which on it is worth while to start processes."""

STRETCH = 8_192
"""Changes that a process takes at a time; what an interruption can take back of a long load."""

LARGE = 4_000
"""Documents from which on a merge is done by another process, lest it stop the typing."""


class ChangeLog(Protocol):
    """The record, as the index sees it."""

    @property
    def identity(self) -> str:
        """What tells the record from all others."""

    @property
    def path(self) -> Path | None:
        """The file of the record; None where it is in memory, and no other process can read it."""

    def last(self) -> int:
        """Return the number of the newest change."""

    def count(self, after: int, up_to: int) -> int:
        """Return how many changes :meth:`changes` gives."""

    def changes(self, after: int, up_to: int) -> Iterable[Change]:
        """Give what was written after one change up to another, oldest first, each once."""

    def ends(self, after: int, up_to: int, size: int) -> list[int]:
        """Return the last change of each stretch of ``size``, the last of all among them."""

    def advanced(self, changes: int) -> object:
        """Hear that so many more changes are on their way into the index."""


def write(
    writer: SegmentsWriter, log: ChangeLog, after: int, last: int, *, at_once: bool = False
) -> None:
    """Take the changes after one up to the last into the index, and publish it.

    Many are published a stretch at a time, so that an interrupted load goes on where it was;
    ``at_once``: only when all are there.
    """
    if log.path is not None and log.count(after, last) >= MANY:
        with Crew(log.path, writer.folder) as crew:
            _write_many(writer, crew, log, after, last, at_once)
    else:
        _write_few(writer, log, after, last)
    # What is new is found by now.
    _merge(writer, log)


def _write_few(writer: SegmentsWriter, log: ChangeLog, after: int, last: int) -> None:
    for change in log.changes(after, last):
        # In an index without any change before there is nothing to replace.
        if after:
            writer.delete_by_term("id", change.id)
        if change.article is not None:
            writer.add_document(**document(change.article))
        log.advanced(1)
    writer.publish(log.identity, last)


def _write_many(
    writer: SegmentsWriter, crew: Crew, log: ChangeLog, after: int, last: int, at_once: bool
) -> None:
    ends = log.ends(after, last, STRETCH)
    jobs = [
        Build(after=start, up_to=end, generation=writer.generation)
        for start, end in zip([after, *ends], ends, strict=False)
    ]
    for end, written in zip(ends, crew.done(jobs, log.advanced), strict=True):
        for name in written.files:
            writer.adopt(writer.folder / name, replacing="id" if after else None)
        for id_ in written.withdrawn:
            writer.delete_by_term("id", id_)
        if end == last or not at_once:
            writer.publish(log.identity, end)
            # Whoever listens may end it here, where nothing is lost.
            log.advanced(0)


def _merge(writer: SegmentsWriter, log: ChangeLog) -> None:
    """Merge what is crowded, and publish it."""
    while groups := writer.crowded():
        size = sum(files.documents for group in groups for files in group)
        if log.path is None or size < LARGE:
            for group in groups:
                writer.merge(group)
        else:
            jobs = [Merge(parts=tuple(group), generation=writer.generation) for group in groups]
            with Crew(log.path, writer.folder) as crew:
                for group, written in zip(groups, crew.done(jobs, log.advanced), strict=True):
                    paths = [writer.folder / name for name in written.files]
                    writer.replace(group, paths[0] if paths else None)
        writer.publish()
