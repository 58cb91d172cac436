"""Evaluates a query tree over one segment, node by node.

For each class of query that is known exactly, the same documents and scores as Whoosh's matchers
give, quirks included: a ``Not`` beside other parts of an ``And`` adds 1 to the score, an ``Or`` of
one part forgets its boost. A class that is not known, or a subclass of one, is Whoosh's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.query.compound import And, AndMaybe, AndNot, DisjunctionMax, Or, Require
from whoosh.query.qcore import NullQuery
from whoosh.query.ranges import DateRange, NumericRange, TermRange
from whoosh.query.terms import Term
from whoosh.query.wrappers import ConstantScoreQuery, Not

from index.columnar.evaluation import leaves
from index.columnar.evaluation.documents import intersection
from index.columnar.evaluation.parts import Constant, Highest, Sum, any_of
from index.columnar.evaluation.terms import ranges_of
from index.query.nodes import AnyOf, Unscored, Without

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.columnar.evaluation.leaf import Leaf
    from index.columnar.evaluation.parts import Part

    Evaluation = Callable[[Any, Leaf, bool, float], Part]


def evaluate(query: Any, leaf: Leaf, *, scored: bool, boost: float = 1.0) -> Part:
    """Return what a query finds in a segment, its scores multiplied by ``boost``.

    Without ``scored`` the scores are of no meaning.
    """
    known = _KNOWN.get(type(query), leaves.by_matcher)
    return known(query, leaf, scored, boost)


def _all(query: And, leaf: Leaf, scored: bool, boost: float) -> Part:
    boost *= query.boost if len(query.subqueries) > 1 else 1.0
    parts = []
    for part in query.subqueries:
        found = evaluate(part, leaf, scored=scored, boost=boost)
        if found.documents.is_few and not len(found.documents):
            return leaf.nothing
        parts.append(found)
    if len(parts) < 2:
        return parts[0] if parts else leaf.nothing
    return Sum(intersection([part.documents for part in parts]), required=parts)


def _any(query: Or, leaf: Leaf, scored: bool, boost: float) -> Part:
    if query.scale and scored:
        return leaves.by_matcher(query, leaf, scored, boost)
    boost *= query.boost if len(query.subqueries) > 1 else 1.0
    return any_of(
        [evaluate(part, leaf, scored=scored, boost=boost) for part in query.subqueries], leaf.size
    )


def _word(query: AnyOf, leaf: Leaf, scored: bool, boost: float) -> Part:
    """Return what any part finds, from memory if it is a word that was asked for before."""
    parts = leaf.collection.remembered.parts(query, scored, boost)
    if parts is None:
        return _any(query, leaf, scored, boost)
    part = parts[leaf.place]
    if part is None:
        part = parts[leaf.place] = _any(query, leaf, scored, boost)
    return part


def _best(query: DisjunctionMax, leaf: Leaf, scored: bool, boost: float) -> Part:
    boost *= query.boost if len(query.subqueries) > 1 else 1.0
    parts = [evaluate(part, leaf, scored=scored, boost=boost) for part in query.subqueries]
    return Highest(parts, leaf.size)


def _without(query: AndNot, leaf: Leaf, scored: bool, boost: float) -> Part:
    part = evaluate(query.a, leaf, scored=scored, boost=boost)
    excluded = evaluate(query.b, leaf, scored=False).documents
    return Sum(part.documents.without(excluded), required=[part])


def _requiring(query: Require, leaf: Leaf, scored: bool, boost: float) -> Part:
    part = evaluate(query.a, leaf, scored=scored, boost=boost)
    required = evaluate(query.b, leaf, scored=False).documents
    return Sum(intersection([part.documents, required]), required=[part])


def _maybe(query: AndMaybe, leaf: Leaf, scored: bool, boost: float) -> Part:
    part = evaluate(query.a, leaf, scored=scored, boost=boost)
    if not scored:
        return part
    bonus = evaluate(query.b, leaf, scored=True, boost=boost)
    return Sum(part.documents, required=[part], optional=[bonus])


def _not(query: Not, leaf: Leaf, scored: bool, boost: float) -> Part:  # noqa: ARG001
    return Constant(evaluate(query.query, leaf, scored=False).documents.others(), boost)


def _constant(query: ConstantScoreQuery, leaf: Leaf, scored: bool, boost: float) -> Part:  # noqa: ARG001
    # Whoosh takes a score of 0 for none given.
    score = query.score or 1.0
    return Constant(evaluate(query.child, leaf, scored=False).documents, score * boost)


def _unscored(query: Unscored, leaf: Leaf, scored: bool, boost: float) -> Part:  # noqa: ARG001
    return Constant(evaluate(query.child, leaf, scored=False).documents, 0.0)


def _numeric(query: NumericRange, leaf: Leaf, scored: bool, boost: float) -> Part:
    compiled: Any = query._compile_query(leaf.reader)  # noqa: SLF001
    child = compiled.child if type(compiled) is ConstantScoreQuery else None
    parts = child.subqueries if type(child) is Or else [child]
    if not all(type(part) in (Term, TermRange) for part in parts):
        return evaluate(compiled, leaf, scored=scored, boost=boost)
    # Numbers are indexed in steps of several sizes: all steps of a range are one union.
    ranges = [pair for part in parts for pair in ranges_of(part, leaf)]
    documents = leaf.having_any(query.fieldname, ranges)
    return Constant(documents, (compiled.score or 1.0) * boost)


def _null(query: Any, leaf: Leaf, scored: bool, boost: float) -> Part:  # noqa: ARG001
    return leaf.nothing


_KNOWN: Mapping[type[Any], Evaluation] = {
    **leaves.KNOWN,
    And: _all,
    AndMaybe: _maybe,
    AndNot: _without,
    AnyOf: _word,
    ConstantScoreQuery: _constant,
    DateRange: _numeric,
    DisjunctionMax: _best,
    Not: _not,
    NumericRange: _numeric,
    Or: _any,
    Require: _requiring,
    Unscored: _unscored,
    Without: _without,
    type(NullQuery): _null,
}
