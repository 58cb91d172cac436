"""Array files: named NumPy arrays in one immutable file, each memory-mapped where it lies.

Layout, all numbers little-endian::

    magic           8 bytes
    arrays          each from a multiple of 64 bytes, zeros between them
    table           JSON: {"arrays": {name: {dtype, shape, offset, crc32}}, "notes": {…}}
    trailer         offset of the table (8 bytes), its length (4), its CRC32 (4), magic again (8)

Opening checks all that can be checked without reading the arrays: both magics, the table's CRC32,
and that each array is of a known type and lies between head and table. :meth:`ArrayFile.verify`
reads everything, and not through the memory map, so that no more memory is used than it was before.
Nothing in a file is ever executed: there is no pickle, and no dtype of objects.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import struct
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self, TypeGuard

import numpy as np

from index.errors import IndexDamagedError, ran_short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import FileIO
    from pathlib import Path

    from index.columnar.arrays import Array

MAGIC = b"BSCOLS\x00\x01"
"""The last byte is the version of the layout."""

ALIGNMENT = 64
"""Bytes of a cache line."""

_TRAILER = struct.Struct("<QII8s")
_DTYPES = {name: np.dtype(name) for name in ("<u1", "<u2", "<u4", "<u8", "<i8", "<f4", "<f8")}
_NAMES = {dtype: name for name, dtype in _DTYPES.items()}
_CHUNK = 1 << 20
"""Bytes that are read at a time, where all are."""

_DIMENSIONS, _LONGEST = 2, 1 << 40
"""What the shape of an array may be at most; more than NumPy takes is not even multiplied."""


class _Place(NamedTuple):
    """Where an array lies, and what it is."""

    dtype: str
    shape: list[int]
    offset: int
    crc32: int

    @property
    def size(self) -> int:
        return math.prod(self.shape) * _DTYPES[self.dtype].itemsize


class ArrayFileWriter:
    """Writes one array file, array by array. It is whole, and on disk, after :meth:`finish`.

    As a context it removes the file where an error ends it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.folder = path.parent
        self._file: BinaryIO = path.open("xb")
        self._file.write(MAGIC)
        self._places: dict[str, _Place] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.abandon()

    def add(self, name: str, array: Array) -> None:
        """Write one array of whatever shape."""
        self.add_pieces(name, [array], array.dtype, array.shape[1:])

    def add_pieces(
        self, name: str, pieces: Iterable[Array], dtype: np.dtype[Any], row: tuple[int, ...] = ()
    ) -> None:
        """Write the concatenation of ``pieces``, each of shape ``(any, *row)``, as one array."""
        if name in self._places:
            raise ValueError(f"{name!r} is written already")
        self._file.write(bytes(-self._file.tell() % ALIGNMENT))
        offset, rows, crc = self._file.tell(), 0, 0
        kind = _NAMES[dtype.newbyteorder("<")]
        for piece in pieces:
            if piece.shape[1:] != row:
                raise ValueError(f"{name!r}: a piece of shape {piece.shape}")
            raw = np.ascontiguousarray(piece, _DTYPES[kind]).reshape(-1).view(np.uint8).data
            rows += len(piece)
            crc = zlib.crc32(raw, crc)
            self._file.write(raw)
        self._places[name] = _Place(kind, [rows, *row], offset, crc)

    def finish(self, notes: dict[str, Any], *, durable: bool = True) -> None:
        """Write the table, with JSON-able ``notes``. ``durable``: return when all is on disk."""
        table = {
            "arrays": {name: place._asdict() for name, place in self._places.items()},
            "notes": notes,
        }
        raw = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
        place = self._file.tell()
        self._file.write(raw)
        self._file.write(_TRAILER.pack(place, len(raw), zlib.crc32(raw), MAGIC))
        self._file.flush()
        if durable:
            os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Remove what was written."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class ArrayFile:
    """The arrays of one file, read where they lie on disk.

    Raises :class:`IndexDamagedError` for whatever is wrong with the file, and OSError where the
    system ran short of something.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error
        self.size = len(self._bytes)
        """Bytes of the file."""

        self.seal = 0
        """CRC32 of the table, and so of all that its checksums are of."""

        table = self._read_table()
        self.notes: dict[str, Any] = table["notes"]
        self._places: dict[str, _Place] = table["arrays"]

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __getitem__(self, name: str) -> Array:
        """Return an array, read-only and backed by the file."""
        place = self._places.get(name)
        if place is None:
            raise self._damaged(f"the array {name!r} is missing")
        dtype, count = _DTYPES[place.dtype], math.prod(place.shape)
        if not count:
            return np.zeros(place.shape, dtype)
        array: Array = np.frombuffer(self._bytes, dtype, count, place.offset)
        return array.reshape(place.shape)

    def release(self) -> None:
        """Give back the memory into which the file was read; what is asked for is read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._bytes.madvise(mmap.MADV_DONTNEED)

    @property
    def is_cut(self) -> bool:
        """Whether the file was cut short since it was opened: touching what is gone would kill."""
        return self._bytes.size() < self.size

    def verify(self, going_on: Callable[[], object] = lambda: None) -> None:
        """Read the whole file and compare each byte with its checksum.

        ``going_on`` is called now and then; what it raises ends the reading.
        """
        try:
            with self.path.open("rb", buffering=0) as file:
                if os.fstat(file.fileno()).st_size != self.size:
                    raise self._damaged("its size has changed")
                self._compare(lambda start, end: _pieces(file, start, end, going_on))
        except (OSError, EOFError) as error:
            raise self._unreadable(error) from error

    def _compare(self, read: Callable[[int, int], Iterator[memoryview]]) -> None:
        """Compare the whole file, of which ``read`` gives what is from one place to another."""
        if b"".join(read(0, len(MAGIC))) != MAGIC:
            raise self._damaged("it is not an array file")
        end = len(MAGIC)
        for name, place in sorted(self._places.items(), key=lambda pair: pair[1].offset):
            if place.offset < end or any(map(any, read(end, place.offset))):
                raise self._damaged(f"there are stray bytes before {name!r}")
            end = place.offset + place.size
            if _crc32(read(place.offset, end)) != place.crc32:
                raise self._damaged(f"the array {name!r} is not as written")
        if any(map(any, read(end, self._table_start))):
            raise self._damaged("there are stray bytes before the table")
        if _crc32(read(self._table_start, self.size)) != zlib.crc32(
            self._bytes[self._table_start :]
        ):
            raise self._damaged("its table is not as written")

    def _read_table(self) -> dict[str, Any]:
        """Return the table of the file, once it is known to be right."""
        size = self.size
        if size < len(MAGIC) + _TRAILER.size or self._bytes[: len(MAGIC)] != MAGIC:
            raise self._damaged("it is not an array file")
        start, length, crc, magic = _TRAILER.unpack(self._bytes[-_TRAILER.size :])
        if magic != MAGIC or start + length + _TRAILER.size != size:
            raise self._damaged("its end is missing")
        raw = self._bytes[start : start + length]
        if zlib.crc32(raw) != crc:
            raise self._damaged("its table is not as written")
        self._table_start: int = start
        self.seal = crc
        table = _parsed(raw)
        if table is None or not all(self._is_sound(place) for place in table["arrays"].values()):
            raise self._damaged("its table cannot be understood")
        table["arrays"] = {name: _Place(**place) for name, place in table["arrays"].items()}
        return table

    def _is_sound(self, place: object) -> bool:
        """Tell whether a place is complete, and lies where arrays may lie."""
        if not isinstance(place, dict) or set(place) != set(_Place._fields):
            return False
        dtype, shape = place["dtype"], place["shape"]
        if not isinstance(dtype, str) or dtype not in _DTYPES or not _are_counts(shape):
            return False
        if len(shape) > _DIMENSIONS or max(shape, default=0) > _LONGEST:
            return False
        if not _are_counts([place["offset"], place["crc32"]]) or place["offset"] % ALIGNMENT:
            return False
        return bool(place["offset"] + _Place(**place).size <= self._table_start)

    def _damaged(self, why: str) -> IndexDamagedError:
        return IndexDamagedError(f"{self.path} is damaged: {why}.")

    def _unreadable(self, error: Exception) -> Exception:
        """Return what it means that the file can't be read."""
        return error if ran_short(error) else self._damaged("it cannot be read")


def _pieces(
    file: FileIO, start: int, end: int, going_on: Callable[[], object]
) -> Iterator[memoryview]:
    """Yield the bytes of a file from ``start`` to before ``end``; each piece overwrites the last.

    Raises EOFError where the file ends before.
    """
    buffer = memoryview(bytearray(min(_CHUNK, end - start) if start < end else 0))
    file.seek(start)
    while start < end:
        going_on()
        count = file.readinto(buffer[: end - start])
        if not count:
            raise EOFError
        yield buffer[:count]
        start += count


def _crc32(pieces: Iterable[memoryview]) -> int:
    crc = 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
    return crc


def _parsed(raw: bytes) -> dict[str, Any] | None:
    """Return the table as JSON has it, if it is one."""
    try:
        table = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, dict) or set(table) != {"arrays", "notes"}:
        return None
    parts = table["arrays"], table["notes"]
    return table if all(isinstance(part, dict) for part in parts) else None


def _are_counts(numbers: object) -> TypeGuard[list[int]]:
    """Tell whether something is a list of whole numbers that are not negative."""
    return isinstance(numbers, list) and all(type(n) is int and n >= 0 for n in numbers)
