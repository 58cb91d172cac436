"""From an address that somebody gave to the feed that is there, or that the page there leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import FeedError, SeveralFeedsError, UnreadableError
from index.feeds.addresses import Address, web_address
from index.feeds.asking import Asked
from index.intake.decoding import decode
from index.intake.feed import find_feeds, is_feed
from index.intake.opml import is_opml
from index.store import KeptFeed

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.feeds.asking import Fetched


def discover(
    place: Address, fetch: Callable[[Asked], Fetched], *, typed: bool
) -> tuple[KeptFeed, Fetched]:
    """Return the feed at an address, and what came from it.

    Raises FeedError where there is none, and SeveralFeedsError where the page there leads to more
    than one; ``fetch`` raises it, too.
    """
    found = fetch(Asked(place.url, place.url, place.login, typed=typed))
    if not is_feed(found.raw or b""):
        url = _advertised(found)
        # The page is outside text: it leads to private networks only from within one.
        asked = Asked(url, url, typed=typed, private=found.private)
        place, found = Address(url), fetch(asked)
    feed = KeptFeed(place.url, place.url, place.login, typed=typed, private=found.private)
    if not is_feed(found.raw or b""):
        raise FeedError(place.url, "this is no feed, though a page says that it is one")
    return feed, found


def _advertised(page: Fetched) -> str:
    """Return the address of the one feed that a page leads to."""
    raw, address = page.raw or b"", page.address
    if is_opml(raw):
        raise FeedError(
            address, "this is a list of feeds; save it as a file, and subscribe to that"
        )
    try:
        markup = decode(raw, address)
    except UnreadableError as error:
        raise FeedError(address, f"it {error.reason}") from error
    feeds = [_plain(url) for url in find_feeds(markup, address)]
    if not feeds:
        raise FeedError(address, "this is neither a feed nor a page that leads to one")
    if len(feeds) > 1:
        raise SeveralFeedsError(address, tuple(feeds))
    return feeds[0]


def _plain(url: str) -> str:
    """Return an address on a page without a login, which nobody typed."""
    return web_address(url).url
