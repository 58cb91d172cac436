"""The best of what a query found, with only those scored that may be among them.

The parts of a query whose scores add up are taken in the order of how many documents they find.
Once what is left can't lift any further document above the worst of the best so far, the rest is
worked out for ever fewer documents (H. Turtle and J. Flood, *Query evaluation: strategies and
optimizations*, 1995, known as MaxScore). What is returned has its exact score, whatever was left
out, and equals are put into order by columns.
"""

from __future__ import annotations

from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.columnar.evaluation.documents import intersection, union
from index.columnar.evaluation.found import NOTHING, Found
from index.columnar.evaluation.parts import Constant
from index.columnar.highest import highest_places, least_of_highest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import F64, Indices
    from index.columnar.evaluation.answer import Answer

_WORTH_IT = 2048
"""Up to so many documents of a segment are all scored."""

_FEW = 8
"""Documents that are one in so many of all found may be scored apart."""

_MARGIN = 1 - 1e-9
"""Sums in another order differ by less."""


class By(NamedTuple):
    """A column that orders documents."""

    name: str
    descending: bool = False


class _Chosen(NamedTuple):
    answer: Answer
    documents: Indices
    scores: F64


def best(
    answers: Sequence[Answer], limit: int, order: Sequence[By] = (), *, scored: bool = True
) -> Found:
    """Return the documents of the highest scores, best first, at most ``limit``.

    Equals are ordered by the columns of ``order``, and then by their numbers. Documents without a
    value have the default of the field's column. Unless ``scored``, all are equals.
    """
    if limit < 1:
        return NOTHING
    least = -inf
    chosen = []
    for answer in answers:
        if not len(answer.documents):
            continue
        documents, scores = _contenders(answer, limit, least) if scored else _equals(answer)
        kept = np.flatnonzero(scores >= max(least, least_of_highest(scores, limit)))
        one = _Chosen(answer, documents[kept], scores[kept])
        if len(kept) > limit:
            one = _best_of(one, limit, order)
        if len(one.documents):
            chosen.append(one)
            highest = np.concatenate([one.scores for one in chosen])
            least = max(least, least_of_highest(highest, limit))
    return _in_order(chosen, limit, order)


def _equals(answer: Answer) -> tuple[Indices, F64]:
    return answer.documents.numbers, np.zeros(len(answer.documents))


def _contenders(answer: Answer, limit: int, least: float) -> tuple[Indices, F64]:
    """Return, with their scores, all documents that reach ``least`` and may be of the best."""
    if isinstance(answer.part, Constant):
        documents, scores = _equals(answer)
        return documents, scores + answer.part.bound
    addends = sorted(answer.part.addends(all_found=True), key=lambda addend: len(addend.documents))
    total = len(answer.documents)
    small = sum(1 for addend in addends if len(addend.documents) * _FEW < total)
    rest = [*accumulate((addend.bound for addend in reversed(addends)), initial=0.0)][::-1]
    if total <= _WORTH_IT or not 0 < small < len(addends) or rest[0] == inf:
        documents = answer.documents.numbers
        return documents, answer.scores(documents)
    few = union([addend.documents for addend in addends[:small]], answer.leaf.size)
    candidates = intersection([few, answer.documents]).numbers
    partial = np.zeros(len(candidates))
    for addend in addends[:small]:
        addend.add_scores(partial, candidates, all_found=False)
    least = max(least, least_of_highest(partial, limit)) * _MARGIN
    if rest[small] >= least:
        documents = answer.documents.numbers
        return documents, answer.scores(documents)
    for addend, above in zip(addends[small:], rest[small:-1], strict=True):
        kept = partial >= least - above
        candidates, partial = candidates[kept], partial[kept]
        addend.add_scores(partial, candidates, all_found=False)
        least = max(least, least_of_highest(partial, limit) * _MARGIN)
    candidates = candidates[partial >= least]
    return candidates, answer.scores(candidates)


def _best_of(one: _Chosen, limit: int, order: Sequence[By]) -> _Chosen:
    """Return the best documents of a segment; there are more than ``limit``."""
    answer, documents, scores = one
    above, equal = highest_places(scores, limit)
    for by in order:
        wanted = limit - len(above)
        ranks = answer.leaf.ranks(by.name)
        if len(equal) > wanted and ranks is not None:
            own = ranks[documents[equal]]
            if not by.descending:
                own = ~own if own.dtype.kind == "u" else -own
            better, same = highest_places(own, wanted)
            above, equal = np.concatenate([above, equal[better]]), equal[same]
    kept = np.sort(np.concatenate([above, equal[: limit - len(above)]]))
    return _Chosen(answer, documents[kept], scores[kept])


def _in_order(chosen: Sequence[_Chosen], limit: int, order: Sequence[By]) -> Found:
    """Return the best of what the segments chose, in order."""
    documents = np.concatenate(
        [NOTHING.documents, *(one.documents + one.answer.leaf.base for one in chosen)]
    )
    scores = np.concatenate([NOTHING.scores, *(one.scores for one in chosen)])
    keys = [documents]
    if len(np.unique(scores)) < len(scores):
        keys += [_ranks(chosen, by) for by in reversed(order)]
    places = np.lexsort([*keys, -scores])[:limit]
    return Found(documents[places], scores[places])


def _ranks(chosen: Sequence[_Chosen], by: By) -> Indices:
    """Return the rank of each chosen document, by a column, among those of all segments."""
    values = [value for one in chosen for value in one.answer.leaf.values(by.name, one.documents)]
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    ranks = np.fromiter(map(places.__getitem__, values), np.intp, len(values))
    return -ranks if by.descending else ranks
