"""Narrow integers: whole numbers in as few bits as nearly all of them need, exceptions beside them.

Of the frequencies of words in news, 3 in 100,000 exceed 255; of the positions in an article,
next to none exceeds 32,767. A wider type for all, because of these, would double the index.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from index.columnar.arrayfile import ArrayFile
    from index.columnar.arrays import U32, Array, Indices


class Narrow(NamedTuple):
    """Many whole numbers of up to 32 bits."""

    low: Array
    """uint8 or uint16 ``[n]``: each number, or the highest that fits."""

    places: U32
    """uint32 ``[e]``, ascending: the places of the numbers that do not fit."""

    wide: U32
    """uint32 ``[e]``: these numbers."""

    def __len__(self) -> int:
        return len(self.low)

    def read(self, start: int, end: int, chosen: Indices | None = None) -> U32:
        """Return the numbers from place ``start`` to before ``end``, as a new array.

        ``chosen``: which of them, counted from ``start``.
        """
        low = self.low[start:end]
        if chosen is None:
            numbers = low.astype(np.uint32)
            patch(numbers, start, self.places, self.wide)
            return numbers
        numbers = low.take(chosen).astype(np.uint32)
        first, behind = _within(self.places, start, end)
        for place in range(first, behind):
            numbers[chosen == self.places[place] - start] = self.wide[place]
        return numbers

    @classmethod
    def of(cls, numbers: Array, limit: int) -> Narrow:
        """Return numbers, of which those up to ``limit`` are to be stored in few bits."""
        places = np.flatnonzero(numbers > limit)
        low = np.minimum(numbers, limit).astype(np.uint8 if limit < 1 << 8 else np.uint16)
        return cls(low, places.astype(np.uint32), numbers[places].astype(np.uint32))

    @classmethod
    def from_file(cls, file: ArrayFile, name: str) -> Narrow:
        """Return the numbers stored under ``name``."""
        return cls(file[name], file[f"{name}.places"], file[f"{name}.wide"])


def patch(numbers: U32, start: int, places: U32, wide: U32) -> None:
    """Put the exceptions into ``numbers``, which were read from place ``start`` on."""
    first, behind = _within(places, start, start + len(numbers))
    if first < behind:
        numbers[places[first:behind] - np.uint32(start)] = wide[first:behind]


def _within(places: U32, start: int, end: int) -> tuple[int, int]:
    """Return which of the exceptions are from place ``start`` to before ``end``."""
    if not len(places):
        return 0, 0
    # Bisecting a view in Python takes a third of what a call of NumPy does.
    first = bisect_left(places.data, start)
    return first, bisect_left(places.data, end, lo=first)
