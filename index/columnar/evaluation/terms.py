"""The leaves of a query that stand for many terms: which numbers of terms they mean.

Terms are sorted, so that a prefix or a range is one stretch of numbers, and the documents of all
its terms are one stretch of the postings.
"""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING, Any

from whoosh.query.ranges import TermRange
from whoosh.query.terms import FuzzyTerm, Prefix, Term, Wildcard

from index.columnar.evaluation.nearness import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.columnar.evaluation.leaf import Leaf
    from index.columnar.terms import Terms

_NO_END = b"\xff\xff\xff\xff"
"""Whoosh's end of a range that has none."""


def ranges_of(query: Any, leaf: Leaf) -> list[tuple[int, int]]:
    """Return the terms of a segment that a query of many terms means, as ranges of numbers.

    ``query``: a :class:`whoosh.query.MultiTerm`, of whatever class, or a Term.
    """
    field = leaf.field(query.field())
    if field is None:
        return []
    terms = field.terms
    if isinstance(query, Term):
        term = leaf.term(query.fieldname, query.text)
        return [] if term is None else [(term.number, term.number + 1)]
    if isinstance(query, TermRange):
        return [_between(query, terms, leaf)]
    if isinstance(query, Prefix):
        return [terms.prefixed(leaf.schema[query.field()].to_bytes(query.text))]
    if isinstance(query, Wildcard):
        found = _fitting(query, terms)
        if found is not None:
            return list(_runs(found))
    if isinstance(query, FuzzyTerm) and query.prefixlength <= len(query.text):
        close = near(terms, query.text, query.maxdist, query.prefixlength)
        if close is not None:
            return list(_runs(close.tolist()))
    to_bytes = leaf.schema[query.field()].to_bytes
    numbers = {terms.find(to_bytes(term)) for term in query._btexts(leaf.reader)}  # noqa: SLF001
    return list(_runs(sorted(number for number in numbers if number is not None)))


def _between(query: TermRange, terms: Terms, leaf: Leaf) -> tuple[int, int]:
    to_bytes = leaf.schema[query.fieldname].to_bytes
    try:
        start = b"" if query.start is None else to_bytes(query.start)
        end = _NO_END if query.end is None else to_bytes(query.end)
    except ValueError:
        return 0, 0
    # The next string after another is the same with a zero byte behind it.
    low = terms.place(start + b"\0" if query.startexcl else start)
    high = terms.place(end if query.endexcl else end + b"\0")
    return low, max(low, high)


def _fitting(query: Wildcard, terms: Terms) -> Iterable[int] | None:
    """Return the numbers of the terms that a pattern fits, None if they are not lines of text."""
    prefix = query._find_prefix(query.text)  # noqa: SLF001
    low, high = terms.prefixed(prefix.encode())
    texts = terms.texts(low, high)
    if texts is None:
        return None
    fits = re.compile(fnmatch.translate(query.text)).match
    return [number for number, text in enumerate(texts, low) if fits(text)]


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield ascending numbers as ranges of neighbours."""
    first = behind = -1
    for number in numbers:
        if number != behind:
            if behind > first:
                yield first, behind
            first = number
        behind = number + 1
    if behind > first:
        yield first, behind
