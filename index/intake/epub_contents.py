"""The table of contents of a book: what its files are called, and which are sections of others.

It is a page in EPUB 3 (https://www.w3.org/TR/epub-33/#sec-nav), and an NCX before that
(https://idpf.org/epub/20/spec/OPF_2.0.1_draft.htm#Section2.4.1).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from index.intake.epub_tree import elements, name_of, path_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER_LISTS = frozenset({"landmarks", "page-list", "lot", "loi"})
"""Lists of a contents page that are not of the chapters."""


class Line(NamedTuple):
    """What the contents say of a file."""

    title: str
    within: str | None
    """The file of the line above, below which this one stands: a section's, for an article."""


def read_contents(root: etree._Element, path: str) -> dict[str, Line]:
    """Return what the contents in ``root`` say of files, by path; ``path`` is that of their own.

    Of several lines about a file the first one counts: the others are of what is in it.
    """
    lines: dict[str, Line] = {}
    folder = posixpath.dirname(path)
    above: list[str | None] = []
    for event, element in _walk(root):
        if event == "end":
            above.pop()
            continue
        href, title = _said(element)
        leads_to = path_of(href, folder) if href else None
        within = next((one for one in reversed(above) if one and one != leads_to), None)
        if leads_to and title:
            lines.setdefault(leads_to, Line(title, within))
        above.append(leads_to)
    return lines


def _walk(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Give the start and end of each line of the contents, those below it in between."""
    is_page = next(elements(root, "navPoint"), None) is None
    unit = "li" if is_page else "navPoint"
    parts = [one for one in _outermost(root, "nav") if not _kinds(one) & _OTHER_LISTS]
    for part in parts if is_page else [root]:
        for event, element in etree.iterwalk(part, events=("start", "end")):
            if isinstance(element.tag, str) and name_of(element) == unit:
                yield event, element


def _outermost(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the elements of a name without those that are within one another."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str) and name_of(element) == name:
            if event == "start" and not depth:
                yield element
            depth += 1 if event == "start" else -1


def _kinds(nav: etree._Element) -> set[str]:
    told = (str(value) for name, value in nav.attrib.items() if str(name).endswith("type"))
    return set(" ".join(told).split())


def _said(line: etree._Element) -> tuple[str | None, str | None]:
    """Return the address and the title that a line says itself, not those below it."""
    href, title = None, None
    for child in line:
        match name_of(child):
            case "a":
                return child.get("href"), text_of(child)
            case "content":
                href = child.get("src")
            case "navLabel" | "span":
                title = text_of(child)
    return href, title
