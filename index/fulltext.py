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
from index.columnar.identities import catalogue
from index.columnar.index import ColumnarIndex, rewriter
from index.columnar.lock import WriteLock
from index.columnar.manifest import MANIFEST, sweep_older_index
from index.errors import (
    BroadsheetError,
    IndexDamagedError,
    IndexDoubtedError,
    LibraryBusyError,
    LibraryError,
    ran_short,
)
from index.indexing import write
from index.ranking import MODEL
from index.schema import SCHEMA, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.columnar.manifest import Manifest
    from index.columnar.writer import SegmentsWriter
    from index.indexing import ChangeLog

_LOCK_SECONDS = 600.0

_TURN_SECONDS = 0.2
"""After which a thread that waits for another looks whether it is still wanted."""

_NOT_DAMAGE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS})
"""Errors of the machine rather than of the files: building the index anew would not help."""


class _Opened(NamedTuple):
    version: tuple[int, ...]
    searcher: Searcher
    damage: tuple[IndexDamagedError, ...]


class FullText:
    """The index of one library. It can be deleted at any moment and built again.

    Raises :class:`IndexDamagedError` where what is on disk is not what was written. Whoever is told
    of progress while something is waited for or written may raise, and so end it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest = folder / MANIFEST
        self.waiting: Callable[[str], object] = lambda _: None
        """Told for whom a writer waits."""

        self.damage: IndexDamagedError | None = None
        """What was wrong with what the last searcher had to do without."""

        self._mutex, self._turn = threading.RLock(), threading.Lock()
        self._index: ColumnarIndex | None = None
        self._open: _Opened | None = None
        self._condemned: dict[str, IndexDamagedError] = {}
        self._sound: object = None
        """The version of which every file was read, and found as it should be."""

    def change(self, log: ChangeLog) -> int:
        """Return the newest change of the record that can be found.

        Raises :class:`IndexDamagedError` where there is no index of this record and this schema.
        """
        with self._foreign_errors():
            return self._manifest_of(log).change

    @property
    def version(self) -> tuple[int, ...]:
        """Something that is another whenever another searcher would be lent."""
        try:
            status = self._manifest.stat()
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size, len(self._condemned)

    # --- finding --------------------------------------------------------------------------------

    def ids(self) -> set[str]:
        """Return the ids of all articles that can be found."""
        with self.searcher() as searcher:
            found = find(searcher, Every(), scored=False)
            return set(map(catalogue(searcher.reader()).id, found.documents.tolist()))

    @contextmanager
    def searcher(self, *, tolerant: bool = False) -> Iterator[Searcher]:
        """Lend a searcher over the newest commit, of this process or another.

        When ``tolerant``, over the part of it that is whole, or else over the commit before;
        :attr:`damage` then says why. What other errors mean is left to be found out, as reading
        all files takes its time: until then they are an :class:`IndexDoubtedError`.
        """
        with self._mutex, self._foreign_errors(tolerant=tolerant):
            opened = self._newest(tolerant)
            self.damage = next(iter(opened.damage), None)
            if self.damage is not None and not tolerant:
                raise self.damage
            yield opened.searcher

    def close(self) -> None:
        """Let go of the open files."""
        with self._mutex:
            self._open = self._index = None

    def faults(
        self, going_on: Callable[[], object] = lambda: None, *, within: bool = True
    ) -> list[IndexDamagedError]:
        """Read all files of the index, and return what is wrong with them.

        From then on it is searched without those that are damaged, if it is searched at all. See
        :meth:`ColumnarIndex.faults`.
        """
        version = self.version
        try:
            faults = list(self._anew().faults(going_on, within=within))
        except IndexDamagedError as error:
            return [error]
        except OSError as error:
            raise self._unusable(error) from error
        if within and not faults:
            self._sound = version
        return faults

    def _anew(self, *, tolerant: bool = True) -> ColumnarIndex:
        """Return the index; when ``tolerant``, opened as far as it is whole."""
        return ColumnarIndex(
            self.folder, SCHEMA, SCHEMA_VERSION, tolerant=tolerant, condemned=self._condemned
        )

    def _newest(self, tolerant: bool) -> _Opened:
        # Looked at before opening: a commit meanwhile is opened next time.
        version = self.version
        known, index = self._open, self._index
        if known and index and known.version == version and not known.damage and not index.is_cut:
            return known
        try:
            self._index = index = index or self._anew()
            reader = index.reader()
        except IndexDamagedError as error:
            if not tolerant or known is None or index is None or index.is_cut:
                raise
            return known._replace(damage=(error,))
        self._open = _Opened(version, Searcher(reader, weighting=MODEL), index.damage)
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
        with self._writing(log, _LOCK_SECONDS if wait else 0.0) as lock, self._foreign_errors():
            change, last = self._manifest_of(log).change, log.last()
            if change < last:
                index = self._anew(tolerant=False)
                self._write(index.writer_under(lock), log, change, last, at_once=False)

    def rebuild(self, log: ChangeLog) -> None:
        """Build a new index aside, and swap it in."""
        with self._writing(log) as lock:
            self._build(lock, log, at_once=True)

    def repair(
        self, log: ChangeLog, begins: Callable[[IndexDamagedError], object] = lambda _: None
    ) -> bool:
        """Build a new index if need be: another process may have done it while this one waited.

        What of the old one is whole can be searched meanwhile; where nothing can, so can what of
        the new one is finished. ``begins`` is told what is wrong. Return whether anything was.
        """
        with self._writing(log) as lock:
            useless = self._why_useless(log)
            fault = useless or next(iter(self.faults(lambda: log.advanced(0))), None)
            if fault is not None:
                begins(fault)
                self._build(lock, log, at_once=useless is None)
        return fault is not None

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
    def _writing(self, log: ChangeLog, patience: float = _LOCK_SECONDS) -> Iterator[WriteLock]:
        """Hold the lock; threads of this process take turns before they ask for it."""

        def going_on() -> object:
            return log.advanced(0)

        turns = int(patience / _TURN_SECONDS)
        while not self._turn.acquire(timeout=min(patience, _TURN_SECONDS)):
            turns -= 1
            if turns < 0:
                raise LibraryBusyError(f"{self.folder} is being written.")
            going_on()
        lock = WriteLock(self.folder)
        try:
            lock.acquire(patience, self.waiting, going_on)
            yield lock
        finally:
            lock.release()
            self._turn.release()

    def _why_useless(self, log: ChangeLog) -> IndexDamagedError | None:
        """Return why there is no index of this record, None where there is one."""
        try:
            with self._foreign_errors():
                self._manifest_of(log)
        except IndexDamagedError as error:
            return error
        return None

    def _unusable(self, error: Exception) -> LibraryError:
        said = error.strerror if isinstance(error, OSError) and error.strerror else repr(error)
        return LibraryError(f"{self.folder} cannot be used: {said}.")

    @contextmanager
    def _foreign_errors(self, *, building: bool = False, tolerant: bool = False) -> Iterator[None]:
        """Tell what an error that is not ours means: damaged files, or a fault of ours.

        Whoosh and NumPy raise many kinds; there is no common root but ``Exception``. So the files
        decide. If they are as they were written, building them anew would not help.
        """
        try:
            yield
        except (BroadsheetError, MemoryError):
            raise
        except Exception as error:
            if ran_short(error) or (isinstance(error, OSError) and error.errno in _NOT_DAMAGE):
                raise self._unusable(error) from error
            if tolerant and self._sound != self.version:
                raise IndexDoubtedError(f"{self._unusable(error)}") from error
            is_whole = tolerant or (building and self.folder.exists())
            for fault in () if is_whole else self.faults():
                raise fault from error
            raise self._unusable(error) from error
