"""An article as text, for a mail or a pager: no line is broken, addresses are listed at the end."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from index.cleaning import mask
from reader.drawing.layout import DEFAULT_POINTS_HEADING
from reader.drawing.links import links_of
from reader.wording import byline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Article
    from reader.drawing.links import NumberedLink

_BEFORE = {"list_item": "• ", "quote": "> ", "heading": "", "paragraph": ""}


def as_text(article: Article) -> str:
    """Return an article as text, the numbers of its links in it."""
    return mask_lines(_lines(article))


def mask_lines(lines: Iterator[str]) -> str:
    """Join lines, each made harmless."""
    return "".join(f"{mask(line)}\n" for line in lines)


def _lines(article: Article) -> Iterator[str]:
    yield article.title
    yield byline(article)
    yield from filter(None, (", ".join(article.authors), article.url))
    yield ""
    points = article.key_points
    if points.points:
        yield points.heading or DEFAULT_POINTS_HEADING
        yield from (f"• {point}" for point in points.points)
        yield ""
    links = links_of(article)
    following = zip_longest(article.blocks, article.blocks[1:])
    for number, (block, after) in enumerate(following):
        yield _BEFORE[block.kind] + _numbered(block.text, links.of_blocks.get(number, ()))
        if not (after and block.kind == after.kind == "list_item"):
            yield ""
    for number, address in enumerate(links.addresses, 1):
        yield f"[{number}] {address}"


def _numbered(text: str, links: Sequence[NumberedLink]) -> str:
    pieces, position = [], 0
    for link in links:
        pieces += [text[position : link.end], link.label]
        position = link.end
    return "".join([*pieces, text[position:]])
