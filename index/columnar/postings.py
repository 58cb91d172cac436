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

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.arrays import offsets, spread
from index.columnar.narrow import Narrow, patch

if TYPE_CHECKING:
    from index.columnar.arrayfile import ArrayFile
    from index.columnar.arrays import F32, F64, U16, U32, Array, Indices, Mask

DENSE = 16
"""Terms of more than one document in this many are stored as bitmaps."""

FIRST = 1 << 15
"""Set in a position that is the first one in its document."""


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
        self._most = len(self._documents) + len(self._bitmaps) * size
        self.has_positions = f"{name}.positions" in file
        self.has_frequencies = self.has_positions or f"{name}.frequencies" in file
        self.has_weights = f"{name}.weights" in file
        self.has_spans = f"{name}.spans" in file
        self.has_boosts = f"{name}.boosts" in file

    def count(self, term: int) -> int:
        """Return how many documents have a term, deleted ones too."""
        return self._distance(term, term + 1)

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
        row = self._rows.get(term)
        if row is not None:
            return np.flatnonzero(self._unpacked(self._bitmaps[row]))
        start = self._sparse_start(term)
        return self._documents[start : start + self.count(term)].astype(np.intp)

    def mark(self, low: int, high: int, found: Mask) -> None:
        """Set ``found`` for each document that has any of the terms ``low`` to before ``high``."""
        first, behind = np.searchsorted(self._dense, (low, high))
        if first < behind:
            union = np.bitwise_or.reduce(self._bitmaps[first:behind], axis=0)
            np.logical_or(found, self._unpacked(union), out=found)
        found[self._documents[self._sparse_start(low) : self._sparse_start(high)]] = True

    def frequencies(self, term: int) -> U32 | None:
        """Return how often each document has a term, uint32; None where all have it once."""
        if not self.has_frequencies:
            return None
        if self.has_positions:
            return self._firsts_and_counts(term, term + 1)[1].astype(np.uint32)
        return self._frequencies.read(self.starts[term], self.starts[term + 1])

    def weights(self, term: int) -> F64:
        """Return what a term counts in each document, float64."""
        if self.has_weights:
            weights = self._file[f"{self._name}.weights"]
            return weights[self.starts[term] : self.starts[term + 1]].astype(np.float64)
        frequencies = self.frequencies(term)
        return np.ones(self.count(term)) if frequencies is None else frequencies.astype(np.float64)

    def positions(self, low: int, high: int) -> U32:
        """Return the positions of the terms ``low`` to before ``high``, uint32, in their order."""
        start, end = int(self._occurrences[low]), int(self._occurrences[high])
        positions = (self._positions[start:end] & np.uint16(FIRST - 1)).astype(np.uint32)
        patch(positions, start, self._wide_places, self._wide)
        return positions

    def places(self, low: int, high: int, wanted: Mask) -> tuple[Indices, Indices, U32]:
        """Return where wanted documents have the terms from ``low`` to before ``high``.

        ``wanted``: bool ``[documents of the segment]``. The result: intp ``[n]``, a document each;
        intp ``[n]``, how many occurrences are of it; their positions, uint32.
        """
        documents = self.documents(low) if high == low + 1 else self._documents_of(low, high)
        firsts, counts = self._firsts_and_counts(low, high)
        kept = wanted[documents]
        if kept.all():
            return documents.astype(np.intp), counts, self.positions(low, high)
        documents, firsts, counts = documents[kept].astype(np.intp), firsts[kept], counts[kept]
        start, end = int(self._occurrences[low]), int(self._occurrences[high])
        first, behind = np.searchsorted(self._wide_places, (start, end))
        at = spread(firsts, counts)
        if first < behind:
            return documents, counts, self.positions(low, high)[at]
        raw = self._positions[start:end][at] & np.uint16(FIRST - 1)
        return documents, counts, raw.astype(np.uint32)

    def decode(self, low: int, high: int) -> Decoded:
        """Return all that is known of the terms from ``low`` to before ``high``."""
        start, end = self.starts[low], self.starts[high]
        frequencies = np.ones(self._distance(low, high), np.uint32)
        if self.has_positions:
            frequencies = self._firsts_and_counts(low, high)[1].astype(np.uint32)
        elif self.has_frequencies:
            frequencies = self._frequencies.read(start, end)
        return Decoded(
            self.counts(low, high),
            self._documents_of(low, high),
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
    def _rows(self) -> dict[int, int]:
        """The row of the bitmaps at which each dense term has its own."""
        return {term: row for row, term in enumerate(self._dense.tolist())}

    @cached_property
    def _dense_before(self) -> Indices:
        """How many postings the bitmaps before each row hold; one longer than the bitmaps."""
        terms = self._dense.astype(np.intp)
        return offsets(self._bounds[terms + 1].astype(np.intp) - self._bounds[terms])

    def _distance(self, low: int, high: int) -> int:
        """Return how many postings there are from one term to before another.

        Raises ValueError for more than there can be: before memory is taken for them.
        """
        distance = int(self.starts[high]) - int(self.starts[low])
        if not 0 <= distance <= min(self._most, (high - low) * self._size):
            raise ValueError(f"{distance} postings")
        return distance

    def _sparse_start(self, term: int) -> int:
        """Return where the documents of a term begin, or would if it were not dense."""
        row = np.searchsorted(self._dense, term)
        return int(self.starts[term]) - int(self._dense_before[row])

    def _unpacked(self, bitmap: Array) -> Mask:
        return np.unpackbits(bitmap, count=self._size, bitorder="little").view(np.bool_)

    def _documents_of(self, low: int, high: int) -> U16:
        """Return the documents of consecutive terms."""
        start = self.starts[low]
        documents = np.empty(self._distance(low, high), np.uint16)
        sparse = np.ones(len(documents), np.bool_)
        first, behind = np.searchsorted(self._dense, (low, high))
        for row in range(first, behind):
            term = int(self._dense[row])
            place = slice(self.starts[term] - start, self.starts[term + 1] - start)
            documents[place] = np.flatnonzero(self._unpacked(self._bitmaps[row]))
            sparse[place] = False
        documents[sparse] = self._documents[self._sparse_start(low) : self._sparse_start(high)]
        return documents

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
