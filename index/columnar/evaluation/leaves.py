"""The leaves of a query tree: terms, patterns, ranges, phrases, sets of ids, everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.query.compound import Or
from whoosh.query.positional import Phrase, Sequence
from whoosh.query.qcore import Every
from whoosh.query.ranges import TermRange
from whoosh.query.terms import FuzzyTerm, Prefix, Regex, Term, Variations, Wildcard

from index.columnar.evaluation.documents import Documents
from index.columnar.evaluation.parts import Constant, Given, Sum, any_of, places_in
from index.columnar.evaluation.phrases import phrase
from index.columnar.evaluation.scoring import TermPart
from index.columnar.evaluation.steps import Word
from index.columnar.evaluation.terms import ranges_of
from index.columnar.identities import identities
from index.query.nodes import Among, AnyMatching, AnyNear, AnyPrefixed, PrefixSpans, Remainder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.columnar.evaluation.leaf import Leaf
    from index.columnar.evaluation.parts import Part

_SMALL_INDEX = 5000
"""Up to so many documents in a segment, Whoosh adds up the parts of an ``Or`` in an array."""

_EVERYTHING = {Prefix: "", Wildcard: "*", Regex: ".*"}
"""The pattern of each class for which Whoosh looks for any term at all."""


def by_matcher(query: Any, leaf: Leaf, scored: bool, boost: float) -> Part:
    """Return what Whoosh's own matcher finds, document by document."""
    searcher = leaf.searcher
    context = searcher.context() if scored else searcher.boolean_context()
    matcher = query.matcher(searcher, context)
    if not scored:
        numbers = np.fromiter(matcher.all_ids(), np.intp)
        return Constant(Documents(leaf.size, numbers=numbers), 0.0)
    documents, scores = [], []
    while matcher.is_active():
        documents.append(matcher.id())
        scores.append(matcher.score() * boost)
        matcher.next()
    return Given(leaf.size, np.array(documents, np.intp), np.array(scores, np.float64))


def _term(query: Term, leaf: Leaf, scored: bool, boost: float) -> Part:
    if query.minquality or (scored and not leaf.can_score):
        return by_matcher(query, leaf, scored, boost)
    term = leaf.term(query.fieldname, query.text)
    return leaf.nothing if term is None else TermPart(leaf, term, query.boost * boost)


def _remainder(query: Remainder, leaf: Leaf, scored: bool, boost: float) -> Part:
    if scored and not leaf.can_score:
        return by_matcher(query, leaf, scored, boost)
    whole = leaf.term(query.whole.fieldname, query.whole.text)
    if whole is None:
        return leaf.nothing
    documents = whole.postings.documents(whole.number)
    left = whole.postings.weights(whole.number)
    for name, times in query.parts.items():
        part = leaf.term(name, query.whole.text)
        if part is not None:
            own = part.postings.documents(part.number)
            places, kept = places_in(documents, own)
            left[places[kept]] -= times * part.postings.weights(part.number)[kept]
    found = Documents(leaf.size, numbers=documents[left > 0])
    return Sum(found, required=[TermPart(leaf, whole, query.whole.boost * boost)])


def _many(query: Any, leaf: Leaf, scored: bool, boost: float) -> Part:
    """Return what a query of many terms finds.

    How Whoosh scores it depends on how many terms and documents there are, and so does this.
    """
    name = query.field()
    if getattr(query, "text", None) == _EVERYTHING.get(type(query), 0):
        return _every(Every(name, boost=query.boost), leaf, scored, boost)
    if scored and not leaf.can_score:
        return by_matcher(query, leaf, scored, boost)
    field = leaf.field(name)
    if field is None:
        return leaf.nothing
    ranges = ranges_of(query, leaf)
    count = sum(high - low for low, high in ranges)
    as_tree = count < Or.TOO_MANY_CLAUSES and (count == 2 or leaf.size > _SMALL_INDEX)
    if not scored or (query.constantscore and count > 1 and not as_tree):
        return Constant(leaf.having_any(name, ranges), boost)
    numbers = (number for low, high in ranges for number in range(low, high))
    terms = (leaf.numbered(name, field, number) for number in numbers)
    return any_of([TermPart(leaf, term, query.boost * boost) for term in terms], leaf.size)


def _unranked(query: Any, leaf: Leaf, scored: bool, boost: float) -> Part:  # noqa: ARG001
    return Constant(leaf.having_any(query.fieldname, ranges_of(query, leaf)), boost)


def _phrase(query: Phrase, leaf: Leaf, scored: bool, boost: float) -> Part:
    field = leaf.schema[query.fieldname] if query.fieldname in leaf.schema else None  # noqa: SIM401
    has_positions = field is not None and field.format and field.format.supports("positions")
    if not has_positions or not query.words or (scored and not leaf.can_score):
        return by_matcher(query, leaf, scored, boost)
    words = _words(query.fieldname, query.words, leaf)
    if words is None:
        return leaf.nothing
    return phrase(leaf, query.fieldname, words, query.slop, query.boost * boost)


def _words(name: str, texts: list[Any], leaf: Leaf) -> list[Word] | None:
    """Return the words of a phrase, None where the segment does not have all."""
    words = []
    for text in texts:
        term = leaf.term(name, text)
        if term is None:
            return None
        words.append(Word(term.number, term.number + 1, ranked=True))
    return words


def _sequence(query: Sequence, leaf: Leaf, scored: bool, boost: float) -> Part:
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
        return by_matcher(query, leaf, scored, boost)
    words = _words(name, [part.text for part in before], leaf)
    if words is None:
        return leaf.nothing
    words += [Word(low, high, ranked=False) for low, high in ranges_of(last, leaf)]
    if len(words) == len(before):
        return leaf.nothing
    return phrase(leaf, name, words, query.slop, query.boost * boost)


def _every(query: Every, leaf: Leaf, scored: bool, boost: float) -> Part:
    score = (query.boost or 1.0) * boost
    if query.fieldname is None:
        return Constant(leaf.nothing.documents.others(), score)
    field = leaf.field(query.fieldname)
    if field is None:
        return by_matcher(query, leaf, scored, boost)
    return Constant(leaf.having_any(query.fieldname, [(0, len(field.terms))]), score)


def _among(query: Among, leaf: Leaf, scored: bool, boost: float) -> Part:  # noqa: ARG001
    return Constant(Documents(leaf.size, mask=identities(leaf.segment).mask(query.ids)), boost)


KNOWN: Mapping[type[Any], Callable[[Any, Leaf, bool, float], Part]] = {
    Among: _among,
    AnyMatching: _unranked,
    AnyNear: _unranked,
    AnyPrefixed: _unranked,
    Every: _every,
    FuzzyTerm: _many,
    Phrase: _phrase,
    Prefix: _many,
    Regex: _many,
    Remainder: _remainder,
    Sequence: _sequence,
    Term: _term,
    TermRange: _many,
    Variations: _many,
    Wildcard: _many,
}
"""How each class of leaf is evaluated: the query, the segment, whether scores are wanted, and what
multiplies them."""
