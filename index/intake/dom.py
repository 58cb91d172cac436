"""Markup to blocks: what a browser would show of it, without anything being left out as furniture.

This is for markup that is an article and nothing else, as feeds and Markdown have it; a page, of
which the article is but a part, is for :mod:`index.intake.html`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from index.intake.addresses import web_address
from index.intake.files import MOST_BLOCKS
from index.intake.flow import Flow
from index.intake.markup import read_tree
from index.phrases import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from index.article import Block, BlockKind

_UNSEEN = table("""
    applet, area, audio, base, canvas, datalist, embed, frame, frameset, head, iframe, link, map,
    math, meta, noembed, noframes, object, optgroup, option, param, progress, rp, rt,
    script, select, source, style, svg, template, textarea, title, track, video
""")
"""Metadata and programs; what is drawn rather than written; what is filled in; pronunciations."""

_PARTING = table("""
    address, article, aside, blockquote, body, caption, center, dd, details, dialog, dir, div, dl,
    dt, fieldset, figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6, header, hgroup, hr,
    html, legend, li, listing, main, menu, nav, ol, p, plaintext, pre, section, search, summary,
    table, tbody, tfoot, thead, tr, ul, xmp
""")
"""Elements that begin on a line of their own, and end it."""

_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list_item",
    "blockquote": "quote",
}
_PREFORMATTED = frozenset({"listing", "plaintext", "pre", "xmp"})
_CELLS = frozenset({"td", "th"})

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_EMOJI = re.compile(r"\b(?:emoji|wp-smiley)\b")


def html_blocks(markup: str, base: str | None = None) -> tuple[Block, ...]:
    """Return all that ``markup``, a page or a part of one, shows as text, in order.

    Links are resolved against the address ``base``; those that are not http or https are text
    alone. The rows of a table are paragraphs. No markup is an error: the worst that comes of it is
    no block at all.
    """
    root = read_tree(markup)
    return () if root is None else tuple(placed.block for placed in tree_blocks(root, base))


class PlacedBlock(NamedTuple):
    """A block, and where on the page it stands."""

    block: Block
    element: HtmlElement
    """The innermost element with lines of its own that holds it."""


def tree_blocks(
    root: HtmlElement, base: str | None = None, *, hidden: bool = False
) -> tuple[PlacedBlock, ...]:
    """Return all that the tree of ``root`` shows as text, in order.

    With ``hidden``, also what scripts may show later, or show now and hide later. A page that has
    more than any article may have is left where it is clear that it has.
    """
    walk = _Walk(root, base)
    steps = etree.iterwalk(root, events=("start", "end"))
    for step, element in steps:
        if step == "end":
            walk.leave(element)
            if element is not root:
                walk.say(element.tail)
        elif element.tag in _UNSEEN or (not hidden and is_hidden(element)):
            walk.enter_unseen()
            steps.skip_subtree()
        elif walk.has_too_much:
            break
        else:
            walk.enter(element)
            walk.say(element.text)
    return walk.blocks()


def lineage(element: HtmlElement) -> Iterator[HtmlElement]:
    """Give ``element`` and those around it, outwards."""
    yield element
    yield from element.iterancestors()


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser keeps ``element`` hidden, for now at least."""
    if element.tag == "noscript" or "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and bool(_HIDDEN_STYLE.search(style))


class _Within(NamedTuple):
    """What an element is, to the text in it and behind it."""

    parts: bool = False
    url: str | None = None
    preformatted: bool = False
    has_kind: bool = False


class _Walk:
    """A way through a tree: what it is within at the moment, and what was said so far."""

    def __init__(self, root: HtmlElement, base: str | None) -> None:
        self._flow = Flow()
        self._parting = [root]
        self._places: list[HtmlElement] = []
        self._base = base
        self._within = [_Within()]
        self._kinds: list[BlockKind] = ["paragraph"]

    @property
    def has_too_much(self) -> bool:
        return len(self._places) > MOST_BLOCKS

    def enter(self, element: HtmlElement) -> None:
        tag, outer = element.tag, self._within[-1]
        if parts := tag in _PARTING:
            self._end_block()
            self._parting.append(element)
        if has_kind := tag in _KINDS:
            self._kinds.append(_KINDS[tag])
        url = web_address(element.get("href"), self._base) if tag == "a" else outer.url
        preformatted = outer.preformatted or tag in _PREFORMATTED
        self._within.append(_Within(parts, url, preformatted, has_kind))
        if tag == "br":
            self._flow.break_line()
        elif tag == "q":
            self.say("“")
        elif tag == "img" and _EMOJI.search(element.get("class", "")):
            self.say(element.get("alt"))

    def enter_unseen(self) -> None:
        self._within.append(_Within())

    def leave(self, element: HtmlElement) -> None:
        if element.tag == "q":
            self.say("”")
        within = self._within[-1]
        if within.parts:
            self._end_block()
            self._parting.pop()
        self._within.pop()
        if within.has_kind:
            self._kinds.pop()
        if element.tag in _CELLS:
            self._flow.end_cell()

    def say(self, text: str | None) -> None:
        if text:
            within = self._within[-1]
            self._flow.add(text, within.url, preformatted=within.preformatted)

    def blocks(self) -> tuple[PlacedBlock, ...]:
        self._end_block()
        pairs = zip(self._flow.blocks(), self._places, strict=True)
        return tuple(PlacedBlock(block, element) for block, element in pairs)

    def _end_block(self) -> None:
        kind = self._kinds[-1]
        told = self._flow.end_block(kind, by_line=self._within[-1].preformatted)
        self._places += [self._parting[-1]] * told
        if told and kind == "list_item":  # What else is in the item follows as what it is.
            self._kinds[-1] = self._kinds[-2]
