"""What is written down of a feed after it was fetched, well or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.feeds.addresses import host_of
from index.feeds.schedule import next_time, next_try

if TYPE_CHECKING:
    from index.feeds.asking import Failed, Fetched
    from index.store.feeds import KeptFeed, Value


UNFETCHED: dict[str, Value] = {"etag": None, "last_modified": None, "digest": None}
"""What is known of a feed of which the next fetch is to bring everything again."""


def after_fetching(
    feed: KeptFeed, answer: Fetched, now: float, ttl_minutes: int | None
) -> dict[str, Value]:
    """Return what is known of a feed from now on."""
    address = answer.moved_to or feed.address
    return {
        "address": address,
        # It is for the host of the old address alone.
        "login": feed.login if host_of(address) == host_of(feed.address) else None,
        "private": answer.private,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "ttl_minutes": ttl_minutes,
        "checked": now,
        "not_before": None,
        "due": next_time(now, ttl_minutes),
        "error": None,
        "failures": 0,
        "failing_since": None,
        "gone": False,
    }


def after_failing(
    feed: KeptFeed, reason: str, now: float, failed: Failed | None
) -> dict[str, Value]:
    """Return the same of one that did not answer well; ``failed``: None where it was no feed."""
    failures = feed.failures + 1
    wait = failed.wait if failed else None
    return {
        "checked": now,
        "not_before": None if wait is None else now + wait,
        "due": next_try(now, failures),
        "error": reason,
        "failures": failures,
        "failing_since": now if feed.failing_since is None else feed.failing_since,
        "gone": failed is not None and failed.is_gone,
    }
