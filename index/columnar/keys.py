"""Numbers for keys of 64 bits, in the order in which they come, a whole array at a time.

An open-addressing hash table in two arrays: the place of a key follows from its bits, and where
another key has that place already, it is the next free one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.columnar.arrays import U32, U64, Array, Indices

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
