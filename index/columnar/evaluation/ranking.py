"""The best of what a query found, in order: by score, and equals by columns."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.columnar.evaluation.contenders import contenders
from index.columnar.evaluation.found import Found
from index.columnar.evaluation.parts import Constant
from index.columnar.highest import highest_places, least_of_highest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.columnar.arrays import F64, Indices
    from index.columnar.evaluation.answer import Answer
    from index.columnar.evaluation.leaf import Leaf

_KEY = itemgetter(0)

_FEW = 64
"""Up to so many documents of a segment are put into order as they are."""

_MANY = 2048
"""More than so many documents of one segment are looked through before the next segment is asked:
what it need not score, then, is worth more."""


class By(NamedTuple):
    """A column that orders documents."""

    name: str
    descending: bool = False


class _Chosen(NamedTuple):
    answer: Answer
    documents: Indices
    scores: F64

    def where(self, kept: Any) -> _Chosen:
        return _Chosen(self.answer, self.documents[kept], self.scores[kept])


def best(
    answers: Sequence[Answer], limit: int, order: Sequence[By] = (), *, scored: bool = True
) -> Found:
    """Return the documents of the highest scores, best first, at most ``limit``.

    Equals are ordered by the columns of ``order``, and then by their numbers. Documents without a
    value have the default of the field's column. Unless ``scored``, all are equals.
    """
    least = -inf
    chosen: list[_Chosen] = []
    for answer in answers if limit > 0 else ():
        if not scored or isinstance(answer.part, Constant):
            one = _equals(answer, answer.part.bound if scored else 0.0, limit, order)
        else:
            one = _Chosen(answer, *contenders(answer, limit, least))
            if len(one.documents) > _MANY:
                least = max(least, least_of_highest(one.scores, limit))
                one = one.where(one.scores >= least)
        if len(one.documents):
            chosen.append(one)
    if scored and chosen:
        scores = np.concatenate([one.scores for one in chosen])
        least = max(least, least_of_highest(scores, limit))
        chosen = [_fewer(one.where(one.scores >= least), limit, order) for one in chosen]
    return _in_order(chosen, limit, order)


def _equals(answer: Answer, score: float, limit: int, order: Sequence[By]) -> _Chosen:
    """Return the best documents of a segment in which all have the same score."""
    documents = answer.documents.numbers
    if len(documents) > max(_FEW, limit):
        documents = _first(answer.leaf, documents[:0], documents, limit, order)
    return _Chosen(answer, documents, np.full(len(documents), score))


def _fewer(one: _Chosen, limit: int, order: Sequence[By]) -> _Chosen:
    """Return the best of the documents, where many are left that may be."""
    if len(one.documents) <= max(_FEW, limit):
        return one
    above, equal = (one.documents[places] for places in highest_places(one.scores, limit))
    first = _first(one.answer.leaf, above, equal, limit, order)
    return one.where(one.documents.searchsorted(first))


def _first(leaf: Leaf, above: Indices, equal: Indices, limit: int, order: Sequence[By]) -> Indices:
    """Return the documents ``above``, and the first of the ``equal`` ones, up to a limit.

    There are more than ``limit`` of both, and at most so many above.
    """
    for by in order:
        wanted = limit - len(above)
        ranks = leaf.ranks(by.name)
        if len(equal) > wanted and ranks is not None:
            own = ranks.take(equal)
            if not by.descending:
                own = ~own if own.dtype.kind == "u" else -own
            better, same = highest_places(own, wanted)
            above, equal = np.concatenate([above, equal[better]]), equal[same]
    return np.sort(np.concatenate([above, equal[: limit - len(above)]]))


def _in_order(chosen: Sequence[_Chosen], limit: int, order: Sequence[By]) -> Found:
    """Return the best of what the segments chose, in order."""
    documents: list[int] = []
    scores: list[float] = []
    for one in chosen:
        documents += (one.documents + one.answer.leaf.base).tolist()
        scores += one.scores.tolist()
    equals = [list(range(len(scores)))]
    if len(set(scores)) > 1:
        equals = _parted(equals, scores.__getitem__, limit, descending=True)
    for by in order:
        tied = sorted(row for some in equals if len(some) > 1 for row in some)
        if not tied:
            break
        values = dict(zip(tied, _values(chosen, by.name, tied), strict=True))
        equals = _parted(equals, values.__getitem__, limit, descending=by.descending)
    # What is still equal stands in the order of its numbers.
    best = [row for some in equals for row in some][:limit]
    return Found(
        np.array([documents[row] for row in best], np.intp),
        np.array([scores[row] for row in best], np.float64),
    )


def _values(chosen: Sequence[_Chosen], name: str, rows: list[int]) -> list[Any]:
    """Return what some of the documents, ascending by their places, have in a column."""
    values: list[Any] = []
    start = behind = 0
    for one in chosen:
        start, behind = behind, behind + len(one.documents)
        own = rows[bisect_left(rows, start) : bisect_left(rows, behind)]
        documents = one.documents[[row - start for row in own]] if own else one.documents[:0]
        values += one.answer.leaf.values(name, documents)
    return values


def _parted(
    groups: list[list[int]], key: Callable[[int], Any], limit: int, *, descending: bool
) -> list[list[int]]:
    """Put each group of rows into order by a key, and part those of different keys.

    Groups behind the first ``limit`` rows are left out.
    """
    parted: list[list[int]] = []
    count = 0
    for group in groups:
        if len(group) == 1:
            parted.append(group)
            count += 1
        else:
            pairs = sorted(zip(map(key, group), group, strict=True), key=_KEY, reverse=descending)
            for _, some in groupby(pairs, _KEY):
                rows = [row for _, row in some]
                parted.append(rows)
                count += len(rows)
                if count >= limit:
                    break
        if count >= limit:
            break
    return parted
