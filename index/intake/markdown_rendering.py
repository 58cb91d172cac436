"""Markdown to HTML, within bounds: CommonMark with tables, and mistakes in it read as meant."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

LONGEST = 1_000_000
"""Characters that are rendered, at most: a book has no more."""

MOST_LINES = 20_000
"""Lines that are rendered: each of a list takes as long as a page of prose."""

MOST_SIGNS = 10_000
"""Brackets, stars and the like that are rendered: each is looked at again where none closes it."""

_SIGNS = re.compile(r"[\[*_|`<~]")

DEEPEST = 20
"""Lists and quotations within one another that are rendered."""

MOST_LEVELS = 60_000
"""Levels of all lines together that are rendered: a line is looked at once on each."""

_QUOTES = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
_MARKERS = re.compile(r"[ ]{0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+")
_SPACE_OF_LEVEL = 2

_TARGET = re.compile(r"\]\(([^()\n]{0,600})\)")
_SOUND_TARGET = re.compile(
    r"\s*+(?:<[^<>\n]*>|[^\s<>]*)(?:\s++(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'))?\s*+"
)
_ADDRESS = re.compile(r"(?:https?://|/)[^\s\"'<>]+")

_LEFT_OVER = re.compile(r"(?<![*_])(?:\*\*|\*{4}|__|_{4})(?![*_])")
_LETTER_EACH_SIDE = re.compile(r"[^\W_](?:\*+|_+)[^\W_]")
_CENSORED = re.compile(r"\b\w{1,2}\*")


def may_be_rendered(text: str) -> bool:
    """Whether rendering takes a reasonable time, and loses nothing that is nested too deeply."""
    if len(text) > LONGEST or text.count("\n") > MOST_LINES:
        return False
    if len(text) > MOST_SIGNS and len(_SIGNS.sub("", text)) < len(text) - MOST_SIGNS:
        return False
    depths = [depth for line in text.split("\n") if (depth := _depth(line))]
    return max(depths, default=0) <= DEEPEST and sum(depths) <= MOST_LEVELS


def render(text: str) -> str:
    """Return the HTML of a text that :func:`may_be_rendered`."""
    renderer = _renderer()
    tokens = renderer.parse(_TARGET.sub(_sound_target, text))
    _drop_left_overs(child for token in tokens for child in token.children or ())
    return str(renderer.renderer.render(tokens, renderer.options, {}))


def render_line(text: str) -> str:
    """Return the HTML of a line, such as a title, that :func:`may_be_rendered`."""
    return str(_renderer().renderInline(text))


@cache
def _renderer() -> MarkdownIt:
    """Return what renders CommonMark with tables and strikethrough, and with HTML as it is.

    An indented line is no code: in articles it is indented HTML, or an indented paragraph. And
    Markdown counts within HTML, too, for many generators read it there.
    """
    renderer = MarkdownIt("commonmark", {"html": True, "maxNesting": 4 * DEEPEST})
    return renderer.enable(["table", "strikethrough"]).disable(["code", "html_block"])


def _depth(line: str) -> int:
    """Return in how many quotations and lists the text of a line may stand, at most."""
    if line[:1] not in " \t>-*+0123456789":
        return 0
    quotes = _QUOTES.match(line)
    start = quotes.end() if quotes else 0
    bare = line[start:].lstrip()
    markers = _MARKERS.match(bare)
    if not markers:
        return line.count(">", 0, start)
    space = len(line) - start - len(bare)
    return line.count(">", 0, start) + space // _SPACE_OF_LEVEL + len(markers[0].split())


def _sound_target(found: re.Match[str]) -> str:
    """Return what a link leads to without what makes it none: spaces, quotation marks."""
    if _SOUND_TARGET.fullmatch(found[1]):
        return found[0]
    address = _ADDRESS.search(found[1])
    return f"]({address[0] if address else '#'})"


def _drop_left_overs(tokens: Iterable[Token]) -> None:
    """Take marks of emphasis that found no partner out of the text; a censored word keeps its."""
    for token in tokens:
        if token.type == "text" and ("**" in token.content or "__" in token.content):
            token.content = _LEFT_OVER.sub(_left_over, token.content)


def _left_over(found: re.Match[str]) -> str:
    around = found.string[max(0, found.start() - 1) : found.end() + 1]
    before = found.string[max(0, found.start() - 3) : found.end()]
    stays = _LETTER_EACH_SIDE.fullmatch(around) or _CENSORED.search(before)
    return found[0] if stays else ""
