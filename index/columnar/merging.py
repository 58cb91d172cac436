"""Merging: the postings of one field out of several sources, as one.

The sources are segments, or what a writer holds in memory. All postings of a slice of the terms
are decoded, sorted by term and document, and encoded again; the slices bound the memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from index.columnar.arrays import offsets, spread
from index.columnar.encoding import PostingsEncoder
from index.columnar.postings import Decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from index.columnar.arrays import F32, U32, Array, Indices
    from index.columnar.segment import Field

GONE = (1 << 32) - 1
"""The new number of a document that is left out."""

_SLICE = 1 << 20
"""Postings that are decoded at a time; one term may have more."""


class Source(Protocol):
    """A field's sorted terms and their postings."""

    @property
    def terms(self) -> Iterable[bytes]:
        """The terms, sorted."""

    @property
    def counts(self) -> Indices:
        """How many documents have each term."""

    @property
    def numbers(self) -> U32:
        """The new number of each document, or :data:`GONE`."""

    @property
    def is_weighted(self) -> bool:
        """Whether the weights of its postings are others than the frequencies."""

    def decode(self, low: int, high: int) -> Decoded:
        """Return the postings of the terms from ``low`` to before ``high``."""


class InMemory(NamedTuple):
    """A source whose postings are in memory."""

    terms: list[bytes]
    postings: Decoded
    numbers: U32

    @property
    def counts(self) -> Indices:
        """How many documents have each term."""
        return self.postings.counts

    @property
    def is_weighted(self) -> bool:
        """Whether the weights of its postings are others than the frequencies."""
        return self.postings.weights is not None

    def decode(self, low: int, high: int) -> Decoded:
        """Return the postings of the terms from ``low`` to before ``high``."""
        bounds = offsets(self.postings.counts)
        start, end = bounds[low], bounds[high]
        places = offsets(self.postings.frequencies)
        first, behind = places[start], places[end]

        def of_occurrences(array: Array | None) -> Array | None:
            return None if array is None else array[first:behind]

        weights = self.postings.weights
        return Decoded(
            self.postings.counts[low:high],
            self.postings.documents[start:end],
            self.postings.frequencies[start:end],
            None if weights is None else weights[start:end],
            of_occurrences(self.postings.positions),
            of_occurrences(self.postings.spans),
            of_occurrences(self.postings.boosts),
        )


class InSegment(NamedTuple):
    """A source whose postings are in a segment."""

    field: Field
    numbers: U32

    @property
    def terms(self) -> Iterable[bytes]:
        """The terms, sorted."""
        return self.field.terms

    @property
    def counts(self) -> Indices:
        """How many documents have each term."""
        return self.field.postings.counts(0, len(self.field.terms))

    @property
    def is_weighted(self) -> bool:
        """Whether the weights of its postings are others than the frequencies."""
        return self.field.postings.has_weights

    def decode(self, low: int, high: int) -> Decoded:
        """Return the postings of the terms from ``low`` to before ``high``."""
        return self.field.postings.decode(low, high)


def merge(sources: list[Source], size: int, folder: Path) -> tuple[list[bytes], PostingsEncoder]:
    """Return the terms of all sources that any document still has, and their postings.

    ``size``: how many documents there will be; ``folder``: for what is too much for memory.
    """
    union = sorted(set().union(*(source.terms for source in sources)))
    ranks = {term: rank for rank, term in enumerate(union)}
    ranked = [np.fromiter((ranks[term] for term in s.terms), np.intp) for s in sources]
    totals = np.zeros(len(union), np.intp)
    for numbers, source in zip(ranked, sources, strict=True):
        totals[numbers] += source.counts
    kept: list[bytes] = []
    encoder = PostingsEncoder(size, folder)
    weighted = any(source.is_weighted for source in sources)
    for low, high in _slices(totals):
        taken = []
        for numbers, source in zip(ranked, sources, strict=True):
            first, behind = np.searchsorted(numbers, (low, high)).tolist()
            if first < behind:
                decoded = source.decode(first, behind)
                taken.append(_Taken(numbers[first:behind] - low, decoded, source.numbers))
        counts, postings = _merged(taken, high - low, weighted)
        kept += (union[low + term] for term in np.flatnonzero(counts).tolist())
        encoder.add(postings)
    return kept, encoder


class _Taken(NamedTuple):
    """Postings of a slice out of one source."""

    terms: Indices
    """The places in the slice of the terms it has."""

    postings: Decoded
    numbers: U32


def _slices(totals: Indices) -> Iterator[tuple[int, int]]:
    """Yield stretches of terms whose postings are not too many to be decoded at a time."""
    bounds = offsets(totals)
    low = 0
    while low < len(totals):
        high = int(np.searchsorted(bounds, bounds[low] + _SLICE, side="right")) - 1
        high = max(high, low + 1)
        yield low, high
        low = high


def _merged(taken: list[_Taken], terms: int, weighted: bool) -> tuple[Indices, Decoded]:
    """Return how many documents have each term of a slice, and its postings in order."""
    term = np.concatenate([np.repeat(t.terms, t.postings.counts) for t in taken])
    document = np.concatenate([t.numbers[t.postings.documents] for t in taken])
    keys = (term.astype(np.uint64) << np.uint64(32)) | document
    order = np.argsort(keys, kind="stable")
    order = order[document[order] != GONE]
    frequencies = np.concatenate([t.postings.frequencies for t in taken])
    places = spread(offsets(frequencies)[:-1][order], frequencies[order].astype(np.intp))

    def of_occurrences(pick: Callable[[Decoded], Array | None]) -> Array | None:
        arrays = [pick(t.postings) for t in taken]
        return _joined(arrays, [_occurrences(t.postings) for t in taken], places)

    counts = np.bincount(term[order], minlength=terms)
    decoded = Decoded(
        counts[counts > 0],
        document[order].astype(np.uint16),
        frequencies[order],
        _weights(taken)[order] if weighted else None,
        of_occurrences(lambda postings: postings.positions),
        of_occurrences(lambda postings: postings.spans),
        of_occurrences(lambda postings: postings.boosts),
    )
    return counts, decoded


def _weights(taken: list[_Taken]) -> F32:
    """Return the weights of all postings; where a source has none, they are the frequencies."""
    return np.concatenate(
        [
            t.postings.frequencies.astype(np.float32)
            if t.postings.weights is None
            else t.postings.weights
            for t in taken
        ]
    )


def _occurrences(postings: Decoded) -> int:
    return int(postings.frequencies.sum(dtype=np.intp))


def _joined(arrays: list[Array | None], lengths: list[int], places: Indices) -> Array | None:
    """Return arrays of occurrences in order; a source that lacks them has zeros."""
    known = next((array for array in arrays if array is not None), None)
    if known is None:
        return None
    filled = [
        np.zeros((length, *known.shape[1:]), known.dtype) if array is None else array
        for array, length in zip(arrays, lengths, strict=True)
    ]
    joined: Array = np.concatenate(filled)[places]
    return joined
