"""Bitmaps: the documents of the frequent terms of a field, a bit for each document of the segment.

Document 0 is the lowest bit of the first byte.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.arrays import offsets

if TYPE_CHECKING:
    from index.columnar.arrays import U8, U16, U32, Array, Indices, Mask

MOST_BITS = 1 << 20
"""Bits of bitmaps that are packed or unpacked at a time, a byte each."""

_BELOW = np.array([(1 << bit) - 1 for bit in range(8)], np.uint8)
"""The bits of a byte below each of its bits."""

_COUNTS = np.array([byte.bit_count() for byte in range(256)], np.uint8)
"""How many bits of a byte are set."""


class BitmapRanking:
    """The ranks of documents among those of one bitmap. It keeps two bytes for each of that."""

    def __init__(self, bitmap: U8) -> None:
        self._bitmap = bitmap
        counts = _COUNTS.take(bitmap)
        # With 65,536 documents, only behind the last one there may be too many for two bytes.
        self._before = np.cumsum(counts, dtype=np.uint16)
        self._before -= counts

    def ranks(self, documents: Indices) -> tuple[Mask, Indices]:
        """Look some documents up, intp ``[n]``, ascending.

        The result: whether each is in the bitmap, bool ``[n]``; and the ranks of those that are
        among all that are, intp.
        """
        places, bits = documents >> 3, documents & 7
        own = self._bitmap.take(places)
        below = own & _BELOW.take(bits)
        ranks = self._before.take(places).astype(np.intp)
        ranks += _COUNTS.take(below)
        found = (own >> bits & 1).astype(np.bool_)
        return found, ranks if found.all() else ranks[found]


class Bitmaps:
    """The bitmaps of some terms.

    ``terms``: uint32 ``[rows]``, their numbers, ascending; ``bitmaps``: uint8
    ``[rows, bytes]``; ``bounds``: where the postings of each term of the field begin.
    """

    def __init__(self, terms: U32, bitmaps: U8, bounds: Array, size: int) -> None:
        self._terms: list[int] = terms.tolist()
        self._rows = {term: row for row, term in enumerate(self._terms)}
        self._bitmaps, self._bounds, self._size = bitmaps, bounds, size

    def __contains__(self, term: int) -> bool:
        return term in self._rows

    def rows(self, low: int, high: int) -> range:
        """Return the rows of the terms that are numbered from ``low`` to before ``high``."""
        return range(bisect_left(self._terms, low), bisect_left(self._terms, high))

    def term(self, row: int) -> int:
        """Return the number of the term of a row."""
        return self._terms[row]

    def mask(self, term: int) -> Mask:
        """Return whether each document has a term, bool ``[size]``."""
        return self._unpacked(self._bitmaps[self._rows[term]])

    def documents(self, rows: range) -> U16:
        """Return the documents of consecutive rows, row by row, uint16."""
        step = max(MOST_BITS // self._size, 1)
        found = [np.zeros(0, np.uint16)]
        for first in range(rows.start, rows.stop, step):
            some = self._bitmaps[first : min(first + step, rows.stop)]
            bits = np.unpackbits(some, axis=1, count=self._size, bitorder="little")
            found.append(np.nonzero(bits)[1].astype(np.uint16))
        return np.concatenate(found)

    def union(self, rows: list[int]) -> Mask:
        """Return whether each document has any term of some rows, bool ``[size]``."""
        return self._unpacked(np.bitwise_or.reduce(self._bitmaps[rows], axis=0))

    def ranking(self, term: int) -> BitmapRanking:
        """Return what tells the ranks of documents among those that have a term."""
        return BitmapRanking(self._bitmaps[self._rows[term]])

    def before(self, term: int) -> int:
        """Return how many documents all terms before another one have, of those with a row."""
        return self._before[bisect_left(self._terms, term)]

    @cached_property
    def _before(self) -> list[int]:
        terms = np.array(self._terms, np.intp)
        counts = self._bounds[terms + 1].astype(np.intp) - self._bounds[terms]
        before: list[int] = offsets(counts).tolist()
        return before

    def _unpacked(self, bitmap: U8) -> Mask:
        return np.unpackbits(bitmap, count=self._size, bitorder="little").view(np.bool_)
