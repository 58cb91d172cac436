"""How the last of several tags may go on that somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.tagging import meant, tags_in, without

if TYPE_CHECKING:
    from collections.abc import Mapping


def completed(typed: str, known: Mapping[str, int]) -> str | None:
    """Return the whole line with its last tag completed to the one that most articles bear."""
    before, comma, last = typed.rpartition(",")
    begun = last.lstrip().removeprefix("#")
    if not begun:
        return None
    others = without(meant(begun, known, begins=True), tags_in(before))
    longer = [tag for tag in others if tag.casefold().startswith(begun.casefold())]
    best = max(longer, key=lambda tag: (known[tag], tag), default=None)
    if best is None or len(best) == len(begun):
        return None
    kept = typed[: len(typed) - len(begun)] if comma or last else ""
    return kept + begun + best[len(begun) :]
