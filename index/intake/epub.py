"""A book to its chapters: each becomes a document of its own, with what the book says of itself."""

from __future__ import annotations

import json
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, BinaryIO, cast

from lxml import etree

from index.errors import UnreadableError
from index.intake.addresses import web_address
from index.intake.archives import DAMAGES, is_encrypted, seekable
from index.intake.document import Document
from index.intake.dom import tree_blocks
from index.intake.epub_package import AROUND, Chapter, Package, read_package
from index.intake.epub_tree import path_of
from index.intake.files import SIZE_LIMIT, too_large
from index.intake.html import decode_page, without_pictures
from index.intake.markup import read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    from index.article import Block
    from index.intake.dom import PlacedBlock
    from index.intake.epub_package import Read

    Measured = Callable[[BinaryIO, str], BinaryIO]
    """Makes of a file one that raises UnreadableError where it becomes too large."""

_HEADINGS = ("h1", "h2", "h3")
_LONGEST_HEADING = 300

_BOOK = "https://book.invalid/"
"""Where a book is taken to be, so that links within it can be told."""

_MOSTLY = 0.5
"""Part of a page's words that lead elsewhere in the book: it is a table of contents then."""

_TYPE = re.compile(r"epub:type|role")
_LETTER = re.compile(r"\w")


def chapters(
    file: BinaryIO, origin: str, measured: Measured
) -> Iterator[Document | UnreadableError]:
    """Give the chapters of a book in the order in which they are read.

    The cover, tables of contents and pages without text are left out. Raises UnreadableError, or
    what the standard library raises, where the book can't be read at all.
    """
    with zipfile.ZipFile(seekable(file, origin)) as archive:
        read = _reader(archive, origin, measured)
        package = read_package(read, origin)
        for chapter in package.chapters:
            at = f"{origin}#{chapter.name}"
            try:
                raw = read(chapter.path)
                if raw is None:
                    raise UnreadableError(at, "is not in the book")
                markup = decode_page(without_pictures(raw, at), at)
                if made := _document(chapter, package, markup, at):
                    yield made
            except UnreadableError as error:
                yield error


def _reader(archive: zipfile.ZipFile, origin: str, measured: Measured) -> Read:
    files = {info.filename: info for info in archive.infolist()}

    def read(path: str) -> bytes | None:
        if path not in files:
            return None
        at = f"{origin}#{path}"
        if is_encrypted(files[path]):
            raise UnreadableError(at, "is encrypted")
        try:
            with archive.open(files[path]) as member:
                raw = measured(cast("BinaryIO", member), at).read(SIZE_LIMIT + 1)
        except DAMAGES as error:
            raise UnreadableError(at, "is damaged") from error
        if len(raw) > SIZE_LIMIT:
            raise UnreadableError(at, too_large())
        return raw

    return read


def _document(chapter: Chapter, package: Package, markup: str, origin: str) -> Document | None:
    """Return the document of a chapter, if it has text of its own."""
    root = read_tree(markup)
    if root is None or _is_around(root) or _is_contents(root, chapter, package):
        return None
    blocks = tree_blocks(root, _BOOK)
    if _drop_ways_elsewhere(blocks):
        markup = etree.tostring(root, encoding="unicode", method="html")
        blocks = tree_blocks(root)
    if not blocks:
        return None
    told = {
        "id": chapter.name,
        "title": chapter.title or _heading(root, package.title),
        "source": package.source,
        "authors": [{"name": name} for name in package.authors],
        "date_published": package.published,
        "language": package.language,
        "content_html": markup,
    }
    known = {name: value for name, value in told.items() if value}
    return Document(json.dumps(known, ensure_ascii=False).encode("utf-8", "replace"), origin)


def _is_around(root: HtmlElement) -> bool:
    """Whether a page says that it is a cover, a table of contents or the like."""
    body = next(root.iter("body"), root)
    children = [one for one in body if isinstance(one.tag, str)]
    says = [body, *children] if len(children) == 1 else [body]
    return any(
        _TYPE.fullmatch(str(name)) and not AROUND.isdisjoint(str(value).replace("doc-", "").split())
        for element in says
        for name, value in element.attrib.items()
    )


def _is_contents(root: HtmlElement, chapter: Chapter, package: Package) -> bool:
    """Whether a page is there to lead to others, as the sections of a newspaper are."""
    if package.is_periodical and chapter.below:
        folder = posixpath.dirname(chapter.path)
        led_to = {path_of(link.get("href"), folder) for link in root.iter("a")}
        if len(led_to & chapter.below) >= _MOSTLY * len(chapter.below):
            return True
    return _linked(root) >= _MOSTLY * len(_LETTER.findall(_text(root)))


def _drop_ways_elsewhere(blocks: Sequence[PlacedBlock]) -> bool:
    """Drop lines that do nothing but lead elsewhere in the book; tell whether there were any.

    ``Next | Section menu | Main menu`` is one. A heading that leads back to the contents stays.
    """
    says_more: set[HtmlElement] = set()
    for placed in blocks:
        if not _is_way(placed.block):
            for element in (placed.element, *placed.element.iterancestors()):
                if element in says_more:
                    break
                says_more.add(element)
    ways = {placed.element: None for placed in blocks if placed.element not in says_more}
    dropped = [one for one in ways if one.getparent() is not None and one.tag != "body"]
    for element in dropped:
        element.drop_tree()
    return bool(dropped)


def _is_way(block: Block) -> bool:
    within = [block.text[link.start : link.end] for link in block.links if _is_within(link.url)]
    if block.kind == "heading" or not within:
        return False
    return len(_LETTER.findall(block.text)) == sum(len(_LETTER.findall(text)) for text in within)


def _linked(element: HtmlElement) -> int:
    """Return the number of letters in ``element`` that lead elsewhere in the book."""
    links = (link for link in element.iter("a") if _leads_within(link))
    return sum(len(_LETTER.findall(_text(link))) for link in links)


def _leads_within(link: HtmlElement) -> bool:
    return _is_within(web_address(link.get("href"), _BOOK))


def _is_within(address: str | None) -> bool:
    return address is not None and address.startswith(_BOOK)


def _heading(root: HtmlElement, book: str | None) -> str | None:
    """Return the first heading of a page, or else the title of the file if it is not the book's."""
    for name in (*_HEADINGS, "title"):
        for element in root.iter(name):
            text = " ".join(_text(element).split())
            if 0 < len(text) <= _LONGEST_HEADING and text != book:
                return text
    return None


def _text(element: HtmlElement) -> str:
    return "".join(map(str, element.itertext()))
