"""What a server sends packed is unpacked as it comes, and never to more than was agreed on."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

from index.feeds.asking import in_megabytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ACCEPTED = "gzip, deflate, br"
"""The packings that a server is told it may use."""

_MOST_PACKINGS = 3
_GZIP = b"\x1f\x8b"
_GZIP_BITS = zlib.MAX_WBITS | 16
_STEP = 64 * 1024
"""Bytes that are unpacked at a time: a few packed ones can be a thousand times as many."""


class UnpackingError(Exception):
    """What came can't be unpacked; the message says why in a few words."""


class _Packing(Protocol):
    def unpack(self, packed: bytes) -> Iterator[bytes]: ...

    @property
    def is_over(self) -> bool: ...


class Unpacker:
    """Undoes the packings that a ``Content-Encoding`` names.

    Raises UnpackingError for one that is unknown.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name.strip().lower() for name in encoding.split(",")]
        names = [name for name in names if name not in ("", "identity")]
        if len(names) > _MOST_PACKINGS or not set(names) <= _PACKINGS.keys():
            raise UnpackingError("it came in a packing that was not asked for")
        self._packings = [_PACKINGS[name]() for name in reversed(names)]
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = self._packed_size = 0

    def feed(self, packed: bytes) -> None:
        """Unpack the next bytes. Raises UnpackingError where they are too many, or damaged."""
        # Packed, they may come endlessly without ever becoming anything.
        self._packed_size += len(packed)
        self._require_room()
        for part in self._unpacked(packed, 0):
            self._size += len(part)
            self._require_room()
            self._parts.append(part)

    def _require_room(self) -> None:
        if max(self._size, self._packed_size) > self._limit:
            raise UnpackingError(f"it is larger than the limit of {in_megabytes(self._limit)}")

    @property
    def whole(self) -> bytes:
        """All that was unpacked. Raises UnpackingError where the end is missing."""
        if self._packed_size and not all(packing.is_over for packing in self._packings):
            raise UnpackingError("it is damaged: it ends too early")
        return b"".join(self._parts)

    def _unpacked(self, packed: bytes, place: int) -> Iterator[bytes]:
        if place == len(self._packings):
            yield packed
            return
        for part in self._packings[place].unpack(packed):
            yield from self._unpacked(part, place + 1)


class _Deflated:
    """``gzip``, and ``deflate``, which some servers take for what is in it without its header."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._stream: zlib._Decompress | None = None
        self._head = b""

    @property
    def is_over(self) -> bool:
        return self._stream is not None and self._stream.eof

    def unpack(self, packed: bytes) -> Iterator[bytes]:
        if self._stream is None:
            packed = self._head = self._head + packed
            if len(packed) < len(_GZIP):
                return
            self._stream = zlib.decompressobj(self._bits(packed))
        part = b""
        # After a whole step there may be more, though nothing is left to be unpacked.
        while packed or len(part) == _STEP:
            if self._stream.eof:
                # A file of several gzip files is one; other bytes behind one are left.
                if not (self._gzip and packed.startswith(_GZIP)):
                    return
                self._stream = zlib.decompressobj(_GZIP_BITS)
            try:
                part = self._stream.decompress(packed, _STEP)
            except zlib.error as error:
                raise UnpackingError("it is damaged: it cannot be unpacked") from error
            if part:
                yield part
            packed = self._stream.unconsumed_tail or self._stream.unused_data

    def _bits(self, head: bytes) -> int:
        """Tell zlib what it is to expect: by the header of RFC 1950, or that there is none."""
        if self._gzip:
            return _GZIP_BITS
        has_header = head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head[:2], "big") % 31 == 0
        return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


class _Brotli:
    """``br``."""

    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # noqa: PLC0415  (few need it)

        self._stream, self._error = brotli.Decompressor(), brotli.error

    @property
    def is_over(self) -> bool:
        return bool(self._stream.is_finished())

    def unpack(self, packed: bytes) -> Iterator[bytes]:
        part = b""
        # It has taken all that came when it still holds back what that becomes.
        while (packed or part) and not self._stream.is_finished():
            try:
                part = self._stream.process(packed, output_buffer_limit=_STEP)
            except self._error as error:
                raise UnpackingError("it is damaged: it cannot be unpacked") from error
            packed = b""
            if part:
                yield part


_PACKINGS: dict[str, Callable[[], _Packing]] = {
    "gzip": lambda: _Deflated(gzip=True),
    "x-gzip": lambda: _Deflated(gzip=True),
    "deflate": lambda: _Deflated(gzip=False),
    "br": _Brotli,
}
