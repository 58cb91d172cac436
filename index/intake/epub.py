"""A book to its chapters: each becomes a document of its own, with what the book says of itself."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import UnreadableError
from index.intake.archives import is_encrypted, seekable
from index.intake.document import Document
from index.intake.dom import PlacedBlock, tree_blocks
from index.intake.epub_package import Chapter, Package, read_package
from index.intake.files import SIZE_LIMIT, too_large
from index.intake.html import decode_page
from index.intake.markup import read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    Measured = Callable[[BinaryIO, str], BinaryIO]
    """Makes of a file one that raises UnreadableError where it becomes too large."""

_HEADINGS = ("h1", "h2", "h3")
_LONGEST_HEADING = 300
_NOWHERE = "https://book.invalid/"
"""Where a book is taken to be, so that links within it are seen."""

_MOSTLY = 0.8
"""Part of a page's text that leads elsewhere, from which the page is a table of contents."""

_AROUND = re.compile(
    r"(?:\S+\s+)*(?:cover|titlepage|halftitlepage|toc|copyright-page|landmarks|loi|lot|colophon)"
    r"(?:\s+\S+)*"
)
_TYPE = re.compile(r"epub:type|role")


def chapters(
    file: BinaryIO, origin: str, measured: Measured
) -> Iterator[Document | UnreadableError]:
    """Give the chapters of a book in the order in which they are read.

    The cover, tables of contents and pages without text are left out. Raises UnreadableError, or
    what the standard library raises, where the book can't be read at all.
    """
    with zipfile.ZipFile(seekable(file, origin)) as archive:
        names = {info.filename: info for info in archive.infolist()}

        def read(path: str) -> bytes | None:
            if path not in names:
                return None
            at = f"{origin}#{path}"
            if is_encrypted(names[path]):
                raise UnreadableError(at, "is encrypted")
            with archive.open(names[path]) as member:
                raw = measured(cast("BinaryIO", member), at).read(SIZE_LIMIT + 1)
            if len(raw) > SIZE_LIMIT:
                raise UnreadableError(at, too_large())
            return raw

        package = read_package(read, origin)
        for chapter in dict.fromkeys(package.chapters):
            yield from _documents(chapter, package, read(chapter.path), origin)


def _documents(
    chapter: Chapter, package: Package, raw: bytes | None, origin: str
) -> Iterator[Document | UnreadableError]:
    """Give the document of a chapter, if it has text of its own."""
    at = f"{origin}#{chapter.href}"
    if raw is None:
        yield UnreadableError(at, "is not in the book")
        return
    try:
        markup = decode_page(raw, at)
    except UnreadableError as error:
        yield error
        return
    root = read_tree(markup)
    blocks = tree_blocks(root, _NOWHERE) if root is not None else ()
    if root is None or not blocks or _is_around(root) or _is_contents(blocks):
        return
    told = {
        "id": chapter.href,
        "title": chapter.title or _heading(root, package.title),
        "source": package.title or package.publisher,
        "authors": [{"name": name} for name in package.authors],
        "date_published": package.published,
        "language": package.language,
        "content_html": markup,
    }
    known = {name: value for name, value in told.items() if value}
    yield Document(json.dumps(known, ensure_ascii=False).encode("utf-8", "replace"), at)


def _is_around(root: HtmlElement) -> bool:
    """Whether a page says that it is a cover, a table of contents or the like."""
    body = next(root.iter("body"), root)
    children = [one for one in body if isinstance(one.tag, str)]
    says = [body, *children] if len(children) == 1 else [body]
    return any(
        _TYPE.fullmatch(str(name)) and _AROUND.fullmatch(str(value).replace("doc-", ""))
        for element in says
        for name, value in element.attrib.items()
    )


def _is_contents(blocks: Sequence[PlacedBlock]) -> bool:
    """Whether nearly all of a page leads to other pages."""
    linked = sum(link.end - link.start for one in blocks for link in one.block.links)
    return linked >= _MOSTLY * sum(len(one.block.text) for one in blocks)


def _heading(root: HtmlElement, book: str | None) -> str | None:
    """Return the first heading of a page, or else the title of the file if it is not the book's."""
    for name in (*_HEADINGS, "title"):
        for element in root.iter(name):
            text = " ".join("".join(map(str, element.itertext())).split())
            if 0 < len(text) <= _LONGEST_HEADING and text != book:
                return text
    return None
