"""Highlights and notes: passages that the reader marked, and where they are in the text now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from index.anchors import Anchor, anchor, find_again
from index.results import PAGE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.article import Article
    from index.results import Span


class Highlight(NamedTuple):
    """A passage of an article, as it was when the reader marked it, and perhaps a note on it."""

    key: int
    id: str
    """Of the article."""

    anchor: Anchor
    """In the article's :func:`whole_text`."""

    note: str
    made: dt.datetime


class Placed(NamedTuple):
    """A highlight, and where it is in the text as that is now; None where it is not any more."""

    highlight: Highlight
    span: Span | None


class Noted(NamedTuple):
    """A highlight with what is to be told of its article."""

    highlight: Highlight
    title: str
    source: str | None
    published: dt.datetime | dt.date | None
    url: str | None
    span: Span | None
    """Where it is in the whole text now; None where it is not any more."""


def noted(
    articles: Callable[[Sequence[str]], Iterable[Article]], highlights: Sequence[Highlight]
) -> Iterator[Noted]:
    """Give highlights with what is to be told of their articles, in their order.

    ``articles`` gives those with some ids, as a library does, for a few at a time.
    """
    for start in range(0, len(highlights), PAGE):
        page = highlights[start : start + PAGE]
        known = {article.id: article for article in articles([one.id for one in page])}
        yield from (_noted(one, known.get(one.id)) for one in page)


def _noted(highlight: Highlight, article: Article | None) -> Noted:
    if article is None:
        return Noted(highlight, "(no longer in the library)", None, None, None, None)
    span = find_again(highlight.anchor, whole_text(article))
    return Noted(highlight, article.title, article.source, article.published, article.url, span)


def whole_text(article: Article) -> str:
    """Return all passages of an article, a line each."""
    return "\n".join(passage.text for passage in article.passages)


def anchor_in(article: Article, span: Span) -> Anchor | None:
    """Remember a passage of an article; None where there is nothing in it but white space."""
    text = whole_text(article)
    quote = text[slice(*span)]
    start = span[0] + len(quote) - len(quote.lstrip())
    end = start + len(quote.strip())
    return anchor(text, start, end) if start < end else None


def placed(article: Article, highlights: Iterable[Highlight]) -> tuple[Placed, ...]:
    """Find highlights in the text of their article, as that is now: in its order, the lost last."""
    text = whole_text(article)
    found = [Placed(one, find_again(one.anchor, text)) for one in highlights]
    return tuple(sorted(found, key=lambda one: one.span or (len(text) + 1, one.highlight.key)))


def by_passage(article: Article, span: Span, starts: Sequence[int]) -> Iterator[tuple[int, Span]]:
    """Give what of each passage lies within a span of the whole text.

    ``starts``: the :func:`passage_starts`, of which there may be thousands.
    """
    passages = article.passages
    for number in range(max(bisect_right(starts, span[0]) - 1, 0), bisect_left(starts, span[1])):
        start = starts[number]
        first, behind = max(span[0], start), min(span[1], start + len(passages[number].text))
        if first < behind:
            yield number, (first - start, behind - start)


def passage_starts(article: Article) -> tuple[int, ...]:
    """Return where in the whole text each passage begins."""
    starts, start = [], 0
    for passage in article.passages:
        starts.append(start)
        start += len(passage.text) + 1
    return tuple(starts)
