"""Completions: the words that begin so, those of the most documents first, from the dictionaries.

How many documents have a term is the distance of two offsets, so the counts of all terms with a
prefix are one subtraction a segment. Only the most frequent of each segment are then compared by
their names, and more of them until no other could be among the best (R. Fagin, A. Lotem, M. Naor,
*Optimal aggregation algorithms for middleware*, 2003, known as the threshold algorithm).
"""

from __future__ import annotations

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
    best: dict[bytes, int] = {}
    for name in names:
        segments = [
            field
            for leaf, _ in reader.leaf_readers()
            if isinstance(leaf, SegmentReader) and (field := leaf.columns.field(name)) is not None
        ]
        for term, count in _most_frequent(segments, prefix.encode(), limit):
            best[term] = max(best.get(term, 0), count)
    return [Completion(term.decode(), count) for term, count in _first(best, limit)]


def _most_frequent(segments: list[Field], prefix: bytes, limit: int) -> list[tuple[bytes, int]]:
    """Return the most frequent terms of one field, each with its count over all segments."""
    ranges = [field.terms.prefixed(prefix) for field in segments]
    counts = [field.postings.counts(*pair) for field, pair in zip(segments, ranges, strict=True)]
    wanted = limit * _SPARE
    while True:
        # Terms that are not looked at have at most so many documents.
        above = [
            max(0, int(least_of_highest(own, wanted))) if len(own) > wanted else 0 for own in counts
        ]
        totals: dict[bytes, int] = {}
        for field, (low, _), own, least in zip(segments, ranges, counts, above, strict=True):
            for number in np.flatnonzero(own >= max(least, 1)).tolist():
                term = field.terms[low + number]
                if term not in totals:
                    totals[term] = _count(segments, term)
        first = _first(totals, limit)
        if not any(above) or (len(first) == limit and first[-1][1] > sum(above)):
            return first
        wanted *= _SPARE


def _count(segments: list[Field], term: bytes) -> int:
    numbers = ((field.postings, field.terms.find(term)) for field in segments)
    return sum(postings.count(number) for postings, number in numbers if number is not None)


def _first(counts: dict[bytes, int], limit: int) -> list[tuple[bytes, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
