"""Evaluates a query tree over one segment, node by node.

For each class of query that is known exactly, the same documents and scores as Whoosh's matchers
give, quirks included: a ``Not`` beside other parts of an ``And`` adds 1 to the score, an ``Or`` of
one part forgets its boost. A class that is not known, or a subclass of one, is Whoosh's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.query.compound import And, AndMaybe, AndNot, DisjunctionMax, Or, Require
from whoosh.query.qcore import NullQuery
from whoosh.query.ranges import DateRange, NumericRange
from whoosh.query.wrappers import ConstantScoreQuery, Not

from index.columnar.evaluation import leaves
from index.columnar.evaluation.found import (
    NOTHING,
    Found,
    constant,
    intersection,
    union,
    with_bonus,
    within,
)
from index.query.nodes import AnyOf, Unscored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.columnar.evaluation.leaf import Leaf

    Evaluation = Callable[[Any, Leaf, bool], Found]


def evaluate(query: Any, leaf: Leaf, *, scored: bool) -> Found:
    """Return what a query finds in a segment.

    Without ``scored`` the scores are of no meaning.
    """
    known = _KNOWN.get(type(query))
    return leaves.by_matcher(query, leaf, scored) if known is None else known(query, leaf, scored)


def _all(query: And, leaf: Leaf, scored: bool) -> Found:
    parts = []
    for part in query.subqueries:
        found = evaluate(part, leaf, scored=scored)
        if not len(found.documents):
            return NOTHING
        parts.append(found)
    if not parts:
        return NOTHING
    boost = query.boost if len(parts) > 1 else 1.0
    return intersection(parts, leaf.size).times(boost)


def _any(query: Or, leaf: Leaf, scored: bool) -> Found:
    if query.scale and scored:
        return leaves.by_matcher(query, leaf, scored)
    parts = [evaluate(part, leaf, scored=scored) for part in query.subqueries]
    return union(parts, leaf.size).times(query.boost if len(parts) > 1 else 1.0)


def _best(query: DisjunctionMax, leaf: Leaf, scored: bool) -> Found:
    parts = [evaluate(part, leaf, scored=scored) for part in query.subqueries]
    found = union(parts, leaf.size, highest=scored)
    return found.times(query.boost if len(parts) > 1 else 1.0)


def _without(query: AndNot, leaf: Leaf, scored: bool) -> Found:
    found = evaluate(query.a, leaf, scored=scored)
    if not len(found.documents):
        return NOTHING
    return within(found, evaluate(query.b, leaf, scored=False), leaf.size, outside=True)


def _requiring(query: Require, leaf: Leaf, scored: bool) -> Found:
    found = evaluate(query.a, leaf, scored=scored)
    return within(found, evaluate(query.b, leaf, scored=False), leaf.size)


def _maybe(query: AndMaybe, leaf: Leaf, scored: bool) -> Found:
    found = evaluate(query.a, leaf, scored=scored)
    return with_bonus(found, evaluate(query.b, leaf, scored=True), leaf.size) if scored else found


def _not(query: Not, leaf: Leaf, scored: bool) -> Found:
    excluded = evaluate(query.query, leaf, scored=False)
    return leaf.marked(~excluded.marks(leaf.size), float(scored))


def _constant(query: ConstantScoreQuery, leaf: Leaf, scored: bool) -> Found:  # noqa: ARG001
    # Whoosh takes a score of 0 for none given.
    score = query.score or 1.0
    return constant(evaluate(query.child, leaf, scored=False).documents, score)


def _unscored(query: Unscored, leaf: Leaf, scored: bool) -> Found:  # noqa: ARG001
    return constant(evaluate(query.child, leaf, scored=False).documents, 0.0)


def _numeric(query: NumericRange, leaf: Leaf, scored: bool) -> Found:
    return evaluate(query._compile_query(leaf.reader), leaf, scored=scored)  # noqa: SLF001


def _null(query: Any, leaf: Leaf, scored: bool) -> Found:  # noqa: ARG001
    return NOTHING


_KNOWN: Mapping[type[Any], Evaluation] = {
    **leaves.KNOWN,
    And: _all,
    AndMaybe: _maybe,
    AndNot: _without,
    AnyOf: _any,
    ConstantScoreQuery: _constant,
    DateRange: _numeric,
    DisjunctionMax: _best,
    Not: _not,
    NumericRange: _numeric,
    Or: _any,
    Require: _requiring,
    Unscored: _unscored,
    type(NullQuery): _null,
}
