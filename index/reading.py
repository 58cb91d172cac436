"""Files to documents: each is opened, and whatever is packed in it taken out."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO

from index.errors import UnreadableError
from index.intake.files import open_file, origin_of
from index.intake.unpack import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from index.intake.document import Document


class Files:
    """The documents in files, whatever they are packed in, and how much of all that was read."""

    def __init__(self, found: Iterable[Path | UnreadableError]) -> None:
        self._found = list(found)
        self._sizes = [_size(one) for one in self._found]
        self._total, self._done = sum(self._sizes), 0
        self._open: BinaryIO | None = None

    def part(self) -> float | None:
        """Return how much was read, from 0 to 1; None where there is nothing to read."""
        within = self._open.tell() if self._open and not self._open.closed else 0
        return min(1.0, (self._done + within) / self._total) if self._total else None

    def __iter__(self) -> Iterator[Document | UnreadableError]:
        for one, size in zip(self._found, self._sizes, strict=True):
            if isinstance(one, UnreadableError):
                yield one
            else:
                yield from self._unpacked(one)
            self._done += size

    def _unpacked(self, path: Path) -> Iterator[Document | UnreadableError]:
        try:
            origin = origin_of(path)
            _require_text(origin)
            # Looked at before reading: a file written to meanwhile counts as touched next time.
            stamp = stamp_of(path)
            with open_file(path) as self._open:
                size = os.fstat(self._open.fileno()).st_size
                for found in unpack(self._open, origin, size):
                    if isinstance(found, UnreadableError):
                        yield found
                    else:
                        yield found._replace(stamp=stamp)
        except UnreadableError as error:
            yield error
        except OSError as error:
            yield UnreadableError(str(path), f"cannot be read: {error.strerror}")


STREAM = "stdin"
"""What stands in origins for the name that a stream does not have."""


def streamed(file: BinaryIO) -> Iterator[Document | UnreadableError]:
    """Give the documents in a stream.

    Each is known by its bytes, too, for a stream has no name: the next one may hold another story
    under the same number.
    """
    for found in unpack(file, STREAM, 0):
        if isinstance(found, UnreadableError):
            yield found
        else:
            digest = blake2b(found.raw, digest_size=10).hexdigest()
            # In front, for the end of a name says what something is.
            yield found._replace(origin=f"{STREAM}:{digest}{found.origin.removeprefix(STREAM)}")


def _size(found: Path | UnreadableError) -> int:
    try:
        return 0 if isinstance(found, UnreadableError) else found.stat().st_size
    except (OSError, ValueError):
        return 0


def stamp_of(path: Path) -> str | None:
    """Return what tells whether a file was touched since; None where there is no file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return f"{status.st_size}:{status.st_mtime_ns}"


def _require_text(origin: str) -> None:
    """Refuse a path with bytes that are no text: it could be neither kept nor shown."""
    try:
        origin.encode()
    except UnicodeEncodeError as error:
        raise UnreadableError(origin, "its name is not UTF-8 text") from error
