"""Find the title of a story on a page: the line near its beginning that looks most like one.

A title has some words, of which the story takes up many; it does not end as a sentence, and says
nothing of the site, of a date or of who took a picture.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from index.site_words import count_site_words, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Block

_REACH = 30
"""Blocks above the body among which the title is sought."""

_LONGEST = 220
_TAKEN_UP = 2.5
"""For words that the story takes up, all of them; for fewer in proportion."""

_PER_WORD = 0.15
_MOST_WORDS = 12
_FEWEST_WORDS = 3
_PER_MISSING_WORD = -1.5

_SITE = -2.5
"""For as many words of sites as make the square root of all."""

_PER_LINE_AWAY = -0.12
_OF_BODY = -2.5
_WITHOUT_TITLE = 0.0
"""What a line has to be worth more than."""

_SIGNS_AGAINST = (
    (re.compile(r"[.:,;…]$"), -2.0),
    (re.compile(r"©"), -2.0),
    (re.compile(r".{120}"), -2.0),  # Rather a summary.
    (re.compile(r"^\d|\b(?:19|20)\d\d\b"), -1.0),
    (re.compile(r"^[a-zß-öø-ÿ]"), -1.0),
    (re.compile(r"[|›»>•·]|/ "), -0.5),
)

_LONG_WORD = re.compile(r"[^\W_]{4,}")


def place_of_title(
    blocks: Sequence[Block], is_furniture: Sequence[bool], body: Sequence[bool]
) -> int:
    """Return the place of the title of the story that is ``body``, or its beginning without one."""
    first = body.index(True)
    lines_with = Counter(
        word
        for block, of_body in zip(blocks, body, strict=True)
        if of_body
        for word in _long_words(block.text)
    )
    best, best_score = first, _WITHOUT_TITLE
    for place in range(max(0, first - _REACH), first + 1):
        text = blocks[place].text
        if is_furniture[place] or len(text) > _LONGEST or not words_of(text):
            continue
        itself = body[place]
        words = _long_words(text)
        taken_up = sum(lines_with[word] > itself for word in words) / max(1, len(words))
        score = _TAKEN_UP * taken_up + _wording(text)
        score += _OF_BODY * itself + _PER_LINE_AWAY * (first - place)
        if score > best_score:
            best, best_score = place, score
    return best


def _wording(text: str) -> float:
    """Return what a line is worth as a title by its words and signs alone."""
    words = words_of(text)
    return (
        _PER_WORD * min(len(words), _MOST_WORDS)
        + _PER_MISSING_WORD * max(0, _FEWEST_WORDS - len(words))
        + _SITE * count_site_words(words) / math.sqrt(len(words))
        + sum(worth for sign, worth in _SIGNS_AGAINST if sign.search(text))
    )


def _long_words(text: str) -> set[str]:
    return set(_LONG_WORD.findall(text.casefold()))
