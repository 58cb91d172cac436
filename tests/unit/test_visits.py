"""Addresses that are added: fetched from a real server, and what is there taken in like a file."""

from __future__ import annotations

import gzip
import json
import threading
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk import story, titles
from pages import STORY, TITLE, page
from server import endless, moved, said
from wire import atom, item, rss

from index.errors import StoppedError
from index.feeds.asking import Limits
from index.feeds.visits import visit
from index.progress import silent

if TYPE_CHECKING:
    from server import Request, Server

    from index.article import Article
    from index.library import Library
    from index.progress import Progress
    from index.taking import Fate, Report

LIMITS = Limits(connect=5, read=5, total=10, page_bytes=200_000)
HTML = {"content_type": "text/html"}
ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202e"


def the_one(library: Library) -> Article:
    [article] = library.articles(library.ids())
    return article


def problem(report: Report) -> str:
    [problem] = report.problems
    return f"{problem.path}: {problem.error}"


def archive(**members: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in members.items():
            packed.writestr(f"{name}.txt", text)
    return file.getvalue()


# --- pages ----------------------------------------------------------------------------------------


def test_a_page_is_an_article_of_its_address(empty_library: Library, server: Server) -> None:
    server.pages["/story?id=1"] = said(page(), **HTML)
    report = empty_library.add([server.url("/story?id=1#comments")])
    assert (report.added, report.problems, report.feeds) == (1, (), ())
    article = the_one(empty_library)
    assert (article.title, article.url) == (TITLE, server.url("/story?id=1"))
    assert article.origin == server.url("/story?id=1")
    assert titles(empty_library, "rowing") == [TITLE]
    assert empty_library.raw(article.id) == page().encode()
    [request] = server.requests
    assert request.headers["accept"].startswith("text/html")
    assert empty_library.verify() == []


def test_what_looks_like_an_address_is_one_and_all_else_is_a_path(
    empty_library: Library, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    server.pages["/story"] = said(page(), **HTML)
    in_capitals = server.url("/story").replace("http:", "HTTP:")
    as_path = Path(f"http:/127.0.0.1:{server.port}/story")
    as_path.parent.mkdir(parents=True)
    as_path.write_text(story("windmill"))
    assert empty_library.add([in_capitals]).added == 1
    assert the_one(empty_library).title == TITLE
    assert empty_library.add([as_path, "news.example", "ftp://news.example/", "http:"]).added == 1
    assert titles(empty_library, "windmill") == ["Council at odds over the windmill"]


def test_the_same_page_is_unchanged_and_another_text_an_update(
    empty_library: Library, server: Server
) -> None:
    server.pages["/story"] = said(page(), **HTML)
    empty_library.add([server.url("/story")])
    empty_library.set_mark(empty_library.ids(), "starred", on=True)
    assert empty_library.add([server.url("/story")]).unchanged == 1
    later = (*STORY, "On Friday the mayor said that the decision would stand, whatever came of it.")
    server.pages["/story"] = said(page(story=later), **HTML)
    report = empty_library.add([server.url("/story")])
    assert (report.added, report.updated) == (0, 1)
    assert titles(empty_library, "mayor") == [TITLE]
    assert empty_library.marked("starred") == set(empty_library.ids())
    with empty_library._store._database.reading() as db:
        [(origin,)] = db.execute("SELECT origin FROM earlier").fetchall()
    assert origin == server.url("/story")
    del server.pages["/story"]
    assert problem(empty_library.add([server.url("/story")])).endswith(": 404 Not Found")
    assert titles(empty_library, "mayor") == [TITLE]


def test_a_page_that_only_notes_when_it_was_made_is_unchanged(
    empty_library: Library, server: Server
) -> None:
    server.pages["/story"] = said(page(head='<meta name="nonce" content="1">'), **HTML)
    empty_library.add([server.url("/story")])
    server.pages["/story"] = said(page(head='<meta name="nonce" content="2">'), **HTML)
    assert empty_library.add([server.url("/story")]).unchanged == 1


def test_a_page_is_named_as_it_was_asked_for_and_its_links_are_of_where_it_was(
    empty_library: Library, server: Server
) -> None:
    linked = (*STORY, 'More of it is in <a href="more.html">the minutes of the meeting</a>.')
    server.pages["/s/1"] = moved("/2026/harbour/ferry.html", "302 Found")
    server.pages["/2026/harbour/ferry.html"] = said(page(story=linked), **HTML)
    for _ in range(2):
        report = empty_library.add([server.url("/s/1")])
    assert (report.added, report.unchanged) == (0, 1)
    article = the_one(empty_library)
    assert article.origin == server.url("/s/1")
    assert article.url == server.url("/2026/harbour/ferry.html")
    links = [link.url for block in article.blocks for link in block.links]
    assert links == [server.url("/2026/harbour/more.html")]
    empty_library.rebuild()
    assert the_one(empty_library) == article
    # Under its own address it is the same story.
    report = empty_library.add([server.url("/2026/harbour/ferry.html")])
    assert (report.added, report.known) == (0, 1)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "latin-1"])
