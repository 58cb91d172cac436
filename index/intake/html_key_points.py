"""The key points of a page: a box named or headed so, or a list right below the headline."""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby, islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from index.article import KeyPoints
from index.intake.dates import read_date_line
from index.intake.dom import lineage
from index.key_points import (
    LONGEST_POINT,
    MOST_BARE_POINTS,
    is_heading,
    is_unmistakable_heading,
    may_be_bare,
    may_be_sentence,
    points_of,
)
from index.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from index.article import Block
    from index.intake.dom import PlacedBlock
    from index.intake.extraction import Story

_NAMES = re.compile(
    r"key[-_ ]?(?:points?|take-?aways?|facts|findings|insights|highlights|messages)"
    r"|(?:story|article|post|news)[-_]{0,2}(?:highlights|summary|bullets|points)"
    r"|(?:bullet|summary|highlight)[-_]?(?:points|bullets|list)"
    r"|at[-_]a[-_]glance|(?<![a-z])take-?aways|(?<![a-z])tl-?dr(?![a-z])|stry_?hghlght"
    r"|[a-z]{2,4}-bullets",
    re.IGNORECASE,
)
"""Names of boxes of key points, as class, id or test id."""

_FOREIGN = re.compile(
    r"related|more-?on|promo|recommend|newsletter|comment|nav|menu", re.IGNORECASE
)
_BYLINE = re.compile(r"(?:by|von|par|por)\s+[A-Z]|share\b", re.IGNORECASE)
_FOREIGN_TAGS = frozenset({"footer", "form", "nav"})
_WHOLE_PAGES = frozenset({"article", "body", "html", "main"})

MOST_POINTS = 12

_MOST_AROUND = 4
"""Elements around a heading that may be the box of its points: its own, and those around that."""

_MOST_LINKED = 0.5
"""Of the text of points that may be links: a list of links is no summary."""

_FEWEST_WORDS = 3
"""Of a point, on average."""

_FEWEST_WORDS_BARE = 5
"""The same where nothing but its place tells a list from a byline or a row of buttons."""

_MOST_BETWEEN = 5
"""Short blocks (a byline, a date, share buttons) between a headline and a list below it."""

_LONGEST_BETWEEN = 100
_LEAST_BEHIND = 2
"""Blocks of the story that come after a list below the headline."""


class PagePoints(NamedTuple):
    """Key points, and the places of the blocks that they and their heading are."""

    key_points: KeyPoints = KeyPoints()
    places: frozenset[int] = frozenset()


def find_on_page(story: Story) -> PagePoints:
    """Return the key points of a page's ``story``, wherever its blocks have them."""
    for find in (_named, _headed, _opening, _below_headline):
        found = find(story)
        if found.places and story.places - found.places:
            return found
    return PagePoints()


def _named(story: Story) -> PagePoints:
    """Find a box that is named so."""
    known = _Boxes()
    boxes = groupby(enumerate(story.blocks), lambda each: known.around(each[1].element))
    for box, members in boxes:
        if box is None:
            continue
        places = [place for place, _ in members]
        heading = _heading_of(story.blocks, places)
        below = [place for place in places if place != heading]
        items = [place for place in below if story.blocks[place].block.kind == "list_item"]
        points = items or below
        if _are_points(story.blocks, points, fewest=2 if not items else 1):
            return _told(story.blocks, heading, points, {*places, *_given(heading)})
    return PagePoints()


