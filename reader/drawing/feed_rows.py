"""How a feed is drawn in a list, as lines of styled runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from index.cleaning import mask
from reader.drawing.render import MARGIN, READ, UNREAD
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten
from reader.feed_wording import place, trouble
from reader.wording import ago, count, joined

if TYPE_CHECKING:
    import datetime as dt

    from index.feeds import Subscribed

HEIGHT = 2
"""Lines of a feed."""

_TROUBLE = "!"
_GAP = 2


def feed_rows(feed: Subscribed, width: int, now: dt.datetime) -> list[list[Run]]:
    """Draw a feed on :data:`HEIGHT` lines: its name and unread count; its state or its trouble.

    The cursor's bar is left to whoever shows it.
    """
    room = max(1, width - MARGIN)
    unread = f"{feed.unread:,}" if feed.unread else ""
    name = shorten(mask(feed.name), max(1, room - len(unread) - _GAP))
    gap = " " * max(1, room - cell_len(name) - len(unread))
    look = "feed-unread" if feed.unread else "feed-name"
    known = joined([trouble(feed), place(feed)]) if feed.error else _known(feed, now)
    below = Run(shorten(mask(known), room), "feed-trouble" if feed.error else "feed-summary")
    return [
        [_mark(feed), Run(" ", "feed-name"), Run(name, look), Run(gap + unread, "feed-count")],
        [Run("  ", "feed-name"), below],
    ]


def _mark(feed: Subscribed) -> Run:
    if feed.error:
        return Run(_TROUBLE, "feed-trouble")
    return Run(UNREAD, "mark-unread") if feed.unread else Run(READ, "mark-read")


def _known(feed: Subscribed, now: dt.datetime) -> str:
    """Say what is known of a feed: ``340 articles · synced 5 min ago · #world · bbc.example``."""
    return joined(
        [
            count(feed.articles, "article"),
            f"synced {ago(feed.checked, now)}" if feed.checked else "not synced yet",
            *(f"#{tag}" for tag in feed.tags),
            "whole pages" if feed.always_full else None,
            place(feed),
        ]
    )
