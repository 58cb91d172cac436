"""Phrases as they are compared: without case, decoration and doubled space."""

from __future__ import annotations

import re

_DECORATION = re.compile(r"^[\W_]+|[\W_]+$")
_SPACE = re.compile(r"\s+")
_APOSTROPHES = str.maketrans("’‘`´", "''''")

LONGEST_PHRASE = 200
"""Characters of the longest text that is worth comparing with a phrase."""


def phrase(text: str) -> str:
    """Return ``text`` as the tables of phrases write it, or "" where it is too long for one."""
    if len(text) > LONGEST_PHRASE:
        return ""
    folded = text.translate(_APOSTROPHES).casefold()
    return _SPACE.sub(" ", _DECORATION.sub("", folded))


def table(text: str) -> frozenset[str]:
    """Return the phrases of a table, which commas part."""
    return frozenset(_SPACE.sub(" ", cell).strip() for cell in text.split(",") if cell.strip())
