"""Recognise key points in a body: the short summary that a news site put on a story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.article import Block, BlockKind, KeyPoints
from index.phrases import phrase, table
from index.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNMISTAKABLE_HEADINGS = table("""
    bullet points, fast facts, highlights, key developments, key facts, key findings,
    key highlights, key insights, key messages, key moments, key point, key points, key takeaway,
    key takeaways, main highlights, main point, main points, main takeaways, quick facts,
    quick summary, quick take, story at a glance, story highlights, summary points, takeaways,
    the highlights, the key facts, the key points, the key takeaways, the main points,
    the main takeaways, the takeaways, tl;dr, tldr, top lines, toplines
""")
"""Below these, full sentences are points, too; below the others they may be a section's."""

HEADINGS = UNMISTAKABLE_HEADINGS | table("""
    5 things to know, at a glance, bottom line, essentials, five things to know,
    here are the key points, here's what to know, here's what we know,
    here's what you need to know, in a nutshell, in brief, in short, in summary,
    quick read, summary, the bottom line, the brief, the essentials, the facts, the gist,
    the latest, the short version, the top line, things to know, three things to know,
    top line, top points, topline, what to know, what we know,
    what we know so far, what you need to know, what you should know, why it matters
""")
"""As sites write them, in any case, with or without a colon."""

_TOO_LONG_TO_READ = table("tl;dr, tldr")
"""Headings that one sentence may follow."""

_OPENING = re.compile(
    r"(story highlights|key points|key takeaways|tl;dr|tldr)\s*[:–—-]\s*(?=\S)"
    r"|(story highlights)\s+(?=\S)",
    re.IGNORECASE,
)
"""Headings that may share a line with the first point."""

_DASHED = re.compile(r"[-–—*]\s+")

_LONGEST_HEADING = 60
"""Characters of a heading, what decorates it included."""

LONGEST_POINT = 300
"""Characters of a point that has a bullet."""

LONGEST_BARE_POINT = 220
"""Characters of a point without a bullet, which is told from a paragraph by its missing stop."""

MOST_BARE_POINTS = 8

LONGEST_SENTENCE = 160
"""Characters of a point that is a full sentence without a bullet."""

LONGEST_LOOSE_SENTENCE = 90
"""Its characters where nothing but its length tells it from the first paragraph of a body."""

MOST_SENTENCES = 6

_LEAP = 1.25
"""How many times longer than the longest of such sentences each paragraph beside them is."""

_NEIGHBOURS = 3
"""Blocks beside the points that are compared with them."""

MOST_HEAD_LINES = 3
"""Short lines (a byline, a section) that may stand between a title and a list without heading."""


class NumberedItem(Block):
    """A list item whose bullet is a number, while the blocks are still being told apart."""

    kind: BlockKind = "list_item"

    def settled(self) -> Block:
        """Return the item as any other."""
        return Block(kind=self.kind, text=self.text)


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
    return is_heading(text) or bool(_OPENING.match(text))


def is_heading(text: str) -> bool:
    """Whether ``text`` is a heading of key points, and nothing else."""
    return len(text) <= _LONGEST_HEADING and phrase(text) in HEADINGS


def is_unmistakable_heading(text: str) -> bool:
    """Whether ``text`` is a heading below which full sentences are key points, too."""
    return len(text) <= _LONGEST_HEADING and phrase(text) in UNMISTAKABLE_HEADINGS


def may_be_sentence(text: str) -> bool:
    """Whether ``text`` may be a point that is a full sentence without a bullet."""
    return len(text) <= LONGEST_SENTENCE and not text[0].islower()


def may_be_bare(text: str) -> bool:
    """Whether ``text`` may be a point without a bullet."""
    return len(text) <= LONGEST_BARE_POINT and not ends_sentence(text)


