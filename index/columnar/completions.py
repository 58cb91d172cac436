"""Completions: the words that begin so, those of the most documents first, from the dictionaries.

How many documents have a term is the distance of two offsets, so the counts of all terms with a
prefix are one subtraction a segment. Only the most frequent of each segment are then compared by
their names, and more of them until no other could be among the best (R. Fagin, A. Lotem, M. Naor,
*Optimal aggregation algorithms for middleware*, 2003, known as the threshold algorithm).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.columnar.highest import least_of_highest
from index.columnar.reader import SegmentReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whoosh.reading import IndexReader

    from index.columnar.segment import Field

_SPARE = 4
"""How many times as many terms of each segment as are wanted are compared at first."""


class Completion(NamedTuple):
    """A term, and how many documents have it, deleted ones too."""

    text: str
    documents: int


def completions(
    reader: IndexReader, names: Iterable[str], prefix: str, limit: int
) -> list[Completion]:
    """Return the terms of some fields that begin so, at most ``limit``, the most frequent first.

    Equals are in the order of their bytes. The count of a term is that of the field in which most
    documents have it. ``reader``: of this package.
    """
    leaves = [leaf for leaf, _ in reader.leaf_readers() if isinstance(leaf, SegmentReader)]
    fields = [
        [
            _Counts(field, prefix.encode())
            for leaf in leaves
            if (field := leaf.columns.field(name)) is not None
        ]
        for name in names
    ]
    best: dict[bytes, int] = {}
    for segments in sorted(fields, key=_highest, reverse=True):
        first = _first(best, limit)
        if first and len(first) >= limit and _highest(segments) < first[-1][1]:
            break
        for term, count in _most_frequent(segments, limit):
            best[term] = max(best.get(term, 0), count)
    return [Completion(term.decode(), count) for term, count in _first(best, limit)]


def _highest(segments: list[_Counts]) -> int:
    """Return what no term of a field exceeds."""
    return sum(segment.highest for segment in segments)


def _most_frequent(segments: list[_Counts], limit: int) -> list[tuple[bytes, int]]:
    """Return the most frequent terms of a field, each with its count over all segments."""
    wanted = limit * _SPARE
    while True:
        for segment in segments:
            segment.look_at(wanted)
        totals = _totals(segments, limit)
        first = _first(totals, limit)
        # Terms that were not looked at have at most so many documents.
        most = sum(segment.rest for segment in segments)
        if not most or (len(first) == limit and first[-1][1] > most):
            return first
        wanted *= _SPARE


class _Counts:
    """How many documents of a segment have each term that begins so."""

    def __init__(self, field: Field, prefix: bytes) -> None:
        self._field = field
        self._low, high = field.terms.prefixed(prefix)
        self._counts = field.postings.counts(self._low, high)
        self.highest = int(self._counts.max(initial=0))
        """What no term exceeds."""

        self.known: dict[bytes, int] = {}
        """The counts of the terms looked at."""

        self.rest = 0
        """What no other term exceeds."""

    def look_at(self, wanted: int) -> None:
        """Look at the most frequent terms, as many as ``wanted`` or more."""
        few = len(self._counts) <= wanted
        self.rest = 0 if few else int(least_of_highest(self._counts, wanted))
        numbers = np.flatnonzero(self._counts >= max(self.rest, 1))
        terms = map(self._field.terms.__getitem__, (numbers + self._low).tolist())
        self.known = dict(zip(terms, self._counts[numbers].tolist(), strict=True))

    def count(self, term: bytes) -> int:
        """Return how many documents have a term, looked at or not."""
        if term not in self.known:
            number = self._field.terms.find(term)
            self.known[term] = 0 if number is None else self._field.postings.count(number)
        return self.known[term]


def _totals(segments: list[_Counts], limit: int) -> dict[bytes, int]:
    """Return the counts over all segments of the terms that may be among the most frequent."""
    least = Counter[bytes]()
    most = Counter[bytes]()
    everywhere = sum(segment.rest for segment in segments)
    for segment in segments:
        for term, count in segment.known.items():
            least[term] += count
            most[term] += count - segment.rest
    last = _first(least, limit)[-1:]
    enough = last[0][1] if last and len(least) >= limit else 0
    return {
        term: sum(segment.count(term) for segment in segments)
        for term, above in most.items()
        if above + everywhere >= enough
    }


def _first(counts: dict[bytes, int], limit: int) -> list[tuple[bytes, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
