"""How feeds are drawn in a list, and put into words."""

from __future__ import annotations

import datetime as dt

import pytest
from rich.cells import cell_len

from index.feeds import Subscribed
from reader.drawing.feed_rows import HEIGHT, feed_rows
from reader.drawing.render import plain
from reader.feed_wording import articles_query, feeds_state, place, trouble

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def feed(**told: object) -> Subscribed:
    address = "https://www.harbour.example/feed"
    defaults = {"key": address, "address": address, "name": "Harbour News", "articles": 40}
    return Subscribed(**{**defaults, **told})


def lines(one: Subscribed, width: int = 70) -> list[str]:
    return [line.rstrip() for line in plain(feed_rows(one, width, NOW))]


def test_a_feed_says_its_name_what_is_unread_and_how_it_is() -> None:
    checked = NOW - dt.timedelta(minutes=5)
    name, known = lines(feed(unread=7, checked=checked, tags=("Local", "News/Asia")))
    assert name.startswith("● Harbour News ")
    assert name.endswith(" 7")
    assert known.startswith("  40 articles · synced 5 min ago · #Local · #News/Asia · harbour.")
    assert known.endswith("…")


def test_a_feed_in_trouble_says_so_instead() -> None:
    name, known = lines(feed(error="timed out", failures=3, failing_since=NOW), 120)
    assert name == "! Harbour News"
    assert known.startswith("  timed out, 3 times in a row since ")
    assert known.endswith(" · harbour.example/feed")
    assert trouble(feed(error="410 Gone", is_gone=True)) == "gone for good: 410 Gone"
    assert trouble(feed()) == ""


@pytest.mark.parametrize("width", [1, 4, 12, 40, 200])
def test_lines_are_as_wide_as_there_is_room(width: int) -> None:
    odd = feed(name="新聞 [b]\x1b[31m" * 20, unread=1234567, error="\u202e" + "x" * 300)
    drawn = list(plain(feed_rows(odd, width, NOW)))
    assert len(drawn) == HEIGHT
    for line in drawn:
        assert "\x1b" not in line
        assert "\u202e" not in line
        if width >= 40:
            assert cell_len(line) < width  # The cursor's bar stands before it.


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://www.a.example/x", "a.example/x"),
        ("http://b.example/", "b.example/"),
        ("file:///home/feed.xml", "/home/feed.xml"),
        ("exec:script --all", "exec:script --all"),
    ],
)
def test_where_a_feed_is(address: str, said: str) -> None:
    assert place(feed(address=address)) == said


def test_what_is_asked_for_the_articles_of_a_feed() -> None:
    one, same, odd = feed(), feed(key="https://other.example/"), feed(name='The "Post"')
    assert articles_query(one, [one, odd]) == 'feed:"Harbour News"'
    assert articles_query(one, [one, same]) == f'feed:"{one.key}"'
    assert articles_query(odd, [one, odd]) == f'feed:"{odd.key}"'


def test_which_feeds_are_shown() -> None:
    shown = [feed(unread=3), feed(unread=2, error="no")]
    assert feeds_state(shown, 5, 2) == ("2 of 2 feeds (3 hidden)", "5 unread", "1 failing")
    assert feeds_state([], 5, 1) == ("no feeds (5 hidden)",)
    assert feeds_state([], 0, 1) == ("no feeds",)
