"""Packed answers: unpacked whatever the pieces they come in, and never to more than agreed."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.feeds.asking import MEGABYTE
from index.feeds.unpacking import Unpacker, UnpackingError

if TYPE_CHECKING:
    from collections.abc import Iterable


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    " DEFLATE ": raw_deflate,
    "br": brotli.compress,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
    "identity": bytes,
    "": bytes,
}
by_packing = pytest.mark.parametrize("encoding", PACKINGS)


def unpacked(encoding: str, parts: Iterable[bytes], limit: int = MEGABYTE) -> bytes:
    unpacker = Unpacker(encoding, limit)
    for part in parts:
        unpacker.feed(part)
    return unpacker.whole


@by_packing
@given(data=st.binary(max_size=200), step=st.integers(1, 50))
def test_it_does_not_matter_in_which_pieces_something_comes(
    encoding: str, data: bytes, step: int
) -> None:
    packed = PACKINGS[encoding](data)
    parts = (packed[start : start + step] for start in range(0, len(packed), step))
    assert unpacked(encoding, parts) == data


@by_packing
@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_072, 300_000])
def test_what_is_larger_than_a_step_comes_whole(encoding: str, size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    assert unpacked(encoding, [PACKINGS[encoding](data)]) == data


def test_several_gzip_files_are_one_and_other_bytes_behind_them_are_left() -> None:
    two = gzip.compress(b"one, ") + gzip.compress(b"two")
    assert unpacked("gzip", [two[:7], two[7:]]) == b"one, two"
    assert unpacked("gzip", [gzip.compress(b"one") + b"\0\0\0"]) == b"one"


@by_packing
def test_a_small_thing_that_unpacks_to_a_large_one_is_stopped_on_the_way(encoding: str) -> None:
    if encoding in ("gzip", "x-gzip"):
        bomb = gzip.compress(bytes(MEGABYTE)) * 1000
    else:
        bomb = PACKINGS[encoding](bytes(50 * MEGABYTE))
    tracemalloc.start()
    try:
        with pytest.raises(UnpackingError, match="larger than the limit of 1 MB"):
            unpacked(encoding, [bomb])
        assert tracemalloc.get_traced_memory()[1] < 8 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_what_never_becomes_anything_is_stopped_too() -> None:
    # Gzip files of nothing.
    nothing = gzip.compress(b"")
    with pytest.raises(UnpackingError, match="larger than the limit"):
        unpacked("gzip", (nothing * 1000 for _ in range(1000)))


@pytest.mark.parametrize("encoding", [one for one in PACKINGS if one not in ("", "identity")])
def test_what_is_damaged_or_cut_short_is_refused(encoding: str) -> None:
    packed = PACKINGS[encoding](bytes(range(256)) * 20)
    for wrong in (packed[:-1], packed[: len(packed) // 2], b"\xff" * 40, b"<"):
        with pytest.raises(UnpackingError, match="it is damaged"):
            unpacked(encoding, [wrong])
    assert unpacked(encoding, []) == b""


@pytest.mark.parametrize("encoding", ["zstd", "gzip, zstd", "gzip,gzip,gzip,gzip", "\x1b[2J", "é"])
def test_what_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(UnpackingError, match="a packing that was not asked for"):
        Unpacker(encoding, MEGABYTE)
