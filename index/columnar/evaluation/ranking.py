"""The best of what a query found, in order: by score, and equals by columns."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.columnar.evaluation.contenders import contenders
from index.columnar.evaluation.found import NOTHING, Found
from index.columnar.evaluation.parts import Constant
from index.columnar.highest import highest_places, least_of_highest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import F64, Indices
    from index.columnar.evaluation.answer import Answer

_FEW = 256
"""Up to so many documents of a segment are put into order as they are."""


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
    least, highest, chosen = -inf, NOTHING.scores, []
    for answer in answers if limit > 0 else ():
        if not len(answer.documents):
            continue
        one = _candidates(answer, limit, least, order, scored=scored)
        chosen.append(one)
        highest = np.concatenate([highest, one.scores])
        least = max(least, least_of_highest(highest, limit))
    return _in_order([one.where(one.scores >= least) for one in chosen], limit, order)


def _candidates(
    answer: Answer, limit: int, least: float, order: Sequence[By], *, scored: bool
) -> _Chosen:
    """Return the best documents of a segment, and perhaps some others."""
    many = max(_FEW, limit)
    if not scored or isinstance(answer.part, Constant):
        score = answer.part.bound if scored else 0.0
        documents = answer.documents.numbers
        if len(documents) > many:
            equal = np.arange(len(documents))
            documents = documents[_first(answer, documents, equal[:0], equal, limit, order)]
        return _Chosen(answer, documents, np.full(len(documents), score))
    one = _Chosen(answer, *contenders(answer, limit, least))
    if len(one.documents) > many:
        one = one.where(one.scores >= max(least, least_of_highest(one.scores, limit)))
    if len(one.documents) > many:
        above, equal = highest_places(one.scores, limit)
        one = one.where(_first(answer, one.documents, above, equal, limit, order))
    return one


def _first(
    answer: Answer,
    documents: Indices,
    above: Indices,
    equal: Indices,
    limit: int,
    order: Sequence[By],
) -> Indices:
    """Return the places of the documents ``above``, and of the first ``equal`` ones up to a limit.

    There are more than ``limit`` of both, and at most so many above.
    """
    for by in order:
        wanted = limit - len(above)
        ranks = answer.leaf.ranks(by.name)
        if len(equal) > wanted and ranks is not None:
            own = ranks[documents[equal]]
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
    keys: list[list[float]] = [[-score for score in scores]]
    for by in order:
        if len(set(zip(*keys, strict=True))) == len(documents):
            break
        keys.append(_ranks(chosen, by))
    rows = sorted(zip(*keys, documents, strict=True))[:limit]
    best = np.array([row[-1] for row in rows], np.intp)
    return Found(best, np.array([-row[0] for row in rows], np.float64))


def _ranks(chosen: Sequence[_Chosen], by: By) -> list[float]:
    """Return numbers that order the chosen documents of all segments by a column."""
    values = [value for one in chosen for value in one.answer.leaf.values(by.name, one.documents)]
    different = sorted(set(values), reverse=by.descending)
    places = {value: place for place, value in enumerate(different)}
    return [places[value] for value in values]