class _Boxes:
    """The boxes of key points of a page; each element is looked at once, however deep it is."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement | None, HtmlElement | None] = {None: None}
        self._foreign: set[HtmlElement | None] = set()

    def around(self, element: HtmlElement | None) -> HtmlElement | None:
        """Return the outermost element around ``element`` that is named as such a box."""
        inner: list[HtmlElement] = []
        while element is not None and element not in self._known:
            inner.append(element)
            element = None if element.tag in _WHOLE_PAGES else element.getparent()
        for one in reversed(inner):
            self._learn(one, element)
            element = one
        return self._known[element]

    def _learn(self, element: HtmlElement, outer: HtmlElement | None) -> None:
        names = " ".join(element.get(key, "") for key in ("class", "id", "data-testid"))
        label = element.get("aria-label", "")
        self._known[element] = None
        if element.tag in _WHOLE_PAGES:
            return
        if outer in self._foreign or element.tag in _FOREIGN_TAGS or _FOREIGN.search(names):
            self._foreign.add(element)
        elif (box := self._known[outer]) is not None:
            self._known[element] = box
        elif is_heading(label) or (names.strip() and _NAMES.search(names)):
            self._known[element] = element


def _given(place: int | None) -> tuple[int, ...]:
    return () if place is None else (place,)


def _heading_of(blocks: Sequence[PlacedBlock], places: list[int]) -> int | None:
    before = places[0] - 1
    if before >= 0 and is_heading(blocks[before].block.text):
        return before
    first = blocks[places[0]].block
    if is_heading(first.text) or (first.kind == "heading" and len(places) > 1):
        return places[0]
    return None


def _headed(story: Story) -> PagePoints:
    """Find a heading of key points that a list follows."""
    span = _span(story)
    for place, (block, element) in enumerate(story.blocks):
        if not is_heading(block.text) or _is_foreign(element):
            continue
        if place not in span and not is_unmistakable_heading(block.text):
            continue
        points = _list_from(story.blocks, place + 1) or _lines_from(story.blocks, place)
        if _are_points(story.blocks, points, fewest=1):
            return _told(story.blocks, place, points, {place, *points})
    return PagePoints()


def _lines_from(blocks: Sequence[PlacedBlock], heading: int) -> list[int]:
    """Return the places of the lines below a heading: in a box of their own, or standing free."""
    around = islice(lineage(blocks[heading].element), _MOST_AROUND)
    for box in takewhile(lambda one: one.tag not in _WHOLE_PAGES, around):
        rest = islice(blocks, heading + 1, heading + MOST_POINTS + 2)
        lines = list(takewhile(partial(_is_within, box), rest))
        if len(lines) > 1:
            is_sure = is_unmistakable_heading(blocks[heading].block.text)
            fit = all(_may_be_line(line.block.text, is_sure=is_sure) for line in lines)
            if fit and len(lines) <= MOST_POINTS:
                return _places(heading + 1, lines)
            break
    return _free_lines_from(blocks, heading + 1)


def _may_be_line(text: str, *, is_sure: bool) -> bool:
    return not ends_sentence(text) or (is_sure and may_be_sentence(text))


def _free_lines_from(blocks: Sequence[PlacedBlock], first: int) -> list[int]:
    """Return the places of lines that no box holds together, down to the first sentence."""
    lines = list(takewhile(_is_free_line, islice(blocks, first, first + MOST_BARE_POINTS + 1)))
    fit = 2 <= len(lines) <= MOST_BARE_POINTS and first + len(lines) < len(blocks)
    return _places(first, lines) if fit else []


def _places(first: int, blocks: Sequence[PlacedBlock]) -> list[int]:
    return list(range(first, first + len(blocks)))


def _is_within(box: HtmlElement, placed: PlacedBlock) -> bool:
    return box in lineage(placed.element)


def _is_free_line(placed: PlacedBlock) -> bool:
    return placed.block.kind == "paragraph" and may_be_bare(placed.block.text)


def _opening(story: Story) -> PagePoints:
    """Find a list that the story itself opens with."""
    opening = list(takewhile(lambda n: _is_item(story, n), sorted(story.places)))
    numbered = _is_numbered(story.blocks[min(story.places)].element)
    fit = len(story.places) - len(opening) >= _LEAST_BEHIND and not numbered
    if fit and _are_points(story.blocks, opening, fewest=2) and _tell(story, opening):
        return _told(story.blocks, None, opening, {*opening})
    return PagePoints()


def _below_headline(story: Story) -> PagePoints:
    """Find a list that stands right below the headline, though the story was found behind it."""
    if story.headline is None:
        return PagePoints()
    first = story.headline + 1
    for place in range(first, min(first + _MOST_BETWEEN, len(story.blocks))):
        block, element = story.blocks[place]
        if block.kind == "list_item":
            points = _list_from(story.blocks, place)
            behind = sum(later > max(points, default=place) for later in story.places)
            fit = behind >= _LEAST_BEHIND and not _is_foreign(element) and not _is_numbered(element)
            if fit and _are_points(story.blocks, points, fewest=2) and _tell(story, points):
                return _told(story.blocks, None, points, {*points})
        elif len(block.text) > _LONGEST_BETWEEN and ends_sentence(block.text):
            break
    return PagePoints()


def _tell(story: Story, places: Sequence[int]) -> bool:
    """Whether points without a heading tell something, rather than by whom and when."""
    texts = [story.blocks[place].block.text for place in places]
    return (
        sum(len(text.split()) for text in texts) >= _FEWEST_WORDS_BARE * len(texts)
        and min(len(text.split()) for text in texts) >= _FEWEST_WORDS
        and not any(read_date_line(text) or _BYLINE.match(text) for text in texts)
    )


def _is_item(story: Story, place: int) -> bool:
    return story.blocks[place].block.kind == "list_item"


def _list_from(blocks: Sequence[PlacedBlock], first: int) -> list[int]:
    end = first
    while end < len(blocks) and blocks[end].block.kind == "list_item":
        end += 1
    return list(range(first, end))


def _are_points(blocks: Sequence[PlacedBlock], places: Sequence[int], *, fewest: int) -> bool:
    points = [blocks[place].block for place in places]
    if not fewest <= len(points) <= MOST_POINTS:
        return False
    length = sum(len(point.text) for point in points)
    words = sum(len(point.text.split()) for point in points)
    return (
        all(len(point.text) <= LONGEST_POINT for point in points)
        and words >= _FEWEST_WORDS * len(points)
        and sum(map(_linked, points)) <= _MOST_LINKED * length
    )


def _linked(block: Block) -> int:
    return sum(link.end - link.start for link in block.links)


def _told(
    blocks: Sequence[PlacedBlock], heading: int | None, points: Sequence[int], places: set[int]
) -> PagePoints:
    key_points = KeyPoints(
        origin="article",
        heading=None if heading is None else blocks[heading].block.text.rstrip(" :"),
        points=points_of(blocks[place].block.text for place in points),
    )
    return PagePoints(key_points, frozenset(places))


def _span(story: Story) -> range:
    first = min(story.places)
    if story.headline is not None:
        first = min(first, story.headline)
    return range(first, max(story.places) + 1)


def _is_foreign(element: HtmlElement) -> bool:
    for one in lineage(element):
        if one.tag in {"html", "body"}:
            return False
        if one.tag in _FOREIGN_TAGS or _FOREIGN.search(one.get("class", "")):
            return True
    return False


def _is_numbered(element: HtmlElement) -> bool:
    return any(one.tag == "ol" for one in lineage(element))
