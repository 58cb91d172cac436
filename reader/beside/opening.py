"""Opening an article that is as long as several books: all that takes long, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.drawing.layout import lay_out

if TYPE_CHECKING:
    from index.article import Article
    from index.library import Library
    from index.results import Results, Spans
    from reader.drawing.layout import Layout

LARGE = 300_000
"""Characters from which on an article is opened beside the screen: some 50,000 words."""


class Opened(NamedTuple):
    """An article, and whatever of it can be made before it is drawn."""

    article: Article
    spans: tuple[Spans, ...]
    layout: Layout


def opened(library: Library, id_: str, results: Results, width: int) -> Opened:
    """Read an article, find the matches of a query in it, and break it into lines."""
    article = library.article(id_)
    return Opened(article, library.spans(article, results), lay_out(article, width))
