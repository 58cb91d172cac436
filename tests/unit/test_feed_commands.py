"""The commands about feeds, as scripts and people meet them, with a real server."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from desk import write
from pages import page
from server import Server, moved, said
from wire import item, rss

from reader.commands.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from server import Request

ONE, TWO = said(rss(item(1), item(2))), said(rss(item(2), item(3)).replace("Example", "Other"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a library that is not there yet."""
    monkeypatch.setenv("BROADSHEET_LIBRARY", str(tmp_path / "library"))
    return tmp_path / "library"


@pytest.fixture
def server(server: Server, folder: Path) -> Server:
    """A server with two feeds, one of them only through a page."""
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    server.pages |= {
        "/one": ONE,
        "/two": TWO,
        "/": said(page(head=link.format("/two")), content_type="text/html"),
        "/many": said(
            page(head=link.format("/one") + link.format("/two")), content_type="text/html"
        ),
    }
    return server


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [os.fspath(one) for one in arguments])


def told(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


# --- subscribe ------------------------------------------------------------------------------------


def test_subscribing_says_what_came(server: Server) -> None:
    assert told("subscribe", server.url("/one")) == "Subscribed to The Example: 2 articles.\n"
    assert told("subscribe", server.url("/one")) == (
        "Already subscribed to The Example: 2 articles.\n"
    )
    assert "Story 2" in told("search", "bako2")


def test_a_page_leads_to_its_feed(server: Server) -> None:
    assert told("subscribe", server.url("/")) == "Subscribed to The Other: 2 articles.\n"
    assert told("subscribe", server.url("/")) == "Already subscribed to The Other: 2 articles.\n"


def test_the_feeds_of_a_page_are_listed_to_choose_from(server: Server) -> None:
    result = run("subscribe", server.url("/many"), server.url("/two"))
    assert (result.exit_code, result.stdout) == (1, "Subscribed to The Other: 2 articles.\n")
    assert result.stderr == (
        f"{server.url('/many')}: this page leads to several feeds; subscribe to one of them\n"
        f"    {server.url('/one')}\n    {server.url('/two')}\n"
    )


def test_what_cannot_be_had_is_said_and_not_kept(server: Server) -> None:
    result = run("subscribe", server.url("/none"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{server.url('/none')}: 404 Not Found\n"
    assert told("feeds") == ""


def test_names_and_tags_are_given_at_once(server: Server) -> None:
    told("subscribe", server.url("/one"), "--name", "Mine", "--tag", "port", "--tag", "sea")
    told("subscribe", server.url("/one"), "--tag", "sea", "--tag", "old")
    feed = json.loads(told("feeds", "--json"))
    assert (feed["name"], feed["tags"]) == ("Mine", ["port", "sea", "old"])
    assert run("subscribe", "a.example", "b.example", "--name", "Both").exit_code == 2


def test_files_and_commands_can_be_feeds(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "feed.xml", rss(item(1)))
    assert told("subscribe", path) == "Subscribed to The Example: 1 article.\n"
    assert told("subscribe", f"exec:cat {path}") == "Subscribed to The Example: 1 article.\n"
    assert "1 article" in told("search", "bako1")


def test_the_whole_of_each_article_can_be_had(server: Server) -> None:
    story = item(1, "The ferry stays, but …", link=server.url("/story"), title="Harbour council")
    server.pages["/short"] = said(rss(story))
    server.pages["/story"] = said(page(), content_type="text/html")
    told("subscribe", server.url("/short"), "--full")
    id_ = told("list").split()[0]
    assert "replaced rowing" in told("show", id_)


# --- lists ----------------------------------------------------------------------------------------


def test_a_list_comes_and_goes(server: Server, tmp_path: Path) -> None:
    told("subscribe", server.url("/one"), "--tag", "port")
    listed = told("feeds", "--opml")
    assert server.url("/one") in listed
    told("unsubscribe", "the exam")
    web = "https://news.example/feed"
    path = write(tmp_path, "mine.opml", listed.replace(server.url("/one"), web))
    assert told("subscribe", path, "--tag", "old") == (
        "Subscribed to 1 feed. broadsheet sync fetches them.\n"
    )
    assert told("subscribe", path) == "Subscribed to 0 feeds, 1 already known.\n"
    feed = json.loads(told("feeds", "--json"))
    assert (feed["address"], feed["name"]) == (web, "The Example")
    assert (feed["tags"], feed["checked"]) == (["port", "old"], None)


def test_a_list_leads_to_no_file_and_runs_no_command(folder: Path, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "mine.opml",
        '<opml><body><outline xmlUrl="exec:touch /tmp/x"/><outline xmlUrl="file:///etc/passwd"/>'
        '<outline xmlUrl="https://news.example/feed"/></body></opml>',
    )
    result = run("subscribe", path)
    assert (result.exit_code, result.stdout.count("1 feed")) == (1, 1)
    assert result.stderr.splitlines() == [
        "exec:touch /tmp/x: this is no address of a feed on the web",
        "file:///etc/passwd: this is no address of a feed on the web",
    ]


# --- feeds, unsubscribe ---------------------------------------------------------------------------


def test_feeds_are_listed_with_what_came_of_them(server: Server) -> None:
    told("subscribe", server.url("/one"), server.url("/two"), "--tag", "port")
    server.pages["/two"] = said(status="410 Gone")
    assert run("sync").exit_code == 1
    lines = told("feeds").splitlines()
    assert lines[:2] == ["The Example", f"    {server.url('/one')}"]
    assert lines[2].startswith("    2 of 2 articles unread · synced ")
    assert lines[2].endswith(" · #port")
    assert lines[6] == "    gone for good: 410 Gone"
    first, second = map(json.loads, told("feeds", "--json").splitlines())
    assert first["articles"] == first["unread"] == 2
    assert (second["error"], second["is_gone"]) == ("410 Gone", True)


def test_who_unsubscribes_keeps_the_articles(server: Server) -> None:
    told("subscribe", server.url("/one"), server.url("/two"))
    assert told("unsubscribe", "the example", server.url("/two")) == (
        "Unsubscribed from The Example. Its 2 articles stay.\n"
        "Unsubscribed from The Other. Its 2 articles stay.\n"
    )
    assert told("feeds") == ""
    assert len(told("list").splitlines()) == 3
    result = run("unsubscribe", "the example")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No feed has a name or an address like “the example”" in result.stderr


# --- sync -----------------------------------------------------------------------------------------


def test_a_sync_counts_what_came_and_says_what_did_not(server: Server) -> None:
    told("subscribe", server.url("/one"), server.url("/two"))
    assert told("sync") == "2 feeds · nothing new\n"
    server.pages["/one"] = said(rss(item(1), item(4)))
    server.pages["/two"] = said(status="500 Internal Server Error")
    result = run("sync")
    assert (result.exit_code, result.stdout) == (1, "2 feeds · 1 added, 1 unchanged · 1 failed\n")
    assert result.stderr == f"The Other ({server.url('/two')}): 500 Internal Server Error.\n"
    assert told("sync", "the exam") == "1 feed · nothing new\n"
    assert run("sync", "nobody").exit_code == 2


def test_a_sync_is_told_to_scripts(server: Server) -> None:
    told("subscribe", server.url("/one"))
    server.pages["/one"] = moved(server.url("/two"))
    report = json.loads(told("sync", "--json"))
    assert (report["added"], report["unchanged"], report["skipped"]) == (1, 0, 0)
    assert report["feeds"][0]["moved_to"] == server.url("/two")
    assert (report["was_stopped"], report["problems"]) == (False, [])


def test_a_sync_that_is_stopped_keeps_what_came(server: Server) -> None:
    told("subscribe", server.url("/one"), server.url("/two"))

    def stop(_: Request) -> bytes:
        os.kill(os.getpid(), 2)
        return b"".join(server.never(_))

    server.pages["/two"] = stop
    server.pages["/one"] = said(rss(item(5)))
    result = run("sync")
    assert result.exit_code == 130
    assert "stopped: what came is kept" in result.stdout


def test_a_sync_goes_on_until_it_is_stopped(server: Server) -> None:
    told("subscribe", server.url("/one"))

    def stop(_: Request) -> bytes:
        os.kill(os.getpid(), 15)
        return ONE

    server.pages["/one"] = stop
    result = run("sync", "--every", "15m", "--json")
    assert result.exit_code in (0, 130)
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("time", ["", "soon", "1s", "0m", "99d", "15x", "-5m", "1h 5m"])
def test_no_server_is_asked_all_the_time(folder: Path, time: str) -> None:
    result = run("sync", "--every", time)
    assert result.exit_code == 2
    assert "a span of time is needed" in result.stderr


# --- secrets and tricks ---------------------------------------------------------------------------

STEERING = "\x1b\x07\x9b\u202e\u2066\x00"


def _hostile(text: str) -> str:
    """Return a text with all that steers a terminal or misleads an eye, as XML can hold it."""
    return text + "&#27;]0;owned&#7;&#27;[2J&#x9b;31m&#x202e;&#x2066;"


def test_no_escape_sequence_of_a_feed_reaches_the_terminal(server: Server, tmp_path: Path) -> None:
    named = {"guid": "id", "title": "Story", "author": "a@b (Ann)", "category": "port"}
    one = item(7, **{name: _hostile(value) for name, value in named.items()})
    two = item(8, link=_hostile("http://news.example/a"), guid=_hostile("http://news.example/b"))
    head = f"<link>{_hostile('http://news.example/')}</link><language>{_hostile('en')}</language>"
    whole = rss(one, two, _hostile("<title>Words</title>"), head=head)
    server.pages["/bad"] = said(whole.replace("The Example", _hostile("The Post")))
    listed = write(
        tmp_path,
        "list.opml",
        f'<opml><body><outline title="{_hostile("x")}" xmlUrl="{server.url("/none")}"/>'
        f'<outline text="y" xmlUrl="{_hostile("ftp://z/")}"/></body></opml>',
    )
    outputs = [run("subscribe", server.url("/bad")), run("subscribe", listed)]
    server.pages["/bad"] = said(status="500 \x1b[2J\x1b]0;owned\x07")
    outputs += [run(*words) for words in (
        ["sync"], ["sync", "--json"], ["feeds"], ["feeds", "--json"], ["feeds", "--opml"],
        ["list"], ["list", "--json"], ["export"], ["search", "Story"],
        ["search", "bako7", "--json"], ["sync", "the post"], ["unsubscribe", "the"],
        ["add", server.url("/bad"), "--json"],
    )]  # fmt: skip
    ids = [line.split()[0] for line in run("list").stdout.splitlines()]
    outputs += [run("show", id_, *options) for id_ in ids for options in ([], ["--json"])]
    assert len(ids) == 3
    for output in outputs:
        assert not set(STEERING) & set(output.output)


def test_no_command_shows_a_login(server: Server, tmp_path: Path) -> None:
    def odd(path: str) -> str:
        return server.url(path).replace("//", "//ann:s3cret@")

    def guarded(request: Request) -> bytes:
        return ONE if "authorization" in request.headers else said(status="401 Unauthorized")

    server.pages |= {"/guarded": guarded, "/away": moved(server.url("/one", host="localhost"))}
    addresses = (odd("/listed"), "ftp://ann:s3cret@h/", "http://ann:s3/cret@h:x/")
    outlines = "".join(f'<outline xmlUrl="{address}"/>' for address in addresses)
    listed = f"<opml><body>{outlines}</body></opml>"
    outputs = [run(*words) for words in (
        ["subscribe", odd("/guarded"), odd("/none"), odd("/away"), odd("/many"), "ftp://ann:s3cret@h/"],
        ["subscribe", "file://ann:s3cret@h/a"],
        ["subscribe", "https://ann:s3cret@", "https://ann:s3cret@h:port/", "http://ann:s3/cret@h:x/"],
        ["subscribe", write(tmp_path, "list.opml", listed)],
        ["sync"], ["sync", "--json"], ["feeds"], ["feeds", "--json"], ["feeds", "--opml"],
        ["list", "--json"], ["export"], ["sync", odd("/guarded")], ["unsubscribe", odd("/none")],
    )]  # fmt: skip
    assert "2 articles" in outputs[0].stdout
    assert "s3" not in "".join(output.output for output in outputs)
