"""A word of a phrase in a segment: where it is, and what comes next to it.

A place is a document and a position in one number: of 32 bits, the upper half is the document, the
lower half the position.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.columnar.arrays import spread
from index.columnar.evaluation.documents import Documents, nothing
from index.columnar.evaluation.scoring import TermPart
from index.columnar.following import SEVERAL, is_of_one, number_of
from index.columnar.positions import FIRST

if TYPE_CHECKING:
    from index.columnar.arrays import U16, U32, Array, Indices, Mask
    from index.columnar.evaluation.parts import Part
    from index.columnar.segment import Field

FEW = 16
"""Of so many times fewer places, each is looked up; otherwise both are merged. One document in so
many is few, too."""

LAST = np.uint16(FIRST - 1)
"""The bits of a position; all of them set stand for all positions that have more bits."""


class Word(NamedTuple):
    """One step of a phrase."""

    low: int
    high: int
    """Its terms have the numbers from ``low`` to before ``high``."""

    ranked: bool
    """Whether its one term counts as BM25F has it; otherwise it counts 1."""


class Pairs(NamedTuple):
    """Documents in which two words are next to each other."""

    sure: Documents
    unsure: Documents
    """Those in which they may be."""


class Step:
    """Where a word of a phrase is in a segment."""

    def __init__(self, field: Field, word: Word, part: Part) -> None:
        self._low, self._high, _ = word
        self._is_one = self._high == self._low + 1
        self._number = number_of(field.terms[self._low]) if self._is_one else None
        postings = field.postings
        self._postings, self._part = postings, part
        self._marked = postings.positions.marked(self._low, self._high)

    def __len__(self) -> int:
        return len(self._marked)

    @cached_property
    def _documents(self) -> Array:
        if self._is_one:
            return self._part.documents.numbers
        return self._postings.documents_of(self._low, self._high)

    @cached_property
    def _bounds(self) -> Indices:
        """Where the occurrences of each posting begin, and at last where they end."""
        if isinstance(self._part, TermPart):
            return self._part.occurrence_bounds
        return self._postings.positions.bounds_of(self._low, self._high)

    def followed_by(self, other: Step) -> Pairs | None:
        """Return the documents in which another word comes next, as far as bytes tell.

        None where they tell nothing.
        """
        behind = self._postings.following(self._low) if self._is_one else None
        if behind is None or other._number is None:
            return None
        if is_of_one(other._number):
            return Pairs(self._at(behind == other._number), self._at(behind == SEVERAL))
        unsure = (behind == other._number) | (behind == SEVERAL)
        return Pairs(nothing(self._part.documents.size), self._at(unsure))

    def _at(self, marks: Mask) -> Documents:
        """Return the documents of some occurrences of the word, its one term's."""
        size, documents = self._part.documents.size, self._documents
        count = int(np.count_nonzero(marks))
        if count * FEW < len(marks):
            postings = self._bounds.searchsorted(np.flatnonzero(marks), side="right") - 1
            return Documents(size, numbers=once(documents[postings]))
        return Documents(size, numbers=documents[np.logical_or.reduceat(marks, self._bounds[:-1])])

    @property
    def has_wide(self) -> bool:
        """Whether a position is too high for its 15 bits."""
        return self._postings.positions.has_wide(self._low, self._high)

    def far(self, wanted: Documents) -> Indices:
        """Return which wanted documents have the word at the highest position of 15 bits."""
        documents, postings = self._chosen(wanted)
        lasts = self._marked[self._bounds[postings + 1] - 1] & LAST
        return np.unique(documents[lasts == LAST].astype(np.intp))

    def places(self, wanted: Documents, *, wide: bool) -> Array:
        """Return where the wanted documents, which all have the word, have it, ascending.

        The upper half of the bits is the document, the lower half the position: of 32 bits,
        uint32; where ``wide``, of 64, int64. Without, the highest position stands for all above.
        """
        if self._is_one and len(wanted) == len(self._part.documents) and not wide:
            counts = self._bounds[1:] - self._bounds[:-1]
            return self._in_order(self._documents, counts, self._marked)
        documents, postings = self._chosen(wanted)
        counts = self._bounds[postings + 1] - self._bounds[postings]
        chosen = spread(self._bounds[postings], counts)
        if wide:
            exact = self._postings.positions.exact_at(self._low, self._high, chosen)
            return self._in_order(documents, counts, exact)
        return self._in_order(documents, counts, self._marked.take(chosen))

    def _chosen(self, wanted: Documents) -> tuple[Array, Indices]:
        """Return the postings of the wanted documents: the documents, and which they are."""
        if isinstance(self._part, TermPart) and len(wanted) * FEW < len(self._part.documents):
            return wanted.numbers, self._part.ranking.ranks(wanted.numbers)[1]
        postings = np.flatnonzero(wanted.has(self._documents))
        return self._documents[postings], postings

    def _in_order(self, documents: Array, counts: Indices, positions: U16 | U32) -> Array:
        places: Array
        if positions.dtype == np.uint32:
            places = np.repeat(documents.astype(np.int64) << 32, counts)
            places |= positions
        else:
            places = np.repeat(documents.astype(np.uint32) << np.uint32(16), counts)
            places |= positions & LAST
        # Those of one term are nearly always in order already; then this takes next to no time.
        places.sort(kind="stable" if self._is_one else None)
        return places


def once(numbers: Array) -> Array:
    """Return ascending numbers without doubles."""
    new = numbers[1:] != numbers[:-1]
    return numbers if new.all() else numbers[np.append(True, new)]
