"""The full-text index: opened for searching, brought up to the record, rebuilt aside."""

from __future__ import annotations

import errno
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from filelock import FileLock, Timeout
from whoosh.index import create_in, open_dir

from index.errors import BroadsheetError, IndexDamagedError, LibraryBusyError, LibraryError
from index.generation import Generations, State
from index.merging import merge
from index.schema import SCHEMA, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from whoosh.index import FileIndex
    from whoosh.searching import Searcher

    from index.store import Change

_LOCK_SECONDS = 600.0
_WRITER_MEGABYTES = 128

_OPENINGS = 50
_REOPEN_SECONDS = 0.02
"""How often, and after how long, to try again when a writer took files away while they were
being opened: for a second altogether."""

_NOT_DAMAGE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EMFILE, errno.ENFILE}
)
"""Errors of the machine rather than of the files: building the index anew would not help."""


class ChangeLog(Protocol):
    """The record, as the index sees it."""

    @property
    def identity(self) -> str:
        """What tells the record from all others."""

    def last(self) -> int:
        """Return the number of the newest change."""

    def changes(self, after: int, up_to: int) -> Iterable[Change]:
        """Give what was written after one change up to another, oldest first, each once."""


class _Opened(NamedTuple):
    version: tuple[int, ...]
    whoosh: FileIndex
    searcher: Searcher


class FullText:
    """The Whoosh index of one library. It can be deleted at any moment and built again.

    Raises :class:`IndexDamagedError` where what is on disk is not what was written. The index is
    written under a lock that lies beside its folder, so that it survives the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._files = Generations(folder)
        self._lock_path = folder.with_suffix(".lock")
        self._mutex = threading.RLock()
        self._open: _Opened | None = None

    def change(self, log: ChangeLog) -> int:
        """Return the newest change of the record that can be found.

        Raises :class:`IndexDamagedError` where there is no index of this record and this schema.
        """
        return self._state_of(log).change

    @property
    def version(self) -> tuple[int, ...]:
        """Something that is another after each commit, of this process or another."""
        return self._files.version

    # --- finding --------------------------------------------------------------------------------

    def ids(self) -> set[str]:
        """Return the ids of all articles that can be found."""
        with self.searcher() as searcher:
            return {fields["id"] for fields in searcher.reader().all_stored_fields()}

    @contextmanager
    def searcher(self) -> Iterator[Searcher]:
        """Lend a searcher over the newest commit, of this process or another."""
        with self._mutex, self._foreign_errors():
            yield self._newest().searcher

    def close(self) -> None:
        """Let go of the open files."""
        with self._mutex:
            if self._open is not None:
                self._open.searcher.close()
                self._open.whoosh.close()
                self._open = None

    def faults(self) -> list[str]:
        """Read all files of the index, and return what is wrong with them."""
        return list(self._files.faults())

    def _newest(self) -> _Opened:
        if self._open is None or self._open.version != self.version:
            self.close()
            self._open = self._opened()
        return self._open

    def _opened(self) -> _Opened:
        """Open what is current. A writer may swap or merge files away meanwhile: then once more."""
        for left in reversed(range(_OPENINGS)):
            version = self.version
            state = self._files.state()
            try:
                index = self._generation(state)
                return _Opened(version, index, index.searcher())
            except Exception:
                if not left or not self._moved_on(version, state):
                    raise
            time.sleep(_REOPEN_SECONDS)
        raise AssertionError("the last opening returns or raises")

    def _generation(self, state: State) -> FileIndex:
        # A writer at work has taken some of the files away already.
        if not self._files.has_newer_commit(state):
            self._files.require_whole(state)
        return open_dir(str(self._files.path(state)))

    def _moved_on(self, version: tuple[int, ...], state: State) -> bool:
        """Tell whether another process has committed since the state was read."""
        return self.version != version or self._files.has_newer_commit(state)

    def _state_of(self, log: ChangeLog) -> State:
        state = self._files.state()
        # The record may have been put in the place of another, or of a newer copy of itself.
        if state.record != log.identity or state.change > log.last():
            raise IndexDamagedError("The index was made from another record.")
        return state

    # --- writing --------------------------------------------------------------------------------

    def update(self, log: ChangeLog, *, wait: bool = True) -> None:
        """Take in what the record wrote after the index's last change.

        Raises :class:`LibraryBusyError` where another process writes, for too long or, unless to
        ``wait``, at all.
        """
        with self._writing(_LOCK_SECONDS if wait else 0.0):
            state, last = self._state_of(log), log.last()
            if state.change >= last:
                return
            with self._foreign_errors():
                if self._files.has_newer_commit(state):
                    raise IndexDamagedError("The index was left unfinished.")
                index = self._generation(state)
                try:
                    self._write(index, log.changes(state.change, last), replace=True)
                finally:
                    index.close()
                self._files.publish(self._files.path(state), log.identity, last)

    def rebuild(self, log: ChangeLog) -> None:
        """Build a new generation beside the current one, and swap it in."""
        with self._writing(_LOCK_SECONDS):
            self._build(log)

    def repair(self, log: ChangeLog) -> None:
        """Build a new generation, unless another process did it while this one waited."""
        with self._writing(_LOCK_SECONDS):
            if self._is_of_no_use(log) or self.faults():
                self._build(log)

    def _build(self, log: ChangeLog) -> None:
        with self._foreign_errors(building=True):
            last = log.last()
            folder = self._files.new()
            index = create_in(str(folder), SCHEMA)
            try:
                self._write(index, log.changes(0, last), replace=False)
            finally:
                index.close()
            self._files.publish(folder, log.identity, last)

    def _write(self, index: FileIndex, changes: Iterable[Change], *, replace: bool) -> None:
        writer = index.writer(limitmb=_WRITER_MEGABYTES)
        try:
            for change in changes:
                if replace:
                    writer.delete_by_term("id", change.id)
                if change.article is not None:
                    writer.add_document(**document(change.article))
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=merge)

    def _is_of_no_use(self, log: ChangeLog) -> bool:
        """Tell whether the index is of another record, or was left without its last state."""
        try:
            return self._files.has_newer_commit(self._state_of(log))
        except IndexDamagedError:
            return True

    @contextmanager
    def _writing(self, patience: float) -> Iterator[None]:
        lock = FileLock(self._lock_path, timeout=patience)
        folder = self._files.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise LibraryBusyError(f"{folder} is being written by another program.") from None
        except OSError as error:
            raise LibraryError(f"{folder} cannot be written: {error.strerror}.") from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _foreign_errors(self, *, building: bool = False) -> Iterator[None]:
        """Tell what an error of Whoosh means: damaged files, or a fault of ours.

        It raises its own ``IndexError``, ``TypeError`` for an empty table of contents, ``EOFError``
        for a cut segment, and more of the kind: there is no common root but ``Exception``. So the
        files decide. If they are as they were written, building them anew would not help.
        """
        try:
            yield
        except (BroadsheetError, MemoryError):
            raise
        except Exception as error:
            folder = self._files.folder
            if isinstance(error, OSError) and error.errno in _NOT_DAMAGE:
                raise LibraryError(f"{folder} cannot be used: {error.strerror}.") from error
            faults = [] if building and folder.exists() else self.faults()
            if faults:
                raise IndexDamagedError(faults[0]) from error
            raise LibraryError(f"{folder} cannot be used: {error!r}.") from error
