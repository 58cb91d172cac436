"""The tree of a query as a Whoosh query over the fields of the schema.

Few kinds of nodes come out, always in the same arrangement, so that an engine can recognise them::

    Without(And([words…, Unscored(filter)…]), AnyOf([excluded…]))

Each part is there only if the query has it. A word is a term of the whole text. What has no stem is
an ``AnyOf`` over the fields, each weighted; prefixes, wildcards and fuzzy words score the same
however often they are found in a field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh.query.compound import And
from whoosh.query.positional import Phrase, Sequence
from whoosh.query.qcore import Every, Query
from whoosh.query.ranges import NumericRange
from whoosh.query.terms import Term
from whoosh.query.wrappers import ConstantScoreQuery

from index.query import tree
from index.query.nodes import (
    Among,
    AnyMatching,
    AnyNear,
    AnyOf,
    AnyPrefixed,
    PrefixSpans,
    Remainder,
    Unscored,
    Without,
)
from index.ranking import PRESENCE, WEIGHTS
from index.schema import (
    NAME_FIELDS,
    SHORT_PREFIX,
    STEM_FIELDS,
    TEXT_FIELDS,
    TIMES,
    WHOLE,
    stem,
    words_field,
)
from index.spelling import swaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from index.query.recorded import Recorded

WIDEST_AND = 50
"""Parts under one ``And``: with many more, Whoosh would exceed Python's limit of recursion."""

FUZZY_PREFIX = 1
"""Letters at its beginning that a fuzzy word shares with what it finds."""


def compile_query(node: tree.Node, recorded: Recorded) -> Query:
    """Return the Whoosh query that finds what ``node`` asks for."""
    return _Compiler(recorded).compile(node, 1.0)


def is_scored(node: tree.Node) -> bool:
    """Tell whether a node ranks what it finds, rather than only letting through or shutting out."""
    match node:
        case tree.Boost(child):
            return is_scored(child)
        case tree.And(children) | tree.Or(children):
            return any(map(is_scored, children))
        case tree.Term() | tree.Phrase() | tree.Prefix() | tree.Wildcard() | tree.Fuzzy():
            return True
    return False


class _Compiler:
    """Translates node by node."""

    def __init__(self, recorded: Recorded) -> None:
        self._recorded = recorded

    def compile(self, node: tree.Node, boost: float) -> Query:
        """Return the query for one node, its scores multiplied by ``boost``."""
        match node:
            case tree.Boost(child, factor):
                return self.compile(child, boost * factor)
            case tree.And(children):
                return self._all_of(children, boost)
            case tree.Or(children):
                return _any_of(self._alternative(child, boost) for child in children)
            case tree.Not():
                return self._all_of((node,), boost)
            case _ if is_scored(node):
                return _word(node, boost)
        return self._filter(node)

    def _alternative(self, child: tree.Node, boost: float) -> Query:
        """Return what one child of an ``Or`` finds; what does not rank comes behind what does."""
        query = self.compile(child, boost)
        return query if is_scored(child) else Unscored(query)

    def _all_of(self, children: tuple[tree.Node, ...], boost: float) -> Query:
        """Return what all children find; filters and exclusions leave the scores alone."""
        scored = [self.compile(child, boost) for child in children if is_scored(child)]
        filters = [
            self.compile(child, 1.0)
            for child in children
            if not is_scored(child) and not isinstance(child, tree.Not | tree.Everything)
        ]
        excluded = [self.compile(c.child, 1.0) for c in children if isinstance(c, tree.Not)]
        if scored:
            filters = [Unscored(part) for part in filters]
        found = _and([*scored, *filters] or [Every()])
        return Without(found, _any_of(excluded)) if excluded else found

    def _filter(self, node: tree.Node) -> Query:
        """Return a query whose scores mean nothing."""
        match node:
            case tree.Days(first, last):
                start, end = (day.toordinal() if day else None for day in (first, last))
                return NumericRange("day", start, end)
            case tree.Has(what):
                return Term("has", what)
            case tree.Marked(mark):
                return Among(getattr(self._recorded, mark))
            case tree.FromFeed(called, begins):
                return Among(self._recorded.of_feed(called, begins=begins))
            case tree.Tagged(tag, begins):
                return Among(self._recorded.tagged(tag, begins=begins))
        return Every()


