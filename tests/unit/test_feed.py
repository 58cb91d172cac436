"""Feeds of every kind: what they say, and the documents that their entries become."""

from __future__ import annotations

import json

import pytest
from desk import python
from wire import ADDRESS, atom, json_feed, one, rss, told

from index.errors import UnreadableError
from index.intake.feed import find_feeds, is_feed, parse_feed

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


# --- the formats ----------------------------------------------------------------------------------


def test_atom() -> None:
    raw = atom(
        '<id>tag:news.example,2026:1</id><link href="agree"/>'
        '<title type="html">A &amp;lt; B</title>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <b>story</b>.</p>'
        "</div></content><summary>In short.</summary><published>2026-11-25T09:30:00.5Z</published>"
        '<updated>2026-11-26T09:30:00Z</updated><category term="w" label="World"/>',
        head="<author><name>Jane Doe</name></author>",
        attributes='xml:lang="pt-BR" xml:base="/2026/"',
    )
    assert one(raw) == {
        "id": "tag:news.example,2026:1",
        "url": "https://news.example/2026/agree",
        "title": "A < B",
        "content_html": "<p>The <b>story</b>.</p>",
        "summary": "In short.",
        "date_published": "2026-11-25T09:30:00+00:00",
        "authors": [{"name": "Jane Doe"}],
        "language": "pt-BR",
        "source": "The Example",
        "tags": ["World"],
        "is_teaser": True,
    }


def test_atom_of_old() -> None:
    raw = (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry>'
        '<title>A</title><link rel="alternate" type="text/html" href="https://a.example/1"/>'
        "<issued>2003-12-31T10:14:55+02:00</issued>"
        '<content type="text/html" mode="escaped">&lt;p&gt;B&lt;/p&gt;</content></entry></feed>'
    )
    found = one(raw)
    assert found["content_html"] == "<p>B</p>"
    assert found["date_published"] == "2003-12-31T10:14:55+02:00"


def test_rdf() -> None:
    raw = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel rdf:about="a">'
        "<title>The Example</title><sy:updatePeriod>daily</sy:updatePeriod>"
        "<sy:updateFrequency>4</sy:updateFrequency></channel>"
        '<item rdf:about="https://a.example/1"><title>A</title><link>https://a.example/1</link>'
        "<dc:date>2026-11-25</dc:date><dc:creator>Jane Doe</dc:creator></item></rdf:RDF>"
    )
    feed = parse_feed(raw.encode(), ADDRESS)
    assert (feed.title, feed.ttl_minutes) == ("The Example", 360)
    found = json.loads(feed.documents[0].raw)
    assert found["date_published"] == "2026-11-25"
    assert found["authors"] == [{"name": "Jane Doe"}]


def test_json_feed() -> None:
    item = {
        "id": 7, "url": "/1", "title": "A <b>bold</b> title", "content_html": "<p>Text</p>",
        "content_text": "Text", "summary": "In short", "tags": ["World", 3, "World"],
        "date_published": "2026-11-25T09:30:00+05:00",
        "authors": [{"name": "Jane Doe"}, {"url": "https://j.example"}],
    }  # fmt: skip
    raw = json_feed(item, home_page_url="https://news.example/", language="en")
    feed = parse_feed(raw.encode(), ADDRESS)
    assert (feed.title, feed.home, feed.language) == ("The Example", "https://news.example/", "en")
    assert feed.documents[0].origin == f"{ADDRESS}#7"
    assert json.loads(feed.documents[0].raw) == {
        "id": "7",
        "url": "https://news.example/1",
        "title": "A bold title",
        "content_html": "<p>Text</p>",
        "summary": "In short",
        "date_published": "2026-11-25T09:30:00+05:00",
        "authors": [{"name": "Jane Doe"}],
        "language": "en",
        "source": "The Example",
        "tags": ["World"],
        "is_teaser": True,
    }


