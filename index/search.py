"""Search: from what the reader typed to the ids of all found articles, in order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from index.docnums import documents
from index.query.compile import compile_query, is_scored
from index.query.marked import NO_MARKS, MarkedIds
from index.query.syntax import parse
from index.suggestions import suggest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from whoosh.query.qcore import Query
    from whoosh.searching import Searcher

    from index.results import Sort


class Ranking(NamedTuple):
    """All that a query found, best first."""

    total: int
    ids: tuple[str, ...]
    scores: tuple[float, ...]
    """BM25F of each article; zeros where the order is not by relevance."""

    suggestion: str | None = None
    """The query with unknown words replaced by known ones, if that finds something."""


def rank(
    searcher: Searcher,
    text: str,
    *,
    typing: bool = False,
    sort: Sort = "relevance",
    today: dt.date | None = None,
    marks: MarkedIds = NO_MARKS,
) -> Ranking:
    """Find and order the articles that ``text`` asks for.

    By relevance, the newer of two articles of the same score comes first; by date, the newest,
    and undated articles after all others. A query without words is always ordered by date.
    ``typing``: the text is not finished, see :func:`index.query.syntax.parse`. ``marks``: what
    ``is:read`` and ``is:starred`` find.

    Raises QueryError when the text cannot be understood.
    """
    node = parse(text, typing=typing, today=today)
    if not searcher.doc_count_all():
        return Ranking(0, (), ())
    compiled = compile_query(node, marks)
    if sort == "relevance" and is_scored(node):
        found = searcher.search(compiled, limit=None).items()
    else:
        found = ((number, 0.0) for number in searcher.docs_for_query(compiled))
    ids, scores = _ordered(searcher, found)

    def finds(corrected: str) -> bool:
        node = parse(corrected, typing=typing, today=today)
        return _finds_anything(searcher, compile_query(node, marks))

    suggestion = suggest(searcher.reader(), text, node, finds, found=bool(ids))
    return Ranking(len(ids), ids, scores, suggestion)


def _ordered(
    searcher: Searcher, found: Iterable[tuple[int, float | None]]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return ids and scores by falling score, then from new to old, then by id."""
    segments = [(documents(reader), first) for reader, first in searcher.reader().leaf_readers()]
    beginnings = [first for _, first in segments]
    keys = []
    for number, score in found:
        segment, first = segments[bisect_right(beginnings, number) - 1]
        here = number - first
        keys.append((-(score or 0.0), -segment.published[here], segment.ids[here]))
    keys.sort()
    return tuple(key[2] for key in keys), tuple(-key[0] for key in keys)


def _finds_anything(searcher: Searcher, compiled: Query) -> bool:
    found: Any = searcher.docs_for_query(compiled)
    return next(iter(found), None) is not None