def points_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the points that ``lines`` are: each once, without the dash or star that begins all."""
    points = tuple(dict.fromkeys(lines))
    if all(_DASHED.match(point) for point in points):
        return tuple(_DASHED.sub("", point) for point in points)
    return points


def _under_heading(blocks: Sequence[Block]) -> _Place | None:
    for first, block in enumerate(blocks):
        if block.kind == "quote" or (block.kind == "list_item" and _in_list(blocks, first)):
            continue
        if is_heading(block.text):
            end = _end_of_points(blocks, first + 1)
            points = points_of(point.text for point in blocks[first + 1 : end])
            if points:
                return _Place(first, end, block.text.rstrip(" :"), points)
        elif place := _behind_heading(blocks, first):
            return place
    return None


def _behind_heading(blocks: Sequence[Block], first: int) -> _Place | None:
    """Find points of which the first one stands on the line of the heading."""
    opening = _OPENING.match(blocks[first].text)
    if not opening:
        return None
    point, end = blocks[first].text[opening.end() :], first + 1
    if may_be_bare(point):
        end = _end_of_bare_points(blocks, end)
    elif not opening[1] or len(point) > LONGEST_BARE_POINT:
        return None
    points = points_of([point, *(below.text for below in blocks[first + 1 : end])])
    return _Place(first, end, opening[1] or opening[2], points)


def _in_list(blocks: Sequence[Block], place: int) -> bool:
    """Whether the list item at ``place`` follows another: a heading with a bullet does not."""
    return place > 0 and blocks[place - 1].kind == "list_item"


def _end_of_points(blocks: Sequence[Block], first: int) -> int:
    """Return the place behind the points that begin at ``first``; ``first`` if there are none."""
    end = _end_of_list(blocks, first)
    if end > first:
        return end
    end = _end_of_bare_points(blocks, first)
    if end - first >= 2:
        return end
    return _end_of_sentences(blocks, first)


def _end_of_list(blocks: Sequence[Block], first: int) -> int:
    end = first
    while end < len(blocks) and _is_point(blocks[end]):
        end += 1
    return end


def _end_of_bare_points(blocks: Sequence[Block], first: int) -> int:
    end = first
    while end < len(blocks) and blocks[end].kind == "paragraph" and may_be_bare(blocks[end].text):
        end += 1
        if end - first > MOST_BARE_POINTS:
            return first
    return end


def _end_of_sentences(blocks: Sequence[Block], first: int) -> int:
    """Return the place behind sentences that are points, told from paragraphs by their length.

    Where the paragraphs beside them are not clearly longer, there are none.
    """
    heading = blocks[first - 1].text
    if not is_unmistakable_heading(heading):
        return first
    end = first
    while end < len(blocks) and end - first <= MOST_SENTENCES and _is_short_sentence(blocks[end]):
        end += 1
    fewest = 1 if phrase(heading) in _TOO_LONG_TO_READ else 2
    if not fewest <= end - first <= MOST_SENTENCES:
        return first
    longest = max(len(point.text) for point in blocks[first:end])
    # At the end of a story, the paragraphs above the heading are what the points differ from.
    beside = blocks[end : end + _NEIGHBOURS] or blocks[max(0, first - 1 - _NEIGHBOURS) : first - 1]
    lengths = [len(block.text) for block in beside if ends_sentence(block.text)]
    return end if lengths and min(lengths) >= _LEAP * longest else first


def _is_short_sentence(block: Block) -> bool:
    text = block.text
    short = len(text) <= LONGEST_LOOSE_SENTENCE
    return block.kind == "paragraph" and short and may_be_sentence(text) and ends_sentence(text)


def _is_point(block: Block) -> bool:
    return block.kind == "list_item" and len(block.text) <= LONGEST_POINT


def _above_body(blocks: Sequence[Block]) -> _Place | None:
    """Find a list that only short lines part from the title."""
    first = 0
    while first < min(len(blocks), MOST_HEAD_LINES + 1) and _is_head_line(blocks[first]):
        first += 1
    end = _end_of_list(blocks, first)
    if end - first < 2 or end == len(blocks):
        return None
    if any(isinstance(block, NumberedItem) for block in blocks[first:end]):  # Steps, or a ranking.
        return None
    return _Place(first, end, None, points_of(block.text for block in blocks[first:end]))


def _is_head_line(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) <= 100 and not ends_sentence(block.text)
