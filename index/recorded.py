"""What the record of a library knows of articles that the index does not, as sets of their ids."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from index.store import Store

_UNIONS = 16
"""Sets of what bears a tag and what came from feeds that do, as many as are remembered."""


class RecordedIn:
    """What a query asks the record for: see :class:`index.query.recorded.Recorded`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._united: deque[tuple[frozenset[str], frozenset[str], frozenset[str]]] = deque(
            maxlen=_UNIONS
        )

    @property
    def read(self) -> frozenset[str]:
        """What was read."""
        return self._store.marks.read

    @property
    def starred(self) -> frozenset[str]:
        """What was starred."""
        return self._store.marks.starred

    def by_tag(self) -> Mapping[str, Collection[str]]:
        """Return what bears each tag there is, or one below it, or came from feeds that do."""
        from index.tagging import gathered  # noqa: PLC0415  (only who counts them needs it)

        keys: dict[str, list[str]] = {}
        for feed in self._store.feeds.all():
            for tag in feed.tags:
                keys.setdefault(tag, []).append(feed.key)
        came = ((tag, self._store.feeds.articles(of_tag)) for tag, of_tag in keys.items())
        return gathered([*self._store.tags.by_tag().items(), *came])

    @property
    def highlighted(self) -> frozenset[str]:
        """What has a passage that was highlighted."""
        return self._store.highlights.articles()

    @property
    def noted(self) -> frozenset[str]:
        """What has a note on a passage."""
        return self._store.highlights.articles(with_note=True)

    @property
    def feed_names(self) -> Collection[str]:
        """What feeds are called, each name once."""
        feeds = self._store.feeds.all()
        return dict.fromkeys(feed.name or feed.title or feed.address for feed in feeds)

    def arrived_after(self, change: int) -> frozenset[str]:
        """Return what came for the first time after a change."""
        return self._store.arrivals.after(change)

    def of_feed(self, called: str, *, begins: bool) -> frozenset[str]:
        """Return what came from feeds that are called so."""
        from index.feeds.meant import feeds_called  # noqa: PLC0415  (few queries name a feed)

        feeds = self._store.feeds
        return feeds.articles(feeds_called(called, feeds.all(), begins=begins))

    def tagged(self, tag: str, *, begins: bool) -> frozenset[str]:
        """Return what bears a tag, or one below it, or came from feeds that do."""
        from index.feeds.meant import feeds_tagged  # noqa: PLC0415  (few queries name a tag)
        from index.tagging import meant  # noqa: PLC0415

        feeds, tags = self._store.feeds, self._store.tags
        came = feeds.articles(feeds_tagged(tag, feeds.all(), begins=begins))
        own = tags.articles(meant(tag, tags.counts(), begins=begins))
        return self._both(came, own)

    def _both(self, some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
        """Return the ids in either set; the same set as before for the same two."""
        if not (some and others):
            return some or others
        for known in self._united:
            if known[0] is some and known[1] is others:
                return known[2]
        united = some | others
        self._united.append((some, others, united))
        return united