def test_a_page_that_was_moved_keeps_its_encoding(
    empty_library: Library, server: Server, codec: str
) -> None:
    text = page().replace('<meta charset="utf-8">', "").replace("Lindqvist", "Lindqväst")
    server.pages["/s"] = moved("/story")
    server.pages["/story"] = said(text.encode(codec, "xmlcharrefreplace"), **HTML)
    empty_library.add([server.url("/s")])
    article = the_one(empty_library)
    assert "Lindqväst" in article.blocks[2].text
    assert article.url == server.url("/story")


def test_an_address_with_letters_beyond_ascii_is_its_own(
    empty_library: Library, server: Server
) -> None:
    server.pages["/f%C3%A4hre"] = said(page(), **HTML)
    empty_library.add([server.url("/fähre")])
    article = the_one(empty_library)
    assert article.origin == server.url("/fähre")
    assert empty_library.raw(article.id) == page().encode()


@pytest.mark.parametrize(
    ("head", "said_to_be", "codec"),
    [
        ("", "iso-8859-2", "iso-8859-2"),
        ("", "ISO-8859-1", "cp1252"),
        ("", "windows-1251", "cp1251"),
        ("", "utf-16", "utf-16"),
        ("", "no-such-thing", "utf-8"),
        ("", "iso-8859-1", "utf-8"),
        ('<script src="/a" charset="utf-8"></script>', "iso-8859-2", "iso-8859-2"),
        ('<meta charset="utf-8">', "iso-8859-2", "iso-8859-2"),
        ('<meta charset="iso-8859-2">', "iso-8859-2", "iso-8859-2"),
    ],
)
def test_the_encoding_that_the_server_tells_is_respected(
    empty_library: Library, server: Server, head: str, said_to_be: str, codec: str
) -> None:
    name = {"iso-8859-2": "Żółć", "cp1251": "Паром", "cp1252": "“Æ” – œ"}.get(codec, "Ünüñ")
    text = page(head=head).replace('<meta charset="utf-8">', head).replace("Lindqvist", name)
    server.pages["/story"] = said(
        text.encode(codec, "xmlcharrefreplace"), content_type=f'text/html; charset="{said_to_be}"'
    )
    empty_library.add([server.url("/story")])
    assert name in the_one(empty_library).blocks[2].text
    assert empty_library.add([server.url("/story")]).unchanged == 1


def test_a_plain_text_has_the_encoding_that_the_server_tells(
    empty_library: Library, server: Server
) -> None:
    server.pages["/story.txt"] = said(
        f"{story('ferry')}\n\nŻółć.\n".encode("iso-8859-2"),
        content_type="text/plain; charset=iso-8859-2",
    )
    empty_library.add([server.url("/story.txt")])
    assert the_one(empty_library).blocks[-1].text == "Żółć."


# --- what else may be there -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (said(b"%PDF-1.7\n" + bytes(200)), "is a PDF document, not text"),
        (said(b"\x89PNG\r\n\x1a\n" + bytes(200), content_type="text/html; charset=latin-1"),
         "is a PNG picture, not text"),
        (said(b"\xff\xd8\xff" + bytes(200)), "is a JPEG picture, not text"),
        (said(b"", content_type="text/html"), "is empty"),
        (said("<!doctype html><script>1</script>", **HTML), "is a page without text"),
        (said("<opml><body/></opml>"), "is a list of feeds, not of articles"),
        (said('<rss><channel><item><title>&a;</title></item></channel></rss>'), None),
        (said('<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;">]><rss><channel/></rss>'),
         "declares entities that could grow without bounds"),
        (said(status="404 Not Found"), "404 Not Found"),
        (said(status=f"500 {ESCAPES}"), "500 Internal Server Error"),
        (said(status=f"299 {ESCAPES}"), "299"),
        (said(bytes(200_001)), "it is larger than the limit of 1 MB"),
        (said("x", content_encoding=ESCAPES), "it came in a packing that was not asked for"),
        (moved("file:///etc/passwd"), "it redirects to what is no address of the web"),
        (moved("/story"), "it redirects in circles"),
        (b"", "it hung up too early"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_said_to_be_none(
    empty_library: Library, server: Server, reply: bytes, reason: str | None
) -> None:
    server.pages["/story"] = reply
    report = visit(empty_library._store, [server.url("/story")], silent, limits=LIMITS)
    if reason is not None:
        assert problem(report) == f"{server.url('/story')}: {reason}"
    assert len(report.problems) + report.added == 1


def test_what_never_ends_is_ended(empty_library: Library, server: Server) -> None:
    server.pages["/story"] = lambda _: endless(b"<p>")
    server.pages["/bomb"] = said(gzip.compress(bytes(2**20)) * 500, content_encoding="gzip")
    server.pages["/slow"] = server.drip
    limits = LIMITS._replace(total=1)
    for path in ("/story", "/bomb", "/slow"):
        report = visit(empty_library._store, [server.url(path)], silent, limits=limits)
        assert "larger than the limit" in problem(report) or "longer than 1" in problem(report)


def test_the_articles_of_a_feed_come_in_and_that_it_is_one_is_told(
    empty_library: Library, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1), item(2)))
    report = empty_library.add([server.url()])
    assert (report.added, report.feeds) == (2, (server.url(),))
    origins = {article.origin for article in empty_library.articles(empty_library.ids())}
    assert origins == {f"{server.url()}#story-{number}" for number in (1, 2)}
    assert empty_library.feeds.all() == ()
    feed = empty_library.feeds.subscribe(server.url())
    assert (feed.articles, len(empty_library.ids())) == (2, 2)
    report = empty_library.add([server.url()])
    assert (report.unchanged, report.feeds) == (2, ())


