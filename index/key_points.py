"""Recognise key points in a body: the short summary that a news site put on a story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.article import Block, KeyPoints
from index.phrases import phrase, table
from index.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS = table("""
    5 things to know, at a glance, bottom line, bullet points, essentials, fast facts,
    five things to know, here are the key points, here's what to know, here's what we know,
    here's what you need to know, highlights, in a nutshell, in brief, in short, in summary,
    key developments, key facts, key findings, key highlights, key insights, key messages,
    key moments, key point, key points, key takeaway, key takeaways, main highlights,
    main point, main points, main takeaways, quick facts, quick read, quick summary, quick take,
    story at a glance, story highlights, summary, summary points, takeaways, the bottom line,
    the brief, the essentials, the facts, the gist, the highlights, the key facts,
    the key points, the key takeaways, the latest, the main points, the main takeaways,
    the short version, the takeaways, the top line, things to know, three things to know, tl;dr,
    tldr, top line, top lines, top points, topline, toplines, what to know, what we know,
    what we know so far, what you need to know, what you should know, why it matters
""")
"""As sites write them, in any case, with or without a colon."""

_OPENING = re.compile(
    r"(story highlights|key points|key takeaways|tl;dr)\s*[:–—-]\s*(?=\S)"
    r"|(story highlights)\s+(?=\S)",
    re.IGNORECASE,
)
"""Headings that may share a line with the first point."""

LONGEST_POINT = 300
"""Characters of a point that has a bullet."""

LONGEST_BARE_POINT = 220
"""Characters of a point without a bullet, which is told from a paragraph by its missing stop."""

MOST_BARE_POINTS = 8
MOST_HEAD_LINES = 3
"""Short lines (a byline, a section) that may stand between a title and a list without heading."""


class Summary(NamedTuple):
    """Key points, and the blocks without them."""

    key_points: KeyPoints
    rest: tuple[Block, ...]


class _Place(NamedTuple):
    """Where key points stand among blocks: ``first`` to before ``end``, the heading included."""

    first: int
    end: int
    heading: str | None
    points: tuple[str, ...]


def find(blocks: Sequence[Block]) -> Summary:
    """Take the key points out of the ``blocks`` of a body, its title not among them.

    They are the lines under a heading that says so, wherever it stands, or else a bare list above
    the first paragraph. A body that would be empty without them keeps them.
    """
    place = _under_heading(blocks) or _above_body(blocks)
    if place is None or not any(
        block.kind == "paragraph" for block in (*blocks[: place.first], *blocks[place.end :])
    ):
        return Summary(KeyPoints(), tuple(blocks))
    key_points = KeyPoints(origin="article", heading=place.heading, points=place.points)
    return Summary(key_points, (*blocks[: place.first], *blocks[place.end :]))


def opens_key_points(text: str) -> bool:
    """Whether ``text`` is, or begins with, a heading of key points."""
    return phrase(text) in HEADINGS or bool(_OPENING.match(text))


def _under_heading(blocks: Sequence[Block]) -> _Place | None:
    for first, block in enumerate(blocks):
        if block.kind == "quote" or (block.kind == "list_item" and _in_list(blocks, first)):
            continue
        if phrase(block.text) in HEADINGS:
            end = _end_of_points(blocks, first + 1)
            points = tuple(point.text for point in blocks[first + 1 : end])
            if points:
                return _Place(first, end, block.text.rstrip(" :"), points)
        elif (opening := _OPENING.match(block.text)) and _may_be_bare(block.text[opening.end() :]):
            end = _end_of_bare_points(blocks, first + 1)
            points = tuple(point.text for point in blocks[first + 1 : end])
            return _Place(
                first, end, opening[1] or opening[2], (block.text[opening.end() :], *points)
            )
    return None


def _in_list(blocks: Sequence[Block], place: int) -> bool:
    """Whether the list item at ``place`` follows another: a heading with a bullet does not."""
    return place > 0 and blocks[place - 1].kind == "list_item"


def _end_of_points(blocks: Sequence[Block], first: int) -> int:
    """Return the place behind the points that begin at ``first``; ``first`` if there are none."""
    end = _end_of_list(blocks, first)
    if end > first:
        return end
    end = _end_of_bare_points(blocks, first)
    return end if end - first >= 2 else first


def _end_of_list(blocks: Sequence[Block], first: int) -> int:
    end = first
    while end < len(blocks) and _is_point(blocks[end]):
        end += 1
    return end


def _end_of_bare_points(blocks: Sequence[Block], first: int) -> int:
    end = first
    while end < len(blocks) and blocks[end].kind == "paragraph" and _may_be_bare(blocks[end].text):
        end += 1
        if end - first > MOST_BARE_POINTS:
            return first
    return end


def _is_point(block: Block) -> bool:
    return block.kind == "list_item" and len(block.text) <= LONGEST_POINT


def _may_be_bare(text: str) -> bool:
    return len(text) <= LONGEST_BARE_POINT and not ends_sentence(text)


def _above_body(blocks: Sequence[Block]) -> _Place | None:
    """Find a list that only short lines part from the title."""
    first = 0
    while first < min(len(blocks), MOST_HEAD_LINES + 1) and _is_head_line(blocks[first]):
        first += 1
    end = _end_of_list(blocks, first)
    if end - first < 2 or end == len(blocks):
        return None
    return _Place(first, end, None, tuple(block.text for block in blocks[first:end]))


def _is_head_line(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) <= 100 and not ends_sentence(block.text)
