"""Query nodes that Whoosh lacks, or whose evaluation is too slow or wrong in Whoosh.

Each is a subclass of the Whoosh node whose meaning it has, so an engine that knows that node may
evaluate it in its own way.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from whoosh.matching.mcore import ListMatcher
from whoosh.matching.wrappers import FilterMatcher
from whoosh.query.compound import AndNot, Or
from whoosh.query.qcore import Query
from whoosh.query.spans import Span
from whoosh.query.terms import FuzzyTerm, Prefix, Term, Wildcard
from whoosh.query.wrappers import ConstantScoreQuery

from index.docnums import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDEST_UNION = 16
"""Parts of an :class:`AnyOf` that are evaluated as a tree: all fields of a word have room."""


class AnyOf(Or):
    """Documents that any of the parts finds, their scores added.

    Whoosh chooses by the size of the index how to evaluate this. What counts is the number of
    parts: a tree of unions leaps over what the rest of the query excludes, but its depth grows.
    """

    def __init__(
        self,
        subqueries: list[Query],
        boost: float = 1.0,
        minmatch: int = 0,
        scale: float | None = None,
    ) -> None:
        super().__init__(subqueries, boost, minmatch, scale)
        many = len(subqueries) > WIDEST_UNION
        self.matcher_type = Or.ARRAY_MATCHER if many else Or.DEFAULT_MATCHER


class Without(AndNot):
    """Documents that one part finds and another does not.

    Whoosh's own matcher begins with a document that both find, where it is the first one of the
    first part, and the other part begins before it.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return the first part's matcher, past what the second part finds in one segment."""
        found = self.a.matcher(searcher, context)
        excluded = self.b.matcher(searcher, searcher.boolean_context())
        return FilterMatcher(found, set(excluded.all_ids()), exclude=True)


class Unscored(ConstantScoreQuery):
    """A filter: documents that its child finds, with a score of 0.

    Whoosh's own query takes a score of 0 for none given, and makes 1 of it.
    """

    def __init__(self, child: Query) -> None:
        super().__init__(child, 0.0)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a list of document numbers of one segment."""
        context = context or searcher.boolean_context()
        found = list(self.child.matcher(searcher, context).all_ids())
        return ListMatcher(found, [0.0] * len(found))


class Remainder(Query):
    """Documents that have a term more often than some parts of the text account for.

    ``parts``: fields with the terms of these parts, and how many times the whole has each of them.
    A document is scored by the term in the whole.
    """

    def __init__(self, whole: Term, parts: Mapping[str, int]) -> None:
        self.whole, self.parts = whole, parts
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Remainder) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(self.whole)

    def __repr__(self) -> str:
        return f"Remainder({self.whole!r}, {self.parts!r})"

    def estimate_size(self, ixreader: Any) -> int:
        """Return how many documents there are at most."""
        return int(self.whole.estimate_size(ixreader))

    def estimate_min_size(self, ixreader: Any) -> int:  # noqa: ARG002
        """Return how many documents there are at least."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return the term's matcher, past the documents of which nothing is left."""
        left: Counter[int] = Counter()
        taken = ((name, -times) for name, times in self.parts.items())
        for name, times in ((self.whole.fieldname, 1), *taken):
            postings = Term(name, self.whole.text).matcher(searcher)
            while postings.is_active():
                left[postings.id()] += times * round(postings.weight())
                postings.next()
        spent = {document for document, times in left.items() if times <= 0}
        return FilterMatcher(self.whole.matcher(searcher, context), spent, exclude=True)


class _Unranked:
    """A mixin for words of a pattern: the documents of all of them, as one set.

    Whoosh makes a tree of unions of the words' postings, which takes ten times as long.
    """

    fieldname: str

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002
        """Return a list of document numbers of one segment."""
        reader = searcher.reader()
        found: set[int] = set()
        for word in self._btexts(reader):  # type: ignore[attr-defined]
            found.update(reader.postings(self.fieldname, word).all_ids())
        return ListMatcher(sorted(found), [1.0] * len(found))


class AnyPrefixed(_Unranked, Prefix):
    """Documents with a word that begins so."""


class AnyMatching(_Unranked, Wildcard):
    """Documents with a word of a pattern."""


class AnyNear(_Unranked, FuzzyTerm):
    """Documents with a word spelt nearly so."""


class PrefixSpans(Prefix):
    """A prefix whose matcher knows positions, as the last word of a phrase.

    Whoosh's own union of postings loses the positions above 1,024 words, and takes seconds before.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002
        """Return a list of document numbers of one segment, with positions."""
        positions: dict[int, list[int]] = {}
        reader = searcher.reader()
        for word in self._btexts(reader):
            postings = reader.postings(self.fieldname, word)
            while postings.is_active():
                positions.setdefault(postings.id(), []).extend(postings.value_as("positions"))
                postings.next()
        return _SpanMatcher(positions)


class _SpanMatcher(ListMatcher):
    """Documents of a segment with the positions of a match in each."""

    def __init__(self, positions: dict[int, list[int]]) -> None:
        ids = sorted(positions)
        super().__init__(ids, [1.0] * len(ids))  # type: ignore[no-untyped-call]
        self._positions = positions

    def spans(self) -> list[Span]:
        """Return where the current document has a match."""
        document: int = self.id()  # type: ignore[no-untyped-call]
        return [Span(place) for place in sorted(self._positions[document])]


class Among(Query):
    """Documents whose id is in a set that is known outside the index."""

    def __init__(self, ids: frozenset[str]) -> None:
        self.ids = ids
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Among) and self.ids == other.ids

    def __hash__(self) -> int:
        return hash(self.ids)

    def __repr__(self) -> str:
        return f"Among({len(self.ids)} ids)"

    def estimate_size(self, ixreader: Any) -> int:
        """Return how many documents there are at most."""
        return min(len(self.ids), int(ixreader.doc_count()))

    def estimate_min_size(self, ixreader: Any) -> int:  # noqa: ARG002
        """Return how many documents there are at least."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002
        """Return a list of document numbers of one segment."""
        known = numbers(searcher.reader())
        found = sorted(known[id_] for id_ in self.ids if id_ in known)
        return ListMatcher(found, [1.0] * len(found))
