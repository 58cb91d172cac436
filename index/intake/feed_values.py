"""What a feed says of itself, and its small values made sense of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from index.intake.feed_entry import Entry

LONGEST_REST = 7 * 24 * 60
"""Minutes that a feed is left alone at the most, whatever it asks."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_WHOLE_NUMBER = re.compile(r"\d{1,9}")


class Said(NamedTuple):
    """What a feed says of itself, and its entries in their order."""

    title: str | None
    home: str | None
    language: str | None
    moved_to: str | None
    ttl_minutes: int | None
    entries: tuple[Entry, ...]
    unread: int = 0
    """Further entries, which were counted only."""


def language_tag(said: object) -> str | None:
    """Return a language as in BCP 47, or None for what does not look like one."""
    tag = said.strip() if isinstance(said, str) else ""
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else None


def rest(said: object) -> int | None:
    """Return a number of minutes above nought, and no more than a week; None for anything else."""
    found = _WHOLE_NUMBER.match(str(said).strip())
    return min(int(found[0]), LONGEST_REST) or None if found else None
