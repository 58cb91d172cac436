"""What is said of saved searches, the same on the screen and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.cleaning import mask
from reader import scopes, sorting
from reader.wording import count, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.results import SearchCounts
    from index.searches import CountedSearch


def fresh(counts: SearchCounts) -> str:
    """Say how many articles of a search are new: ``12 new``; nothing where none is."""
    return f"{counts.new:,} new" if counts.new else ""


def unread(counts: SearchCounts) -> str:
    """Say how many are unread: ``340 unread``; nothing where none is."""
    return f"{counts.unread:,} unread" if counts.unread else ""


def summary(counted: CountedSearch) -> str:
    """Say what a search is: ``ceasefire · 1,204 articles · newest first · unread``."""
    search = counted.search
    return joined(
        [
            search.query or "no query",
            count(counted.counts.found, "article") if counted.error is None else counted.error,
            sorting.SAID[search.sort] if search.sort != "relevance" else None,
            scopes.SAID[search.scope] if search.scope != "all" else None,
        ]
    )


def state(shown: Sequence[CountedSearch], place: int) -> tuple[str, ...]:
    """Say which of the saved searches this is, and how much is new in all of them."""
    if not shown:
        return ("none",)
    new = sum(bool(one.counts.new) for one in shown)
    return f"{place:,} of {len(shown):,}", f"{new:,} with new articles" if new else "nothing new"


def lines(counted: CountedSearch) -> Iterator[str]:
    """Show a saved search on the command line."""
    search, counts = counted.search, counted.counts
    key = f"[{search.key}]" if search.key else None
    yield mask("  ".join(filter(None, [search.name, key, joined([fresh(counts), unread(counts)])])))
    yield mask(f"    {summary(counted)}")


def as_json(counted: CountedSearch) -> dict[str, Any]:
    """Return a saved search as ``searches --json`` prints it."""
    known = counted.search._asdict()
    del known["looked"]
    return {**known, **counted.counts._asdict(), "error": counted.error}
