"""What on a page is not the article: share bars, notices, comment forms, links to other stories.

An article is never lost: what can't be told apart stays in it. A line goes only where it is, as a
whole, one of the phrases of the tables; the end of a page only behind a story that is longer.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from index.furniture_phrases import (
    NEIGHBOURLY,
    is_furniture_line,
    opens_comments,
    opens_links,
)
from index.page import find_story, is_page
from index.phrases import LONGEST_PHRASE, phrase
from index.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Block

_LEAST_OF_HEAD = -0.5
"""Worth of a line between title and body that may count: a summary, a byline, a date."""

SHORTEST_STORY = 60
"""Words before the end of a page may be told from the story."""


class Page(NamedTuple):
    """The blocks of a page, told apart."""

    story: tuple[Block, ...]
    furniture: tuple[str, ...]
    """The texts of the other blocks, in order."""


def separate(blocks: Sequence[Block]) -> Page:
    """Tell the story of a page from its furniture. There is always a story."""
    is_furniture = _lines(blocks)
    if is_page(blocks):
        _add_surroundings(blocks, is_furniture)
    for place in range(_end_of_story(blocks, is_furniture), len(blocks)):
        is_furniture[place] = True
    if all(is_furniture):
        return Page(tuple(blocks), ())
    pairs = list(zip(blocks, is_furniture, strict=True))
    return Page(
        tuple(block for block, goes in pairs if not goes),
        tuple(block.text for block, goes in pairs if goes),
    )


def _add_surroundings(blocks: Sequence[Block], is_furniture: list[bool]) -> None:
    """Add what stands around the story, apart from lines between title and body that may count."""
    story = find_story(blocks, is_furniture)
    if story is None:
        return
    for place, block in enumerate(blocks):
        if story.title < place < story.first:
            unlikely = story.worths[place] < _LEAST_OF_HEAD or _is_label(block.text)
            is_furniture[place] = is_furniture[place] or unlikely
        elif place != story.title and not story.body[place]:
            is_furniture[place] = True


def _is_label(text: str) -> bool:
    return len(text.split()) < 4 and not any(character.isdigit() for character in text)


def _lines(blocks: Sequence[Block]) -> list[bool]:
    """Say of each block whether it is furniture by itself, or by its neighbours."""
    sure = [is_furniture_line(block.text) for block in blocks]
    neighbourly = [phrase(block.text) in NEIGHBOURLY for block in blocks]
    for order in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        previous = False
        for place in order:
            sure[place] = sure[place] or (neighbourly[place] and previous)
            previous = sure[place]
    return sure


def _end_of_story(blocks: Sequence[Block], is_furniture: list[bool]) -> int:
    """Return the place of the first block that belongs to the end of the page."""
    comments = {place for place, block in enumerate(blocks) if opens_comments(block.text)}
    links = {place for place, block in enumerate(blocks) if opens_links(block.text)}
    if not comments | links:
        return len(blocks)
    words = (
        0 if goes else len(block.text.split())
        for block, goes in zip(blocks, is_furniture, strict=True)
    )
    before = list(accumulate(words, initial=0))
    last_prose, last_pair = _last_prose(blocks)
    for place in sorted(comments | links):
        last = last_pair if place in comments else max(last_prose, last_pair)
        after = before[-1] - before[place]
        if place > last and before[place] >= max(SHORTEST_STORY, after):
            return place
    return len(blocks)


def _last_prose(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return where the last paragraph of prose stands, and where the last two in a row; or -1."""
    last, later = -1, False
    for place in range(len(blocks) - 1, -1, -1):
        prose = _is_prose(blocks[place])
        if prose and later:
            return last, place
        if prose:
            last = max(last, place)
        later = prose
    return last, -1


def _is_prose(block: Block) -> bool:
    text = block.text
    return (
        block.kind == "paragraph"
        and len(text) > LONGEST_PHRASE // 2
        and ends_sentence(text)
        and not text.endswith(("...", "…"))
    )