def test_a_feed_that_moved_has_links_of_where_it_is(empty_library: Library, server: Server) -> None:
    server.pages["/feed"] = moved("/deep/feed")
    words = " ".join(STORY)
    entry = f'<id>one</id><title>{TITLE}</title><link href="one.html"/><summary>{words}</summary>'
    server.pages["/deep/feed"] = said(atom(entry))
    report = empty_library.add([server.url()])
    assert report.feeds == (server.url(),)
    article = the_one(empty_library)
    assert (article.origin, article.url) == (
        f"{server.url()}#one",
        server.url("/deep/one.html"),
    )


def test_archives_and_lists_are_unpacked(empty_library: Library, server: Server) -> None:
    lines = "".join(
        json.dumps({"id": number, "title": f"Line {number}", "body": f"Of the quarry {number}."})
        + "\n"
        for number in range(3)
    )
    server.pages |= {
        "/a.zip": said(archive(one=story("ferry"), two=story("windmill"))),
        "/lines": said(lines, content_type="text/plain; charset=iso-8859-2"),
        "/old.txt.gz": said(
            gzip.compress(story("lighthouse").encode()), content_type="text/plain; charset=latin-1"
        ),
        "/mail.eml": said("From: a@news.example\nSubject: A\nMessage-ID: <1@x>\n\nThe pier.\n"),
    }  # fmt: skip
    report = empty_library.add([server.url(path) for path in server.pages])
    assert (report.added, report.problems) == (7, ())
    origins = {article.origin for article in empty_library.articles(empty_library.ids())}
    assert {
        server.url("/a.zip/one.txt"),
        server.url("/old.txt.gz"),
        server.url("/lines#1"),
    } < origins


