"""One generation of an index, opened: its segments, each with the documents deleted of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.columnar.arrayfile import ArrayFile, ArrayFileWriter
from index.columnar.manifest import (
    OF_ANOTHER_VERSION,
    File,
    Manifest,
    SegmentFiles,
    read_manifest,
)
from index.columnar.segment import Segment
from index.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from index.columnar.arrays import Mask

_TRIES = 10
"""How often a reader looks again, whose files were swept while it opened them."""


class Live(NamedTuple):
    """A segment of a generation."""

    files: SegmentFiles
    segment: Segment
    deleted: Mask | None
    """bool ``[documents]``; None where no document is deleted."""


class Generation(NamedTuple):
    """A manifest with all it names, opened."""

    manifest: Manifest
    segments: tuple[Live, ...]
    damage: tuple[IndexDamagedError, ...] = ()
    """What is wrong with each segment that was left out."""


def current_manifest(folder: Path, schema_version: int) -> Manifest:
    """Return the current manifest. Raises IndexDamagedError for one of another schema, too."""
    manifest = read_manifest(folder)
    if manifest.schema_version != schema_version:
        raise IndexDamagedError(OF_ANOTHER_VERSION)
    return manifest


def open_generation(
    folder: Path,
    schema_version: int,
    known: Generation | None = None,
    *,
    tolerant: bool = False,
    condemned: Mapping[str, IndexDamagedError] = MappingProxyType({}),
) -> Generation:
    """Open the current generation; what ``known`` has open already is taken from there.

    ``condemned``: files that are known to be damaged though they can be opened, by their names.
    Raises IndexDamagedError for a missing or damaged file, or an index of another schema. When
    ``tolerant``, segments that are damaged are left out.
    """
    for _ in range(_TRIES):
        manifest = current_manifest(folder, schema_version)
        segments, damage = [], []
        for files in manifest.segments:
            try:
                if files.segment.name in condemned:
                    raise condemned[files.segment.name]
                segments.append(open_segment(folder, files, known))
            except IndexDamagedError as error:
                damage.append(error)
        if not damage or read_manifest(folder).generation == manifest.generation:
            if damage and not tolerant:
                raise damage[0]
            return Generation(manifest, tuple(segments), tuple(damage))
    raise IndexDamagedError(f"The index in {folder} changes faster than it can be read.")


def write_deleted(path: Path, deleted: Mask) -> File:
    """Write which documents of a segment are deleted."""
    with ArrayFileWriter(path) as writer:
        writer.add("deleted", np.packbits(deleted, bitorder="little"))
        writer.finish({"documents": len(deleted)})
    return file_of(path)


def file_of(path: Path) -> File:
    """Return what the manifest says of a file."""
    file = ArrayFile(path)
    return File(name=path.name, size=file.size, seal=file.seal)


def opened(path: Path) -> Live:
    """Return a new segment, of which nothing is deleted."""
    segment = Segment(path)
    return Live(SegmentFiles(segment=file_of(path), documents=segment.size), segment, None)


def open_segment(folder: Path, files: SegmentFiles, known: Generation | None = None) -> Live:
    """Open a segment with what is deleted of it, or take it from a generation that has it open.

    Raises IndexDamagedError where it is not the one that the manifest means.
    """
    for live in known.segments if known else ():
        if live.segment.file.is_cut:
            continue
        if live.files == files:
            return live
        if live.files.segment == files.segment:
            return Live(files, live.segment, _read_deleted(folder, files))
    segment = Segment(folder / files.segment.name)
    if (segment.file.size, segment.file.seal) != (files.segment.size, files.segment.seal):
        raise IndexDamagedError(f"{segment.file.path} is damaged: it is another segment.")
    if segment.size != files.documents:
        raise IndexDamagedError(f"{segment.file.path} is damaged: its size is wrong.")
    return Live(files, segment, _read_deleted(folder, files))


def _read_deleted(folder: Path, files: SegmentFiles) -> Mask | None:
    if files.deleted is None:
        return None
    file = ArrayFile(folder / files.deleted.name)
    file.verify()
    packed = file["deleted"]
    is_bitmap = packed.dtype == np.uint8 and packed.shape == ((files.documents + 7) // 8,)
    if file.seal != files.deleted.seal or not is_bitmap:
        raise IndexDamagedError(f"{file.path} is damaged: it is of another segment.")
    return np.unpackbits(packed, count=files.documents, bitorder="little").view(np.bool_)
