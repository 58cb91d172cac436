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

Frequencies of a field with positions are not stored, but for its most frequent terms: the bit tells
them. A bitmap of 65,536 documents is read in 40 µs, as many document numbers are in 6, which is
little beside scoring them; and the union of a hundred bitmaps, as a prefix needs it, is one
operation on whole words. Gaps of one byte instead of uint16 would save 226 bytes more (4 %), at
three ways of decoding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.bitmaps import BitmapRanking, Bitmaps
from index.columnar.narrow import Narrow
from index.columnar.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.columnar.arrayfile import ArrayFile
    from index.columnar.arrays import F32, F64, U8, U16, U32, Array, Indices, Mask

DENSE = 16
"""Terms of more than one document in this many are stored as bitmaps."""


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

    following: U8 | None = None
    """uint8 ``[occurrences]``: what comes next, see :mod:`index.columnar.following`."""


class ListRanking:
    """The ranks of documents among those of a list, uint16, ascending, not empty."""

    def __init__(self, documents: U16) -> None:
        self._documents = documents

    def ranks(self, documents: Indices) -> tuple[Mask, Indices]:
        """Look some documents up, as :meth:`~index.columnar.bitmaps.BitmapRanking.ranks`."""
        own = self._documents
        ranks = own.searchsorted(documents.astype(np.uint16))
        ranks[ranks == len(own)] = 0
        found = own.take(ranks) == documents
        return found, ranks[found]


