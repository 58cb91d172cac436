"""Addresses of feeds: as people type them, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FeedError
from index.feeds.addresses import (
    Address,
    command_of,
    file_of,
    host_of,
    understand,
    web_address,
    without_login,
)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("news.example", "https://news.example/"),
        (" https://news.example/feed ", "https://news.example/feed"),
        ("HTTP://News.Example/Feed", "http://news.example/Feed"),
        ("news.example/feed?a=1&b=2#top", "https://news.example/feed?a=1&b=2"),
        ("//news.example/feed", "https://news.example/feed"),
        ("feed:https://news.example/feed", "https://news.example/feed"),
        ("feed://news.example/feed", "https://news.example/feed"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("http://news.example:80/", "http://news.example/"),
        ("https://news.example:443/", "https://news.example/"),
        ("http://[::1]:8000/feed", "http://[::1]:8000/feed"),
        ("exec:cat  a", "exec:cat  a"),
        ("exec: cat a", "exec:cat a"),
        ("/news/a b.xml", "file:///news/a%20b.xml"),
        ("/news/../a.xml", "file:///a.xml"),
        ("file:///news/a%20b.xml", "file:///news/a%20b.xml"),
        ("file://localhost/a.xml", "file:///a.xml"),
    ],
)
def test_what_is_typed_is_understood(typed: str, url: str) -> None:
    assert understand(typed) == Address(url)
    assert understand(url) == Address(url)


def test_files_are_found_from_here_and_from_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xml").touch()
    for typed in ("a.xml", "./a.xml", "../" + tmp_path.name + "/a.xml"):
        assert file_of(understand(typed).url) == tmp_path / "a.xml"
    assert file_of(understand("~/a.xml").url) == Path.home() / "a.xml"


@pytest.mark.parametrize(
    "typed",
    ["", " ", "exec:", "exec: ", "ftp://news.example/", "javascript:alert(1)", "mailto:a@b.example",
     "https://", "https:///feed", "http://[bad/", "http://a:port/", "news.example\x1b[2J", "a\nb",
     "file://elsewhere/etc/passwd", "https://news.example/\u202e",
     "https://a.example/" + "x" * 2000],
)  # fmt: skip
def test_what_is_none_is_refused(typed: str) -> None:
    with pytest.raises(FeedError):
        understand(typed)


@pytest.mark.parametrize(
    "address", ["exec:cat a", "file:///a", "/a", "news.example", "feed:https://news.example/", ""]
)
def test_what_others_give_is_on_the_web_and_written_out(address: str) -> None:
    with pytest.raises(FeedError):
        web_address(address)


def test_a_login_is_taken_out_and_not_shown() -> None:
    assert understand("https://ann:p%40ss@news.example/f") == Address(
        "https://news.example/f", "ann:p%40ss"
    )
    with pytest.raises(FeedError) as error:
        understand("ftp://ann:secret@news.example/f")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://ann:secret@news.example/a@b", "https://news.example/a@b"),
        ("//ann@news.example/", "//news.example/"),
        ("ann:secret@news.example/feed", "news.example/feed"),
        ("ann:s@crt@news.example", "news.example"),
        ("file://ann:secret@host/a", "file://host/a"),
        ("Post @ the Harbour", "Post @ the Harbour"),
        ("https://news.example/~ann:b@c", "https://news.example/~ann:b@c"),
        ("/home/ann:b@c", "/home/ann:b@c"),
    ],
)
def test_no_login_is_shown(typed: str, shown: str) -> None:
    assert without_login(typed) == shown


def test_the_home_of_nobody_is_no_path() -> None:
    with pytest.raises(FeedError, match="no path of a file"):
        understand("~nobody-of-this-name/feed.xml")


def test_parts_of_addresses() -> None:
    assert command_of("exec:cat a") == "cat a"
    assert host_of("https://News.example:8000/feed") == "news.example"
    assert host_of("exec:cat a") == "exec:cat a"
    assert not Address("file:///a").is_web


@given(st.text() | st.text().map("https://".__add__) | st.text().map("file:///".__add__))
def test_nothing_that_is_typed_is_too_strange(typed: str) -> None:
    try:
        address = understand(typed)
    except FeedError:
        return
    if address.is_web:
        assert web_address(address.url).url == address.url
    assert address.url.isprintable()
