"""Articles made by hand and an index of them in memory, for tests of searching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import RamStorage

from index.article import Article, Block, KeyPoints
from index.schema import SCHEMA, document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from whoosh.searching import Searcher


def article(
    id_: str,
    title: str = "",
    *body: str,
    points: Sequence[str] = (),
    published: dt.date | dt.datetime | None = None,
    place: str | None = None,
    source: str | None = None,
) -> Article:
    """Make an article; a paragraph of ``body`` that begins with ``#`` is a heading."""
    return Article(
        id=id_,
        title=title,
        origin=id_,
        published=published,
        place=place,
        source=source,
        key_points=KeyPoints(origin="article" if points else "none", points=tuple(points)),
        blocks=tuple(
            Block(kind="heading" if text.startswith("#") else "paragraph", text=text.lstrip("#"))
            for text in body
        ),
    )


def index(*segments: Iterable[Article]) -> Any:
    """Index articles in memory, each iterable of them as a segment of its own."""
    index: Any = RamStorage().create_index(SCHEMA)
    for articles in segments:
        writer = index.writer()
        for one in articles:
            writer.add_document(**document(one))
        writer.commit(merge=False)
    return index


def searcher(*segments: Iterable[Article]) -> Searcher:
    """Return a searcher of such an index."""
    found: Searcher = index(*segments).searcher()
    return found
