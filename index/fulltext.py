"""The full-text index on disk: opened, brought up to the record, rebuilt aside and swapped in.

Layout of the folder::

    state.json     which generation is current, and which change of the record it holds
    g000001/       a Whoosh index; a rebuild makes the next one and then points the state at it
    lock           held by the one process that writes

``state.json`` is written last, in one rename, after all else is on disk. Whoever is killed before
that leaves an index that is merely behind the record, or still the old one; both are noticed.
"""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from pydantic import Field, ValidationError
from whoosh.index import create_in, open_dir

from index.article import Frozen
from index.errors import BroadsheetError, IndexDamagedError, LibraryBusyError, LibraryError
from index.schema import SCHEMA, SCHEMA_VERSION, document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from whoosh.index import FileIndex
    from whoosh.searching import Searcher

    from index.store import Change

_LOCK_SECONDS = 600.0
_WRITER_MEGABYTES = 128


class State(Frozen):
    """What ``state.json`` says of the current generation."""

    schema_version: int
    generation: str
    change: int = Field(ge=0)
    """The newest change of the record that is in the index."""

    toc: int
    """Whoosh's own count of commits: a higher one on disk means a kill just before the state."""

    files: dict[str, int]
    """The size in bytes of each file, so that a truncated one is noticed without reading it."""


class FullText:
    """The Whoosh index of one library. It can be deleted at any moment and built again.

    Raises :class:`IndexDamagedError` where what is on disk can't be read, or answers wrongly.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mutex = threading.RLock()
        self._open: tuple[tuple[int, ...], FileIndex, Searcher] | None = None

    @property
    def change(self) -> int:
        """The newest change of the record that can be found.

        Raises :class:`IndexDamagedError` where there is no index, or one of an older schema.
        """
        return self._state().change

    @property
    def exists(self) -> bool:
        """Whether there was ever an index here."""
        return self._folder.exists()

    @property
    def version(self) -> tuple[int, ...]:
        """Something that is another after each commit, of this process or another."""
        try:
            status = (self._folder / "state.json").stat()
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size

    def ids(self) -> set[str]:
        """Return the ids of all articles that can be found."""
        with self.searcher() as searcher:
            return {fields["id"] for fields in searcher.reader().all_stored_fields()}

    @contextmanager
    def searcher(self) -> Iterator[Searcher]:
        """Lend a searcher over the newest commit, of this process or another."""
        with self._mutex, _whoosh_errors():
            stamp = self.version
            if self._open is None or self._open[0] != stamp:
                self.close()
                index = self._open_generation(self._state())
                self._open = (stamp, index, index.searcher())
            yield self._open[2]

    def close(self) -> None:
        """Let go of the open files."""
        with self._mutex:
            if self._open is not None:
                self._open[2].close()
                self._open[1].close()
                self._open = None

    def update(self, changes_after: Callable[[int], Iterable[Change]], up_to: int) -> None:
        """Take in what the record wrote after the index's last change, up to ``up_to``."""
        with self._writing(), _whoosh_errors():
            state = self._state()
            if state.change < up_to:
                index = self._open_generation(state)
                try:
                    self._write(index, changes_after(state.change), replace=True)
                    self._publish(state.generation, index, up_to)
                finally:
                    index.close()

    def rebuild(self, changes_after: Callable[[int], Iterable[Change]], up_to: int) -> None:
        """Build a new generation beside the current one, and swap it in."""
        with self._writing(), _whoosh_errors():
            generation = self._next_generation()
            folder = self._folder / generation
            folder.mkdir()
            index = create_in(str(folder), SCHEMA)
            try:
                self._write(index, changes_after(0), replace=False)
                self._publish(generation, index, up_to)
            finally:
                index.close()
            self._sweep(generation)

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
        writer.commit()

    # --- the state --------------------------------------------------------------------------

    def _state(self) -> State:
        path = self._folder / "state.json"
        try:
            state = State.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            raise IndexDamagedError("There is no index yet.") from None
        except (OSError, ValidationError) as error:
            raise IndexDamagedError(f"{path} cannot be read.") from error
        if state.schema_version != SCHEMA_VERSION:
            raise IndexDamagedError("The index was made by another version of Broadsheet.")
        return state

    def _open_generation(self, state: State) -> FileIndex:
        folder = self._folder / state.generation
        index = open_dir(str(folder))
        if index.latest_generation() == state.toc:
            for name, size in state.files.items():
                if not (folder / name).exists() or (folder / name).stat().st_size != size:
                    raise IndexDamagedError(f"{folder / name} is damaged.")
        return index

    def _publish(self, generation: str, index: FileIndex, change: int) -> None:
        """Make a commit last: everything on disk first, then the state that names it."""
        folder = self._folder / generation
        files = {path.name: path for path in folder.iterdir() if path.suffix != ".lock"}
        for path in files.values():
            _to_disk(path)
        _to_disk(folder)
        state = State(
            schema_version=SCHEMA_VERSION,
            generation=generation,
            change=change,
            toc=index.latest_generation(),
            files={name: path.stat().st_size for name, path in files.items()},
        )
        fresh = self._folder / "state.json.new"
        fresh.write_text(state.model_dump_json(), encoding="utf-8")
        _to_disk(fresh)
        fresh.replace(self._folder / "state.json")
        _to_disk(self._folder)

    def _next_generation(self) -> str:
        numbers = [int(path.name[1:]) for path in self._folder.glob("g[0-9]*") if path.is_dir()]
        return f"g{max(numbers, default=0) + 1:06}"

    def _sweep(self, current: str) -> None:
        for path in self._folder.glob("g[0-9]*"):
            if path.name != current:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        lock = FileLock(self._folder / "lock", timeout=_LOCK_SECONDS)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise LibraryBusyError(f"{self._folder} is being written by another program.") from None
        except OSError as error:
            raise LibraryError(f"{self._folder} cannot be written: {error.strerror}.") from error
        try:
            yield
        finally:
            lock.release()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _whoosh_errors() -> Iterator[None]:
    """Give Whoosh's many errors for a damaged index one name.

    It raises its own ``IndexError``, ``TypeError`` for an empty table of contents, ``EOFError``
    for a cut segment, and more of the kind: there is no common root but ``Exception``.
    """
    try:
        yield
    except (BroadsheetError, MemoryError):
        raise
    except OSError as error:
        if isinstance(error, FileNotFoundError) or error.errno is None:
            raise IndexDamagedError(f"The index cannot be read: {error}.") from error
        raise LibraryError(f"The index cannot be used: {error.strerror}.") from error
    except Exception as error:
        raise IndexDamagedError(f"The index cannot be read: {error}.") from error
