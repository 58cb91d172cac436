"""Phrases as they are compared: without case, decoration and doubled space."""

from __future__ import annotations

import string
from functools import lru_cache

LONGEST_PHRASE = 200
"""Characters of the longest text that is worth comparing with a phrase."""

_DECORATION = string.punctuation + string.whitespace + "“”‘’«»‹›•·…–—→►▶▸▼■●★✓©®™¡¿"
_APOSTROPHES = str.maketrans("’‘`´", "''''")


@lru_cache(maxsize=4096)
def phrase(text: str) -> str:
    """Return ``text`` as the tables of phrases write it, or "" where it is too long for one."""
    if len(text) > LONGEST_PHRASE:
        return ""
    return " ".join(text.strip(_DECORATION).casefold().translate(_APOSTROPHES).split())


def table(text: str) -> frozenset[str]:
    """Return the phrases of a table, which commas part."""
    return frozenset(" ".join(cell.split()) for cell in text.split(","))
