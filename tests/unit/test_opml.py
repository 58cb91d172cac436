"""Lists of feeds: read from whatever other readers write, and written for them."""

from __future__ import annotations

import datetime as dt

import pytest

from index.errors import UnreadableError
from index.intake.opml import (
    MOST_TAGS,
    OPML_LIMIT,
    Refused,
    Subscription,
    is_opml,
    read_opml,
    write_opml,
)

MADE = dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC)


def listed(*outlines: str) -> bytes:
    return f'<opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def read(*outlines: str) -> tuple[Subscription, ...]:
    return read_opml(listed(*outlines), "list.opml").subscriptions


def test_a_list_with_folders() -> None:
    raw = b"""<?xml version="1.0" encoding="UTF-8"?>
    <opml version="2.0"><head><title>My feeds</title></head><body>
      <outline text="The Example" type="rss" xmlUrl="https://news.example/feed"
        htmlUrl="https://news.example/"/>
      <outline text="World"><outline title="Asia" text="ignored">
        <outline text="Asia Daily" type="rss" xmlUrl="https://asia.example/rss?a=1&amp;b=2"/>
      </outline></outline>
      <outline text="Sport"><outline text="Asia again" xmlUrl="https://asia.example/rss?a=1&amp;b=2"/>
      </outline>
    </body></opml>"""
    assert is_opml(raw)
    found, refused = read_opml(raw, "list.opml")
    assert found == (
        Subscription(
            address="https://news.example/feed", title="The Example", home="https://news.example/"
        ),
        Subscription(
            address="https://asia.example/rss?a=1&b=2",
            title="Asia Daily",
            tags=("Asia", "Sport", "World"),
        ),
    )
    assert not refused


@pytest.mark.parametrize(
    ("outline", "expected"),
    [
        # Ampersands that nobody escaped.
        (
            '<outline text="R&D" xmlUrl="https://a.example/?x=1&copy=2"/>',
            Subscription(address="https://a.example/?x=1&copy=2", title="R&D"),
        ),
        # Quotation marks and tags that nobody escaped.
        (
            '<outline text="The "Best" News" xmlUrl="https://a.example/"/>',
            Subscription(address="https://a.example/", title='The "Best" News'),
        ),
        (
            '<outline description="<a href="https://b" id="b">B</a>." xmlUrl="https://a.example/"/>',
            Subscription(address="https://a.example/"),
        ),
        # Names in small letters; no title; entities of HTML.
        ('<outline xmlurl="https://a.example/"/>', Subscription(address="https://a.example/")),
        (
            '<outline text="Caf&eacute; &#x2013; News" xmlUrl="https://a.example/"/>',
            Subscription(address="https://a.example/", title="Café – News"),
        ),
        # Categories.
        (
            '<outline text="A" xmlUrl="https://a.example/" category="/World/Asia,Talks,/World"/>',
            Subscription(address="https://a.example/", title="A", tags=("Asia", "Talks", "World")),
        ),
        # Never closed.
        (
            '<outline text="Folder"><outline text="A" xmlUrl="https://a.example/">',
            Subscription(address="https://a.example/", title="A", tags=("Folder",)),
        ),
        # A feed with outlines of its own is no folder.
        (
            '<outline text="A" xmlUrl="https://a.example/"><outline text="note"/></outline>',
            Subscription(address="https://a.example/", title="A"),
        ),
        # Terminal escapes, and a home that is none.
        (
            '<outline text="A&#27;[31mB\x1b[2J" xmlUrl="https://a.example/" htmlUrl="data:x"/>',
            Subscription(address="https://a.example/", title="A[31mB"),
        ),
    ],
)
def test_what_other_programs_write(outline: str, expected: Subscription) -> None:
    assert read(outline) == (expected,)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("feed://news.example/rss", "http://news.example/rss"),
        ("feed:https://news.example/rss", "https://news.example/rss"),
        ("feed://https://news.example/rss", "https://news.example/rss"),
        ("FEED:http://news.example/rss", "http://news.example/rss"),
        ("  https://news.example/rss\n", "https://news.example/rss"),
    ],
)
def test_addresses_of_feeds(written: str, address: str) -> None:
    [found] = read(f'<outline xmlUrl="{written}"/>')
    assert found.address == address


