"""Where the postings of a field come from when a segment is written: memory, or other segments."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import numpy as np

from index.columnar.arrays import offsets
from index.columnar.postings import Decoded

if TYPE_CHECKING:
    from index.columnar.arrays import U32, Array, Indices, Mask
    from index.columnar.segment import Field, Segment

    Picks: TypeAlias = slice | Mask | Indices

GONE = (1 << 32) - 1
"""The new number of a document that is left out."""


class Source(Protocol):
    """A field's sorted terms and their postings."""

    @property
    def numbers(self) -> U32:
        """The new number of each document, ascending, or :data:`GONE`."""

    @property
    def is_weighted(self) -> bool:
        """Whether the weights of its postings are others than the frequencies."""

    @property
    def bounds(self) -> Array:
        """Where the occurrences of each term begin; one longer than the terms."""

    def terms(self, low: int, high: int) -> list[bytes]:
        """Return the terms from ``low`` to before ``high``, sorted."""

    def place(self, term: bytes) -> int:
        """Return the number of the first term that is not before ``term``."""

    def decode(self, low: int, high: int) -> Decoded:
        """Return the postings of the terms from ``low`` to before ``high``."""

    def release(self) -> None:
        """Give back memory that holds nothing but what is on disk."""


class InMemory:
    """A source whose postings are in memory."""

    def __init__(self, terms: list[bytes], postings: Decoded, numbers: U32) -> None:
        self.numbers = numbers
        self.is_weighted = postings.weights is not None
        self._terms, self._postings = terms, postings
        self._starts = offsets(postings.counts)
        self.bounds = offsets(postings.frequencies)[self._starts]

    def terms(self, low: int, high: int) -> list[bytes]:
        """Return the terms from ``low`` to before ``high``, sorted."""
        return self._terms[low:high]

    def place(self, term: bytes) -> int:
        """Return the number of the first term that is not before ``term``."""
        return bisect_left(self._terms, term)

    def decode(self, low: int, high: int) -> Decoded:
        """Return the postings of the terms from ``low`` to before ``high``."""
        postings = slice(self._starts[low], self._starts[high])
        occurrences = slice(self.bounds[low], self.bounds[high])
        return picked(self._postings, self._postings.counts[low:high], postings, occurrences)

    def release(self) -> None:
        """Do nothing: it stays in memory."""


class InSegment(NamedTuple):
    """A source whose postings are in a segment."""

    segment: Segment
    field: Field
    numbers: U32

    @property
    def is_weighted(self) -> bool:
        """Whether the weights of its postings are others than the frequencies."""
        return self.field.postings.has_weights

    @property
    def bounds(self) -> Array:
        """Where the occurrences of each term begin; one longer than the terms."""
        return self.field.postings.occurrence_bounds

    def terms(self, low: int, high: int) -> list[bytes]:
        """Return the terms from ``low`` to before ``high``, sorted."""
        return list(self.field.terms.between(low, high))

    def place(self, term: bytes) -> int:
        """Return the number of the first term that is not before ``term``."""
        return self.field.terms.place(term)

    def decode(self, low: int, high: int) -> Decoded:
        """Return the postings of the terms from ``low`` to before ``high``."""
        return self.field.postings.decode(low, high)

    def release(self) -> None:
        """Give back the memory into which the file was read."""
        self.segment.file.release()


def renumbered(source: Source, low: int, high: int, *, weighted: bool) -> Decoded:
    """Return the postings of some terms under the new numbers, without documents left out.

    ``weighted``: whether they are to have weights even where these are the frequencies.
    """
    postings = source.decode(low, high)
    if weighted and postings.weights is None:
        postings = replace(postings, weights=postings.frequencies.astype(np.float32))
    documents = source.numbers[postings.documents]
    kept = documents != GONE
    if kept.all():
        return replace(postings, documents=documents.astype(np.uint16))
    terms = np.repeat(np.arange(high - low), postings.counts)
    counts = np.bincount(terms[kept], minlength=high - low)
    postings = replace(postings, documents=documents.astype(np.uint16))
    return picked(postings, counts, kept, np.repeat(kept, postings.frequencies))


def picked(postings: Decoded, counts: Indices, which: Picks, occurrences: Picks) -> Decoded:
    """Return some postings with some occurrences: those that are theirs, in their order."""

    def pick(array: Array | None, wanted: Picks) -> Array | None:
        return None if array is None else array[wanted]

    return Decoded(
        counts,
        postings.documents[which],
        postings.frequencies[which],
        pick(postings.weights, which),
        pick(postings.positions, occurrences),
        pick(postings.spans, occurrences),
        pick(postings.boosts, occurrences),
        pick(postings.following, occurrences),
    )
