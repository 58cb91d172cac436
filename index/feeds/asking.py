"""What is asked of a server, a file or a command, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from index.feeds.addresses import Address, web_address

if TYPE_CHECKING:
    from index.article import Article
    from index.store import KeptFeed

MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """How long is waited, and how much is taken. Times are in seconds."""

    connect: float = 10.0
    read: float = 20.0
    """Between one byte and the next."""

    total: float = 60.0
    """For all of a fetch, without what it waits for others."""

    feed_bytes: int = 10 * MEGABYTE
    page_bytes: int = 20 * MEGABYTE
    """When unpacked."""

    redirects: int = 8
    at_once: int = 8
    """Fetches at a time, each from another host."""


class Asked(NamedTuple):
    """Something to be fetched."""

    key: str
    """What it is called by whoever asks."""

    address: str
    login: str | None = None
    """``user:password``, with percent signs, for the host of the address alone."""

    etag: str | None = None
    last_modified: str | None = None
    typed: bool = False
    """The user typed the address himself."""

    private: bool | None = None
    """Whether the address is on this machine or a private network; None: not known yet."""

    kind: Literal["feed", "page"] = "feed"

    @property
    def is_web(self) -> bool:
        """Whether a server is asked, and no file or command."""
        return Address(self.address).is_web

    @property
    def may_be_local(self) -> bool:
        """Whether it may be a file or a command, which are feeds that the user typed."""
        return self.typed and self.kind == "feed"

    def limit(self, limits: Limits) -> int:
        """Return how many bytes are taken at the most."""
        return limits.feed_bytes if self.kind == "feed" else limits.page_bytes


def for_feed(feed: KeptFeed) -> Asked:
    """Ask whether a feed has changed."""
    return Asked(
        key=feed.key,
        address=feed.address,
        login=feed.login,
        etag=feed.etag,
        last_modified=feed.last_modified,
        typed=feed.typed,
        # Before the first fetch nobody knows.
        private=feed.private if feed.checked is not None else None,
    )


def for_page(article: Article, feed: KeptFeed | None) -> Asked:
    """Ask for the page of an article, which may be where the feed itself may be.

    Raises FeedError where its address, which nobody typed, is none of the web.
    """
    url = web_address(article.url or "").url
    typed, private = (feed.typed, feed.private) if feed else (False, False)
    return Asked(key=article.id, address=url, typed=typed, private=private, kind="page")


class Fetched(NamedTuple):
    """What came."""

    asked: Asked
    raw: bytes | None
    """None: it is as it was."""

    address: str
    """Where it came from in the end."""

    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    """Its address from now on, where it moved for good."""

    private: bool = False


class Failed(NamedTuple):
    """Why nothing came."""

    asked: Asked
    reason: str
    """A few words, to stand behind the address."""

    wait: float | None = None
    """Seconds that the server wants to be left alone."""

    is_gone: bool = False
    is_passing: bool = False
    """Asked again, it may come."""


Answer = Fetched | Failed


def in_megabytes(size: int) -> str:
    """Say how large something may be."""
    return f"{max(1, size // MEGABYTE)} MB"


class FetchError(Exception):
    """Nothing came; the message says why in a few words."""

    def __init__(
        self,
        reason: str,
        wait: float | None = None,
        *,
        is_gone: bool = False,
        is_passing: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.is_gone = is_gone
        self.is_passing = is_passing
