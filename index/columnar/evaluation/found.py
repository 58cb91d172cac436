"""What a part of a query found in one segment, and how the parts are combined.

Two ways lead to each combination: through arrays as long as the segment, or by sorting what was
found. The first costs some 30 µs whatever was found, the second less for a few documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import F64, Indices, Mask

_FEW = 32
"""Up to one document in this many is found by sorting."""


class Found(NamedTuple):
    """Documents of one segment, each with a score."""

    documents: Indices
    """intp ``[n]``: document numbers, ascending, none of them deleted."""

    scores: F64
    """float64 ``[n]``; zeros where nobody asks for scores."""

    def times(self, boost: float) -> Found:
        """Return the same documents, each score multiplied by ``boost``."""
        return self if boost == 1.0 else Found(self.documents, self.scores * boost)

    def where(self, kept: Mask) -> Found:
        """Return the documents for which ``kept`` (bool ``[n]``) is set."""
        return Found(self.documents[kept], self.scores[kept])

    def marks(self, size: int) -> Mask:
        """Return whether each document of a segment was found, bool ``[size]``."""
        marks = np.zeros(size, np.bool_)
        marks[self.documents] = True
        return marks


NOTHING = Found(np.zeros(0, np.intp), np.zeros(0))


def constant(documents: Indices, score: float) -> Found:
    """Return documents that all have the same score."""
    return Found(documents, np.full(len(documents), score))


def union(parts: Sequence[Found], size: int, *, highest: bool = False) -> Found:
    """Return all documents of any part; scores added, or the highest of each document.

    No score may be negative.
    """
    parts = [part for part in parts if len(part.documents)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    if sum(len(part.documents) for part in parts) * _FEW < size:
        return _sorted_union(parts, highest=highest)
    totals = np.zeros(size)
    # A score of 0 is a hit all the same; without any, the sums tell where the hits are.
    marks = None if all(part.scores.min() > 0 for part in parts) else np.zeros(size, np.bool_)
    for part in parts:
        if highest:
            totals[part.documents] = np.maximum(totals[part.documents], part.scores)
        else:
            totals[part.documents] += part.scores
        if marks is not None:
            marks[part.documents] = True
    documents = np.flatnonzero(totals != 0 if marks is None else marks)
    return Found(documents, totals[documents])


def intersection(parts: Sequence[Found], size: int) -> Found:
    """Return the documents that are in all parts, their scores added."""
    found, *others = sorted(parts, key=lambda part: len(part.documents))
    for other in others:
        if not len(found.documents):
            return NOTHING
        kept, scores = _looked_up(found.documents, other, size)
        found = Found(found.documents[kept], found.scores[kept] + scores)
    return found


def with_bonus(found: Found, bonus: Found, size: int) -> Found:
    """Return what was found, the scores of ``bonus`` added where it has the same document."""
    kept, scores = _looked_up(found.documents, bonus, size)
    total = found.scores.copy()
    total[kept] += scores
    return Found(found.documents, total)


def within(found: Found, other: Found, size: int, *, outside: bool = False) -> Found:
    """Return what was found that is also in ``other``, or that is not, with its scores."""
    marks = other.marks(size)[found.documents]
    return found.where(~marks if outside else marks)


def _sorted_union(parts: Sequence[Found], *, highest: bool) -> Found:
    documents = np.concatenate([part.documents for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    firsts = np.flatnonzero(np.append(True, documents[1:] != documents[:-1]))
    combine = np.maximum if highest else np.add
    return Found(documents[firsts], combine.reduceat(scores[order], firsts))


def _looked_up(documents: Indices, other: Found, size: int) -> tuple[Mask, F64]:
    """Return which documents ``other`` has, and its scores of these."""
    if len(documents) * _FEW < len(other.documents) or not len(other.documents):
        places = np.searchsorted(other.documents, documents)
        inside = places < len(other.documents)
        kept = np.zeros(len(documents), np.bool_)
        kept[inside] = other.documents[places[inside]] == documents[inside]
        return kept, other.scores[places[kept]]
    scores = np.zeros(size)
    scores[other.documents] = other.scores
    kept = other.marks(size)[documents]
    return kept, scores[documents[kept]]
