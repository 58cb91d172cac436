"""Numbers for keys of 64 bits and for byte strings, a whole array of them at a time.

An open-addressing hash table in two arrays: the place of a key follows from its bits, and where
another key has that place already, it is the next free one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.columnar.arrays import U8, U32, U64, Array, Indices

MARGIN = 8
"""Bytes behind byte strings, so that this many can be read from any place of them."""

_HEAD, _TAIL = 8, 4
"""Bytes of a string that its first key takes, and each one that follows."""

_FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(_HEAD + 1)], np.uint64)
"""The bits of the first bytes of a number in memory, by how many they are."""

_TAIL_MARK = np.uint64(0xFF << 56)
"""Set in the keys that follow, and in no first one."""

_SMALLEST = 14
"""Bits of a place in an empty table."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ divided by the golden ratio: Fibonacci hashing (Knuth, volume 3, 6.4)."""


class Keys:
    """All keys met so far. Zero is no key."""

    def __init__(self) -> None:
        self._count = 0
        self._make(_SMALLEST)

    def __len__(self) -> int:
        return self._count

    def numbers(self, keys: U64) -> U32:
        """Return the number of each key, uint32; new keys get the next ones."""
        places = self._first_places(keys)
        found = self._keys[places]
        numbers = self._numbers[places]
        left = np.flatnonzero(found != keys)
        missing: list[Indices] = []
        while len(left):
            missing.append(left[found[left] == 0])
            left = left[found[left] != 0]
            places[left] = self._next(places[left])
            found[left] = self._keys[places[left]]
            here = left[found[left] == keys[left]]
            numbers[here] = self._numbers[places[here]]
            left = left[found[left] != keys[left]]
        if missing:
            absent = np.concatenate(missing)
            numbers[absent] = self._add(keys[absent])
        return numbers

    def of_strings(
        self, raw: U8, starts: Indices, lengths: Indices, most: int | None = None
    ) -> tuple[U32, Indices]:
        """Return the numbers of byte strings, and the places of those that are too long.

        ``raw``: uint8, where the strings lie, with :data:`MARGIN` bytes behind the last. None ends
        in a zero byte, nor has 255 as its eighth. ``most``: bytes of the longest; the number of
        what is longer is that of its beginning.

        The first eight bytes of a string are its first key. Each further key is the number of the
        one before it with the next four bytes: so the last one tells the string from all others.
        """
        heads: U64 = np.ndarray(len(raw) - MARGIN + 1, np.dtype("<u8"), raw, strides=(1,))
        tails: U32 = np.ndarray(len(raw) - MARGIN + 1, np.dtype("<u4"), raw, strides=(1,))
        keys = heads[starts] & _FIRST_BYTES[np.minimum(lengths, _HEAD)]
        keys[lengths == 0] = _TAIL_MARK
        numbers = self.numbers(keys)
        left = np.flatnonzero(lengths > _HEAD)
        done = _HEAD
        while len(left) and (most is None or done < most):
            keys = (
                tails[starts[left] + done] & _FIRST_BYTES[np.minimum(lengths[left] - done, _TAIL)]
            )
            keys |= numbers[left].astype(np.uint64) << np.uint64(8 * _TAIL)
            numbers[left] = self.numbers(keys | _TAIL_MARK)
            done += _TAIL
            left = left[lengths[left] > done]
        return numbers, left

    def _add(self, keys: U64) -> U32:
        """Return the numbers of keys that are not there yet, the same keys alike."""
        fresh, inverse = np.unique(keys, return_inverse=True)
        numbers = np.arange(self._count, self._count + len(fresh), dtype=np.uint32)
        self._count += len(fresh)
        if 2 * self._count > len(self._keys):
            known = self._keys != 0
            held = self._keys[known], self._numbers[known]
            self._make((2 * self._count).bit_length())
            self._put(*held)
        self._put(fresh, numbers)
        found: U32 = numbers[inverse]
        return found

    def _make(self, bits: int) -> None:
        """Make an empty table, of which never more than half is taken."""
        self._shift = np.uint64(64 - bits)
        self._keys = np.zeros(1 << bits, np.uint64)
        self._numbers = np.zeros(1 << bits, np.uint32)

    def _put(self, keys: U64, numbers: U32) -> None:
        """Put keys into the table, each different from all others and from those there."""
        places = self._first_places(keys)
        while len(keys):
            free = np.flatnonzero(self._keys[places] == 0)
            # Of several for the same place one is there in the end; the others go on.
            self._keys[places[free]] = keys[free]
            there = self._keys[places] == keys
            self._numbers[places[there]] = numbers[there]
            keys, numbers = keys[~there], numbers[~there]
            places = self._next(places[~there])

    def _first_places(self, keys: U64) -> Array:
        return ((keys * _FACTOR) >> self._shift).astype(np.intp)

    def _next(self, places: Array) -> Array:
        return (places + 1) & (len(self._keys) - 1)
