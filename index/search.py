"""Search: from what the reader typed to all found articles, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.columnar.evaluation.documents import Documents, intersection
from index.columnar.evaluation.search import ask
from index.columnar.identities import catalogue, identities
from index.facets import narrow
from index.order import Order
from index.query.compile import compile_query, is_scored
from index.query.recorded import NOTHING_RECORDED, ids_within
from index.query.syntax import parse
from index.results import Ranking
from index.standing import standing
from index.suggestions import suggest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

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

    By relevance, the newer of two articles of the same score comes first; ``newest`` is the order
    of a query without words, too. Undated articles come after all others. By source, those of one
    source are from new to old, and those without one come last.
    ``searcher``: a stock one over a reader of :mod:`index.columnar`. ``typing``: the text is not
    finished, see :func:`index.query.syntax.parse`. ``recorded``: what ``is:``, ``feed:`` and
    ``tag:`` find, and what is in a ``scope``. ``narrowed``: only what is within all these counts;
    scores, and what was perhaps meant, are by the text alone.

    Raises QueryError when the text cannot be understood.
    """
    node = parse(text, typing=typing, today=today)
    scored = sort == "relevance" and is_scored(node)
    everywhere = ask(searcher, compile_query(node, recorded), scored=scored)
    of_scope = [within(scope, answer, recorded) for answer in everywhere]
    answers = [narrow(answer, narrowed, recorded) for answer in of_scope]

    def finds(corrected: str) -> bool:
        node = parse(corrected, typing=typing, today=today)
        return count(ask(searcher, compile_query(node, recorded), scored=False)) > 0

    reader = searcher.reader()
    places = standing(reader, sort)
    order = Order(answers, catalogue(reader), scored=scored, standing=places)
    total, all_of_scope = count(answers), count(of_scope)
    suggestion = suggest(searcher, text, node, finds, found=all_of_scope > 0)
    hidden, outside = count(everywhere) - all_of_scope, all_of_scope - total
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
    answers = [within(scope, answer, recorded) for answer in ask(searcher, compiled, scored=False)]
    return [narrow(answer, narrowed, recorded) for answer in answers]


def count(answers: Iterable[Answer]) -> int:
    """Return how many articles there are in answers."""
    return sum(len(answer.documents) for answer in answers)


def within(scope: Scope, answer: Answer, recorded: Recorded) -> Answer:
    """Return what a segment found that is within a scope."""
    if scope == "all":
        return answer
    ids = ids_within(scope, recorded)
    size = answer.leaf.size
    marked = Documents(size, mask=identities(answer.leaf.segment).mask(ids))
    documents = answer.documents
    if scope == "unread":
        return answer._replace(documents=documents.without(marked))
    return answer._replace(documents=intersection([documents, marked]))
