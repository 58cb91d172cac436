"""The manifest: which segments an index consists of, and what is deleted of them.

Each commit writes the next generation: segments and deletions into files of their own first, all
on disk, then the manifest beside the old one, then one rename. Whoever is killed before the
rename leaves the old generation and some files that nobody names; after it, the new one. A file
is never changed and no name is used twice, so a reader goes on with the generation it opened for
as long as it likes: an open file outlives its name.
"""

from __future__ import annotations

import os
import secrets
import shutil
import zlib
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from index.article import Frozen
from index.durable import to_disk
from index.errors import IndexDamagedError, ran_short

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"
OF_ANOTHER_VERSION = "The index was made by another version of Broadsheet."

_KINDS = (".segment", ".deleted", ".new")
_OLDER_STATE = "state.json"


class File(Frozen):
    """A file of the index, by what must be true of it."""

    name: str = Field(pattern=r"^[0-9a-z]+\.(segment|deleted)$")
    size: int = Field(gt=0)
    seal: int = Field(ge=0)
    """CRC32 of its table, in which are the CRC32s of all else."""


class SegmentFiles(Frozen):
    """A segment, and the documents deleted of it."""

    segment: File
    documents: int = Field(gt=0)
    deleted: File | None = None
    deletions: int = Field(default=0, ge=0)


class Manifest(Frozen):
    """One generation of an index."""

    schema_version: int
    generation: int = Field(ge=0)
    segments: tuple[SegmentFiles, ...] = ()
    record: str = ""
    """What tells the record that the index was made from, from all others."""

    change: int = Field(default=0, ge=0)
    """The newest change of the record that is in the index, and all before it are."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all files."""
        files = (file for s in self.segments for file in (s.segment, s.deleted) if file)
        return frozenset(file.name for file in files)


class _Sealed(Frozen):
    """What is in the file: the manifest's JSON as text, so that its CRC32 is of exact bytes."""

    crc32: int
    manifest: str


def new_name(generation: int, kind: str) -> str:
    """Return a name for a file of a generation that was never used, nor ever will be."""
    return f"g{generation:08x}n{secrets.token_hex(6)}.{kind}"


def read_manifest(folder: Path) -> Manifest:
    """Return the current generation of the index in ``folder``.

    Raises IndexDamagedError where there is none, or it is not as written, and OSError where the
    system ran short of something.
    """
    path = folder / MANIFEST
    try:
        sealed = _Sealed.model_validate_json(path.read_bytes())
        if zlib.crc32(sealed.manifest.encode()) != sealed.crc32:
            raise IndexDamagedError(f"{path} is damaged: it is not as written.")
        return Manifest.model_validate_json(sealed.manifest)
    except FileNotFoundError:
        if has_older_index(folder):
            raise IndexDamagedError(OF_ANOTHER_VERSION) from None
        raise IndexDamagedError("The index is missing.") from None
    except (OSError, ValidationError, UnicodeError) as error:
        if ran_short(error):
            raise
        raise IndexDamagedError(f"{path} is damaged: it cannot be read.") from error


def publish(folder: Path, manifest: Manifest) -> None:
    """Make a generation the current one. Its files must be on disk already."""
    text = manifest.model_dump_json()
    sealed = _Sealed(crc32=zlib.crc32(text.encode()), manifest=text)
    fresh = folder / f"{MANIFEST}.new"
    with fresh.open("wb") as file:
        file.write(sealed.model_dump_json().encode())
        file.flush()
        os.fsync(file.fileno())
    # The names of the new files, before the manifest that says they are there.
    to_disk(folder)
    fresh.replace(folder / MANIFEST)
    to_disk(folder)


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove the files that the current generation does not name. Only for who holds the lock."""
    ours = (path.name for path in folder.iterdir() if path.suffix in _KINDS)
    remove(folder, frozenset(ours) - manifest.names)


def remove(folder: Path, names: frozenset[str]) -> None:
    """Remove files that no manifest names any more."""
    for name in sorted(names):
        (folder / name).unlink(missing_ok=True)


def has_older_index(folder: Path) -> bool:
    """Tell whether there are Whoosh's own files, as before this engine."""
    return (folder / _OLDER_STATE).exists()


def sweep_older_index(folder: Path) -> None:
    """Remove Whoosh's own files. Only for who holds the lock, and has put an index in their place.

    What says which they are goes last: whoever is killed before goes on next time.
    """
    if has_older_index(folder):
        for path in folder.glob("g[0-9][0-9][0-9][0-9][0-9][0-9]"):
            shutil.rmtree(path, ignore_errors=True)
        (folder / _OLDER_STATE).unlink(missing_ok=True)
