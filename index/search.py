"""Search: from what the reader typed to all found articles, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.columnar.evaluation.documents import Documents, intersection
from index.columnar.evaluation.search import ask
from index.columnar.identities import catalogue, identities
from index.facets import narrow
from index.order import Order
from index.query.compile import compile_query, is_scored
from index.query.recorded import NOTHING_RECORDED
from index.query.syntax import parse
from index.results import Ranking
from index.suggestions import suggest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from whoosh.searching import Searcher

    from index.columnar.evaluation.answer import Answer
    from index.narrowing import Narrowing
    from index.query.recorded import Recorded
    from index.results import Scope, Sort


def rank(
    searcher: Searcher,
    text: str,
    *,
    typing: bool = False,
    sort: Sort = "relevance",
    scope: Scope = "all",
    narrowed: Sequence[Narrowing] = (),
    today: dt.date | None = None,
    recorded: Recorded = NOTHING_RECORDED,
) -> Ranking:
    """Find and order the articles that ``text`` asks for.

    By relevance, the newer of two articles of the same score comes first; by date, the newest,
    and undated articles after all others. A query without words is always ordered by date.
    ``searcher``: a stock one over a reader of :mod:`index.columnar`. ``typing``: the text is not
    finished, see :func:`index.query.syntax.parse`. ``recorded``: what ``is:``, ``feed:`` and
    ``tag:`` find, and what is in a ``scope``. ``narrowed``: only what is within all these counts;
    scores, and what was perhaps meant, are by the text alone.

    Raises QueryError when the text cannot be understood.
    """
    node = parse(text, typing=typing, today=today)
    scored = sort == "relevance" and is_scored(node)
    everywhere = ask(searcher, compile_query(node, recorded), scored=scored)
    within = [_within(scope, answer, recorded) for answer in everywhere]
    answers = [narrow(answer, narrowed, recorded) for answer in within]

    def finds(corrected: str) -> bool:
        node = parse(corrected, typing=typing, today=today)
        return _count(ask(searcher, compile_query(node, recorded), scored=False)) > 0

    total, of_scope = _count(answers), _count(within)
    order = Order(answers, catalogue(searcher.reader()), scored=scored)
    suggestion = suggest(searcher, text, node, finds, found=of_scope > 0)
    hidden, outside = _count(everywhere) - of_scope, of_scope - total
    return Ranking(total, order.ids, order.scores, hidden, outside, suggestion)


def found(
    searcher: Searcher,
    text: str,
    *,
    typing: bool = False,
    scope: Scope = "all",
    narrowed: Sequence[Narrowing] = (),
    today: dt.date | None = None,
    recorded: Recorded = NOTHING_RECORDED,
) -> list[Answer]:
    """Return what each segment finds, in no order: for whoever counts it.

    Raises QueryError when the text cannot be understood.
    """
    compiled = compile_query(parse(text, typing=typing, today=today), recorded)
    answers = [_within(scope, answer, recorded) for answer in ask(searcher, compiled, scored=False)]
    return [narrow(answer, narrowed, recorded) for answer in answers]


def _count(answers: list[Answer]) -> int:
    return sum(len(answer.documents) for answer in answers)


def _within(scope: Scope, answer: Answer, recorded: Recorded) -> Answer:
    """Return what a segment found that is within a scope."""
    if scope == "all":
        return answer
    ids = recorded.read if scope == "unread" else recorded.starred
    size = answer.leaf.size
    marked = Documents(size, mask=identities(answer.leaf.segment).mask(ids))
    documents = answer.documents
    if scope == "unread":
        return answer._replace(documents=documents.without(marked))
    return answer._replace(documents=intersection([documents, marked]))
