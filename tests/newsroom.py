"""Articles made by hand and an index of them, for tests of searching."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from whoosh.searching import Searcher

from index.article import Article, Block, KeyPoints
from index.columnar.index import ColumnarIndex
from index.ranking import MODEL
from index.schema import SCHEMA, document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence


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


def index(folder: Path, *segments: Iterable[Article]) -> ColumnarIndex:
    """Index articles in a folder, each iterable of them as a segment of its own."""
    index = ColumnarIndex.create(folder, SCHEMA)
    for articles in segments:
        writer = index.writer()
        for one in articles:
            writer.add_document(**document(one))
        writer.commit(merge=False)
    return index


def searcher(*segments: Iterable[Article]) -> Searcher:
    """Return a searcher of such an index; its files are open, and gone from the disk."""
    with TemporaryDirectory() as folder:
        return Searcher(index(Path(folder, "index"), *segments).reader(), weighting=MODEL)
