"""Markup to a tree of elements, within bounds: any text is read, in time and without recursion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from index.cleaning import clean_lines
from index.phrases import table

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 200
"""Elements within one another, where there are too many: the parser stops at 256 by itself."""

LONGEST_TAG = 20_000
"""Characters of a tag without its quoted values: the time for its attributes grows as a square."""

_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*"|'[^']*')?)*+""")
_TAG_NAME = re.compile(r"<[a-zA-Z][\w:-]{0,40}")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*"|'[^']*')""")
_ANY_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)[^<>]*>")

_EMPTY = table("area, base, br, col, embed, hr, img, input, link, meta, param, source, track, wbr")
"""Elements without content."""

_CLOSED_BY_NEXT = table("dd, dt, li, option, p, tbody, td, th, tr")
"""Elements that need no closing tag, so that tags do not tell how deep they are."""


def read_tree(markup: str) -> HtmlElement | None:
    """Return the root of the tree that ``markup`` makes, comments left out; None where it is empty.

    Markup need not be correct, nor whole. Where it is nested too deeply for the parser, the
    innermost elements go and their text stays.
    """
    sound = _TAG.sub(_bounded_tag, clean_lines(markup))
    root, complete = _parse(sound, unbounded=False)
    if not complete:
        root, _ = _parse("".join(_flattened(sound)), unbounded=True)
    return root


def _parse(markup: str, *, unbounded: bool) -> tuple[HtmlElement | None, bool]:
    """Return the root, and whether the parser came to the end of ``markup``."""
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=unbounded
    )
    try:
        root: Any = etree.fromstring(markup.encode(), parser)
    except etree.ParserError:  # Nothing but white space.
        return None, True
    except etree.LxmlError:
        return None, False
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, not any(error.type == limit for error in parser.error_log)


def _bounded_tag(found: re.Match[str]) -> str:
    tag = found[0]
    if len(tag) <= LONGEST_TAG or len(_QUOTED.sub("", tag)) <= LONGEST_TAG:
        return tag
    name = _TAG_NAME.match(tag)
    return name[0] if name else ""


def _flattened(markup: str) -> Iterator[str]:
    """Give ``markup`` without the tags of elements that are nested too deeply."""
    depth, done = 0, 0
    for found in _ANY_TAG.finditer(markup):
        yield markup[done : found.start()]
        done = found.end()
        if found[1].lower() in _EMPTY | _CLOSED_BY_NEXT:
            yield found[0]
        elif found[0][1] == "/":
            yield found[0] if depth <= DEEPEST else " "
            depth = max(0, depth - 1)
        else:
            depth += 1
            yield found[0] if depth <= DEEPEST else " "
    yield markup[done:]
