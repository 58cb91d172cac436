"""The figures of syncs: a few made-up feeds are served, synced, and served again with news."""

from __future__ import annotations

import sys

import pytest

from benchmarks.intake.feed_server import ITEMS, NEW_ITEMS, feed
from benchmarks.intake.sync import measured
from index.intake.feed import parse_feed

FEEDS = 3


def test_made_up_feeds_are_the_same_each_time_and_have_some_news() -> None:
    first, second = (
        {document.origin for document in parse_feed(feed(7, version), "f").documents}
        for version in (0, 1)
    )
    assert len(first) == len(second) == ITEMS
    assert len(second - first) == NEW_ITEMS


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has many loopback addresses")
@pytest.mark.usefixtures("server")
async def test_syncs_are_measured() -> None:
    syncs = await measured(FEEDS)
    assert [one.added for one in syncs] == [FEEDS * ITEMS, 0, FEEDS * NEW_ITEMS]
    for one in syncs:
        assert one.failing == 0
        assert one.seconds > 0
        assert one.late
