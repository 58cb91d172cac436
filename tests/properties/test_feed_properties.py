"""Whatever bytes come as a feed or a list of feeds: what is written is read, the rest refused."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import assume, given
from hypothesis import strategies as st

from index.cleaning import clean
from index.errors import UnreadableError
from index.intake.feed import Feed, find_feeds, is_feed, parse_feed
from index.intake.opml import Subscription, is_opml, read_opml, write_opml

ADDRESS = "https://news.example/feed"

MARKS = (
    "<rss version='2.0'>", "<channel>", "<item>", "</item>", "</channel>", "</rss>", "<title>",
    "</title>", "<link>", "</link>", "<guid>", "<description>", "</description>", "<pubDate>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "<content type='xhtml'>",
    "<div xmlns='http://www.w3.org/1999/xhtml'>", "</div>", "<link href='x' rel='", "<author>",
    "<name>", "<![CDATA[", "]]>", "<!--", "-->", "<?xml version='1.0' encoding='", "?>", "&", ";",
    "&#", "&#x110000;", "&#xd800;", "&amp;", "&lt;", "&nbsp;", "<!DOCTYPE rss [", "<!ENTITY a '",
    "]>", "'", '"', ">", "<", "/", "\x00", "\x1b]0;", "\x07", "\ufffe", "\u202e", "xmlns:a='b'",
    "<a:b>", "<svg>", "<title/>", "xml:base='", "http://[", "Wed, 25 Nov 2026 09:30:00 +9999",
    "<itunes:new-feed-url>", "<georss:point>", "<media:content url='", "<opml>", "<body>",
    "<outline text='", ' xmlUrl="', ' category="', "feed:", "exec:", "{", "[", "}",
    '"version": "https://jsonfeed.org/version/1"', ', "items": ', '"id": 1e999',
)  # fmt: skip

soups = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=8)), max_size=40).map("".join)
JSON_START = '{"version": "https://jsonfeed.org/version/1", "items": ['
starts = st.sampled_from(("", "<rss><channel><item>", "<feed><entry>", "<opml><body>", JSON_START))
encodings = st.sampled_from(("utf-8", "utf-16", "cp1252", "utf-32"))


@given(starts, soups, encodings, st.sampled_from((None, "text/xml", "a/b; charset=utf-7")))
def test_any_markup_is_read_or_refused(
    start: str, soup: str, encoding: str, content_type: str | None
) -> None:
    raw = (start + soup).encode(encoding, "replace")
    check(raw, content_type)


@given(st.binary(max_size=200), starts)
def test_any_bytes_are_read_or_refused(raw: bytes, start: str) -> None:
    check(start.encode() + raw, None)


def check(raw: bytes, content_type: str | None) -> None:
    try:
        feed = parse_feed(raw, ADDRESS, content_type=content_type)
    except UnreadableError:
        pass
    else:
        assert is_feed(raw)
        check_harmless(feed)
        assert parse_feed(raw, ADDRESS, content_type=content_type) == feed
    try:
        found = read_opml(raw, ADDRESS)
    except UnreadableError:
        pass
    else:
        assert is_opml(raw)
        assert all(one.address.startswith(("http:", "https:")) for one in found.subscriptions)


def check_harmless(feed: Feed) -> None:
    """Nothing of what is shown could steer a terminal; each document is one line of JSON."""
    origins = [document.origin for document in feed.documents]
    assert len(set(origins)) == len(origins)
    shown = [feed.title, feed.home, feed.moved_to, feed.language, *origins]
    for document in feed.documents:
        assert b"\n" not in document.raw
        told = json.loads(document.raw)
        persons = [author["name"] for author in told.get("authors", ())]
        shown += [told.get(name) for name in ("title", "url", "source", "id", "language")]
        shown += [*persons, *told.get("tags", ()), told.get("summary")]
    assert all(text == clean(text) for text in shown if text)


QUOTES = {'"': "&quot;"}
words = st.text(st.characters(categories=["L", "N", "P", "S"], max_codepoint=0xFFFD), min_size=1)


def is_mended(text: str) -> bool:
    """Whether a text looks like UTF-8 that was read as Latin-1, which feedparser mends."""
    try:
        return text.encode("latin-1").decode() != text
    except ValueError:
        return False


lines = (
    st.lists(words.map(clean).filter(bool), min_size=1, max_size=5)
    .map(" ".join)
    .filter(lambda text: not is_mended(text))
)
"""Text as it is shown: one line, words a space apart."""

names = lines.filter(lambda name: not set(name) & set("@<&") and "://" not in name)

zones = st.sampled_from((0, 330, -480)).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
moments = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1), timezones=zones).map(
    lambda moment: moment.replace(microsecond=0)
)

entries = st.fixed_dictionaries(
    {
        "id": st.integers(0, 10**6).map(lambda number: f"urn:{number}"),
        "title": lines,
        "text": lines,
        "moment": moments,
        "author": names,
        "tag": names,
    }
)
feeds = st.lists(entries, max_size=5, unique_by=lambda entry: entry["id"])


@given(feeds, st.booleans())
def test_a_feed_says_what_was_written_into_it(written: list[dict[str, Any]], whole: bool) -> None:
    """In Atom, whose text is text: whatever looks like markup in it stays.

    Of a feed that breaks off feedparser resolves references twice.
    """
    assume(whole or not any("&" in one["title"] + one["text"] for one in written))
    parts = [
        f"<entry><id>{one['id']}</id><title>{escape(one['title'])}</title>"
        f"<published>{one['moment'].isoformat()}</published>"
        f"<author><name>{escape(one['author'])}</name></author>"
        f'<category term="{escape(one["tag"], QUOTES)}"/>'
        f'<content type="text">{escape(one["text"])}</content>'
        f'<link href="/{one["id"]}"/></entry>'
        for one in written
    ]
    end = "</feed>" if whole else ""
    raw = f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(parts)}{end}'
    told = [json.loads(document.raw) for document in parse_feed(raw.encode(), ADDRESS).documents]
    assert [(one["id"], one["title"]) for one in told] == [
        (one["id"], one["title"]) for one in written
    ]
    for one, source in zip(told, written, strict=True):
        assert one["content_text"] == source["text"]
        assert dt.datetime.fromisoformat(one["date_published"]) == source["moment"]
        assert one["authors"] == [{"name": source["author"]}]
        assert one["tags"] == [source["tag"]]


subscriptions = st.lists(
    st.builds(
        Subscription,
        address=st.integers(0, 99).map(lambda number: f"https://n{number}.example/?a=1&b=2"),
        title=st.none() | lines,
        home=st.none() | st.just("https://home.example/?a=1&copy=2"),
        tags=st.lists(lines, max_size=4, unique=True).map(
            lambda tags: tuple(sorted(tags, key=lambda tag: (tag.casefold(), tag)))
        ),
    ),
    max_size=8,
    unique_by=lambda one: one.address,
)


@given(subscriptions, lines)
def test_a_list_that_was_written_is_read(written: list[Subscription], title: str) -> None:
    made = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    found, refused = read_opml(write_opml(written, title, made), "list.opml")
    assert not refused
    assert {one.address: one for one in found} == {one.address: one for one in written}


@given(soups)
def test_any_page_is_looked_through_for_feeds(page: str) -> None:
    assert all(found.startswith("http") for found in find_feeds(page, "https://www.example/"))