def test_a_damaged_archive_is_named(empty_library: Library, server: Server) -> None:
    whole = archive(one=story("ferry"), two=story("windmill"))
    server.pages["/a.zip"] = said(whole[: len(whole) // 2])
    assert (
        problem(empty_library.add([server.url("/a.zip")])) == f"{server.url('/a.zip')}: is damaged"
    )


# --- several --------------------------------------------------------------------------------------


def test_paths_addresses_and_a_stream_come_together(
    empty_library: Library, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(story("ferry"))
    server.pages["/story"] = said(page(), **HTML)
    told: list[Fate] = []
    report = empty_library.add(
        [
            server.url("/none"),
            tmp_path / "a.txt",
            server.url("/story"),
            tmp_path / "no",
            "https://",
        ],
        told=told.append,
        stream=BytesIO(story("windmill").encode()),
    )
    assert report.added == 3
    assert {problem.path: problem.error for problem in report.problems} == {
        str(tmp_path / "no"): "no such file or folder",
        server.url("/none"): "404 Not Found",
        "https://": "this address names no host",
    }
    assert [fate.outcome for fate in told].count("added") == 3
    assert {fate.origin for fate in told if fate.error} == {one.path for one in report.problems}
    assert all(fate.id for fate in told if not fate.error)


def test_an_address_that_is_named_twice_is_asked_once(
    empty_library: Library, server: Server
) -> None:
    server.pages["/story"] = said(page(), **HTML)
    url = server.url("/story")
    assert empty_library.add([url, f"{url}#a", url.replace("http", "HTTP")]).added == 1
    assert len(server.requests) == 1


@pytest.mark.usefixtures("names")
def test_several_hosts_are_asked_at_once(empty_library: Library, server: Server) -> None:
    together = threading.Barrier(3)

    def wait(request: Request) -> bytes:
        together.wait(5)
        return said(story(request.host.partition(".")[0]), content_type="text/plain")

    server.pages["/story"] = wait
    heard: list[Progress] = []
    hosts = ("ferry.example", "windmill.example", "quarry.example")
    report = empty_library.add([server.url("/story", host=host) for host in hosts], heard.append)
    assert (report.added, report.problems) == (3, ())
    fetched = [(one.done, one.total) for one in heard if one.task == "fetching"]
    assert fetched == sorted(fetched)
    assert fetched[-1] == (3, 3)


def test_what_came_before_a_stop_is_there(empty_library: Library, server: Server) -> None:
    server.pages |= {"/story": said(page(), **HTML), "/slow": server.never}

    def stop(progress: Progress) -> None:
        if progress.task == "fetching" and progress.done and server.asked("/slow"):
            raise StoppedError

    with pytest.raises(StoppedError):
        empty_library.add([server.url("/story"), server.url("/slow")], stop)
    assert the_one(empty_library).title == TITLE
    empty_library.sync()
    assert titles(empty_library, "rowing") == [TITLE]


# --- secrets and tricks ---------------------------------------------------------------------------


def test_a_login_is_used_and_never_shown_nor_kept(empty_library: Library, server: Server) -> None:
    server.pages["/story"] = said(page(), **HTML)
    told: list[Fate] = []
    typed = [
        server.url(path).replace("//", "//ann:s3cret@") for path in ("/story", "/none", "/feed")
    ]
    server.pages["/feed"] = said(rss(item(1)))
    odd = [
        "https://ann:s3cret@:443/",
        "https://ann:s3cret@[/",
        "http://ann:s3/cret@h/",
        "http://ann:s3cret@h:x/",
    ]
    report = empty_library.add([*typed, *odd], told=told.append)
    assert (report.added, len(report.problems)) == (2, 5)
    assert server.requests[0].headers["authorization"] == "Basic YW5uOnMzY3JldA=="
    articles = list(empty_library.articles(empty_library.ids()))
    assert not [one for one in (report, told, articles) if "s3" in str(one) or "ann:" in str(one)]
    kept = b"".join(path.read_bytes() for path in empty_library.folder.rglob("*") if path.is_file())
    assert b"s3cret" not in kept


def test_no_escape_sequence_comes_through(empty_library: Library, server: Server) -> None:
    hostile = page().replace(TITLE, f"{TITLE}{ESCAPES}").replace("Ada", f"A{ESCAPES}da")
    server.pages["/story"] = said(hostile, content_type=f"text/html{ESCAPES}", etag=ESCAPES)
    server.pages["/away"] = moved(f"http://x{ESCAPES}/")
    report = empty_library.add(
        [server.url("/story"), server.url("/away"), f"https://x{ESCAPES}/", "http://\udcff\ud800"]
    )
    assert (report.added, len(report.problems)) == (1, 3)
    article = the_one(empty_library)
    for shown in (report.model_dump_json(), article.model_dump_json()):
        assert shown.isprintable()
        assert "owned" not in shown
        assert "\\u" not in shown


TEMPTING = (
    "img src", "img srcset", "script src", "iframe src", "video poster", "object data",
    "audio src", "embed src", "a href", "a ping", "body background", "base href",
    'link rel="icon" href', 'link rel="stylesheet" href', 'link rel="canonical" href',
    'link rel="alternate" type="application/rss+xml" href', 'link rel="amphtml" href',
    'link rel="prefetch" href', 'meta http-equiv="refresh" content="0;url',
)  # fmt: skip


def test_nothing_but_the_address_is_asked(empty_library: Library, server: Server) -> None:
    tempting = "".join(
        f'<{tag}="{server.url(f"/{number}")}"></{tag.split()[0]}>'
        for number, tag in enumerate(TEMPTING)
    )
    outside = (
        f'<!DOCTYPE html SYSTEM "{server.url("/dtd")}" [<!ENTITY a SYSTEM "{server.url("/e")}">]>'
    )
    sheet = f'<?xml-stylesheet type="text/xsl" href="{server.url("/xsl")}"?>'
    story = page(above=tempting, head=tempting).partition("<html")[2]
    server.pages["/story"] = said(f"{sheet}{outside}<html{story}", **HTML)
    assert empty_library.add([server.url("/story")]).added == 1
    assert [request.target for request in server.requests] == ["/story"]
