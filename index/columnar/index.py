"""An index of segments in a folder, as Whoosh knows indexes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from whoosh.index import Index

from index.columnar.generation import Generation, open_generation
from index.columnar.lock import WriteLock
from index.columnar.manifest import MANIFEST, Manifest, read_manifest
from index.columnar.reader import reader_of
from index.columnar.soundness import look_into
from index.columnar.writer import SegmentsWriter
from index.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from whoosh.fields import Schema
    from whoosh.reading import IndexReader

_NUMBERED = re.compile(r"g([0-9a-f]{8})n")
"""The beginning of the name of a file, with its generation."""


class ColumnarIndex(Index):
    """The index in ``folder``. The schema is the caller's: nothing in the folder can define one.

    ``schema_version``: an index that was made with another is damaged, as far as this is concerned.
    When ``tolerant``, it is read without the segments that are damaged.
    """

    def __init__(
        self,
        folder: Path,
        schema: Schema,
        schema_version: int = 1,
        *,
        tolerant: bool = False,
        condemned: dict[str, IndexDamagedError] | None = None,
    ) -> None:
        self.folder, self.schema = folder, schema
        self._version, self._tolerant = schema_version, tolerant
        self._generation: Generation | None = None
        self.condemned: dict[str, IndexDamagedError] = {} if condemned is None else condemned
        """Files that were found damaged by reading them, by name: they are not opened again."""

        self._open()

    @classmethod
    def create(cls, folder: Path, schema: Schema, schema_version: int = 1) -> ColumnarIndex:
        """Make an empty index in a folder, in place of any that is there."""
        lock = WriteLock(folder)
        lock.acquire(0.0)
        rewriter(folder, schema, schema_version, lock).commit()
        return cls(folder, schema, schema_version)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r})"

    def latest_generation(self) -> int:
        """Return the number of the newest commit."""
        return read_manifest(self.folder).generation

    def up_to_date(self) -> bool:
        """Tell whether what was last opened is the newest commit."""
        return self._generation is not None and (
            self._generation.manifest.generation == self.latest_generation()
        )

    def refresh(self) -> ColumnarIndex:
        """Return this index: each of its readers is of the newest commit when it is made."""
        return self

    def last_modified(self) -> int:
        """Return when the newest commit was made, in seconds since 1970."""
        return int((self.folder / MANIFEST).stat().st_mtime)

    def is_empty(self) -> bool:
        """Tell whether there is no document."""
        return not self._open().segments

    def optimize(self, **_: Any) -> None:
        """Merge into as few segments as can be."""
        self.writer().commit(optimize=True)

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:  # noqa: ARG002
        """Return a reader of the newest commit; it stays as it is whatever is written later."""
        generation = self._open()
        pairs = [(live.segment, live.deleted) for live in generation.segments]
        return reader_of(pairs, self.schema, generation.manifest.generation)

    def writer(self, timeout: float = 0.0, **_: Any) -> SegmentsWriter:
        """Return the one writer; wait for another one at most ``timeout`` seconds.

        Raises LibraryBusyError when another holds on for longer.
        """
        lock = WriteLock(self.folder)
        lock.acquire(timeout)
        return self.writer_under(lock)

    def writer_under(self, lock: WriteLock) -> SegmentsWriter:
        """Return the one writer, under a lock that is held; it gives the lock back at its end."""
        try:
            return SegmentsWriter(self.folder, self.schema, self._open(), lock.release)
        except BaseException:
            lock.release()
            raise

    @property
    def damage(self) -> tuple[IndexDamagedError, ...]:
        """What is wrong with each segment that was left out when it was last opened."""
        return () if self._generation is None else self._generation.damage

    @property
    def is_cut(self) -> bool:
        """Whether a file that is open was cut short since: touching what is gone would kill."""
        segments = self._generation.segments if self._generation else ()
        return any(live.segment.file.is_cut for live in segments)

    def verify(self) -> None:
        """Read every file of the newest commit. Raises IndexDamagedError for a byte changed."""
        for fault in self.faults():
            raise fault

    def faults(
        self, going_on: Callable[[], object] = lambda: None, *, within: bool = True
    ) -> Iterator[IndexDamagedError]:
        """Read every file of the newest commit, and give what is wrong with each.

        ``within``: also look whether the arrays can be what they say they are, whatever their
        checksums; that takes some memory. ``going_on`` is called now and then; what it raises ends
        the reading.
        """
        generation = self._open()
        yield from generation.damage
        for live in generation.segments:
            try:
                live.segment.verify(going_on)
                if within:
                    look_into(live.segment)
            except IndexDamagedError as error:
                name = live.files.segment.name
                # Merged away meanwhile, it may be gone.
                if name in read_manifest(self.folder).names:
                    self.condemned[name] = error
                    yield error

    def _open(self) -> Generation:
        self._generation = open_generation(
            self.folder,
            self._version,
            self._generation,
            tolerant=self._tolerant,
            condemned=self.condemned,
        )
        return self._generation


def rewriter(folder: Path, schema: Schema, schema_version: int, lock: WriteLock) -> SegmentsWriter:
    """Return a writer that begins with nothing, under a lock that is held.

    What is in the folder can be read until the writer publishes something in its place.
    """
    try:
        empty = Manifest(schema_version=schema_version, generation=_highest(folder))
        try:
            current = read_manifest(folder)
        except IndexDamagedError:
            current = empty
        return SegmentsWriter(folder, schema, Generation(empty, ()), lock.release, current)
    except BaseException:
        lock.release()
        raise


def _highest(folder: Path) -> int:
    """Return the highest generation that a folder has seen, as far as can be told."""
    names = (_NUMBERED.match(path.name) for path in folder.iterdir())
    written = max((int(name[1], 16) for name in names if name), default=0)
    try:
        return max(written, read_manifest(folder).generation)
    except IndexDamagedError:
        return written
