"""A sync: feeds are fetched side by side, and what comes is taken into the record as it comes."""

from __future__ import annotations

import time
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from index import taking
from index.cleaning import clean
from index.errors import FeedError, UnreadableError
from index.feeds.addresses import web_address
from index.feeds.asking import Asked, Failed, for_feed, for_page
from index.feeds.outcome import UNFETCHED, after_failing, after_fetching
from index.feeds.pages import take_page
from index.feeds.rounds import Rounds
from index.feeds.subscribed import Synced, SyncReport, name_of
from index.intake.feed import parse_feed
from index.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set

    from index.feeds.asking import Answer, Fetched, Limits
    from index.intake.document import Document
    from index.intake.feed import Feed
    from index.progress import Listener
    from index.store import KeptFeed, Store
    from index.taking import Report

MOST_PAGES = 100
"""Pages that are fetched for one feed in one sync: of more new articles the first."""

_STRETCH = 500
"""New articles after which the index is brought up to the record."""

_STRETCH_SECONDS = 3.0
"""Or after so long, if there are any."""


class _Read(NamedTuple):
    """An answer that is a feed."""

    answer: Fetched
    feed: Feed
    digest: bytes


class Sync:
    """One sync of some feeds.

    ``refresh`` brings the index up to the record, and ``clock`` tells seconds since the epoch.
    """

    def __init__(
        self,
        store: Store,
        refresh: Callable[[Listener], object],
        limits: Limits,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._refresh, self._limits, self._clock = store, refresh, limits, clock
        self._feeds: dict[str, KeptFeed] = {}
        self._moving: dict[str, _Read] = {}
        self._synced: list[Synced] = []
        self._problems: list[str] = []
        self._pages = self._unseen = 0
        self._is_sure = False
        self._refreshed = time.monotonic()

    def run(
        self,
        feeds: Sequence[KeptFeed],
        progress: Listener,
        wanted: Callable[[], bool],
        arrived: Sequence[Answer] = (),
    ) -> SyncReport:
        """Fetch feeds and take in what is new; where no longer ``wanted``, keep what came.

        ``arrived``: answers of some of them that are there already.
        """
        self._feeds = {feed.key: feed for feed in feeds}
        here = {answer.asked.key for answer in arrived}
        done, total, was_stopped = 0, len(feeds), False
        with Rounds(self._limits) as rounds:
            rounds.ask(for_feed(feed) for feed in feeds if feed.key not in here)
            for answer in chain(arrived, rounds.answers()):
                if not wanted():
                    was_stopped = True
                    break
                if answer is not None:
                    more = self._take(answer)
                    rounds.ask(more)
                    done, total = done + 1, total + len(more)
                self._refresh_in_stretches(progress)
                progress(Progress("fetching", done, total))
        if self._unseen:
            self._refresh(progress)
        return SyncReport(
            feeds=tuple(self._synced),
            pages=self._pages,
            problems=tuple(self._problems),
            was_stopped=was_stopped,
        )

    def _refresh_in_stretches(self, progress: Listener) -> None:
        is_late = time.monotonic() - self._refreshed > _STRETCH_SECONDS
        if self._unseen >= _STRETCH or (self._unseen and is_late):
            self._refresh(progress)
            self._unseen, self._refreshed = 0, time.monotonic()

    def _take(self, answer: Answer) -> Sequence[Asked]:
        """Take in what came; return what else is to be fetched because of it."""
        if answer.asked.kind == "page":
            self._take_page(answer)
            return ()
        feed = self._feeds[answer.asked.key]
        if isinstance(answer, Failed):
            read: _Read | str = answer.reason
        elif (digest := self._news(feed, answer)) is None:
            self._note_unchanged(feed, answer)
            return ()
        else:
            read = _read(feed, answer, digest)
        if before := self._moving.pop(feed.key, None):
            read = before if isinstance(read, str) else _moved(read)
        elif not isinstance(read, str) and (new := _new_address(feed, read)):
            self._moving[feed.key] = read
            return [new]
        if isinstance(read, str):
            self._note_failed(feed, read, answer)
            return ()
        return self._take_feed(feed, read)

    def _news(self, feed: KeptFeed, answer: Fetched) -> bytes | None:
        """Return the digest of what came, or None where it is what came last."""
        if answer.raw is None:
            return None
        digest = blake2b(answer.raw, digest_size=16).digest()
        is_known = digest == feed.digest and feed.key not in self._moving
        return None if is_known else digest

    def _take_feed(self, feed: KeptFeed, read: _Read) -> Sequence[Asked]:
        documents = read.feed.documents
        origins = [document.origin for document in documents]
        known = self._store.origins.ids(origins)
        report, unchanged = self._take_documents(documents)
        ids = self._store.origins.ids(origins)
        self._store.feeds.note(feed.key, ids.values())
        title = clean(read.feed.title or "").strip()
        # A name that is the feed's own, as lists of feeds have them, is none that a user gave.
        name = None if feed.name == title else feed.name
        feed = feed._replace(title=title, name=name, home=read.feed.home)
        # Last of all: whatever ends this before, the next fetch brings everything again.
        fetched = after_fetching(feed, read.answer, self._clock(), read.feed.ttl_minutes)
        self._store.feeds.change(
            feed.key, **fetched, title=title, home=feed.home, digest=read.digest
        )
        self._unseen += report.added + report.updated
        synced = Synced(
            key=feed.key,
            name=name_of(feed),
            added=report.added,
            updated=report.updated,
            unchanged=unchanged + report.unchanged + report.known,
            moved_to=read.answer.moved_to,
            problems=tuple(clean(f"{one.path}: {one.error}") for one in report.problems),
        )
        self._synced.append(synced)
        if not feed.always_full:
            return ()
        came = dict.fromkeys(ids[origin] for origin in origins if origin in ids)
        new = {id_ for origin, id_ in ids.items() if origin not in known}
        return self._pages_of(feed, list(came), new)

    def _take_documents(self, documents: Sequence[Document]) -> tuple[Report, int]:
        """Take in what changed; return what came of it, and how much is as it was."""
        unchanged = self._store.origins.unchanged(documents)
        changed = [document for document in documents if document.origin not in unchanged]
        if changed and not self._is_sure:
            # An index that is not there when the record changes would count as lost.
            self._refresh(silent)
            self._is_sure = True
        return taking.take(self._store, changed, silent), len(documents) - len(changed)

    def _note_unchanged(self, feed: KeptFeed, answer: Fetched) -> None:
        fetched = after_fetching(feed, answer, self._clock(), feed.ttl_minutes)
        self._store.feeds.change(feed.key, **fetched)
        name, moved_to = name_of(feed), answer.moved_to
        self._synced.append(Synced(key=feed.key, name=name, moved_to=moved_to))

    def _note_failed(self, feed: KeptFeed, reason: str, answer: Answer) -> None:
        reason, failed = clean(reason), answer if isinstance(answer, Failed) else None
        self._store.feeds.change(feed.key, **after_failing(feed, reason, self._clock(), failed))
        is_gone = failed is not None and failed.is_gone
        name = name_of(feed)
        self._synced.append(Synced(key=feed.key, name=name, error=reason, is_gone=is_gone))

    # --- pages ----------------------------------------------------------------------------------

    def _pages_of(self, feed: KeptFeed, ids: Sequence[str], new: Set[str]) -> list[Asked]:
        """Ask for the pages of new articles, and of those of which only the beginning came yet."""
        asked = []
        for article in self._store.articles.get(ids).values():
            if not article.url or not (article.id in new or article.is_teaser):
                continue
            try:
                asked.append(for_page(article, feed))
            except FeedError as error:
                self._problems.append(clean(str(error)))
        there = self._store.origins.ids([one.address for one in asked])
        return [one for one in asked if one.address not in there][:MOST_PAGES]

    def _take_page(self, answer: Answer) -> None:
        if isinstance(answer, Failed):
            self._problems.append(clean(f"{answer.asked.address}: {answer.reason}"))
            if answer.is_passing:
                self._ask_again(answer.asked.key)
            return
        self._unseen += 1
        try:
            take_page(self._store, answer)
            self._pages += 1
        except FeedError as error:
            self._problems.append(str(error))

    def _ask_again(self, article_id: str) -> None:
        """See to it that the next sync asks for the page of an article once more."""
        for key in self._store.feeds.of_article(article_id):
            if key in self._feeds and self._feeds[key].always_full:
                self._store.feeds.change(key, **UNFETCHED)


def _read(feed: KeptFeed, answer: Fetched, digest: bytes) -> _Read | str:
    """Return what a feed says, or why it says nothing."""
    raw, kind = answer.raw or b"", answer.content_type
    try:
        parsed = parse_feed(raw, answer.address, key=feed.key, content_type=kind)
    except UnreadableError as error:
        return f"it {error.reason}"
    return _Read(answer, parsed, digest)


def _new_address(feed: KeptFeed, read: _Read) -> Asked | None:
    """Ask for the address that a feed itself gives as its new one, believed if a feed is there."""
    if read.feed.moved_to in (None, feed.address, read.answer.address):
        return None
    try:
        url = web_address(read.feed.moved_to or "").url
    except FeedError:
        return None
    if url in (feed.address, read.answer.address):
        return None
    return Asked(feed.key, url, typed=feed.typed, private=read.answer.private)


def _moved(read: _Read) -> _Read:
    return read._replace(answer=read.answer._replace(moved_to=read.answer.address))
