"""Which documents of a segment may be among the best, and their scores: those of as few as can be.

The parts of a query whose scores add up are taken in the order of how many documents they find.
Once what is left can't lift any further document above the worst of the best so far, the rest is
worked out for ever fewer documents (H. Turtle and J. Flood, *Query evaluation: strategies and
optimizations*, 1995, known as MaxScore).
"""

from __future__ import annotations

from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.evaluation.documents import intersection, union
from index.columnar.evaluation.found import NOTHING
from index.columnar.highest import least_of_highest

if TYPE_CHECKING:
    from index.columnar.arrays import F64, Indices, Mask
    from index.columnar.evaluation.answer import Answer
    from index.columnar.evaluation.parts import Part

_WORTH_IT = 1 << 15
"""Up to so many scores, of documents times parts, are all worked out."""

_FEW = 8
"""Documents that are one in so many of all found may be scored apart."""

_MARGIN = 1 - 1e-9
"""Sums in another order differ by less."""


def contenders(answer: Answer, limit: int, least: float) -> tuple[Indices, F64]:
    """Return documents, ascending, with their exact scores.

    These are all that score at least ``least`` and may be of the best ``limit`` of the segment,
    and perhaps others.
    """
    parts = answer.part.addends(all_found=True)
    total = len(answer.documents)
    if total * len(parts) <= _WORTH_IT:
        return _all(answer)
    order = sorted(range(len(parts)), key=lambda place: len(parts[place].documents))
    # What all parts from one on, in this order, can add to a score.
    rest = [*accumulate((parts[place].bound for place in reversed(order)), initial=0.0)][::-1]
    if rest[0] == inf:
        return _all(answer)
    needed = sum(1 for bound in rest if bound >= least * _MARGIN)
    if not needed:
        return NOTHING
    small = sum(1 for part in parts if len(part.documents) * _FEW < total)
    apart = min(needed, small)
    # What is left must be less than what those apart have: seldom more than a third of their bound.
    if apart and rest[apart] < max(least, (rest[0] - rest[apart]) / 3):
        found = _lifted(answer, [(place, parts[place]) for place in order], apart, limit, least)
        if found is not None:
            return found
    many = total * _FEW > answer.leaf.size
    return _everywhere(answer, parts, limit, least) if many else _all(answer)


def _lifted(
    answer: Answer, parts: list[tuple[int, Part]], apart: int, limit: int, least: float
) -> tuple[Indices, F64] | None:
    """Return the contenders among the documents of the first parts, None if there may be others.

    ``parts``: by the number of their documents, each with its place in the query; ``apart``: how
    many are the first.
    """
    rest = [*accumulate((part.bound for _, part in reversed(parts)), initial=0.0)][::-1]
    few = union([part.documents for _, part in parts[:apart]], answer.leaf.size)
    tally = _Tally(intersection([few, answer.documents]).numbers)
    for place, part in parts[:apart]:
        tally.add(part, place)
    least = max(least, least_of_highest(tally.sums, limit))
    if rest[apart] >= least * _MARGIN:
        return None
    for (place, part), above in zip(parts[apart:], rest[apart:-1], strict=True):
        tally.keep(tally.sums >= least * _MARGIN - above)
        tally.add(part, place)
        least = max(least, least_of_highest(tally.sums, limit))
    tally.keep(tally.sums >= least * _MARGIN)
    return tally.documents, tally.exact()


def _everywhere(answer: Answer, parts: list[Part], limit: int, least: float) -> tuple[Indices, F64]:
    """Return the contenders of a segment of which much is found: all of it is scored."""
    totals = np.zeros(answer.leaf.size)
    for part in parts:
        part.add_everywhere(totals)
    if answer.part.is_confined or answer.documents is not answer.part.documents:
        totals *= answer.documents.mask
    # What is not found has 0 now, and no score is less.
    documents = np.flatnonzero(totals >= max(least, least_of_highest(totals, limit)))
    documents = documents[answer.documents.has(documents)]
    return documents, totals[documents]


class _Tally:
    """What each part has added to the scores of some documents so far."""

    def __init__(self, documents: Indices) -> None:
        self.documents, self.sums = documents, np.zeros(len(documents))
        self._added: dict[int, F64] = {}

    def add(self, part: Part, place: int) -> None:
        """Add the scores of the part that stands at a place of the query."""
        scores = np.zeros(len(self.documents))
        part.add_scores(scores, self.documents, all_found=False)
        self._added[place] = scores
        self.sums += scores

    def keep(self, kept: Mask) -> None:
        """Leave out all other documents."""
        if not kept.all():
            self.documents, self.sums = self.documents[kept], self.sums[kept]
            self._added = {place: scores[kept] for place, scores in self._added.items()}

    def exact(self) -> F64:
        """Return the scores, added up in the order of the query as they always are."""
        totals = np.zeros(len(self.documents))
        for _, scores in sorted(self._added.items()):
            totals += scores
        return totals


def _all(answer: Answer) -> tuple[Indices, F64]:
    documents = answer.documents.numbers
    return documents, answer.scores(documents)
