"""Feeds made to do harm, and feeds that are merely broken: harmless, and read as far as they go."""

from __future__ import annotations

import gzip
import json

import pytest
from wire import ADDRESS, atom, json_feed, one, rss, told

from index.errors import UnreadableError
from index.intake.feed import ENTRY_LIMIT, FEED_LIMIT, is_feed, parse_feed

WHOLE = rss(
    "<title>Ministers agree &amp; part</title><link>https://news.example/1</link>"
    "<description><![CDATA[<p>The story.</p>]]></description>"
)


def test_the_newest_of_too_many_entries_are_kept_and_the_others_counted() -> None:
    dates = (f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(5010))
    raw = rss(*(f"<title>{date}</title><dc:date>{date}</dc:date>" for date in dates))
    feed = parse_feed(raw.encode(), ADDRESS)
    assert (len(feed.documents), feed.left_out) == (ENTRY_LIMIT, 10)
    assert json.loads(feed.documents[0].raw)["title"] == "2000-01-11"


def test_a_hundred_thousand_entries() -> None:
    raw = rss(*(f"<title>{n}</title>" for n in range(100_000)))
    feed = parse_feed(raw.encode(), ADDRESS)
    assert (len(feed.documents), feed.left_out) == (ENTRY_LIMIT, 100_000 - ENTRY_LIMIT)
    assert json.loads(feed.documents[0].raw)["title"] == "0"


def test_a_feed_that_is_too_large() -> None:
    with pytest.raises(UnreadableError, match="larger than the 10 MB"):
        parse_feed(b"<rss>" + b" " * FEED_LIMIT, ADDRESS)


ENTITIES = {
    "billion laughs": '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
    "cyclic": '<!ENTITY a "&b;"><!ENTITY b "&a;">',
    "quadratic": f'<!ENTITY b "{"x" * 1000}">',
    "parameter": '<!ENTITY % p "x"><!ENTITY b "y">',
    "percent": "<!ENTITY b 'a %p; b'>",
    "markup": "<!ENTITY b '<item/>'>",
    "many": "".join(f'<!ENTITY a{n} "x">' for n in range(1000)),
}


