"""The full-text index of a library: opened for searching, brought up to the record, built anew."""

from __future__ import annotations

import errno
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from whoosh.query.qcore import Every
from whoosh.searching import Searcher

from index.columnar.evaluation.search import find
from index.columnar.generation import current_manifest
from index.columnar.identities import documents
from index.columnar.index import ColumnarIndex, rewriter
from index.columnar.lock import WriteLock
from index.columnar.manifest import MANIFEST, sweep_older_index
from index.errors import BroadsheetError, IndexDamagedError, LibraryError
from index.indexing import write
from index.schema import SCHEMA, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.columnar.manifest import Manifest
    from index.columnar.writer import SegmentsWriter
    from index.indexing import ChangeLog

_LOCK_SECONDS = 600.0

_NOT_DAMAGE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EMFILE, errno.ENFILE}
)
"""Errors of the machine rather than of the files: building the index anew would not help."""


class _Opened(NamedTuple):
    version: tuple[int, ...]
    searcher: Searcher
    damage: IndexDamagedError | None


class FullText:
    """The index of one library. It can be deleted at any moment and built again.

    Raises :class:`IndexDamagedError` where what is on disk is not what was written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: Callable[[str], object] = lambda _: None
        """Told for whom a writer waits."""

        self._mutex = threading.RLock()
        self._index: ColumnarIndex | None = None
        self._open: _Opened | None = None

    def change(self, log: ChangeLog) -> int:
        """Return the newest change of the record that can be found.

        Raises :class:`IndexDamagedError` where there is no index of this record and this schema.
        """
        return self._manifest_of(log).change

    @property
    def version(self) -> tuple[int, ...]:
        """Something that is another after each commit, of this process or another."""
        try:
            status = (self.folder / MANIFEST).stat()
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size

    # --- finding --------------------------------------------------------------------------------

    def ids(self) -> set[str]:
        """Return the ids of all articles that can be found."""
        with self.searcher() as searcher:
            found = find(searcher, Every(), scored=False)
            return set(map(documents(searcher.reader()).id, found.documents.tolist()))

    @contextmanager
    def searcher(self, *, tolerant: bool = False) -> Iterator[Searcher]:
        """Lend a searcher over the newest commit, of this process or another.

        When ``tolerant``, over the part of it that is whole.
        """
        with self._mutex, self._foreign_errors():
            opened = self._newest()
            if opened.damage is not None and not tolerant:
                raise opened.damage
            yield opened.searcher

    def close(self) -> None:
        """Let go of the open files."""
        with self._mutex:
            self._open = self._index = None

    def faults(self) -> list[str]:
        """Read all files of the index, and return what is wrong with them."""
        try:
            index = ColumnarIndex(self.folder, SCHEMA, SCHEMA_VERSION)
        except IndexDamagedError as error:
            return [str(error)]
        return [str(fault) for fault in index.faults()]

    def _newest(self) -> _Opened:
        # Looked at before opening: a commit meanwhile is opened next time.
        version = self.version
        if self._open is None or self._open.version != version or self._open.damage is not None:
            if self._index is None:
                self._index = ColumnarIndex(self.folder, SCHEMA, SCHEMA_VERSION, tolerant=True)
            reader = self._index.reader()
            self._open = _Opened(version, Searcher(reader), self._index.damage)
        return self._open

    def _manifest_of(self, log: ChangeLog) -> Manifest:
        manifest = current_manifest(self.folder, SCHEMA_VERSION)
        # The record may have been put in the place of another, or of a newer copy of itself.
        if manifest.record != log.identity or manifest.change > log.last():
            raise IndexDamagedError("The index was made from another record.")
        return manifest

    # --- writing --------------------------------------------------------------------------------

    def update(self, log: ChangeLog, *, wait: bool = True) -> None:
        """Take in what the record wrote after the index's last change.

        Raises :class:`LibraryBusyError` where another process writes, for too long or, unless to
        ``wait``, at all.
        """
        with self._writing(_LOCK_SECONDS if wait else 0.0) as lock, self._foreign_errors():
            change, last = self.change(log), log.last()
            if change < last:
                index = ColumnarIndex(self.folder, SCHEMA, SCHEMA_VERSION)
                self._write(index.writer_under(lock), log, change, last, at_once=False)

    def rebuild(self, log: ChangeLog) -> None:
        """Build a new index aside, and swap it in."""
        with self._writing(_LOCK_SECONDS) as lock:
            self._build(lock, log, at_once=True)

    def repair(self, log: ChangeLog) -> None:
        """Build a new index, unless another process did it while this one waited.

        What of the old one is whole can be searched meanwhile; where nothing can, so can what of
        the new one is finished.
        """
        with self._writing(_LOCK_SECONDS) as lock:
            is_of_no_use = self._is_of_no_use(log)
            if is_of_no_use or self.faults():
                self._build(lock, log, at_once=not is_of_no_use)

    def _build(self, lock: WriteLock, log: ChangeLog, *, at_once: bool) -> None:
        with self._foreign_errors(building=True):
            writer = rewriter(self.folder, SCHEMA, SCHEMA_VERSION, lock)
            self._write(writer, log, 0, log.last(), at_once=at_once)

    def _write(
        self, writer: SegmentsWriter, log: ChangeLog, change: int, last: int, *, at_once: bool
    ) -> None:
        """Write changes; what was published before something goes wrong stays."""
        try:
            write(writer, log, change, last, at_once=at_once)
            sweep_older_index(self.folder)
        finally:
            if not writer.is_closed:
                writer.cancel()

    @contextmanager
    def _writing(self, patience: float) -> Iterator[WriteLock]:
        lock = WriteLock(self.folder)
        lock.acquire(patience, self.waiting)
        try:
            yield lock
        finally:
            lock.release()

    def _is_of_no_use(self, log: ChangeLog) -> bool:
        """Tell whether there is no index of this record."""
        try:
            self._manifest_of(log)
        except IndexDamagedError:
            return True
        return False

    @contextmanager
    def _foreign_errors(self, *, building: bool = False) -> Iterator[None]:
        """Tell what an error that is not ours means: damaged files, or a fault of ours.

        Whoosh and NumPy raise many kinds; there is no common root but ``Exception``. So the files
        decide. If they are as they were written, building them anew would not help.
        """
        try:
            yield
        except (BroadsheetError, MemoryError):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _NOT_DAMAGE:
                message = f"{self.folder} cannot be used: {error.strerror}."
                raise LibraryError(message) from error
            faults = [] if building and self.folder.exists() else self.faults()
            if faults:
                raise IndexDamagedError(faults[0]) from error
            raise LibraryError(f"{self.folder} cannot be used: {error!r}.") from error
