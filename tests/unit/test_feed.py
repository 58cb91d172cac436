"""Feeds of every kind: what they say, and the documents that their entries become."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.errors import UnreadableError
from index.intake.feed import is_feed, parse_feed

ADDRESS = "https://news.example/feed"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>The Example</title><link>https://news.example/</link><language>en-gb</language>
<ttl>30</ttl>
<item><title>Ministers agree &amp;amp; part</title><link>/2026/agree</link>
<guid isPermaLink="false">agree-1</guid><pubDate>Wed, 25 Nov 2026 09:30:00 +0500</pubDate>
<dc:creator>Jane Doe</dc:creator><category>World</category><category>Talks</category>
<description>A short summary.</description>
<content:encoded><![CDATA[<p>The whole story of the talks, told at <b>length</b>, and
with <a href="/background">background</a>, so that nobody needs to look
elsewhere.</p>]]></content:encoded>
</item>
</channel></rss>"""


def told(raw: str | bytes, **options: str) -> list[dict[str, Any]]:
    source = raw.encode() if isinstance(raw, str) else raw
    return [json.loads(one.raw) for one in parse_feed(source, ADDRESS, **options).documents]


def test_rss_with_everything() -> None:
    feed = parse_feed(RSS.encode(), ADDRESS, key="the-example")
    assert feed.model_dump(exclude={"documents"}) == {
        "title": "The Example",
        "home": "https://news.example/",
        "language": "en-gb",
        "moved_to": None,
        "ttl_minutes": 30,
        "left_out": 0,
    }
    [document] = feed.documents
    assert document.origin == "the-example#agree-1"
    assert b"\n" not in document.raw
    assert json.loads(document.raw) == {
        "id": "agree-1",
        "url": "https://news.example/2026/agree",
        "title": "Ministers agree & part",
        "content_html": "<p>The whole story of the talks, told at <b>length</b>, and\n"
        'with <a href="https://news.example/background">background</a>, so that nobody needs '
        "to look\nelsewhere.</p>",
        "summary": "A short summary.",
        "date_published": "2026-11-25T09:30:00+05:00",
        "authors": [{"name": "Jane Doe"}],
        "language": "en-gb",
        "source": "The Example",
        "tags": ["World", "Talks"],
        "is_teaser": False,
    }


def test_an_unchanged_entry_is_the_same_bytes() -> None:
    first, again = (parse_feed(RSS.encode(), ADDRESS).documents for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "is a web page, not a feed"),
        (b"Just a text.", "is not a feed"),
        (b'{"title": "JSON, but no feed"}', "is not a feed"),
    ],
)
def test_what_is_no_feed_is_refused(raw: bytes, reason: str) -> None:
    assert not is_feed(raw)
    with pytest.raises(UnreadableError) as caught:
        parse_feed(raw, ADDRESS)
    assert caught.value.reason == reason
