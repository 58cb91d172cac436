"""The XML files of a book: their elements by name, their texts, and the files that they name."""

from __future__ import annotations

import posixpath
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from index.cleaning import clean
from index.errors import UnreadableError
from index.intake.attributes import bound_tags
from index.intake.files import bound_text
from index.intake.xml_text import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_TAGS = 1_000_000
"""Tags of a file: of the longest list of chapters there are a tenth as many."""

_LONGEST = 2000
"""Characters of a title, or of the path of a file."""


def read_root(raw: bytes | None, origin: str) -> etree._Element | None:
    """Return the root of XML, read as far as it makes sense; None where there is nothing to read.

    Raises UnreadableError for what is no text, for entities that could grow without bounds, and
    where a tree would take up too much memory.
    """
    if not raw:
        return None
    bound_text(len(raw), origin)
    if raw.count(b"<") > MOST_TAGS:
        raise UnreadableError(origin, f"has more than {MOST_TAGS:,} tags")
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, recover=True)
    try:
        return etree.fromstring(bound_tags(xml_text(raw, origin)).encode(), parser)
    except etree.XMLSyntaxError:
        return None


def elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the elements of a name in and below ``root``, in whatever namespace they are."""
    return (one for one in root.iter(etree.Element) if name_of(one) == name)


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: etree._Element) -> str | None:
    """Return the text in an element as one harmless line, or None where there is none.

    No more of it is looked at than a title has: one may be within another, and that again.
    """
    steps = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    said = (
        one.text if step == "start" else one.tail
        for step, one in islice(steps, _LONGEST)
        if step == "start" or one is not element
    )
    return plain("".join(filter(None, said))) or None


def plain(text: str) -> str:
    """Return ``text`` as one harmless line of bounded length."""
    return " ".join(clean(text[:_LONGEST]).split())


def path_of(href: str | None, folder: str) -> str:
    """Return the path in the book of the file that an address in a file of ``folder`` leads to.

    It may be of no file at all: books are read by what is in them, never by what they name.
    """
    path = unquote((href or "").partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join(folder, path)).lstrip("/")