def _word(node: tree.Node, boost: float) -> Query:
    """Return the query for a leaf that is looked up in the dictionary."""
    match node:
        case tree.Term(form, field, completes):
            found = _inflected(form, field, boost)
            return _any_of([found, *_prefixes(form, field, boost)]) if completes else found
        case tree.Phrase((form,), field, _, completes):
            if completes:
                return _any_of(_prefixes(form, field, boost))
            names = _fields(field)
            return _any_of(Term(words_field(n), form, boost * WEIGHTS[n]) for n in names)
        case tree.Phrase():
            return _any_of(_phrase(name, node, boost) for name in _fields(node.field))
        case tree.Prefix(form, field):
            return _any_of(_prefixes(form, field, boost))
        case tree.Wildcard(pattern, field):
            return _constant(field, boost, lambda name: AnyMatching(name, pattern))
        case tree.Fuzzy(form, distance, field):
            return _constant(field, boost, lambda name: _fuzzy(name, form, distance))
    raise AssertionError(node)


def _fields(field: tree.Field) -> tuple[str, ...]:
    return TEXT_FIELDS if field is None else (field,)


def _and(parts: list[Query]) -> Query:
    """Return what all parts find; Whoosh evaluates an ``And`` as deep as it has parts."""
    while len(parts) > WIDEST_AND:
        parts = [_and(parts[i : i + WIDEST_AND]) for i in range(0, len(parts), WIDEST_AND)]
    return parts[0] if len(parts) == 1 else And(parts)


def _any_of(parts: Iterable[Query]) -> Query:
    parts = list(parts)
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def _inflected(form: str, field: tree.Field, boost: float) -> Query:
    """Return a word in any inflection; a name has none."""
    if field in NAME_FIELDS:
        return Term(field, form, boost)
    if field in STEM_FIELDS:
        return Term(field, stem(form), boost)
    anywhere = Term(WHOLE, stem(form), boost)
    return Remainder(anywhere, {name: TIMES[name] for name in STEM_FIELDS}) if field else anywhere


def _phrase(name: str, phrase: tree.Phrase, boost: float) -> Query:
    """Return a phrase in one field."""
    field, weight = words_field(name), boost * WEIGHTS[name]
    if not phrase.completes:
        return Phrase(field, list(phrase.forms), slop=phrase.within, boost=weight)
    *before, last = phrase.forms
    words = [Term(field, form) for form in before]
    return Sequence([*words, PrefixSpans(field, last)], slop=phrase.within, boost=weight)


def _prefixes(form: str, field: tree.Field, boost: float) -> list[Query]:
    """Return queries for words that begin so; the shortest prefixes have a field of their own."""
    if field is None and len(form) <= SHORT_PREFIX:
        return [ConstantScoreQuery(Term("starts", form), boost)]
    return [
        ConstantScoreQuery(AnyPrefixed(words_field(name), form), boost * PRESENCE[name])
        for name in _fields(field)
    ]


def _fuzzy(field: str, form: str, distance: int) -> Query:
    """Return near spellings; Whoosh does not count two swapped letters as one mistake."""
    near = AnyNear(field, form, maxdist=distance, prefixlength=FUZZY_PREFIX)
    return AnyOf([near, *(Term(field, swapped) for swapped in sorted(swaps(form)))])


def _constant(field: tree.Field, boost: float, leaf: Callable[[str], Query]) -> Query:
    """Return a leaf for each field, with a score that is the field's weight."""
    return _any_of(
        ConstantScoreQuery(leaf(words_field(name)), boost * PRESENCE[name])
        for name in _fields(field)
    )
