"""Phrases as they are compared: without case, decoration and doubled space."""

from __future__ import annotations

import string
from functools import lru_cache

LONGEST_PHRASE = 200
"""Characters of the longest text that is worth comparing with a phrase."""

_DECORATION = string.punctuation + string.whitespace + "“”‘’«»‹›•·…–—→►▶▸▼■●★✓©®™¡¿"


def phrase(text: str) -> str:
    """Return ``text`` as the tables of phrases write it, or "" where it is too long for one."""
    return "" if len(text) > LONGEST_PHRASE else _phrase(text)


@lru_cache(maxsize=4096)
def _phrase(text: str) -> str:
    words = " ".join(text.strip(_DECORATION).casefold().split())
    # Faster than str.translate, and most lines of an article come here.
    for apostrophe in "’‘`´":
        words = words.replace(apostrophe, "'")
    return words


def table(text: str) -> frozenset[str]:
    """Return the phrases of a table, which commas part."""
    return frozenset(" ".join(cell.split()) for cell in text.split(","))
