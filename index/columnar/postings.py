"""The postings of a field: which documents have a term, how often, and where.

As much of an article is postings as is text, so each is stored in as few bytes as can still be
read a whole array at a time. Measured on 15,992 news articles of 963 words (6,050 bytes) each, in
bytes an article:

=======================================================  =========  ===========
what                                                     unstemmed  stemmed
=======================================================  =========  ===========
document numbers as uint16 (a segment has at most 65,536)      866          785
the same, terms of more than a 16th of all as bitmaps          539          408
positions as uint16, one bit of them for "next document"     1,976            –
frequencies as uint8                                             –          393
=======================================================  =========  ===========

Frequencies of a field with positions are not stored: the bit tells them. A bitmap of 65,536
documents is read in 40 µs, as many document numbers are in 6, which is little beside scoring
them; and the union of a hundred bitmaps, as a prefix needs it, is one operation on whole words.
Gaps of one byte instead of uint16 would save 226 bytes more (4 %), at three ways of decoding.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.arrays import offsets
from index.columnar.narrow import Narrow, patch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.columnar.arrayfile import ArrayFile
    from index.columnar.arrays import F32, F64, U16, U32, Array, Indices, Mask

DENSE = 16
"""Terms of more than one document in this many are stored as bitmaps."""

FIRST = 1 << 15
"""Set in a position that is the first one in its document."""

_BELOW = np.array([(1 << bit) - 1 for bit in range(8)], np.uint8)
"""The bits of a byte below each of its bits."""

_COUNTS = np.array([byte.bit_count() for byte in range(256)], np.uint8)
"""How many bits of a byte are set."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Postings of consecutive terms, in order of terms, then of documents."""

    counts: Indices
    """intp ``[terms]``: how many documents have each term."""

    documents: U16
    """uint16 ``[postings]``: document numbers, ascending within each term."""

    frequencies: U32
    """uint32 ``[postings]``: how often each document has the term."""

    weights: F32 | None = None
    """float32 ``[postings]``: what these occurrences count; None where that is the frequency."""

    positions: U32 | None = None
    """uint32 ``[occurrences]``: where each document has the term."""

    spans: U32 | None = None
    """uint32 ``[occurrences, 2]``: first character, and behind the last, of each occurrence."""

    boosts: F32 | None = None
    """float32 ``[occurrences]``: what each occurrence counts."""


