"""Scripts without spaces between words, and how many words a text has even so."""

from __future__ import annotations

import re

SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"  # Thai to Khmer, Myanmar
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u30ff\u31f0-\u31ff"  # radicals, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"  # Han, half-width kana
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Scripts written without spaces between words, as the inside of a character class."""

_SPACELESS_RUN = re.compile(f"[{SPACELESS}]+")

_CHARACTERS_A_WORD = 2
"""Of such a script: in Chinese and Japanese, about as many say what a word of another says."""


def count_words(text: str) -> int:
    """Return how many words ``text`` has: what spaces part, and pairs of spaceless characters."""
    if text.isascii():
        return len(text.split())
    rest, runs = _SPACELESS_RUN.subn(" ", text)
    if not runs:
        return len(text.split())
    spaceless = sum(map(len, _SPACELESS_RUN.findall(text)))
    others = sum(any(map(str.isalnum, word)) for word in rest.split())
    return others - (-spaceless // _CHARACTERS_A_WORD)
