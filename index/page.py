"""Find the story in the whole text of a web page, pasted with its menus and lists of links.

Each line is worth something as a part of a story, and the story takes the course down the page
that is worth most. The title is sought above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.course import best_course
from index.furniture_phrases import MENU
from index.phrases import phrase
from index.site_words import share_of_site_words
from index.title import place_of_title
from index.worth import worths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Block

_SIGNS_OF_PAGE = ((12, 3), (24, 2), (60, 1))
"""Short lines, and how many different ones of menus among them, that make a text a page."""

_SHORT_LINE = 40
"""Characters of a line in a menu, at most."""

_FEWEST_SHORT = 0.25
"""The part of a page that is short lines, at least."""


class Story(NamedTuple):
    """Where the story of a page stands."""

    title: int
    """The place of the title, or of the body if no line above it may be one."""

    first: int
    """The place of the first line of the body."""

    body: list[bool]
    """Of each block, whether it belongs to the body."""

    worths: list[float]
    """What each block is worth as a part of the story."""


def is_page(blocks: Sequence[Block]) -> bool:
    """Whether ``blocks`` are a whole page, and not a story alone."""
    short = [block.text for block in blocks if len(block.text) <= _SHORT_LINE]
    if len(short) < max(_SIGNS_OF_PAGE[0][0], _FEWEST_SHORT * len(blocks)):
        return False
    of_menus = len({phrase(text) for text in short if _is_of_menu(text)})
    return any(len(short) >= lines and of_menus >= fewest for lines, fewest in _SIGNS_OF_PAGE)


def _is_of_menu(text: str) -> bool:
    return phrase(text) in MENU or share_of_site_words(text) >= 0.5


def find_story(blocks: Sequence[Block], is_furniture: Sequence[bool]) -> Story | None:
    """Return the story of a page, or None if nothing stands out as one."""
    worth = worths(blocks, is_furniture)
    body = best_course(worth)
    if not any(body):
        return None
    first = body.index(True)
    return Story(place_of_title(blocks, is_furniture, body), first, body, worth)
