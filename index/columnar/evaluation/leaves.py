"""The leaves of a query tree: terms, patterns, ranges, phrases, sets of ids, everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.query.compound import Or
from whoosh.query.positional import Phrase, Sequence
from whoosh.query.qcore import Every
from whoosh.query.ranges import TermRange
from whoosh.query.terms import FuzzyTerm, Prefix, Regex, Term, Variations, Wildcard

from index.columnar.evaluation.found import NOTHING, Found, constant, union
from index.columnar.evaluation.phrases import Word, phrase
from index.columnar.evaluation.terms import ranges_of
from index.columnar.identities import identities
from index.query.nodes import Among, AnyMatching, AnyNear, AnyPrefixed, PrefixSpans

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.columnar.evaluation.leaf import Leaf

_SMALL_INDEX = 5000
"""Up to so many documents in a segment, Whoosh adds up the parts of an ``Or`` in an array."""

_EVERYTHING = {Prefix: "", Wildcard: "*", Regex: ".*"}
"""The pattern of each class for which Whoosh looks for any term at all."""


def by_matcher(query: Any, leaf: Leaf, scored: bool) -> Found:
    """Return what Whoosh's own matcher finds, document by document."""
    searcher = leaf.searcher
    context = searcher.context() if scored else searcher.boolean_context()
    matcher = query.matcher(searcher, context)
    if not scored:
        return constant(np.fromiter(matcher.all_ids(), np.intp), 0.0)
    documents, scores = [], []
    while matcher.is_active():
        documents.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return Found(np.array(documents, np.intp), np.array(scores, np.float64))


def _term(query: Term, leaf: Leaf, scored: bool) -> Found:
    if query.minquality or (scored and not leaf.can_score):
        return by_matcher(query, leaf, scored)
    number = leaf.number(query.fieldname, query.text)
    if number is None:
        return NOTHING
    return leaf.having(query.fieldname, number, scored=scored).times(query.boost)


def _many(query: Any, leaf: Leaf, scored: bool) -> Found:
    """Return what a query of many terms finds.

    How Whoosh scores it depends on how many terms and documents there are, and so does this.
    """
    name = query.field()
    if getattr(query, "text", None) == _EVERYTHING.get(type(query), 0):
        return _every(Every(name, boost=query.boost), leaf, scored)
    if scored and not leaf.can_score:
        return by_matcher(query, leaf, scored)
    ranges = ranges_of(query, leaf)
    count = sum(high - low for low, high in ranges)
    if not scored:
        return leaf.having_any(name, ranges, 0.0)
    as_tree = count < Or.TOO_MANY_CLAUSES and (count == 2 or leaf.size > _SMALL_INDEX)
    if query.constantscore and count > 1 and not as_tree:
        return leaf.having_any(name, ranges, 1.0)
    numbers = (number for low, high in ranges for number in range(low, high))
    parts = [leaf.having(name, number, scored=True).times(query.boost) for number in numbers]
    return union(parts, leaf.size)


def _unranked(query: Any, leaf: Leaf, scored: bool) -> Found:  # noqa: ARG001
    return leaf.having_any(query.fieldname, ranges_of(query, leaf), 1.0)


def _phrase(query: Phrase, leaf: Leaf, scored: bool) -> Found:
    field = leaf.schema[query.fieldname] if query.fieldname in leaf.schema else None  # noqa: SIM401
    has_positions = field is not None and field.format and field.format.supports("positions")
    if not has_positions or not query.words or (scored and not leaf.can_score):
        return by_matcher(query, leaf, scored)
    words = _words(query.fieldname, query.words, leaf)
    if words is None:
        return NOTHING
    found = phrase(leaf, query.fieldname, words, query.slop, scored=scored)
    return found.times(query.boost)


def _words(name: str, texts: list[Any], leaf: Leaf) -> list[Word] | None:
    """Return the words of a phrase, None where the segment does not have all."""
    words = []
    for text in texts:
        number = leaf.number(name, text)
        if number is None:
            return None
        words.append(Word(number, number + 1, ranked=True))
    return words


def _sequence(query: Sequence, leaf: Leaf, scored: bool) -> Found:
    parts: list[Any] = list(query.subqueries)
    *before, last = parts or [None]
    name = last.field() if parts else ""
    is_phrase = (
        all(type(part) is Term and part.boost == 1.0 and part.field() == name for part in before)
        and before
        and type(last) is PrefixSpans
        and query.ordered
        and name in leaf.schema
    )
    if not is_phrase or (scored and not leaf.can_score):
        return by_matcher(query, leaf, scored)
    words = _words(name, [part.text for part in before], leaf)
    if words is None:
        return NOTHING
    words += [Word(low, high, ranked=False) for low, high in ranges_of(last, leaf)]
    if len(words) == len(before):
        return NOTHING
    return phrase(leaf, name, words, query.slop, scored=scored).times(query.boost)


def _every(query: Every, leaf: Leaf, scored: bool) -> Found:
    score = (query.boost or 1.0) if scored else 0.0
    if query.fieldname is None:
        return leaf.marked(np.ones(leaf.size, np.bool_), score)
    field = leaf.field(query.fieldname)
    if field is None:
        return by_matcher(query, leaf, scored)
    return leaf.having_any(query.fieldname, [(0, len(field.terms))], score)


def _among(query: Among, leaf: Leaf, scored: bool) -> Found:  # noqa: ARG001
    return leaf.marked(identities(leaf.segment).mask(query.ids), 1.0)


KNOWN: Mapping[type[Any], Callable[[Any, Leaf, bool], Found]] = {
    Among: _among,
    AnyMatching: _unranked,
    AnyNear: _unranked,
    AnyPrefixed: _unranked,
    Every: _every,
    FuzzyTerm: _many,
    Phrase: _phrase,
    Prefix: _many,
    Regex: _many,
    Sequence: _sequence,
    Term: _term,
    TermRange: _many,
    Variations: _many,
    Wildcard: _many,
}
"""How each class of leaf is evaluated: the query, the segment, and whether scores are wanted."""