@pytest.mark.parametrize(
    "written",
    [
        "exec:~/bin/steal", "filter:~/bin/steal:https://news.example/", "|~/bin/steal",
        "file:///etc/passwd", "javascript:alert(1)", "data:text/xml,x", "/etc/passwd", "feed:",
        "feed:file:///etc/passwd", "feed:javascript:alert(1)", "query:unread:yes", "https://",
        "news.example/rss", "ftp://news.example/rss",
    ],
)  # fmt: skip
def test_what_is_no_address_on_the_web_is_refused_and_reported(written: str) -> None:
    good = '<outline text="Good" xmlUrl="https://good.example/"/>'
    found = read_opml(listed(f'<outline text="Bad" xmlUrl="{written}"/>', good), "list.opml")
    assert found.refused == (Refused(written, "Bad"),)
    assert [one.title for one in found.subscriptions] == ["Good"]


def test_a_refused_address_is_harmless_and_short() -> None:
    [refused] = read_opml(listed(f'<outline xmlUrl="exec:\x1b[2J{"x" * 9999}"/>'), "a").refused
    assert refused.address == f"exec:{'x' * 9999}"[:200]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"), ("utf-8", "iso-8859-1"), ("cp1252", "utf-8"),
        ("cp1251", "windows-1251"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16"),
        ("utf-8-sig", "utf-8"),
    ],
)  # fmt: skip
def test_encodings_true_and_false(encoding: str, declared: str) -> None:
    title = "Новости" if encoding == "cp1251" else "Café für alle"
    text = (
        f'<?xml version="1.0" encoding="{declared}"?><opml version="1.0"><body>'
        f'<outline text="{title}" xmlUrl="https://a.example/"/></body></opml>'
    )
    [found] = read_opml(text.encode(encoding), "list.opml").subscriptions
    assert found.title == title


BOMB = (
    '<!DOCTYPE opml [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<opml><body><outline text="&b;" xmlUrl="https://a.example/"/></body></opml>'
)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is empty"),
        (b"\n ", "is empty"),
        (b"<rss><channel/></rss>", "is not a list of feeds in OPML"),
        (b"https://news.example/feed", "is not a list of feeds in OPML"),
        (b"\x1f\x8b\x08\x00", "is not a list of feeds in OPML"),
        (b"<opml>" + bytes(OPML_LIMIT), "is larger than the 10 MB a list of feeds may have"),
        (BOMB.encode(), "declares entities that could grow without bounds"),
    ],
)
def test_what_is_no_list_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_opml(raw, "list.opml")
    assert caught.value.reason == reason


def test_a_list_without_feeds_is_an_empty_list() -> None:
    assert read_opml(b'<opml version="2.0"><head/></opml>', "list.opml") == ((), ())


def test_files_of_this_machine_stay_out_of_a_list() -> None:
    raw = (
        b'<!DOCTYPE opml [<!ENTITY secret SYSTEM "file:///etc/passwd">]><opml><body>'
        b'<outline text="A &secret;" xmlUrl="https://a.example/"/></body></opml>'
    )
    [found] = read_opml(raw, "list.opml").subscriptions
    assert found.title == "A"


def test_folders_nested_without_end() -> None:
    depth = 50_000
    outlines = "".join(f'<outline text="{n}">' for n in range(depth))
    found = read('<outline text="First" xmlUrl="https://a.example/"/>', outlines)
    assert [one.title for one in found] == ["First"]


def test_a_feed_has_so_many_tags_and_no_more() -> None:
    folders = "".join(f'<outline text="{n}">' for n in range(100))
    [found] = read(folders, '<outline text="A" xmlUrl="https://a.example/"/>')
    assert len(found.tags) == MOST_TAGS


def test_a_list_that_was_written() -> None:
    subscriptions = (
        Subscription(address="https://a.example/?x=1&y=2", title='The "A" & <B>', tags=("World",)),
        Subscription(address="https://b.example/", home="https://b.example/home"),
        Subscription(address="https://c.example/", title="C", tags=("Asia", "World")),
    )
    raw = write_opml(subscriptions, "Broadsheet & friends", MADE)
    assert raw.decode().splitlines()[4] == (
        "    <dateCreated>Wed, 25 Nov 2026 09:30:00 +0000</dateCreated>"
    )
    assert raw.count(b'text="C"') == 2
    found, refused = read_opml(raw, "list.opml")
    assert sorted(found, key=lambda one: one.address) == list(subscriptions)
    assert not refused
