"""What a book says of itself: its chapters in order, what they are called, and who published it.

The formats are EPUB 2 (https://idpf.org/epub/201) and 3 (https://www.w3.org/TR/epub-33/): a
container names the package, the package lists the files and their order, and a table of contents
has the titles.
"""

from __future__ import annotations

import posixpath
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from index.errors import UnreadableError
from index.intake.epub_contents import Line, read_contents
from index.intake.epub_tree import elements, path_of, plain, read_root, text_of
from index.phrases import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml.etree import _Element

    Read = Callable[[str], bytes | None]
    """Gives the bytes of a file in the book, by its path; None where there is none."""

MOST_CHAPTERS = 20_000
"""Chapters of a book that are looked at. A year of a daily paper has about as many."""

_MOST_CONTENTS = 5
"""Tables of contents that are looked at: a book has two, in the formats of EPUB 2 and 3."""

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_CONTENTS = "application/x-dtbncx+xml"
AROUND = table("""
    colophon, copyright-page, cover, halftitlepage, index, landmarks, loi, lot, page-list,
    title-page, titlepage, toc
""")
"""Kinds of pages around the text: those of the guide of EPUB 2
(https://idpf.org/epub/20/spec/OPF_2.0.1_draft.htm#Section2.6), and of the vocabulary of EPUB 3
(https://www.w3.org/TR/epub-ssv-11/)."""

_OBFUSCATED_FONT = re.compile(r"\.(?:otf|ttf|woff2?)\Z", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")

_KIND = "calibre:publication_type"
_PERIODICAL = re.compile(r"periodical:[^:]*:(.+)")
"""How Calibre writes the name of a newspaper whose pages it made a book of."""

_MAKER = "calibre"
"""Stands as author and publisher of such a book."""

_ISSUE = re.compile(r"\s*\[[^\[\]]*\d[^\[\]]*\]\Z")
"""The day of an issue, behind the name: ``The Harbour Times [Wed, 25 Nov 2026]``."""


class Chapter(NamedTuple):
    """A file of the text."""

    path: str
    """Its path in the book."""

    name: str
    """The same as the package writes it, which is shorter."""

    title: str | None
    """Its title in the table of contents."""

    below: frozenset[str]
    """The paths of the files that stand below it in the table of contents."""


class Package(NamedTuple):
    """A book without its text."""

    title: str | None
    source: str | None
    """The name of the newspaper, or else the title without the day of the issue."""

    is_periodical: bool
    """Sections are pages of their own then, with the first lines of their articles."""

    authors: tuple[str, ...]
    published: str | None
    language: str | None
    chapters: tuple[Chapter, ...]


def read_package(read: Read, origin: str) -> Package:
    """Return what a book says of itself.

    Raises UnreadableError where it has no package, or is encrypted.
    """
    _refuse_encrypted(read, origin)
    path = _package_path(read, origin)
    root = read_root(read(path), origin) if path else None
    if path is None or root is None:
        raise UnreadableError(origin, "is an EPUB book without a list of its chapters")
    title, kind = _first(root, "title"), _kind(root)
    named = _PERIODICAL.fullmatch(kind)
    authors = filter(None, map(text_of, elements(root, "creator")))
    return Package(
        title=title,
        source=named[1] if named else _ISSUE.sub("", title or "") or _first(root, "publisher"),
        is_periodical=kind.startswith("periodical:"),
        authors=tuple(dict.fromkeys(name for name in authors if name.lower() != _MAKER)),
        published=_published(root),
        language=_language(root),
        chapters=tuple(_chapters(root, posixpath.dirname(path), read, origin)),
    )


def _refuse_encrypted(read: Read, origin: str) -> None:
    root = read_root(read(_ENCRYPTION), origin)
    for reference in elements(root, "CipherReference") if root is not None else ():
        if not _OBFUSCATED_FONT.search(reference.get("URI") or ".otf"):
            raise UnreadableError(origin, "is encrypted")


def _package_path(read: Read, origin: str) -> str | None:
    root = read_root(read(_CONTAINER), origin)
    found = elements(root, "rootfile") if root is not None else ()
    paths = (one.get("full-path") for one in found)
    return next((path_of(path, "") for path in paths if path), None)


# --- chapters -------------------------------------------------------------------------------------


def _chapters(root: _Element, folder: str, read: Read, origin: str) -> Iterator[Chapter]:
    """Give the files of the text in the order in which they are read, each once."""
    files = {one.get("id"): one for one in elements(root, "item")}
    contents = _contents(files.values(), folder, read, origin)
    below: dict[str | None, set[str]] = {}
    for path, line in contents.items():
        below.setdefault(line.within, set()).add(path)
    done = _around(root, folder)
    for reference in list(elements(root, "itemref"))[:MOST_CHAPTERS]:
        file = files.get(reference.get("idref"))
        if file is None or not _is_chapter(file, reference):
            continue
        href = file.get("href") or ""
        path = path_of(href, folder)
        if path not in done:
            done.add(path)
            title = contents[path].title if path in contents else None
            yield Chapter(path, plain(path_of(href, "")), title, frozenset(below.get(path, ())))


def _contents(
    files: Iterable[_Element], folder: str, read: Read, origin: str
) -> Mapping[str, Line]:
    """Return the first table of contents that can be read, that of EPUB 3 or that of EPUB 2."""
    named = (one for one in files if _is_new_contents(one) or one.get("media-type") == _CONTENTS)
    for file in islice(named, _MOST_CONTENTS):
        path = path_of(file.get("href"), folder)
        try:
            root = read_root(read(path), origin)
        except UnreadableError:
            continue  # Chapters say themselves what they are called.
        if root is not None and (lines := read_contents(root, path)):
            return lines
    return {}


def _is_new_contents(file: _Element) -> bool:
    return "nav" in (file.get("properties") or "").split()


def _is_chapter(file: _Element, reference: _Element) -> bool:
    kind = (file.get("media-type") or "").strip().lower()
    is_read_on = reference.get("linear") != "no"
    return kind in _PAGES and is_read_on and not _is_new_contents(file)


def _around(root: _Element, folder: str) -> set[str]:
    """Return the paths of what the package says is the cover, the contents or the like."""
    return {
        path_of(one.get("href"), folder)
        for one in elements(root, "reference")
        if (one.get("type") or "").lower() in AROUND
    }


# --- fields ---------------------------------------------------------------------------------------


def _first(root: _Element, name: str) -> str | None:
    return next(filter(None, map(text_of, elements(root, name))), None)


def _kind(root: _Element) -> str:
    """Return what Calibre says a publication is, empty where it says nothing."""
    told = (one.get("content") for one in elements(root, "meta") if one.get("name") == _KIND)
    return plain(next(told, None) or "")


def _published(root: _Element) -> str | None:
    """Return the day of publication, and not of the last change, where a package has both."""
    dates = [one for one in elements(root, "date") if text_of(one)]

    def is_other(date: _Element) -> bool:
        event = next((value for name, value in date.attrib.items() if "event" in str(name)), "")
        return event not in {"", "publication", "original-publication"}

    return text_of(min(dates, key=is_other)) if dates else None


def _language(root: _Element) -> str | None:
    told = _first(root, "language") or ""
    return told if _LANGUAGE.fullmatch(told) else None
