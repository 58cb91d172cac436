"""Search: from what the reader typed to all found articles, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.columnar.evaluation.found import Found
from index.columnar.evaluation.search import find
from index.columnar.identities import documents
from index.order import Order
from index.query.compile import compile_query, is_scored
from index.query.marked import NO_MARKS
from index.query.syntax import parse
from index.results import Ranking
from index.suggestions import suggest

if TYPE_CHECKING:
    import datetime as dt

    from whoosh.reading import IndexReader
    from whoosh.searching import Searcher

    from index.query.marked import Marked
    from index.results import Scope, Sort


def rank(
    searcher: Searcher,
    text: str,
    *,
    typing: bool = False,
    sort: Sort = "relevance",
    scope: Scope = "all",
    today: dt.date | None = None,
    marks: Marked = NO_MARKS,
) -> Ranking:
    """Find and order the articles that ``text`` asks for.

    By relevance, the newer of two articles of the same score comes first; by date, the newest,
    and undated articles after all others. A query without words is always ordered by date.
    ``searcher``: a stock one over a reader of :mod:`index.columnar`. ``typing``: the text is not
    finished, see :func:`index.query.syntax.parse`. ``marks``: what ``is:read`` and ``is:starred``
    find, and what is in a ``scope``.

    Raises QueryError when the text cannot be understood.
    """
    node = parse(text, typing=typing, today=today)
    reader = searcher.reader()
    scored = sort == "relevance" and is_scored(node)
    everywhere = find(searcher, compile_query(node, marks), scored=scored)
    if not scored:
        everywhere = Found(everywhere.documents, np.zeros(len(everywhere.documents)))
    found = _within(scope, everywhere, reader, marks)

    def finds(corrected: str) -> bool:
        node = parse(corrected, typing=typing, today=today)
        return bool(len(find(searcher, compile_query(node, marks), scored=False).documents))

    total, order = len(found.documents), Order(found, documents(reader))
    suggestion = suggest(reader, text, node, finds, found=total > 0)
    hidden = len(everywhere.documents) - total
    return Ranking(total, order.ids, order.scores, hidden, suggestion)


def _within(scope: Scope, found: Found, reader: IndexReader, marks: Marked) -> Found:
    """Return what was found that is within a scope."""
    if scope == "all":
        return found
    ids = marks.read if scope == "unread" else marks.starred
    marked = documents(reader).mask(ids)[found.documents]
    return found.where(~marked if scope == "unread" else marked)