def test_json_feed_of_the_first_version_and_with_odd_values() -> None:
    raw = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "author": {"name": "Jane Doe"},
            "items": [
                {"content_text": "Text", "date_published": "yesterday", "tags": "World"},
                {"id": 10**400, "url": "javascript:alert(1)", "title": None, "summary": "In short"},
                {"authors": {"name": 5}}, "nonsense", None, [],
            ],
        }
    )  # fmt: skip
    first, second = told(raw)
    assert first == {
        "content_text": "Text",
        "authors": [{"name": "Jane Doe"}],
        "is_teaser": False,
    }
    assert second["content_text"] == "In short"
    assert "url" not in second


def test_a_podcast_is_read_as_articles_with_show_notes() -> None:
    raw = rss(
        '<title>Episode 1</title><enclosure url="https://p.example/1.mp3" type="audio/mpeg"/>'
        "<itunes:summary>All about the talks.</itunes:summary>",
        '<title>Episode 2</title><enclosure url="https://p.example/2.mp3" type="audio/mpeg"/>',
        head="<itunes:new-feed-url>https://p.example/new</itunes:new-feed-url>",
        namespaces='xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
    )
    feed = parse_feed(raw.encode(), ADDRESS)
    assert feed.moved_to == "https://p.example/new"
    first, second = map(json.loads, (document.raw for document in feed.documents))
    assert first["content_text"] == "All about the talks."
    assert (first["url"], first["is_teaser"]) == ("https://p.example/1.mp3", False)
    assert second["title"] == "Episode 2"


def test_a_feed_that_moves_to_where_it_is_stays() -> None:
    head = f"<itunes:new-feed-url>{ADDRESS}</itunes:new-feed-url>"
    assert parse_feed(rss(head=head).encode(), ADDRESS).moved_to is None


@pytest.mark.parametrize(
    ("head", "minutes"),
    [
        ("<ttl>60</ttl>", 60), ("<ttl> 5 minutes</ttl>", 5), ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None), ("<ttl>soon</ttl>", None), ("<ttl>99999999</ttl>", 10080),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", 10080),
        ("<sy:updateFrequency>900</sy:updateFrequency><sy:updatePeriod>daily</sy:updatePeriod>", 1),
        ("", None),
    ],
)  # fmt: skip
def test_how_long_a_feed_asks_to_be_left_alone(head: str, minutes: int | None) -> None:
    assert parse_feed(rss(head=head).encode(), ADDRESS).ttl_minutes == minutes


# --- what entries say -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Wed, 25 Nov 2026 09:30:00 GMT", "2026-11-25T09:30:00+00:00"),
        ("Wed, 25 Nov 2026 09:30:00 -0430", "2026-11-25T09:30:00-04:30"),
        ("Wed, 25 Nov 2026 09:30:00 EST", "2026-11-25T14:30:00+00:00"),
        ("2026-11-25T09:30:00+05:30", "2026-11-25T09:30:00+05:30"),
        ("Wed, 25 Nov 2026", "2026-11-25"),
        ("2026-11-25", "2026-11-25"),
        ("25. November 2026", "2026-11-25"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-23:59", None),
        ("yesterday", None),
        ("", None),
        ("1" * 5000, None),
    ],
)
def test_dates(written: str, expected: str | None) -> None:
    found = one(rss(f"<title>A</title><pubDate>{written}</pubDate>"))
    assert found.get("date_published") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("AT&amp;T grows", "AT&T grows"),
        ("AT&amp;amp;T grows", "AT&T grows"),
        ("R&D, bare & unescaped", "R&D, bare & unescaped"),
        ("Caf&eacute; &nbsp; r&eacute;opened", "Café réopened"),
        ("if 3 &lt; 4 and 5 &gt; 4", "if 3 < 4 and 5 > 4"),
        (
            "&lt;b&gt;Bold&lt;/b&gt; and plain",
            "Bold and plain",
        ),
        ("<![CDATA[A <em>stress</em>ed word]]>", "A stressed word"),
        ("[/] [bold]not markup[/bold]", "[/] [bold]not markup[/bold]"),
        ("\n  Two\n  lines\t", "Two lines"),
        ("A\x1b[31mred\x1b[0m\x1b]0;title\x07 B", "Ared B"),
        ("A&#27;]0;title&#7;B\x00C\u202eD&#x202e;E&#xD800;F", "A]0;titleBCDEF"),
    ],
)
def test_titles(title: str, expected: str) -> None:
    raw = rss(f"<title>{title}</title>")
    assert one(raw)["title"] == expected
    assert one(raw.removesuffix("</rss>"))["title"] == expected