class Postings:
    """The postings of one field of a segment of ``size`` documents, by number of term."""

    def __init__(self, file: ArrayFile, name: str, size: int) -> None:
        self._file, self._name, self._size = file, name, size
        self.starts = file[f"{name}.postings"].data
        self._documents: U16 = file[f"{name}.documents"]
        self._bitmaps: Array = file[f"{name}.bitmaps"]
        self._dense: U32 = file[f"{name}.dense"]
        self.has_positions = f"{name}.positions" in file
        self.has_frequencies = self.has_positions or f"{name}.frequencies" in file
        self.has_weights = f"{name}.weights" in file
        self.has_spans = f"{name}.spans" in file
        self.has_boosts = f"{name}.boosts" in file

    def count(self, term: int) -> int:
        """Return how many documents have a term, deleted ones too."""
        return int(self.starts[term + 1] - self.starts[term])

    def counts(self, low: int, high: int) -> Indices:
        """Return how many documents have each of the terms from ``low`` to before ``high``."""
        return _distances(self._bounds[low : high + 1])

    def occurrences(self, term: int) -> int:
        """Return how often a term occurs in all documents together."""
        if not self.has_frequencies:
            return self.count(term)
        return int(self._occurrences[term + 1]) - int(self._occurrences[term])

    def documents(self, term: int) -> Indices:
        """Return the numbers of the documents that have a term, intp, ascending."""
        mask = self.mask(term)
        return self._few(term).astype(np.intp) if mask is None else np.flatnonzero(mask)

    def mask(self, term: int) -> Mask | None:
        """Return whether each document has a term; None for a term that few have."""
        row = self._rows.get(term)
        return None if row is None else self._unpacked(self._bitmaps[row])

    def ranks(self, term: int, documents: Indices) -> tuple[Mask, Indices]:
        """Look some documents up among those that have a term.

        ``documents``: intp ``[n]``, ascending. The result: whether each has the term, bool
        ``[n]``; and the ranks of those that have it among all that have it, intp.
        """
        row = self._rows.get(term)
        if row is None:
            own = self._few(term)
            ranks = own.searchsorted(documents.astype(np.uint16))
            ranks[ranks == len(own)] = 0
            found = own[ranks] == documents
            return found, ranks[found]
        bitmap, bytes_, bits = self._bitmaps[row], documents >> 3, documents & 7
        own = bitmap[bytes_]
        found = (own >> bits & 1).astype(np.bool_)
        bytes_, own = bytes_[found], own[found]
        counts = _COUNTS[bitmap]
        before = np.cumsum(counts, dtype=np.int32)[bytes_] - counts[bytes_]
        return found, before + _COUNTS[own & _BELOW[bits[found]]]

    def documents_of(self, low: int, high: int) -> U16:
        """Return the documents of the terms ``low`` to before ``high``, term by term, uint16."""
        start = self.starts[low]
        documents = np.empty(self.starts[high] - start, np.uint16)
        sparse = np.ones(len(documents), np.bool_)
        first, behind = np.searchsorted(self._dense, (low, high))
        for row in range(first, behind):
            term = int(self._dense[row])
            place = slice(self.starts[term] - start, self.starts[term + 1] - start)
            documents[place] = np.flatnonzero(self._unpacked(self._bitmaps[row]))
            sparse[place] = False
        documents[sparse] = self._documents[self._sparse_start(low) : self._sparse_start(high)]
        return documents

    def mark(self, ranges: Iterable[tuple[int, int]], found: Mask) -> None:
        """Set ``found`` for each document that has any term of some ranges, ends excluded."""
        few: list[U16] = []
        rows: list[int] = []
        for low, high in ranges:
            first, behind = (bisect_left(self._dense_terms, term) for term in (low, high))
            rows += range(first, behind)
            start = int(self.starts[low]) - self._dense_before[first]
            few.append(self._documents[start : int(self.starts[high]) - self._dense_before[behind]])
        if rows:
            union = np.bitwise_or.reduce(self._bitmaps[rows], axis=0)
            np.logical_or(found, self._unpacked(union), out=found)
        if few:
            found[np.concatenate(few).astype(np.intp)] = True

    def frequencies(self, term: int) -> U32 | None:
        """Return how often each document has a term, uint32; None where all have it once."""
        if not self.has_frequencies:
            return None
        if self.has_positions:
            return self._firsts_and_counts(term, term + 1)[1].astype(np.uint32)
        return self._frequencies.read(self.starts[term], self.starts[term + 1])

    def weights(self, term: int, ranks: Indices | None = None) -> F64:
        """Return what a term counts in each document, float64.

        ``ranks``: of which documents, by their ranks among those that have the term.
        """
        if self.has_weights:
            own = self._file[f"{self._name}.weights"][self.starts[term] : self.starts[term + 1]]
        elif self.has_positions:
            own = self._firsts_and_counts(term, term + 1)[1]
        elif self.has_frequencies:
            own = self._frequencies.read(self.starts[term], self.starts[term + 1], ranks)
            return own.astype(np.float64)
        else:
            return np.ones(self.count(term) if ranks is None else len(ranks))
        return (own if ranks is None else own[ranks]).astype(np.float64)

    def positions(self, low: int, high: int) -> U32:
        """Return the positions of the terms ``low`` to before ``high``, uint32, in their order."""
        start, end = int(self._occurrences[low]), int(self._occurrences[high])
        positions = (self._positions[start:end] & np.uint16(FIRST - 1)).astype(np.uint32)
        patch(positions, start, self._wide_places, self._wide)
        return positions

    def marked_positions(self, low: int, high: int) -> U16:
        """Return the positions as they are stored, :data:`FIRST` set in each document's first.

        Those for which :meth:`has_wide` tells are too high for their bits.
        """
        return self._positions[int(self._occurrences[low]) : int(self._occurrences[high])]

    def has_wide(self, low: int, high: int) -> bool:
        """Tell whether any position of the terms ``low`` to before ``high`` exceeds its bits."""
        bounds = int(self._occurrences[low]), int(self._occurrences[high])
        first, behind = np.searchsorted(self._wide_places, bounds)
        return bool(first < behind)

    def decode(self, low: int, high: int) -> Decoded:
        """Return all that is known of the terms from ``low`` to before ``high``."""
        start, end = self.starts[low], self.starts[high]
        frequencies = np.ones(end - start, np.uint32)
        if self.has_positions:
            frequencies = self._firsts_and_counts(low, high)[1].astype(np.uint32)
        elif self.has_frequencies:
            frequencies = self._frequencies.read(start, end)
        return Decoded(
            self.counts(low, high),
            self.documents_of(low, high),
            frequencies,
            self._file[f"{self._name}.weights"][start:end] if self.has_weights else None,
            self.positions(low, high) if self.has_positions else None,
            self._of_occurrences("spans", low, high) if self.has_spans else None,
            self._of_occurrences("boosts", low, high) if self.has_boosts else None,
        )

    # --- the arrays of the file ---------------------------------------------------------------

    @cached_property
    def _bounds(self) -> Array:
        return self._file[f"{self._name}.postings"]

    @cached_property
    def _occurrences(self) -> Array:
        return self._file[f"{self._name}.occurrences"]

    @cached_property
    def _positions(self) -> U16:
        return self._file[f"{self._name}.positions"]

    @cached_property
    def _wide(self) -> U32:
        return self._file[f"{self._name}.positions.wide"]

    @cached_property
    def _wide_places(self) -> U32:
        return self._file[f"{self._name}.positions.places"]

    @cached_property
    def _frequencies(self) -> Narrow:
        return Narrow.from_file(self._file, f"{self._name}.frequencies")

    @cached_property
    def _dense_terms(self) -> list[int]:
        terms: list[int] = self._dense.tolist()
        return terms

    @cached_property
    def _rows(self) -> dict[int, int]:
        """The row of the bitmaps at which each dense term has its own."""
        return {term: row for row, term in enumerate(self._dense_terms)}

    @cached_property
    def _dense_before(self) -> list[int]:
        """How many postings the bitmaps before each row hold; one longer than the bitmaps."""
        terms = self._dense.astype(np.intp)
        before: list[int] = offsets(
            self._bounds[terms + 1].astype(np.intp) - self._bounds[terms]
        ).tolist()
        return before

    def _sparse_start(self, term: int) -> int:
        """Return where the documents of a term begin, or would if it were not dense."""
        return int(self.starts[term]) - self._dense_before[bisect_left(self._dense_terms, term)]

    def _few(self, term: int) -> U16:
        """Return the documents of a term that is not dense."""
        start = self._sparse_start(term)
        return self._documents[start : start + self.count(term)]

    def _unpacked(self, bitmap: Array) -> Mask:
        return np.unpackbits(bitmap, count=self._size, bitorder="little").view(np.bool_)

    def _firsts_and_counts(self, low: int, high: int) -> tuple[Indices, Indices]:
        """Return where the occurrences of each posting begin, and how many there are."""
        raw = self._positions[int(self._occurrences[low]) : int(self._occurrences[high])]
        firsts = np.flatnonzero(raw >= FIRST)
        return firsts, np.diff(firsts, append=len(raw))

    def _of_occurrences(self, kind: str, low: int, high: int) -> Array:
        bounds = self._occurrences
        return self._file[f"{self._name}.{kind}"][int(bounds[low]) : int(bounds[high])]


def _distances(bounds: Array) -> Indices:
    """Return how long the stretches between ascending bounds are."""
    places = bounds.astype(np.intp)
    return places[1:] - places[:-1]
