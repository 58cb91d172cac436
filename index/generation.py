"""What lies on disk of the full-text index: which files belong to it, and whether they are whole.

Layout of the folder::

    state.json     which generation is current, and which change of the record it holds
    g000001/       a Whoosh index; a rebuild makes the next one and then points the state at it

``state.json`` is written last, in one rename, after all else is on disk. Whoever is killed before
that leaves an index that is merely behind the record, or still the old one; both are noticed.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from pydantic import Field

from index.article import Frozen
from index.durable import to_disk
from index.errors import IndexDamagedError
from index.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EDGE = 4096
_CHUNK = 1 << 20


class FileSeal(Frozen):
    """What a file has to be like, to be the one that was written."""

    size: int
    edges: str
    """A fingerprint of its size, beginning and end: quickly checked before a file is used."""

    whole: str
    """A fingerprint of all of it, for ``verify``."""


class State(Frozen):
    """What ``state.json`` says of the current generation."""

    schema_version: int
    generation: str = Field(pattern="^g[0-9]+$")
    record: str
    """The identity of the record that the index was made from."""

    change: int = Field(ge=0)
    """The newest change of the record that is in the index."""

    files: dict[str, FileSeal]


class Generations:
    """The folder of an index, with one current generation of files in it, or none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state_file = folder / "state.json"

    @property
    def version(self) -> tuple[int, ...]:
        """Something that is another whenever the state was written anew; empty without one."""
        try:
            status = self._state_file.stat()
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size

    def state(self) -> State:
        """Return the current state.

        Raises :class:`IndexDamagedError` where there is none, or one of another schema.
        """
        try:
            said = json.loads(self._state_file.read_bytes())
            version = said["schema_version"]
            if version == SCHEMA_VERSION:
                return State.model_validate(said)
        except FileNotFoundError:
            raise IndexDamagedError("The index is missing.") from None
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise IndexDamagedError(f"The index is damaged ({self._state_file.name}).") from error
        raise IndexDamagedError("The index was made by another version of Broadsheet.")

    def path(self, state: State) -> Path:
        """Return the folder of the current generation."""
        return self.folder / state.generation

    def require_whole(self, state: State) -> None:
        """Have a quick look at the files; raise :class:`IndexDamagedError` for a damaged one."""
        for name, seal in state.files.items():
            if _edges(self.path(state) / name) != seal.edges:
                raise IndexDamagedError(f"The index is damaged ({name}).")

    def faults(self) -> Iterator[str]:
        """Read all files, and give a sentence for each that is not as it was written."""
        try:
            state = self.state()
        except IndexDamagedError as error:
            yield str(error)
            return
        for name, seal in state.files.items():
            if _whole(self.path(state) / name) != seal.whole:
                yield f"The index is damaged ({name})."

    def has_newer_commit(self, state: State) -> bool:
        """Tell whether Whoosh committed since: a writer is at work, or was killed."""
        return any(path.name not in state.files for path in self.path(state).glob("_MAIN_*.toc"))

    def new(self) -> Path:
        """Make the folder of the next generation."""
        numbers = [int(path.name[1:]) for path in self.folder.glob("g[0-9]*") if path.is_dir()]
        folder = self.folder / f"g{max(numbers, default=0) + 1:06}"
        folder.mkdir()
        return folder

    def publish(self, folder: Path, record: str, change: int) -> None:
        """Make a generation current: everything on disk first, then the state that names it."""
        files = [path for path in folder.iterdir() if path.suffix in (".seg", ".toc")]
        for path in files:
            to_disk(path)
        to_disk(folder)
        state = State(
            schema_version=SCHEMA_VERSION,
            generation=folder.name,
            record=record,
            change=change,
            files={path.name: self._seal(path) for path in files},
        )
        fresh = self._state_file.with_suffix(".new")
        fresh.write_text(state.model_dump_json(), encoding="utf-8")
        to_disk(fresh)
        fresh.replace(self._state_file)
        to_disk(self.folder)
        self._sweep(folder)

    def _seal(self, path: Path) -> FileSeal:
        """Seal a file; one that is sealed already is not read again, as none is ever rewritten."""
        edges = _edges(path)
        with suppress(IndexDamagedError):
            state = self.state()
            known = state.files.get(path.name)
            if known is not None and known.edges == edges and self.path(state) == path.parent:
                return known
        return FileSeal(size=path.stat().st_size, edges=edges, whole=_whole(path))

    def _sweep(self, current: Path) -> None:
        """Take away what rebuilds, finished or not, have left."""
        for path in self.folder.glob("g[0-9]*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)


def _edges(path: Path) -> str:
    """Return a fingerprint of a file's size and ends; an empty one where it can't be read."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            ends = file.read(_EDGE)
            file.seek(max(0, size - _EDGE))
            ends += file.read(_EDGE)
    except OSError:
        return ""
    return blake2b(ends, digest_size=16, salt=size.to_bytes(8)).hexdigest()


def _whole(path: Path) -> str:
    """Return a fingerprint of a file; an empty one where it can't be read."""
    digest = blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()