def test_an_author_is_a_name_and_harmless() -> None:
    raw = rss(
        "<title>A</title><author>jane@news.example (Jane Doe)</author>",
        "<title>B</title><author>\x1b[2JJohn &lt;b&gt;Doe&lt;/b&gt;</author>",
        "<title>C</title><author>c@news.media</author>",
        "<title>D</title><dc:creator>Ann (AFP) Roe &lt;ann@news.media&gt;</dc:creator>",
        f"<title>E</title><author>{'e' * 100_000}</author>",
    )
    found = [entry["authors"] for entry in told(raw)]
    assert found == [
        [{"name": "Jane Doe"}],
        [{"name": "John Doe"}],
        [{"name": "c@news.media"}],
        [{"name": "Ann (AFP) Roe"}],
        [{"name": "e" * 500}],
    ]


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>https://a.example/?a=1&amp;b=2</link>", "https://a.example/?a=1&b=2"),
        ("<link>https://a.example/?a=1&b=2&copy=3</link>", "https://a.example/?a=1&b=2&copy=3"),
        ("<link>/story</link>", "https://news.example/story"),
        ("<link> \n https://a.example/1\n</link>", "https://a.example/1"),
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ("<guid>a-number</guid>", None),
        ('<guid isPermaLink="false">https://a.example/1</guid>', None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<link>data:text/html,x</link>", None),
        ("<link>http://[::1</link>", None),
        ('<atom:link href="https://a.example/1" rel="alternate"/>', "https://a.example/1"),
        ('<atom:link href="https://a.example/1" rel="self"/>', None),
        ("<link>https://a.example/\x1b[2J\x07</link>", "https://a.example/"),
    ],
)
def test_links(item: str, url: str | None) -> None:
    assert one(rss(f"<title>A</title>{item}")).get("url") == url


def test_links_in_a_text_are_made_absolute_and_only_those() -> None:
    html = (
        '<a href="/a?x=1&amp;y=2">a</a><A HREF=\'b\'>b</A><a href="#note">c</a>'
        '<a href="https://c.example/">d</a><a href="mailto:e@f.example">e</a><img src="p.png">'
        'and the words href="/not" stay'
    )
    raw = rss(f"<title>A</title><description><![CDATA[{html}]]></description>")
    assert one(raw)["content_html"] == (
        "<a href=\"https://news.example/a?x=1&amp;y=2\">a</a><A HREF='https://news.example/b'>b</A>"
        '<a href="#note">c</a><a href="https://c.example/">d</a>'
        '<a href="mailto:e@f.example">e</a><img src="https://news.example/p.png">'
        'and the words href="/not" stay'
    )


def test_the_fullest_text_is_the_story_and_the_other_its_summary() -> None:
    raw = rss(
        "<title>A</title><description>The longer of the two.</description>"
        "<content:encoded>Short.</content:encoded>"
    )
    assert (one(raw)["content_html"], one(raw)["summary"]) == ("The longer of the two.", "Short.")


@pytest.mark.parametrize(
    ("description", "shape", "expected"),
    [
        ("One line &amp;amp; no markup", "content_html", "One line &amp; no markup"),
        ("First line\n\nSecond &amp;amp; last", "content_text", "First line\n\nSecond & last"),
        ("&amp;lt;p&amp;gt;Twice&amp;lt;/p&amp;gt;", "content_html", "<p>Twice</p>"),
        ("<p>Not escaped, <br/>at all</p>", "content_html", "<p>Not escaped, <br></br>at all</p>"),
    ],
)
def test_descriptions(description: str, shape: str, expected: str) -> None:
    raw = rss(f"<title>A</title><description>{description}</description>")
    assert one(raw)[shape] == expected


def test_who_published_an_entry_that_came_from_elsewhere() -> None:
    raw = rss('<title>A</title><source url="https://wire.example/">The Wire</source>')
    assert one(raw)["source"] == "The Wire"


