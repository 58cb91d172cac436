"""What trafilatura finds on a page: the text of its story, and what it says of it.

It is slow on some pages and stumbles over others, so it is asked in bounds, and has no say alone.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from index.intake.bylines import read_names
from index.intake.page_dates import read_date

if TYPE_CHECKING:
    import datetime as dt

    from lxml.html import HtmlElement

MOST_ELEMENTS = 500_000
"""Elements that the elements of a page have in them, itself included: of more, it takes minutes."""

MOST_PARAGRAPHS = 4_500
"""Paragraphs and the like: it compares short ones with all around them. No page of a thousand that
are measured has more than 2,800."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({"p", "div", "section", "article", "blockquote", "pre"})
_ENTRIES = frozenset({"li", "td", "tr", "dd", "dt", "option"})
_PARAGRAPHS = _HEADINGS | _BLOCKS | _ENTRIES | {"br", "hr"}

LONGEST_TEXT = 40_000_000
"""Characters that the elements of a page have in them."""

_LEAST_KEPT = 0.5
"""Of the text of the balanced reading: a careful one with less has lost part of the story."""


class Readings(NamedTuple):
    """The text of a page's story, a block a line, in two readings; empty where there is none."""

    careful: str
    balanced: str

    @property
    def best(self) -> str:
        """The one that leaves out more, unless that is too much."""
        enough = len(self.careful) >= _LEAST_KEPT * len(self.balanced)
        return self.careful if enough else self.balanced


class Guess(NamedTuple):
    """What it says of the article, where the page says nothing."""

    published: dt.datetime | dt.date | None = None
    authors: tuple[str, ...] = ()


def read_story(root: HtmlElement) -> Readings:
    """Return what it takes for the story of the page."""
    if not _is_bounded(root):
        return Readings("", "")
    return Readings(_text(root, careful=True), _text(root, careful=False))


def guess(root: HtmlElement) -> Guess:
    """Return what it guesses of date and authors, from the page's text as well."""
    if not _is_bounded(root):
        return Guess()
    # Imported here: it is heavy, and needed by nothing but pages.
    from trafilatura import extract_metadata  # noqa: PLC0415

    _hush()
    try:
        found = extract_metadata(deepcopy(root))
    except Exception:  # noqa: BLE001 - whatever it stumbles over, nothing is guessed.
        return Guess()
    return Guess(read_date(found.date or ""), read_names(found.author or ""))


def _text(root: HtmlElement, *, careful: bool) -> str:
    # Imported here: it is heavy, and needed by nothing but pages.
    from trafilatura import extract  # noqa: PLC0415

    _hush()
    try:
        text = extract(deepcopy(root), include_comments=False, favor_precision=careful)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the page is read without it.
        return ""
    return text or ""


def _is_bounded(root: HtmlElement) -> bool:
    """Whether a page is one that takes it seconds at most: it asks of all elements what is in them.

    So an element and a text count once for each of the elements around them.
    """
    depth, number, length, paragraphs = 0, 0, 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        number += depth
        paragraphs += element.tag in _PARAGRAPHS
        length += depth * (len(element.text or "") + len(element.tail or ""))
        if number > MOST_ELEMENTS or length > LONGEST_TEXT or paragraphs > MOST_PARAGRAPHS:
            return False
    return True


def _hush() -> None:
    """Keep its remarks, and those of what it uses, from standard error, where the screen is."""
    for name in ("trafilatura", "htmldate", "courlan", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
