"""Which feeds a name, an address or a tag in a query means."""

from __future__ import annotations

import pytest

from index.feeds.meant import feeds_called, feeds_tagged
from index.store import KeptFeed


def feed(key: str, name: str | None = None, title: str = "", *tags: str) -> KeptFeed:
    return KeptFeed(key, key, name=name, title=title, tags=tags)


FEEDS = {
    "bbc": feed("https://feeds.bbci.co.uk/news/rss.xml", None, "BBC News", "World"),
    "asia": feed("https://feeds.bbci.co.uk/asia/rss.xml", None, "BBC News Asia", "News/Asia"),
    "dawn": feed("https://www.dawn.com/feeds/home/", "Morning paper", "Dawn", "news"),
    "ft": feed("http://ft.com/rss", None, "Financial Times", "News/Money/Markets"),
    "über": feed("https://one.example/1", None, "Übersee – Türkiye", "Übersee", "long  reads"),
    "us": feed("https://two.example/2", None, "U.S. Politics", "Newsroom", "A/B/"),
    "jazeera": feed("https://three.example/3", None, "Al-Jazeera", "/"),
    "obrien": feed("https://four.example/4", None, "O’Brien’s notes", "\u0301"),
    "北京": feed("https://five.example/5", None, "北京日报", "新闻"),
    "🎉": feed("https://six.example/6", None, "🎉", "🎉"),
    "own": feed("exec:own-news --all", None),
    "moved": KeptFeed("https://old.example/", "https://new.example/feed", title="Moved"),
}  # fmt: skip
HOSTILE = {
    "long": feed("https://h1.example", "a " * 5_000),
    "sql": feed("https://h2.example", "'; DROP TABLE feeds; --", "", "') OR 1=1 --"),
    "signs": feed("https://h3.example", "* ? % _ \\ [.*]+ ^~", "", "*", "%"),
    "lone": feed("https://h4.example", "\udc80", "", "\udc80"),
    "nul": feed("https://h5.example", "\x00", "", "\x00"),
    "slashes": feed("https://h6.example", "/", "", "/" * 5_000),
    "none": feed("", "", ""),
}


def called(text: str, *, begins: bool = False, among: dict[str, KeptFeed] = FEEDS) -> set[str]:
    keys = feeds_called(text, among.values(), begins=begins)
    return {known for known, one in among.items() if one.key in keys}


def tagged(text: str, *, begins: bool = False, among: dict[str, KeptFeed] = FEEDS) -> set[str]:
    keys = feeds_tagged(text, among.values(), begins=begins)
    return {known for known, one in among.items() if one.key in keys}


@pytest.mark.parametrize(
    ("text", "feeds"),
    [
        ("bbc", "bbc asia"),
        ("BBC News", "bbc"),
        ("bbc-news", "bbc"),
        ("news asia", "asia"),
        ("asia news", ""),
        ("new", "bbc moved own"),
        ("Morning paper", "dawn"),
        ("paper", "dawn"),
        ("dawn", "dawn"),
        ("dawn.com", "dawn"),
        ("https://dawn.com/feeds/home", "dawn"),
        ("HTTP://WWW.DAWN.COM/", "dawn"),
        ("feeds.bbci.co.uk/news", "bbc"),
        ("feeds.bbci", "bbc asia"),
        ("ft", "ft"),
        ("f", ""),
        ("ubersee", "über"),
        ("turkiye", "über"),
        ("ubersee turkiye", "über"),
        ("US", "us"),
        ("us", "us"),
        ("u.s.", "us"),
        ("al jazeera", "jazeera"),
        ("obrien", "obrien"),
        ("o'brien's", "obrien"),
        ("北京", "北京"),
        ("京北", ""),
        ("🎉", "🎉"),
        (",", ""),
        ("…", ""),
        ("own-news", "own"),
        ("exec:own-news --all", "own"),
        ("old.example", "moved"),
        ("new.example/feed", "moved"),
        ("nobody", ""),
        ("mornin", ""),
    ],
)
def test_called(text: str, feeds: str) -> None:
    assert called(text) == set(feeds.split())


@pytest.mark.parametrize(
    ("text", "feeds"),
    [
        ("bbc news", "bbc asia"),
        ("bbc n", "bbc asia"),
        ("bb", "bbc asia"),
        ("bbc ", "bbc asia"),
        ("bb ", ""),
        ("b n", ""),
        ("morn", "dawn"),
        ("ft", "ft"),
        ("finan", "ft"),
        ("al-jaz", "jazeera"),
        ("u", "über us"),
        ("u.", "über us"),
        ("https://www.daw", "dawn"),
        ("", " ".join(FEEDS)),
    ],
)
def test_called_by_a_beginning(text: str, feeds: str) -> None:
    assert called(text, begins=True) == set(feeds.split())


@pytest.mark.parametrize(
    ("text", "feeds"),
    [
        ("world", "bbc"),
        ("News", "asia dawn ft"),
        ("news/asia", "asia"),
        ("news/money", "ft"),
        ("NEWS / Money/markets/", "ft"),
        ("asia", ""),
        ("money", ""),
        ("new", ""),
        ("a", "us"),
        ("a/b", "us"),
        ("a/b/c", ""),
        ("ubersee", "über"),
        ("long reads", "über"),
        ("reads", ""),
        ("longreads", ""),
        ("新闻", "北京"),
        ("🎉", "🎉"),
        ("/", ""),
        ("", ""),
    ],
)
def test_tagged(text: str, feeds: str) -> None:
    assert tagged(text) == set(feeds.split())


@pytest.mark.parametrize(
    ("text", "feeds"),
    [
        ("n", "asia dawn ft us"),
        ("news/", "asia dawn ft"),
        ("news/m", "ft"),
        ("new/m", ""),
        ("news/asia/x", ""),
        ("long ", "über"),
        ("long r", "über"),
        ("新", "北京"),
        ("", "bbc asia dawn ft über us jazeera obrien 北京 🎉"),
    ],
)
def test_tagged_by_a_beginning(text: str, feeds: str) -> None:
    assert tagged(text, begins=True) == set(feeds.split())


@pytest.mark.parametrize("known", HOSTILE)
def test_whatever_a_feed_is_called_it_is_found_by_that(known: str) -> None:
    name, tags = HOSTILE[known].name or "", HOSTILE[known].tags
    assert known in called(name, begins=True, among=HOSTILE)
    if name:
        assert called(name, among=HOSTILE) == {known}
    for tag in tags:
        assert known in tagged(tag, begins=True, among=HOSTILE)
        assert tagged(tag, among=HOSTILE) == ({known} if tag.strip("/") else set())


@pytest.mark.parametrize("text", ["%", "_", ".*", "' OR 1=1 --", "\x00", "\udc80", "a/" * 2_000])
@pytest.mark.parametrize("begins", [False, True])
def test_whatever_is_asked_has_an_answer(text: str, begins: bool) -> None:
    assert called(text, begins=begins) == tagged(text, begins=begins) == set()