def test_entries_that_say_nothing_are_left_out() -> None:
    raw = rss(
        "", "<guid>only-an-id</guid>", "<pubDate>Wed, 25 Nov 2026 09:30:00 GMT</pubDate>",
        "<title> </title><description></description>", "<title>Only a title</title>",
        "<link>https://a.example/1</link>",
    )  # fmt: skip
    assert [entry.get("title") for entry in told(raw)] == ["Only a title", None]


# --- origins --------------------------------------------------------------------------------------


def origins(raw: str, key: str | None = None) -> list[str]:
    return [document.origin for document in parse_feed(raw.encode(), ADDRESS, key=key).documents]


def test_an_entry_is_known_by_its_id_else_its_address_else_what_it_says() -> None:
    raw = rss(
        "<title>A</title><guid>a</guid><link>https://a.example/</link>",
        "<title>B</title><link>https://b.example/</link>",
        "<title>C</title>",
    )
    first, second, third = origins(raw, "k")
    assert (first, second) == ("k#a", "k#https://b.example/")
    assert third.startswith("k#")
    assert len(third) == len("k#") + 20
    assert origins(raw, "k") == [first, second, third]
    assert origins(raw)[0] == f"{ADDRESS}#a"


def test_an_id_stays_when_the_feed_moves() -> None:
    raw = atom('<id>a</id><title>A</title><link href="/1"/>').encode()
    ids = {parse_feed(raw, at, key="k").documents[0].origin for at in (ADDRESS, "http://b.example")}
    assert ids == {"k#a"}


def test_an_id_that_several_entries_share_tells_nothing() -> None:
    raw = rss(
        *(f"<title>A</title><guid isPermaLink='false'>x</guid><link>/{n}</link>" for n in (1, 2))
    )
    assert origins(raw, "k") == ["k#https://news.example/1", "k#https://news.example/2"]


def test_of_two_versions_of_an_entry_the_newer_is_taken() -> None:
    raw = atom(
        "<id>a</id><title>Old</title><updated>2026-11-24T00:00:00Z</updated>",
        "<id>a</id><title>New</title><updated>2026-11-25T00:00:00Z</updated>",
    )
    assert one(raw)["title"] == "New"


def test_a_very_long_id_is_known_by_its_digest() -> None:
    [origin] = origins(
        rss(f"<title>A</title><guid isPermaLink='false'>{'x' * 100_000}</guid>"), "k"
    )
    assert len(origin) == len("k#") + 20


# --- feeds that pages advertise -------------------------------------------------------------------


def test_the_feeds_of_a_page() -> None:
    page = """<html><head><base href="https://www.example/blog/">
      <link rel="alternate" type="application/rss+xml" title="All" href="feed?a=1&amp;b=2">
      <LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' HREF='/atom'/>
      <link href=https://j.example/feed.json type=application/feed+json rel=alternate>
      <link rel="alternate" type="application/rss+xml" href="feed?a=1&amp;b=2">
      <!-- <link rel="alternate" type="application/rss+xml" href="https://hidden.example/"> -->
      <link rel="alternate" hreflang="de" href="https://www.example/de">
      <link rel="stylesheet alternate" type="application/rss+xml" href="x.css">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
      <link rel="alternate" type="application/rss+xml">"""
    assert find_feeds(page, "https://www.example/") == (
        "https://www.example/blog/feed?a=1&b=2",
        "https://www.example/atom",
        "https://j.example/feed.json",
    )


@pytest.mark.parametrize("markup", ["<link " * 100_000, "<!--" * 100_000, "<link a='" * 9999])
def test_pages_made_to_keep_a_reader_busy(markup: str) -> None:
    assert find_feeds(markup, "https://www.example/") == ()


def test_what_is_heavy_is_imported_with_the_first_feed_or_list() -> None:
    source = "import index.intake.feed, index.intake.opml, sys; print(*sys.modules)"
    modules = {name.split(".")[0] for name in python(source).stdout.split()}
    assert not modules & {"feedparser", "lxml", "charset_normalizer"}
