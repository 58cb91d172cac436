"""A saved page to an article: the story, its key points, and what the page says of it."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from index.article import Article, Block, KeyPoints, article_id
from index.cleaning import clean
from index.dateline import is_labelled, read_dateline
from index.errors import UnreadableError
from index.furniture import separate
from index.intake.addresses import web_address
from index.intake.charsets import codec_of, is_utf8
from index.intake.coverage import letters
from index.intake.decoding import decode
from index.intake.dom import tree_blocks
from index.intake.extraction import Story, find_story
from index.intake.files import bound_text
from index.intake.head import made_title, read_head
from index.intake.html_key_points import PagePoints, find_on_page
from index.intake.html_metadata import Metadata, read_metadata
from index.intake.markup import read_tree
from index.intake.story import require_bounds
from index.key_points import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

MOST_TAGS = 1_000_000
"""Tags of a page: ten for each paragraph that an article may have."""

_PICTURES = re.compile(rb"data:(?:image|font|video|audio|application)/[^\"')>\s]{2000,}")
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w:-]{2,40})", re.IGNORECASE
)
_HEAD_BYTES = 8192
_WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7"})
"""Encodings that a page cannot declare in letters that are read before it is decoded."""

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_NOWHERE = "https://page.invalid/"
"""Where a page of unknown address is taken to be: its links tell even so what is not the story."""

_PLACE_BLOCKS = 3
"""Blocks of a body among which the dateline is looked for."""

_SHORTEST_BODY = 200
"""Characters of a text that is taken out of the page's data where the page shows less."""


class _Body(NamedTuple):
    blocks: tuple[Block, ...]
    key_points: KeyPoints
    furniture: tuple[str, ...]


def parse_html(raw: bytes, origin: str, url: str | None = None) -> Article:
    """Return the article on the page ``raw``; ``url`` is where it was found, if that is known.

    Raises UnreadableError when ``raw`` is no text, too large, or shows no words, or too many.
    """
    markup = decode_page(without_pictures(raw, origin), origin)
    root = read_tree(markup)
    if root is None:
        raise UnreadableError(origin, "is empty")
    address = url or web_address(origin)
    told = read_metadata(root, markup, address)
    base = _base(root, told.url or address)
    body = _body(root, base, told, origin)
    if not body.blocks:
        raise UnreadableError(origin, "is a page without text")
    return Article(
        id=article_id(origin),
        title=told.title or made_title(body.blocks),
        title_from="article" if told.title else "first sentence",
        published=told.published,
        place=_place(body.blocks),
        source=told.source,
        authors=told.authors,
        language=told.language,
        url=told.url,
        origin=origin,
        key_points=body.key_points,
        blocks=tuple(_linked_somewhere(block) for block in body.blocks),
        furniture=body.furniture,
    )


def without_pictures(raw: bytes, origin: str) -> bytes:
    """Return a page without the pictures within it, which may be larger than all its text.

    Raises UnreadableError where it is larger even so than that of any article: a tree of elements
    takes up a hundred times as much memory as its markup.
    """
    slim = _PICTURES.sub(b"data:,", raw)
    bound_text(len(slim), origin)
    if slim.count(b"<") > MOST_TAGS:
        raise UnreadableError(origin, f"has more than {MOST_TAGS:,} tags")
    return slim


def decode_page(raw: bytes, origin: str) -> str:
    """Return the markup of a page: by its byte order mark, by what it declares, or by guess.

    Raises UnreadableError when ``raw`` is not text.
    """
    head = raw[:_HEAD_BYTES]
    codec = declared_codec(raw)
    is_told = codec not in (None, "utf-8") and b"\x00" not in head
    if codec and is_told and not raw.startswith(_BOMS) and not is_utf8(raw):
        with suppress(ValueError):  # It is not that of the page.
            return raw.decode(codec)
    return decode(raw.replace(b"\x00", b"") if _DECLARED.search(head) else raw, origin)


def declared_codec(raw: bytes) -> str | None:
    """Return the codec of the encoding that a page itself declares, or None."""
    declared = _DECLARED.search(raw[:_HEAD_BYTES])
    codec = codec_of(declared[1].decode("ascii")) if declared else None
    return None if codec in _WIDE else codec


def _base(root: HtmlElement, address: str | None) -> str:
    written = next((base.get("href") for base in root.iter("base") if base.get("href")), None)
    return web_address(written, address) or address or _NOWHERE


def _linked_somewhere(block: Block) -> Block:
    """Return ``block`` without the links that lead to an address that is not known."""
    if not any(link.url.startswith(_NOWHERE) for link in block.links):
        return block
    links = tuple(link for link in block.links if not link.url.startswith(_NOWHERE))
    return Block(kind=block.kind, text=block.text, links=links)


def _body(root: HtmlElement, base: str, told: Metadata, origin: str) -> _Body:
    story = find_story(root, base, told.title)
    if not story.places:
        return _unextracted(root, base, told, origin)
    points = find_on_page(story)
    blocks = tuple(story.blocks[place].block for place in sorted(story.places - points.places))
    return _with_points(blocks, points, told)._replace(furniture=_around(story, points, told))


def _around(story: Story, points: PagePoints, told: Metadata) -> tuple[str, ...]:
    """Return the lines of a page that are neither its title nor its story nor its key points."""
    title = letters(told.title or "")
    said = story.places | points.places
    texts = (placed.block.text for place, placed in enumerate(story.blocks) if place not in said)
    return tuple(text for text in texts if letters(text) != title)


def _with_points(blocks: tuple[Block, ...], points: PagePoints, told: Metadata) -> _Body:
    """Return the body: with the points of the page, of the text itself, or of the page's data."""
    if points.places:
        return _Body(blocks, points.key_points, ())
    summary = find(blocks)
    if summary.key_points.heading:  # A bare list is told by where on the page it stands.
        return _Body(summary.rest, summary.key_points, ())
    abstract = tuple(" ".join(clean(point).split()) for point in told.linked.abstract)
    if abstract and all(abstract):
        return _Body(blocks, KeyPoints(origin="article", points=abstract), ())
    return _Body(blocks, KeyPoints(), ())


def _unextracted(root: HtmlElement, base: str, told: Metadata, origin: str) -> _Body:
    """Return the body of a page in which no story was found: all it shows but its furniture."""
    shown = tuple(placed.block for placed in tree_blocks(root, base))
    data = _from_data(told.linked.body)
    if data and sum(len(block.text) for block in shown) < len(told.linked.body):
        return _with_points(data, PagePoints(), told)
    if not shown:
        shown = tuple(placed.block for placed in tree_blocks(root, base, hidden=True))
    if not shown:
        return _Body((), KeyPoints(), ())
    require_bounds(shown, origin)
    page = separate(shown)
    titles = {letters(told.title or "")}
    story = tuple(block for block in page.story if letters(block.text) not in titles)
    body = _with_points(read_head(story).rest if not told.title else story, PagePoints(), told)
    return body._replace(blocks=body.blocks or page.story, furniture=page.furniture)


def _from_data(body: str) -> tuple[Block, ...]:
    """Return the paragraphs of a text that a page has in its data alone."""
    if len(body) < _SHORTEST_BODY:
        return ()
    lines = (" ".join(clean(line).split()) for line in body.split("\n"))
    return tuple(Block(kind="paragraph", text=line) for line in lines if line)


def _place(body: Sequence[Block]) -> str | None:
    for block in body[:_PLACE_BLOCKS]:
        if (dateline := read_dateline(block.text)) is not None:
            talk = is_labelled(block.text) and sum(is_labelled(one.text) for one in body) > 1
            return None if talk else dateline.place
    return None
