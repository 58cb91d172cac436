"""Take articles out of whatever they come in: archives, compressed files, lists, feeds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from index.errors import UnreadableError
from index.intake import archives, json_lists, mbox
from index.intake.document import Document
from index.intake.files import SIZE_LIMIT, too_large
from index.intake.recognition import START_SIZE, Format, recognise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Found = Iterator[Document | UnreadableError]

DEEPEST = 4
"""Containers within one another."""

MOST_TIMES = 200
"""How many times as large as it is something may become: text becomes ten times as large."""

ALWAYS_ALLOWED = 256 * 1024 * 1024
"""Bytes that anything may become, however small it is."""

_OPENERS: dict[Format, Callable[[BinaryIO], object]] = {
    Format.GZIP: lambda file: gzip.GzipFile(fileobj=file),
    Format.BZIP2: bz2.BZ2File,
    Format.XZ: lzma.LZMAFile,
}

_DAMAGES = archives.DAMAGES

try:
    # It came with Python 3.14 (PEP 784); type checkers look at the oldest Python that will do.
    _zstd: Any = import_module("compression.zstd")
except ImportError:
    pass
else:
    _OPENERS[Format.ZSTD] = _zstd.ZstdFile
    _DAMAGES = (*_DAMAGES, _zstd.ZstdError)


def unpack(file: BinaryIO, origin: str, size: int) -> Found:
    """Give the documents in an open file of so many bytes, each as soon as it is read.

    What can't be read is given as an error that names it, and the rest goes on.
    """
    return _Unpacking(size).found_in(cast("io.RawIOBase", file), origin)


class _Unpacking:
    """One input, and how much it may still become."""

    def __init__(self, size: int) -> None:
        self.left = max(ALWAYS_ALLOWED, MOST_TIMES * size)
        self._depth = 0

    def found_in(self, file: io.RawIOBase, origin: str) -> Found:
        """Give the documents in ``file``, whatever it is."""
        reader = io.BufferedReader(file, START_SIZE)
        try:
            yield from self._found_in(reader, origin)
        except UnreadableError as error:
            yield error
        except RecursionError:
            yield UnreadableError(origin, "is nested too deeply")
        except _DAMAGES as error:
            reason = "is encrypted" if "encrypted" in str(error) else "is damaged"
            yield UnreadableError(origin, reason)
        finally:
            # Whoever opened the file closes it.
            reader.detach()

    def _found_in(self, file: io.BufferedReader[io.RawIOBase], origin: str) -> Found:
        format_ = recognise(file.peek(START_SIZE)[:START_SIZE], origin)
        match format_:
            case Format.JSON_LINES:
                yield from json_lists.lines(file, origin)
            case Format.JSON_ARRAY:
                yield from json_lists.members(file, origin)
            case Format.MBOX:
                yield from mbox.messages(file, origin)
            case Format.ZIP:
                yield from self._members(archives.zip_members(file, origin))
            case Format.EPUB:
                yield from _chapters(cast("BinaryIO", file), origin, self._measured)
            case Format.TAR:
                yield from self._members(archives.tar_members(file, origin))
            case Format.GZIP | Format.BZIP2 | Format.XZ | Format.ZSTD:
                yield from self._within(_opened(format_, file, origin), origin)
            case Format.FEED:
                yield from _entries(_whole(file, origin), origin)
            case Format.OPML:
                yield UnreadableError(origin, "is a list of feeds, not of articles")
            case _:
                yield Document(_whole(file, origin), origin)

    def _members(self, members: Iterator[archives.Member | UnreadableError]) -> Found:
        for member in members:
            if isinstance(member, UnreadableError):
                yield member
            else:
                yield from self._within(member.file, member.origin)

    def _within(self, file: BinaryIO, origin: str) -> Found:
        """Give what is in a file within another, which is measured as it is read."""
        if self._depth == DEEPEST:
            raise UnreadableError(origin, f"is packed more than {DEEPEST} times")
        self._depth += 1
        yield from self.found_in(_Measured(file, self, origin), origin)
        self._depth -= 1

    def _measured(self, file: BinaryIO, origin: str) -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(_Measured(file, self, origin)))


class _Measured(io.RawIOBase):
    """What is unpacked of a file, as long as it does not become too much."""

    def __init__(self, file: BinaryIO, unpacking: _Unpacking, origin: str) -> None:
        super().__init__()
        self._file, self._unpacking, self._origin = file, unpacking, origin

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer, so that a beginning is as long as it can be."""
        filled = 0
        while filled < len(buffer) and (raw := self._file.read(len(buffer) - filled)):
            buffer[filled : filled + len(raw)] = raw
            filled += len(raw)
        self._unpacking.left -= filled
        if self._unpacking.left < 0:
            raise UnreadableError(self._origin, "becomes too large when it is unpacked")
        return filled


def _whole(file: BinaryIO, origin: str) -> bytes:
    raw = file.read(SIZE_LIMIT + 1)
    if len(raw) > SIZE_LIMIT:
        raise UnreadableError(origin, too_large())
    return raw


def _opened(format_: Format, file: BinaryIO, origin: str) -> BinaryIO:
    if format_ not in _OPENERS:
        raise UnreadableError(origin, f"is {format_.value}, for which Python 3.14 is needed")
    return cast("BinaryIO", _OPENERS[format_](file))


def _chapters(file: BinaryIO, origin: str, measured: Callable[[BinaryIO, str], BinaryIO]) -> Found:
    # Chapters are read by a parser that takes long to import.
    from index.intake.epub import chapters  # noqa: PLC0415

    yield from chapters(file, origin, measured)


def _entries(raw: bytes, origin: str) -> Found:
    # Feeds are read by a library that takes long to import.
    from index.intake.feed import parse_feed  # noqa: PLC0415

    yield from parse_feed(raw, origin).documents
