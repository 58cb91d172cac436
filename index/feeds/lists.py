"""Lists of feeds, as other programs write and read them, to and from what the record keeps."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from index.cleaning import clean
from index.errors import FeedError
from index.feeds.addresses import FILE, Address, file_of, understand, web_address, without_login
from index.feeds.asking import FetchError
from index.feeds.local import read_file
from index.intake.opml import OPML_LIMIT, Subscription, is_opml, read_opml, write_opml
from index.store import KeptFeed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.feeds.subscribed import Subscribed


def list_at(typed: str) -> bytes | None:
    """Return the list in the file that somebody typed the path of; None where that is no list.

    Raises FeedError where it can't be read.
    """
    url = understand(typed).url
    if not url.startswith(FILE):
        return None
    try:
        raw = read_file(file_of(url), OPML_LIMIT)
    except FetchError as error:
        raise FeedError(clean(typed), error.reason) from error
    return raw if is_opml(raw) else None


def read_list(raw: bytes, origin: str) -> tuple[list[KeptFeed], tuple[str, ...]]:
    """Return the feeds of a list in OPML, and the addresses that are refused, with reasons.

    Nobody typed these: none of them is a file or a command, or on a private network.
    Raises UnreadableError where it is no list.
    """
    found = read_opml(raw, origin)
    feeds: list[KeptFeed] = []
    refused = [
        f"{without_login(one.address)}: this is no address of a feed on the web"
        for one in found.refused
    ]
    for one in found.subscriptions:
        try:
            url, login = web_address(one.address)
        except FeedError as error:
            refused.append(str(error))
            continue
        feeds.append(
            KeptFeed(url, url, login, name=one.title or None, home=one.home, tags=one.tags)
        )
    return feeds, tuple(refused)


def write_list(feeds: Iterable[Subscribed], now: float) -> bytes:
    """Return a list in OPML of the feeds that are on the web."""
    listed = [
        Subscription(address=feed.address, title=feed.name, home=feed.home, tags=feed.tags)
        for feed in feeds
        if Address(feed.address).is_web
    ]
    return write_opml(listed, "Feeds", dt.datetime.fromtimestamp(now, dt.UTC))
