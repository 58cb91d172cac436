"""Articles as a page of HTML that loads nothing and runs nothing: all text is escaped."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from index.cleaning import mask
from reader.browser import safe_link
from reader.drawing.layout import DEFAULT_POINTS_HEADING
from reader.wording import byline, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.article import Article, Block

HEAD = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Broadsheet</title>
<style>
body { max-width: 38em; margin: 2em auto; padding: 0 1em; font: 1.05em/1.55 Georgia, serif; }
h1 { line-height: 1.2; } .from { color: #666; } article + article { margin-top: 5em; }
.points { border-left: 4px solid #2a7f62; background: #eef6f2; padding: 0.1em 1.2em; }
blockquote { border-left: 3px solid #bbb; margin-left: 0; padding-left: 1em; font-style: italic; }
</style>
</head>
<body>
"""
TAIL = "</body>\n</html>\n"


def as_html(article: Article) -> str:
    """Return an article as an element of HTML; :data:`HEAD` and :data:`TAIL` go around it."""
    return "".join(f"{line}\n" for line in _lines(article))


def _lines(article: Article) -> Iterator[str]:
    language = f' lang="{_safe(article.language)}"' if article.language else ""
    yield f'<article dir="auto"{language}>'
    yield f"<h1>{_safe(article.title)}</h1>"
    yield f'<p class="from">{_safe(joined([byline(article), *article.authors]))}</p>'
    if link := safe_link(article.url):
        yield f'<p class="from"><a href="{_safe(link)}">{_safe(link)}</a></p>'
    points = article.key_points
    if points.points:
        yield f'<section class="points"><h2>{_safe(points.heading or DEFAULT_POINTS_HEADING)}</h2>'
        yield "<ul>"
        yield from (f"<li>{_safe(point)}</li>" for point in points.points)
        yield "</ul></section>"
    for kind, blocks in groupby(article.blocks, lambda block: block.kind):
        if kind == "list_item":
            yield "<ul>"
            yield from (f"<li>{_linked(block)}</li>" for block in blocks)
            yield "</ul>"
        else:
            before, after = _AROUND[kind]
            yield from (f"{before}{_linked(block)}{after}" for block in blocks)
    yield "</article>"


_AROUND = {
    "paragraph": ("<p>", "</p>"),
    "heading": ("<h2>", "</h2>"),
    "quote": ("<blockquote><p>", "</p></blockquote>"),
}


def _linked(block: Block) -> str:
    pieces, position = [], 0
    for link in sorted(block.links, key=lambda link: link.start):
        address = safe_link(link.url)
        if address is None or link.start < position:
            continue
        pieces.append(_safe(block.text[position : link.start]))
        inside = _safe(block.text[link.start : link.end])
        pieces.append(f'<a href="{_safe(address)}">{inside}</a>')
        position = link.end
    return "".join([*pieces, _safe(block.text[position:])])


def _safe(text: str) -> str:
    return escape(mask(text))
