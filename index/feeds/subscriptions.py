"""The feeds of a library: subscribed to, named, tagged, synced, and their articles' pages had."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from index.cleaning import clean
from index.errors import FeedError, UnknownArticleError, UnknownFeedError
from index.feeds.addresses import host_of, understand, web_address, without_login
from index.feeds.asking import Failed, Limits, for_page
from index.feeds.meant import feeds_called
from index.feeds.outcome import UNFETCHED
from index.feeds.schedule import LONGEST_PAUSE, LONGEST_WAIT
from index.feeds.subscribed import OpmlReport, described
from index.progress import silent
from index.tagging import distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.article import Article
    from index.feeds.addresses import Address
    from index.feeds.asking import Asked, Fetched
    from index.feeds.subscribed import Subscribed, SyncReport
    from index.progress import Listener
    from index.store import KeptFeed, Store
    from index.store.feeds import Value

    Undo = Callable[[], None]


def always() -> bool:
    """Want something until it is done."""
    return True


class Feeds:
    """What a library knows of feeds; a part of it, as ``library.feeds``.

    ``refresh`` brings the index up to the record. What changes a feed returns what takes the change
    back. Names, tags and messages are clean text.
    Every method raises :class:`~index.errors.LibraryError` where the record can't be used, and
    those that take a key :class:`~index.errors.UnknownFeedError` where it is none.
    """

    def __init__(
        self,
        store: Store,
        refresh: Callable[[Listener], object],
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._refresh, self._clock = store, refresh, clock
        self._limits = limits or Limits()

    # --- which there are ------------------------------------------------------------------------

    def all(self) -> tuple[Subscribed, ...]:
        """Return all feeds, by name."""
        counts = self._store.feeds.counts()
        known = [described(feed, counts.get(feed.key)) for feed in self._store.feeds.all()]
        return tuple(sorted(known, key=lambda feed: (feed.name.casefold(), feed.key)))

    def find(self, called: str) -> Subscribed:
        """Return the one feed that is called so, by its name, its address, or a part of either.

        Raises UnknownFeedError where there is none, or more than one.
        """
        called = without_login(called.strip())
        feeds = self._store.feeds.all()
        found = called and (
            feeds_called(called, feeds, begins=False) or feeds_called(called, feeds, begins=True)
        )
        if not found:
            raise UnknownFeedError(f"No feed has a name or an address like “{clean(called)}”.")
        if len(found) > 1:
            some = ", ".join(found[:3])
            raise UnknownFeedError(f"Several feeds are called “{clean(called)}”: {some}.")
        return self._described(found[0])

    # --- subscribing ----------------------------------------------------------------------------

    def subscribe(
        self,
        address: str,
        *,
        name: str | None = None,
        tags: Iterable[str] = (),
        always_full: bool = False,
        typed: bool = True,
        wanted: Callable[[], bool] = always,
    ) -> Subscribed:
        """Fetch a feed, take in what it has, and go on with it in every sync.

        Of the address of a web page, the feed is taken that the page leads to. ``typed``: the user
        himself typed the address, which then may be a file, a command (``exec:…``), or on a private
        network. What is subscribed to already is only named and tagged, and its login renewed.

        Raises FeedError where there is none, and SeveralFeedsError where there are several.
        """
        from index.feeds.discovery import discover  # noqa: PLC0415  (imports parsers)
        from index.feeds.synchronising import Sync  # noqa: PLC0415

        place = understand(address) if typed else web_address(address)
        feed = self._known(place.url)
        if feed is None:
            found, answer = discover(place, lambda asked: self._fetched(asked, wanted), typed=typed)
            feed = self._known(found.key)
            if feed is None:
                self._store.feeds.add([feed := found])
                sync = Sync(self._store, self._refresh, self._limits, self._clock)
                sync.run([feed._replace(always_full=always_full)], silent, wanted, [answer])
        elif typed:
            self._type_again(feed, place)
        if always_full:
            self.set_always_full(feed.key, on=True)
        if name is not None:
            self.rename(feed.key, name)
        if tags := tuple(tags):
            self.tag(feed.key, (*feed.tags, *tags))
        return self._described(feed.key)

    def unsubscribe(self, key: str) -> Undo:
        """Forget a feed; its articles stay."""
        feed, ids = self._kept(key), self._store.feeds.articles([key])
        self._store.feeds.remove(key)

        def restore() -> None:
            self._store.feeds.add([feed])
            self._store.feeds.note(key, ids)

        return restore

    def rename(self, key: str, name: str | None) -> Undo:
        """Call a feed by another name; None or an empty one: as it calls itself."""
        return self._change(key, name=clean(name or "").strip() or None)

    def tag(self, key: str, tags: Iterable[str]) -> Undo:
        """Give a feed these tags, and no others."""
        return self._change(key, tags=distinct(tags))

    def set_always_full(self, key: str, *, on: bool) -> Undo:
        """Have the page of each new article of a feed fetched in every sync, or not."""
        # All is fetched anew, for what came before is to be had in full, too.
        return self._change(key, always_full=on, **UNFETCHED)

    # --- lists ----------------------------------------------------------------------------------

    def import_opml(self, raw: bytes, origin: str) -> OpmlReport:
        """Subscribe to all feeds in a list; they are fetched by the next sync.

        Raises UnreadableError where it is none.
        """
        from index.feeds.lists import read_list  # noqa: PLC0415  (imports a parser)

        feeds, refused = read_list(raw, origin)
        places = self._store.feeds.places()
        added = self._store.feeds.add(feed for feed in feeds if feed.key not in places)
        return OpmlReport(
            subscribed=tuple(described(feed) for feed in feeds if feed.key in set(added)),
            known=len(feeds) - len(added),
            refused=refused,
        )

    def export_opml(self) -> bytes:
        """Return a list of all feeds on the web, for other programs. Logins are not in it."""
        from index.feeds.lists import write_list  # noqa: PLC0415

        return write_list(self.all(), self._clock())

    # --- fetching -------------------------------------------------------------------------------

    def sync(
        self,
        keys: Sequence[str] | None = None,
        progress: Listener = silent,
        wanted: Callable[[], bool] = always,
        *,
        due: bool = False,
    ) -> SyncReport:
        """Fetch feeds and take in what is new, which can be searched while the rest still comes.

        ``keys``: the feeds that are fetched, whatever came of them before; None: all but those that
        are gone for good, or whose servers want to be left alone. ``due``: none but these, and only
        those that are due: a feed can say how often it is worth asking, and one that fails is asked
        ever less. ``wanted`` is asked often; from when it says no, what came is kept, and that is
        all.

        What ``progress`` raises ends it, too, at once; the record then has what came.
        """
        from index.feeds.synchronising import Sync  # noqa: PLC0415  (imports parsers)

        now, feeds = self._clock(), self._store.feeds.all()
        if keys is not None:
            feeds = tuple(self._kept(key) for key in dict.fromkeys(keys))
        known = len(feeds)
        if keys is None or due:
            feeds = tuple(feed for feed in feeds if _may_be_asked(feed, now, due=due))
        sync = Sync(self._store, self._refresh, self._limits, self._clock)
        report = sync.run(feeds, progress, wanted)
        return report.model_copy(update={"skipped": known - len(feeds)})

    def fetch_full(self, article_id: str, wanted: Callable[[], bool] = always) -> Article:
        """Fetch the page of an article that the feed gave the beginning of, and return all of it.

        Raises FeedError where the page can't be had, or nothing is on it.
        """
        from index.feeds.pages import take_page  # noqa: PLC0415  (imports parsers)

        article = self._article(article_id)
        if not article.url:
            raise FeedError(article.title, "this article has no address")
        keys = self._store.feeds.of_article(article_id)
        feed = self._store.feeds.get(keys[0]) if keys else None
        answer = self._fetched(for_page(article, feed), wanted)
        take_page(self._store, answer)
        self._refresh(silent)
        return self._article(article_id)

    # --- within ---------------------------------------------------------------------------------

    def _fetched(self, asked: Asked, wanted: Callable[[], bool]) -> Fetched:
        """Fetch one thing. Raises FeedError where nothing comes, or it is no longer wanted."""
        from index.feeds.rounds import Rounds  # noqa: PLC0415  (imports asyncio)

        with Rounds(self._limits) as rounds:
            rounds.ask([asked])
            for answer in rounds.answers():
                if isinstance(answer, Failed):
                    raise FeedError(clean(asked.address), clean(answer.reason))
                if answer is not None:
                    return answer
                if not wanted():
                    break
        raise FeedError(clean(asked.address), "it was given up, as asked")

    def _known(self, url: str) -> KeptFeed | None:
        """Return the feed that is subscribed to at an address, or was before it moved."""
        known = self._store.feeds.get(url)
        return known or next((one for one in self._store.feeds.all() if one.address == url), None)

    def _type_again(self, feed: KeptFeed, place: Address) -> None:
        """Believe the user, who typed an address of a known feed, what he can know of it."""
        login = place.login if host_of(feed.address) == host_of(place.url) else None
        if not feed.typed or feed.gone or login not in (None, feed.login):
            # As if it had not been fetched yet: nobody knows on which network it is.
            self._change(feed.key, typed=True, gone=False, checked=None, login=login or feed.login)

    def _kept(self, key: str) -> KeptFeed:
        feed = self._store.feeds.get(key)
        if feed is None:
            raise UnknownFeedError(f"There is no feed {clean(key)}.")
        return feed

    def _change(self, key: str, **values: Value) -> Undo:
        feed = self._kept(key)
        self._store.feeds.change(key, **values)
        return partial(
            self._store.feeds.change, key, **{name: getattr(feed, name) for name in values}
        )

    def _described(self, key: str) -> Subscribed:
        return described(self._kept(key), self._store.feeds.counts().get(key))

    def _article(self, id_: str) -> Article:
        found = self._store.articles.get([id_])
        if id_ not in found:
            raise UnknownArticleError(f"No article has the id “{clean(id_)}”.")
        return found[id_]


def _may_be_asked(feed: KeptFeed, now: float, *, due: bool) -> bool:
    # A clock that was wrong once may have put these far ahead.
    is_left = feed.not_before is not None and now < feed.not_before <= now + LONGEST_WAIT
    is_due = not due or not now < feed.due <= now + LONGEST_PAUSE
    return is_due and not is_left and not feed.gone
