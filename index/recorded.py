"""What the record of a library knows of articles that the index does not, as sets of their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from index.store import Store


class RecordedIn:
    """What a query asks the record for: see :class:`index.query.recorded.Recorded`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def read(self) -> frozenset[str]:
        """What was read."""
        return self._store.marks.read

    @property
    def starred(self) -> frozenset[str]:
        """What was starred."""
        return self._store.marks.starred

    def arrived_after(self, change: int) -> frozenset[str]:
        """Return what came for the first time after a change."""
        return self._store.arrivals.after(change)

    def names(self, field: str) -> Collection[str]:
        """Return what feeds are called, or all tags, each once."""
        feeds = self._store.feeds.all()
        if field == "tag":
            return dict.fromkeys(tag for feed in feeds for tag in feed.tags)
        return dict.fromkeys(feed.name or feed.title or feed.address for feed in feeds)

    def of_feed(self, called: str, *, begins: bool) -> frozenset[str]:
        """Return what came from feeds that are called so."""
        from index.feeds.meant import feeds_called  # noqa: PLC0415  (few queries name a feed)

        feeds = self._store.feeds
        return feeds.articles(feeds_called(called, feeds.all(), begins=begins))

    def tagged(self, tag: str, *, begins: bool) -> frozenset[str]:
        """Return what came from feeds that bear a tag, or one below it."""
        from index.feeds.meant import feeds_tagged  # noqa: PLC0415  (few queries name a tag)

        feeds = self._store.feeds
        return feeds.articles(feeds_tagged(tag, feeds.all(), begins=begins))
