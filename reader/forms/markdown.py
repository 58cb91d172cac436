"""An article as Markdown (CommonMark): whatever in its text would be markup is escaped."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from index.cleaning import mask
from reader.drawing.layout import DEFAULT_POINTS_HEADING
from reader.drawing.links import links_of
from reader.forms.plain_text import mask_lines
from reader.wording import byline, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Article
    from reader.drawing.links import Links, NumberedLink

_MARKUP = re.compile(r"[\\`*_\[\]<>&~|]")
_AT_THE_START = re.compile(r"(?:[#+=-]|\d{1,9}(?=[.)]))")

_ENTITY = re.compile(r"&(?=#?\w+;)")

_BEFORE = {"list_item": "- ", "quote": "> ", "heading": "## ", "paragraph": ""}

_IN_ADDRESS = {ord("<"): "%3C", ord(">"): "%3E", ord("\\"): "%5C", ord(" "): "%20"}


def as_markdown(article: Article) -> str:
    """Return an article as Markdown."""
    return mask_lines(_lines(article))


def escaped(text: str) -> str:
    """Return Markdown that shows a text, whatever characters are in it."""
    return _MARKUP.sub(r"\\\g<0>", mask(text))


def escaped_line(line: str) -> str:
    """Return a line of escaped text that begins no list, heading or the like."""
    line = line.strip()
    start = _AT_THE_START.match(line)
    if start is None:
        return line
    if start[0].isdigit():
        return f"{start[0]}\\{line[start.end() :]}"
    return f"\\{line}"


def _lines(article: Article) -> Iterator[str]:
    yield f"# {_heading(article.title)}"
    yield ""
    yield escaped_line(escaped(joined([byline(article), *article.authors])))
    if article.url:
        yield ""
        yield f"<{_address(article.url)}>"
    yield ""
    points = article.key_points
    if points.points:
        yield f"## {_heading(points.heading or DEFAULT_POINTS_HEADING)}"
        yield ""
        yield from (f"- {escaped_line(escaped(point))}" for point in points.points)
        yield ""
    yield from _body(article, links_of(article))


def _body(article: Article, links: Links) -> Iterator[str]:
    for number, (block, after) in enumerate(zip_longest(article.blocks, article.blocks[1:])):
        linked = _linked(block.text, links.of_blocks.get(number, ()), links.addresses)
        text = _unclosed(linked) if block.kind == "heading" else linked
        yield _BEFORE[block.kind] + escaped_line(text)
        if not (after and block.kind == after.kind == "list_item"):
            yield ""


def _linked(text: str, links: Sequence[NumberedLink], addresses: Sequence[str]) -> str:
    pieces, position = [], 0
    for link in links:
        address = _ENTITY.sub("&amp;", _address(addresses[link.number - 1]))
        before = escaped(text[position : link.start])
        # An exclamation mark before a link would make an image of it, and have it loaded.
        pieces.append(re.sub(r"!\Z", r"\\!", before))
        pieces.append(f"[{escaped(text[link.start : link.end])}](<{address}>)")
        position = link.end
    return "".join([*pieces, escaped(text[position:])])


def _heading(text: str) -> str:
    return _unclosed(escaped_line(escaped(text)))


def _unclosed(line: str) -> str:
    """Escape number signs at the end of a heading, which would be taken for its end."""
    return re.sub(r"#(?=#*\s*$)", r"\\#", line)


def _address(address: str) -> str:
    return mask(address).translate(_IN_ADDRESS)
