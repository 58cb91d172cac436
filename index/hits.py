"""From a found article to a hit: what a row of a result list shows of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.article import Passage
from index.excerpts import excerpt
from index.matching import Matcher
from index.query.syntax import parse
from index.results import Excerpt, Hit, Marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article
    from index.store import Store


def make_hits(
    store: Store, ids: Sequence[str], scores: Sequence[float], matcher: Matcher
) -> tuple[Hit, ...]:
    """Describe articles as the answer to a query, each as its text and its marks are now."""
    if not ids:
        return ()
    articles, marks = store.articles.get(ids), store.marks.get(ids)
    return tuple(
        make_hit(articles[id_], score, marks.get(id_, Marks()), matcher)
        if id_ in articles
        else missing_hit(id_, damaged=store.articles.has(id_))
        for id_, score in zip(ids, scores, strict=True)
    )


def make_hit(article: Article, score: float, marks: Marks, matcher: Matcher) -> Hit:
    """Describe an article as the answer to a query."""
    points = article.key_points.points
    return Hit(
        id=article.id,
        title=article.title,
        source=article.source,
        published=article.published,
        place=article.place,
        score=score,
        excerpt=excerpt(article, matcher),
        title_spans=matcher.spans(Passage("title", article.title)),
        points=points,
        points_spans=tuple(matcher.spans(Passage("points", point)) for point in points),
        words=article.words,
        marks=marks,
    )


def missing_hit(id_: str, *, damaged: bool) -> Hit:
    """Stand in for an article that can't be had, so places stay places.

    It is ``damaged``, or it left the record after it was found.
    """
    return Hit(
        id=id_,
        title="(damaged: it cannot be read)" if damaged else "(no longer in the library)",
        source=None,
        published=None,
        place=None,
        score=0.0,
        excerpt=Excerpt(field="title", text=""),
    )


@lru_cache(maxsize=8)
def matcher_of(query: str, typing: bool) -> Matcher:
    """Return what finds the matches of a query; the last few stay, as their words are known."""
    if not query.strip():
        return Matcher(parse(""), str)
    from index.schema import stem  # noqa: PLC0415  (imports Whoosh)

    return Matcher(parse(query, typing=typing), stem)