@pytest.mark.parametrize("declared", ENTITIES.values(), ids=ENTITIES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_expand_are_refused(declared: str, encoding: str) -> None:
    raw = f"<!DOCTYPE rss [\n{declared}\n]>{rss('<title>&b;</title>')}"
    with pytest.raises(UnreadableError, match="could grow without bounds"):
        parse_feed(raw.encode(encoding), ADDRESS)


def test_many_references_to_one_entity_are_refused() -> None:
    references = rss(f"<title>{'&b;' * 10_000}</title>")
    raw = f"<!DOCTYPE rss [<!ENTITY b '{'x' * 150}'>]>{references}"
    with pytest.raises(UnreadableError, match="could grow without bounds"):
        parse_feed(raw.encode(), ADDRESS)


@pytest.mark.parametrize(
    ("doctype", "title"),
    [
        ('<!DOCTYPE rss [<!ENTITY co "Example &#38; Sons">]>', "By Example & Sons"),
        ('<!DOCTYPE rss [<!ENTITY co SYSTEM "file:///etc/passwd">]>', "By"),
        ('<!DOCTYPE rss [<!ENTITY co PUBLIC "x" "http://127.0.0.1:1/x">]>', "By"),
        (
            '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">',
            "By &co;",
        ),
    ],
)
def test_harmless_declarations(doctype: str, title: str) -> None:
    assert one(doctype + rss("<title>By &co;</title>"))["title"] == title


NESTED = {
    "elements": rss("<title>A</title>" + "<d>" * 50_000 + "</d>" * 50_000),
    "never closed": rss("<title>A</title>" + "<d>" * 50_000),
    "items": rss("<title>A</title>" + "<item>" * 20_000),
    "markup": rss("<title>A</title><description>" + "&lt;div&gt;" * 50_000 + "</description>"),
    "bases": rss("<title>A</title>" + "<d xml:base='b/'>" * 20_000),
    "tags": rss("<title>A</title>" + "".join(f"<category>{n}</category>" for n in range(50_000))),
    "author": rss("<title>A</title><author>" + "a" * 500_000 + "</author>"),
    "attributes": rss("<title>A</title><d " + " ".join(f'a{n}="x"' for n in range(50_000)) + "/>"),
    "prefixes": rss("<title>A</title>" + "".join(f'<d xmlns:p{n}="u{n}"/>' for n in range(20_000))),
    "line": rss("<title>A</title><description>" + "x" * 5_000_000 + "</description>"),
    "comments": rss("<title>A</title><description>" + "&lt;!--" * 100_000 + "</description>"),
    "scripts": rss(
        "<title>A</title><description>&lt;/script&gt;" + "&lt;script" * 50_000 + "</description>"
    ),
    "cdata": rss("<title>A</title>") + "<![CDATA[" * 50_000,
    "angles": rss("<title>A</title>") + "<" * 200_000,
}


@pytest.mark.parametrize("raw", NESTED.values(), ids=NESTED)
def test_what_is_made_to_keep_a_reader_busy(raw: str) -> None:
    assert told(raw)[0]["title"] == "A"


def test_a_json_feed_that_is_nested_without_end() -> None:
    raw = json_feed().replace("[]", "[" * 200_000)
    with pytest.raises(UnreadableError, match="breaks off or is damaged"):
        parse_feed(raw.encode(), ADDRESS)


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "iso-8859-1", None),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "x-unknown", "text/xml"),
        ("utf-8", "punycode", "text/xml; charset=idna"),
        ("utf-8-sig", "utf-8", None),
        ("utf-16", "utf-16", "application/rss+xml; charset=utf-16"),
        ("utf-16-le", "utf-16", None),
        ("utf-16-be", "utf-16", None),
        ("utf-32", "utf-32", None),
        ("cp1252", "utf-8", None),
        ("cp1252", "iso-8859-1", "text/xml"),
        ("cp1252", "utf-8", 'text/xml; charset="windows-1252"'),
    ],
)
def test_encodings_true_and_false(encoding: str, declared: str, content_type: str | None) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>{rss("<title>Café für alle</title>")}'
    options = {"content_type": content_type} if content_type else {}
    assert one(text.encode(encoding), **options)["title"] == "Café für alle"


def test_what_was_compressed_is_no_feed() -> None:
    with pytest.raises(UnreadableError, match="is not a feed"):
        parse_feed(gzip.compress(WHOLE.encode()), ADDRESS)


def test_what_claims_to_be_utf_16_and_is_not() -> None:
    for end in ("", " "):
        raw = f'<?xml version="1.0" encoding="utf-16"?>{rss("<title>A</title>")}{end}'
        assert one(raw)["title"] == "A"


@pytest.mark.parametrize("cut", range(0, len(WHOLE), 11))
def test_a_feed_that_breaks_off_gives_what_is_there(cut: int) -> None:
    raw = WHOLE[:cut].encode()
    try:
        documents = parse_feed(raw, ADDRESS).documents
    except UnreadableError:
        assert not is_feed(raw)
    else:
        assert len(documents) <= 1


def test_feeds_without_content_are_feeds() -> None:
    for raw in (
        rss(),
        atom(),
        json_feed(),
        "<rss/>",
        '<feed xmlns="http://www.w3.org/2005/Atom"/>',
    ):
        assert is_feed(raw.encode())
        assert parse_feed(raw.encode(), ADDRESS).documents == ()


def test_the_entities_of_html_may_be_named() -> None:
    head = (
        '<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1 for XHTML//EN"'
        ' "http://www.w3.org/TR/xhtml1/DTD/xhtml-lat1.ent"> %HTMLlat1;]>'
    )
    raw = head + rss("<title>F&aelig;rgen &HTMLlat1;</title><description>It runs.</description>")
    assert one(raw)["title"] == "F\u00e6rgen &HTMLlat1;"
