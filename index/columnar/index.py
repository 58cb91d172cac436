"""An index of segments in a folder, as Whoosh knows indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filelock import BaseFileLock, FileLock, Timeout
from whoosh.index import Index

from index.columnar.generation import Generation, open_generation
from index.columnar.manifest import MANIFEST, Manifest, publish, read_manifest, sweep
from index.columnar.reader import reader_of
from index.columnar.writer import SegmentsWriter
from index.errors import IndexDamagedError, LibraryBusyError, LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh.fields import Schema
    from whoosh.reading import IndexReader

_LOCK = "write.lock"


class ColumnarIndex(Index):
    """The index in ``folder``. The schema is the caller's: nothing in the folder can define one.

    ``schema_version``: an index that was made with another is damaged, as far as this is concerned.
    """

    def __init__(self, folder: Path, schema: Schema, schema_version: int = 1) -> None:
        self.folder, self.schema = folder, schema
        self._version = schema_version
        self._generation: Generation | None = None
        self._open()

    @classmethod
    def create(cls, folder: Path, schema: Schema, schema_version: int = 1) -> ColumnarIndex:
        """Make an empty index in a folder, in place of any that is there."""
        folder.mkdir(parents=True, exist_ok=True)
        lock = _locked(folder, 0.0)
        try:
            manifest = Manifest(schema_version=schema_version, generation=_highest(folder) + 1)
            publish(folder, manifest)
            sweep(folder, manifest)
        finally:
            lock.release()
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
        lock = _locked(self.folder, timeout)
        try:
            return SegmentsWriter(self.folder, self.schema, self._open(), lock.release)
        except BaseException:
            lock.release()
            raise

    def verify(self) -> None:
        """Read every file of the newest commit. Raises IndexDamagedError for a byte changed."""
        for live in self._open().segments:
            live.segment.verify()

    def _open(self) -> Generation:
        self._generation = open_generation(self.folder, self._version, self._generation)
        return self._generation


def _locked(folder: Path, timeout: float) -> BaseFileLock:
    """Return the lock of the folder, held."""
    lock = FileLock(folder / _LOCK, thread_local=False)
    try:
        lock.acquire(timeout=timeout)
        return lock
    except Timeout:
        raise LibraryBusyError(f"{folder} is being written by another program.") from None
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written: {error.strerror}.") from error


def _highest(folder: Path) -> int:
    """Return the highest generation that a folder has seen, as far as can be told."""
    names = (path.name for path in folder.glob("g????????n????.*"))
    written = max((int(name[1:9], 16) for name in names), default=0)
    try:
        return max(written, read_manifest(folder).generation)
    except IndexDamagedError:
        return written
