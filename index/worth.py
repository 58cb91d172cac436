"""How much each line of a web page speaks for being a part of its story, or against it.

Stories are told in long lines that end as sentences, in running text; menus are short and begin
every word with a capital; sites speak of themselves. Each sign adds to the worth of a line or
takes from it, and what a line is worth lies above 0 where it is rather story than not.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from index.furniture_phrases import MENU, opens_comments, opens_links
from index.key_points import NumberedItem
from index.phrases import phrase
from index.sentences import ends_sentence
from index.site_words import count_site_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Block

_BARE = -1.25
"""What a line is worth of which nothing is known."""

_PER_CHARACTER = 0.015
_OPEN_END = 0.6
"""The part of that where a line does not end as a sentence."""

_MOST_CHARACTERS = 350
"""Characters of a line that count: no single paragraph outweighs a page of them."""

_SENTENCE = 1.0
_RUNNING_TEXT = 1.0
"""For words that all begin small; for others in proportion."""

_LIST_ITEM = 1.5
"""For an item with a bullet: what is numbered may be the stories that are read most."""

_FIGURES = 2.0
"""For nothing but digits, in proportion: lists of a story say how much, menus do not."""

_KNOWN = -2.0
_SITE = -3.0
"""For as many words of sites as make the square root of all; for others in proportion."""

_MOST_SITE = -4.5

_REPEATED = -0.5
_COPYRIGHT = -4.0
_COMMENT = -4.0
_BEHIND_LINKS = -1.0

_PROSE = 80
"""Characters from which a line that ends as a sentence is one of a story, in all likelihood."""

_OPENING_PROSE = 2
"""Lines of prose that come before the comments on a story, or links to others, at least.

Links that end it have at least as much prose above them as below.
"""

_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Characters of scripts that say in one what others say in two or three."""

_SEPARATORS = re.compile("[|›»]")


def worths(blocks: Sequence[Block], is_furniture: Sequence[bool]) -> list[float]:
    """Return what each of ``blocks``, the lines of a page, is worth as a part of its story."""
    phrases = [phrase(block.text) for block in blocks]
    times = Counter(phrases)
    return [
        _length(block.text)
        + _wording(block)
        + _marks(block.text, known=known or words in MENU)
        + (_REPEATED if words and times[words] > 1 else 0.0)
        + place
        for block, words, known, place in zip(
            blocks, phrases, is_furniture, _places(blocks), strict=True
        )
    ]


def _length(text: str) -> float:
    if _is_teaser(text):  # Cut at a length, so that tells nothing.
        return _BARE
    size = len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
    worth = min(size, _MOST_CHARACTERS) * _PER_CHARACTER
    return _BARE + (worth + _SENTENCE if ends_sentence(text) else worth * _OPEN_END)


def _wording(block: Block) -> float:
    words = words_of(block.text)
    if not words:
        return 0.0
    small = sum(word[0].islower() for word in words) if len(words) > 2 else 0
    return (
        max(_SITE * count_site_words(words) / math.sqrt(len(words)), _MOST_SITE)
        + _RUNNING_TEXT * small / len(words)
        + (_LIST_ITEM if _has_bullet(block) else 0.0)
    )


def _has_bullet(block: Block) -> bool:
    return block.kind == "list_item" and not isinstance(block, NumberedItem)


def _marks(text: str, *, known: bool) -> float:
    worth = _FIGURES * sum(character.isdigit() for character in text) / len(text)
    if known or _SEPARATORS.search(text):
        worth += _KNOWN
    if "©" in text:
        worth += _COPYRIGHT
    return worth


def _places(blocks: Sequence[Block]) -> Iterator[float]:
    """Say of each line what it is worth by what stands above it."""
    prose = [_prose(block.text) for block in blocks]
    above, below = 0, sum(prose)
    lines = 0
    worth = 0.0
    for block, characters in zip(blocks, prose, strict=True):
        if lines >= _OPENING_PROSE:
            if opens_comments(block.text):
                worth = _COMMENT
            elif not worth and above >= below and opens_links(block.text):
                worth = _BEHIND_LINKS
        lines += characters > 0
        above += characters
        below -= characters
        yield worth


def _prose(text: str) -> int:
    """Return the characters of a line of prose, and 0 for any other."""
    return len(text) if len(text) >= _PROSE and ends_sentence(text) else 0


def _is_teaser(text: str) -> bool:
    """Whether ``text`` breaks off, as the first words of another story do."""
    return text.rstrip(" ]").endswith(("...", "…"))
