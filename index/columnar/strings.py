"""Byte strings met so far, numbered in the order in which they came, many at a time."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.arrays import offsets
from index.columnar.keys import MARGIN, Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import U8, U32, U64, Array, Indices


class Strings:
    """Byte strings without zero bytes, in a small part of the memory that a dictionary takes."""

    def __init__(self) -> None:
        self._keys = Keys()
        self._places = np.zeros(1 << 10, np.uint32)
        """By the number of a string's last key, one more than the number of the string."""

        self._blob = bytearray()
        self._bounds = array("I", [0])

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def numbers(self, strings: Sequence[bytes]) -> U32:
        """Return the number of each string, uint32; new ones get the next ones in their order."""
        lengths = np.fromiter(map(len, strings), np.intp, len(strings))
        raw = np.frombuffer(b"".join([*strings, bytes(MARGIN)]), np.uint8)
        keys, _ = self._keys.of_strings(raw, offsets(lengths)[:-1], lengths)
        self._places = grown(self._places, len(self._keys))
        new = np.flatnonzero(self._places[keys] == 0)
        new = np.sort(new[np.unique(keys[new], return_index=True)[1]])
        self._places[keys[new]] = np.arange(len(self) + 1, len(self) + 1 + len(new))
        for place in new.tolist():
            self._blob += strings[place]
            self._bounds.append(len(self._blob))
        return self._places[keys] - np.uint32(1)

    def sorted(self, numbers: Indices) -> tuple[Indices, list[bytes]]:
        """Return different numbers in the order of their strings, and the strings."""
        blob = bytes(self._blob) + bytes(MARGIN)
        bounds = np.array(self._bounds, np.intp)
        heads = _heads(np.frombuffer(blob, np.uint8), bounds[numbers], bounds[numbers + 1])
        order = np.argsort(heads)
        numbers, heads = numbers[order], heads[order]
        pairs = zip(bounds[numbers].tolist(), bounds[numbers + 1].tolist(), strict=True)
        strings = [blob[start:end] for start, end in pairs]
        alike = np.diff(heads[1:] == heads[:-1], prepend=False, append=False)
        for first, last in np.flatnonzero(alike).reshape(-1, 2).tolist():
            places = sorted(range(first, last + 1), key=strings.__getitem__)
            numbers[first : last + 1] = numbers[places]
            strings[first : last + 1] = [strings[place] for place in places]
        return numbers, strings


def _heads(raw: U8, starts: Indices, ends: Indices) -> U64:
    """Return the first eight bytes of strings as numbers that are ordered like them."""
    heads: U64 = np.ndarray(len(raw) - MARGIN + 1, np.dtype(">u8"), raw, strides=(1,))
    missing = np.maximum(MARGIN - (ends - starts), 0).astype(np.uint64) * np.uint64(8)
    found = heads[starts].astype(np.uint64)
    return np.where(missing < 64, found >> missing << missing, 0).astype(np.uint64)


def grown(numbers: Array, size: int) -> Array:
    """Return numbers with zeros behind them, if there are less than ``size``."""
    if len(numbers) >= size:
        return numbers
    return np.concatenate([numbers, np.zeros(size, numbers.dtype)])