class Postings:
    """The postings of one field of a segment of ``size`` documents, by number of term."""

    def __init__(self, file: ArrayFile, name: str, size: int) -> None:
        self._file, self._name, self._size = file, name, size
        self._bounds = file[f"{name}.postings"]
        self.starts = self._bounds.data
        self._documents: U16 = file[f"{name}.documents"]
        self.has_positions = f"{name}.positions" in file
        self.has_frequencies = self.has_positions or f"{name}.frequencies" in file
        self.has_weights = f"{name}.weights" in file
        self.has_spans = f"{name}.spans" in file
        self.has_boosts = f"{name}.boosts" in file
        self.has_following = f"{name}.following" in file

    def count(self, term: int) -> int:
        """Return how many documents have a term, deleted ones too."""
        return self._distance(term, term + 1)

    def counts(self, low: int, high: int) -> Indices:
        """Return how many documents have each of the terms from ``low`` to before ``high``."""
        bounds = self._bounds[low : high + 1].astype(np.intp)
        distances: Indices = bounds[1:] - bounds[:-1]
        return distances

    def occurrences(self, term: int) -> int:
        """Return how often a term occurs in all documents together."""
        if not self.has_frequencies:
            return self.count(term)
        return int(self._occurrences[term + 1]) - int(self._occurrences[term])

    @property
    def occurrence_bounds(self) -> Array:
        """Where the occurrences of each term begin, and at last how many there are."""
        return self._occurrences if self.has_frequencies else self._bounds

    # --- documents ----------------------------------------------------------------------------

    def documents(self, term: int) -> Indices:
        """Return the numbers of the documents that have a term, intp, ascending."""
        mask = self.mask(term)
        return self._few(term, term + 1).astype(np.intp) if mask is None else np.flatnonzero(mask)

    def mask(self, term: int) -> Mask | None:
        """Return whether each document has a term; None for a term that few have."""
        return self._dense.mask(term) if term in self._dense else None

    def ranking(self, term: int) -> BitmapRanking | ListRanking:
        """Return what tells the ranks of documents among those that have a term."""
        if term in self._dense:
            return self._dense.ranking(term)
        return ListRanking(self._few(term, term + 1))

    def documents_of(self, low: int, high: int) -> U16:
        """Return the documents of the terms ``low`` to before ``high``, term by term, uint16."""
        rows = self._dense.rows(low, high)
        is_dense = np.zeros(high - low, np.bool_)
        is_dense[[self._dense.term(row) - low for row in rows]] = True
        dense = np.repeat(is_dense, self.counts(low, high))
        documents = np.empty(len(dense), np.uint16)
        documents[dense] = self._dense.documents(rows)
        documents[~dense] = self._few(low, high)
        return documents

    def mark(self, ranges: Iterable[tuple[int, int]], found: Mask) -> None:
        """Set ``found`` for each document that has any term of some ranges, ends excluded."""
        few: list[U16] = []
        rows: list[int] = []
        for low, high in ranges:
            few.append(self._few(low, high))
            rows += self._dense.rows(low, high)
        if rows:
            np.logical_or(found, self._dense.union(rows), out=found)
        if few:
            found[np.concatenate(few).astype(np.intp)] = True

    # --- what a document has of a term --------------------------------------------------------

    def frequencies(self, term: int) -> U32 | None:
        """Return how often each document has a term, uint32; None where all have it once."""
        if not self.has_frequencies:
            return None
        if self.has_positions:
            return self.positions.frequencies(term, term + 1).astype(np.uint32)
        return self._frequencies.read(self.starts[term], self.starts[term + 1])

    def weights(self, term: int, ranks: Indices | None = None) -> F64:
        """Return what a term counts in each document, float64.

        ``ranks``: of which documents, by their ranks among those that have the term.
        """
        own: Array
        if self.has_weights:
            own = self._file[f"{self._name}.weights"][self.starts[term] : self.starts[term + 1]]
        elif self.has_positions:
            own = self.positions.frequencies(term, term + 1)
        elif self.has_frequencies:
            own = self._frequencies.read(self.starts[term], self.starts[term + 1], ranks)
            return own.astype(np.float64)
        else:
            return np.ones(self.count(term) if ranks is None else len(ranks))
        return (own if ranks is None else own[ranks]).astype(np.float64)

    def decode(self, low: int, high: int) -> Decoded:
        """Return all that is known of the terms from ``low`` to before ``high``."""
        start, end = self.starts[low], self.starts[high]
        frequencies = np.ones(self._distance(low, high), np.uint32)
        if self.has_positions:
            frequencies = self.positions.frequencies(low, high).astype(np.uint32)
        elif self.has_frequencies:
            frequencies = self._frequencies.read(start, end)
        return Decoded(
            self.counts(low, high),
            self.documents_of(low, high),
            frequencies,
            self._file[f"{self._name}.weights"][start:end] if self.has_weights else None,
            self.positions.exact(low, high) if self.has_positions else None,
            self._of_occurrences("spans", low, high) if self.has_spans else None,
            self._of_occurrences("boosts", low, high) if self.has_boosts else None,
            self._of_occurrences("following", low, high) if self.has_following else None,
        )

    def following(self, term: int) -> U8 | None:
        """Return what follows each occurrence of a term, None where that is not known.

        See :mod:`index.columnar.following`.
        """
        return self._of_occurrences("following", term, term + 1) if self.has_following else None

    # --- the arrays of the file ---------------------------------------------------------------

    @cached_property
    def positions(self) -> Positions:
        """Where the terms are, of a field that has positions."""
        return Positions(self._file, self._name, self._bounds)

    @cached_property
    def _dense(self) -> Bitmaps:
        terms, bitmaps = self._file[f"{self._name}.dense"], self._file[f"{self._name}.bitmaps"]
        return Bitmaps(terms, bitmaps, self._bounds, self._size)

    @cached_property
    def _occurrences(self) -> Array:
        return self._file[f"{self._name}.occurrences"]

    @cached_property
    def _frequencies(self) -> Narrow:
        return Narrow.from_file(self._file, f"{self._name}.frequencies")

    def _few(self, low: int, high: int) -> U16:
        """Return the documents of those of the terms ``low`` to before ``high`` without bitmaps."""
        start = int(self.starts[low]) - self._dense.before(low)
        return self._documents[start : int(self.starts[high]) - self._dense.before(high)]

    def _distance(self, low: int, high: int) -> int:
        """Return how many postings there are from one term to before another.

        Raises ValueError for more than there can be: before memory is taken for them.
        """
        distance = int(self.starts[high]) - int(self.starts[low])
        if not 0 <= distance <= min(self._most, (high - low) * self._size):
            raise ValueError(f"{distance} postings")
        return distance

    @cached_property
    def _most(self) -> int:
        """How many postings there can be at most, going by the arrays' lengths."""
        return len(self._documents) + len(self._file[f"{self._name}.bitmaps"]) * self._size

    def _of_occurrences(self, kind: str, low: int, high: int) -> Array:
        bounds = self._occurrences
        return self._file[f"{self._name}.{kind}"][int(bounds[low]) : int(bounds[high])]
