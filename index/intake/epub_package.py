"""What a book says of itself: its chapters in order, what they are called, and who published it.

The formats are EPUB 2 (http://idpf.org/epub/201) and 3 (https://www.w3.org/TR/epub-33/): a
container names the package, the package lists the files and their order, and a table of contents
has the titles.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lxml import etree

from index.cleaning import clean
from index.errors import UnreadableError
from index.phrases import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Read = Callable[[str], bytes | None]
    """Gives the bytes of a file in the book, by its path; None where there is none."""

MOST_CHAPTERS = 20_000
"""Chapters of a book that are looked at. A year of a daily paper has about as many."""

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_CONTENTS = "application/x-dtbncx+xml"
_NO_CHAPTERS = table("""
    colophon, copyright-page, cover, index, landmarks, loi, lot, page-list, title-page, titlepage,
    toc
""")
"""Kinds of pages that are around the text (http://idpf.org/epub/20/spec/OPF_2.0.1_draft.htm)."""

_OBFUSCATED_FONT = re.compile(r"\.(?:otf|ttf|woff2?)\Z", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


class Chapter(NamedTuple):
    """A file of the text."""

    path: str
    """Its path in the book."""

    href: str
    """The same as the package writes it, which is shorter."""

    title: str | None
    """Its title in the table of contents."""


class Package(NamedTuple):
    """A book without its text."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None
    publisher: str | None
    chapters: tuple[Chapter, ...]


def read_package(read: Read, origin: str) -> Package:
    """Return what a book says of itself.

    Raises UnreadableError where it has no package, or is encrypted.
    """
    _refuse_encrypted(read, origin)
    path = _package_path(read)
    root = _tree(read(path)) if path else None
    if path is None or root is None:
        raise UnreadableError(origin, "is an EPUB book without a list of chapters")
    folder = posixpath.dirname(path)
    files = {one.get("id"): one for one in _all(root, "item")}
    titles = _titles(read, folder, list(files.values()))
    around = _around(root, folder)
    chapters = []
    for reference in list(_all(root, "itemref"))[:MOST_CHAPTERS]:
        file = files.get(reference.get("idref"))
        href = file.get("href") if file is not None else None
        if file is None or not href or not _is_chapter(file, reference):
            continue
        path = _within(folder, href)
        if path not in around:
            chapters.append(Chapter(path, _plain(unquote(href)), titles.get(path)))
    return Package(
        title=_first(root, "title"),
        authors=tuple(dict.fromkeys(filter(None, map(_text, _all(root, "creator"))))),
        published=_published(root),
        language=_language(root),
        publisher=_first(root, "publisher"),
        chapters=tuple(chapters),
    )


def _refuse_encrypted(read: Read, origin: str) -> None:
    root = _tree(read(_ENCRYPTION))
    if root is None:
        return
    for reference in _all(root, "CipherReference"):
        if not _OBFUSCATED_FONT.search(reference.get("URI") or ".otf"):
            raise UnreadableError(origin, "is encrypted")


def _package_path(read: Read) -> str | None:
    root = _tree(read(_CONTAINER))
    if root is None:
        return None
    paths = (one.get("full-path") for one in _all(root, "rootfile"))
    return next((_within("", path) for path in paths if path), None)


def _is_chapter(file: etree._Element, reference: etree._Element) -> bool:
    kind = (file.get("media-type") or "").strip().lower()
    said = (file.get("properties") or "").split()
    return kind in _PAGES and "nav" not in said and reference.get("linear") != "no"


def _around(root: etree._Element, folder: str) -> frozenset[str]:
    """Return the paths of what the package says is the cover, the contents or the like."""
    return frozenset(
        _within(folder, one.get("href") or "")
        for one in _all(root, "reference")
        if (one.get("type") or "").lower() in _NO_CHAPTERS
    )


# --- titles ---------------------------------------------------------------------------------------


def _titles(read: Read, folder: str, files: list[etree._Element]) -> dict[str, str]:
    """Return the titles of files, by path, from the contents of EPUB 3, or else of EPUB 2."""
    for file in files:
        href = file.get("href") or ""
        is_new = "nav" in (file.get("properties") or "").split()
        if is_new or (file.get("media-type") or "") == _CONTENTS:
            path = _within(folder, href)
            root = _tree(read(path))
            lines = _new_contents if is_new else _old_contents
            if root is not None and (found := dict(_first_of_each(lines(root), path))):
                return found
    return {}


def _new_contents(root: etree._Element) -> Iterator[tuple[str, str | None]]:
    for nav in _all(root, "nav"):
        kinds = {value for name, value in nav.attrib.items() if str(name).endswith("type")}
        if kinds & {"landmarks", "page-list"}:
            continue
        for link in _all(nav, "a"):
            yield link.get("href") or "", _text(link)


def _old_contents(root: etree._Element) -> Iterator[tuple[str, str | None]]:
    for point in _all(root, "navPoint"):
        content = next((one for one in point if _name(one) == "content"), None)
        label = next((one for one in point if _name(one) == "navLabel"), None)
        if content is not None and label is not None:
            yield content.get("src") or "", _text(label)


def _first_of_each(
    lines: Iterator[tuple[str, str | None]], contents: str
) -> Iterator[tuple[str, str]]:
    seen = set()
    for href, title in lines:
        path = _within(posixpath.dirname(contents), href)
        if title and path not in seen:
            seen.add(path)
            yield path, title


# --- fields ---------------------------------------------------------------------------------------


def _first(root: etree._Element, name: str) -> str | None:
    return next(filter(None, map(_text, _all(root, name))), None)


def _published(root: etree._Element) -> str | None:
    """Return the day of publication, and not of the last change, where a package has both."""
    dates = [one for one in _all(root, "date") if _text(one)]

    def is_other(date: etree._Element) -> bool:
        event = next((value for name, value in date.attrib.items() if "event" in str(name)), "")
        return event not in {"", "publication", "original-publication"}

    return _text(min(dates, key=is_other)) if dates else None


def _language(root: etree._Element) -> str | None:
    told = _first(root, "language") or ""
    return told if _LANGUAGE.fullmatch(told) else None


# --- trees ----------------------------------------------------------------------------------------


def _tree(raw: bytes | None) -> etree._Element | None:
    """Return the root of XML, read as far as it makes sense; entities are never resolved."""
    if not raw:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        return etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):
        return None


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the elements of a name, in whatever namespace they are."""
    return (one for one in root.iter(etree.Element) if _name(one) == name)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: etree._Element) -> str | None:
    return _plain("".join(map(str, element.itertext()))[:2000]) or None


def _plain(text: str) -> str:
    return " ".join(clean(text).split())


def _within(folder: str, href: str) -> str:
    """Return the path in the book that an address in a file of ``folder`` leads to."""
    path = unquote(href.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join(folder, path)).lstrip("/")
