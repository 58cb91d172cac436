"""What is known of feeds and their syncs, as whoever shows them sees it: frozen values."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from index.article import Frozen
from index.cleaning import clean

if TYPE_CHECKING:
    from index.store.feeds import Counts, KeptFeed


class Subscribed(Frozen):
    """A feed that the user subscribed to."""

    key: str
    """The address as subscribed, without login: what it is called by, and never another."""

    address: str
    """Where it is now, without login."""

    name: str
    """What to call it: as the user does, or else as it does itself, or else its address."""

    title: str = ""
    """What the feed calls itself; empty before the first fetch."""

    home: str | None = None
    """The address of its site."""

    tags: tuple[str, ...] = ()
    always_full: bool = False
    """The page of each new article is fetched, too."""

    checked: dt.datetime | None = None
    """When it was fetched last, well or not; in UTC."""

    error: str | None = None
    """What went wrong the last time: a few words."""

    failures: int = 0
    """How often in a row it went wrong."""

    failing_since: dt.datetime | None = None
    is_gone: bool = False
    """Its server said that it is gone for good; it is not asked again, unless by name."""

    articles: int = 0
    unread: int = 0


class Synced(Frozen):
    """What came of fetching one feed."""

    key: str
    name: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    """Articles: new to the library; with another text than before; the rest."""

    error: str | None = None
    """Why it could not be fetched or read."""

    moved_to: str | None = None
    """The address it has from now on."""

    is_gone: bool = False
    problems: tuple[str, ...] = ()
    """What could not be read of a feed that could: an entry's address and why, each."""


class SyncReport(Frozen):
    """What came of a sync."""

    feeds: tuple[Synced, ...] = ()
    """Each feed that was asked, in the order in which they answered."""

    skipped: int = 0
    """Feeds that were not asked: not due yet, gone for good, or their servers want to be left."""

    pages: int = 0
    """Pages of articles that were fetched, for feeds of which the whole text is wanted."""

    problems: tuple[str, ...] = ()
    """Pages that could not be had, and why: a sentence each."""

    was_stopped: bool = False
    """It ended before all feeds had answered, as asked."""

    @property
    def added(self) -> int:
        """Articles that are new to the library."""
        return sum(feed.added for feed in self.feeds)

    @property
    def updated(self) -> int:
        """Articles with another text than before."""
        return sum(feed.updated for feed in self.feeds)

    @property
    def unchanged(self) -> int:
        """Articles that are as they were."""
        return sum(feed.unchanged for feed in self.feeds)

    @property
    def failed(self) -> tuple[Synced, ...]:
        """The feeds that could not be fetched or read."""
        return tuple(feed for feed in self.feeds if feed.error)


class OpmlReport(Frozen):
    """What came of subscribing to the feeds of a list."""

    subscribed: tuple[Subscribed, ...] = ()
    """Those that are new."""

    known: int = 0
    """Feeds that were subscribed to before."""

    refused: tuple[str, ...] = ()
    """Addresses that can't be subscribed to, and why: a sentence each."""


def name_of(feed: KeptFeed) -> str:
    """Say what to call a feed."""
    return feed.name or feed.title or clean(feed.address)


def described(feed: KeptFeed, counts: Counts | None = None) -> Subscribed:
    """Return what whoever shows a feed needs to know."""
    return Subscribed(
        key=feed.key,
        address=feed.address,
        name=name_of(feed),
        title=feed.title,
        home=feed.home,
        tags=feed.tags,
        always_full=feed.always_full,
        checked=_moment(feed.checked),
        error=feed.error,
        failures=feed.failures,
        failing_since=_moment(feed.failing_since),
        is_gone=feed.gone,
        articles=counts.articles if counts else 0,
        unread=counts.unread if counts else 0,
    )


def _moment(seconds: float | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)
