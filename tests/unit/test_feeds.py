"""Feeds of a library: subscribed to and synced with a real server, and nothing lost in between."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from desk import titles, write
from pages import TITLE, page
from server import Server, moved, said
from wire import item, rss

from index.errors import FeedError, SeveralFeedsError, StoppedError, UnknownFeedError
from index.feeds import Feeds
from index.feeds.asking import Limits
from index.feeds.connections import REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from server import Request

    from index.feeds import SyncReport
    from index.library import Library
    from index.progress import Progress

LIMITS = Limits(connect=5, read=5, total=10)
MINUTE, HOUR, DAY = 60, 3600, 86_400
ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202e"


class Clock:
    """A time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def feeds(empty_library: Library, clock: Clock) -> Feeds:
    """The feeds of a library, at a time that tests set."""
    return Feeds(empty_library._store, empty_library.sync, LIMITS, clock)


def fault(report: SyncReport) -> str | None:
    """Return what went wrong with the one feed of a sync."""
    [feed] = report.feeds
    return feed.error


# --- what comes in --------------------------------------------------------------------------------


def test_a_feed_is_fetched_when_it_is_subscribed_to(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1), item(2)))
    feed = feeds.subscribe(server.url(), tags=["port", "port", " "])
    assert (feed.name, feed.title, feed.tags) == ("The Example", "The Example", ("port",))
    assert (feed.articles, feed.unread, feed.error) == (2, 2, None)
    assert titles(empty_library, "bako1 OR bako2") == [
        "Story 1 from the harbour",
        "Story 2 from the harbour",
    ]
    assert empty_library.search("feed:example").total == 2
    assert empty_library.verify() == []


def test_a_feed_that_is_as_it_was_is_asked_for_with_what_the_server_knows_it_by(
    feeds: Feeds, server: Server
) -> None:
    def once(request: Request) -> bytes:
        if request.headers.get("if-none-match") == '"one"':
            return said(status="304 Not Modified")
        return said(rss(item(1)), etag='"one"', last_modified="Wed, 25 Nov 2026 08:00:00 GMT")

    server.pages["/feed"] = once
    feeds.subscribe(server.url())
    report = feeds.sync()
    assert [feed.error for feed in report.feeds] == [None]
    assert (report.added, report.updated, report.failed) == (0, 0, ())
    feeds.sync()
    for request in server.requests[1:]:
        assert request.headers["if-none-match"] == '"one"'
        assert request.headers["if-modified-since"] == "Wed, 25 Nov 2026 08:00:00 GMT"


def test_what_a_feed_drops_stays_and_what_it_changes_is_updated(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1), item(2)))
    key = feeds.subscribe(server.url()).key
    before = empty_library.ids()
    empty_library.set_mark(before, "starred", on=True)
    server.pages["/feed"] = said(rss(item(2, "The mayor now says otherwise. " * 40), item(3)))
    report = feeds.sync()
    assert (report.added, report.updated, report.unchanged) == (1, 1, 0)
    assert set(before) < set(empty_library.ids())
    assert titles(empty_library, "bako1") == ["Story 1 from the harbour"]
    assert titles(empty_library, "mayor") == ["Story 2 from the harbour"]
    assert titles(empty_library, "bako2") == []
    assert empty_library.marked("starred") == set(before)
    with empty_library._store._database.reading() as db:
        [(origin,)] = db.execute("SELECT origin FROM earlier").fetchall()
    assert origin == f"{key}#story-2"
    assert feeds.all()[0].articles == 3


def test_what_is_no_feed_is_not_subscribed_to(feeds: Feeds, server: Server) -> None:
    with pytest.raises(FeedError, match="404 Not Found"):
        feeds.subscribe(server.url("/nothing"))
    assert feeds.all() == ()


def test_a_story_of_two_feeds_is_one_article(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    server.pages["/other"] = said(rss(item(1, guid="other-1"), item(2)))
    keys = [feeds.subscribe(server.url(path)).key for path in ("/feed", "/other")]
    assert len(empty_library.ids()) == 2
    assert [feed.articles for feed in map(feeds.find, keys)] == [1, 2]


def test_a_new_library_is_not_said_to_be_damaged(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    notices: list[str] = []
    empty_library.notice = notices.append
    server.pages["/feed"] = said(rss(item(1)))
    feeds.subscribe(server.url())
    assert notices == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "it is empty"),
        ("<!DOCTYPE html><html><body><p>Please log in.</p></body></html>", "it is a web page"),
        ("what?", "it is not a feed"),
        ('<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel/></rss>', None),
        ("<rss><channel><item><title>Cut sho", None),
        ("\0" * 5000, "it is"),
    ],
)
def test_what_becomes_of_a_feed_loses_nothing(
    empty_library: Library, feeds: Feeds, server: Server, body: str, reason: str | None
) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    feeds.subscribe(server.url())
    server.pages["/feed"] = said(body)
    error = fault(feeds.sync())
    assert (error or "").startswith(reason or "")
    assert feeds.all()[0].error == error
    assert titles(empty_library, "bako1") == ["Story 1 from the harbour"]
    server.pages["/feed"] = said(rss(item(1), item(2)))
    assert fault(feeds.sync()) is None
    assert (feeds.all()[0].failures, feeds.all()[0].error) == (0, None)


def test_what_cannot_be_read_of_a_feed_is_named(feeds: Feeds, server: Server) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    feeds.subscribe(server.url())
    assert feeds.sync().feeds[0].problems == ()


# --- subscribing ----------------------------------------------------------------------------------


def link(address: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" href="{address}">'


def test_a_page_leads_to_its_feed(feeds: Feeds, server: Server) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    server.pages["/"] = said(page(head=link("feed")), content_type="text/html")
    assert feeds.subscribe(server.url("/")).key == server.url()
    assert feeds.subscribe(server.url("/"), name="Mine").name == "Mine"
    assert len(feeds.all()) == 1


def test_pages_that_lead_to_no_feed_or_to_several_are_said_to(feeds: Feeds, server: Server) -> None:
    server.pages |= {
        "/none": said(page(), content_type="text/html"),
        "/two": said(page(head=link("/a") + link("https://news.example/b"))),
        "/itself": said(page(head=link("/none")), content_type="text/html"),
        "/file": said(page(head=link("file:///etc/passwd"))),
        "/list": said("<opml><body/></opml>"),
    }
    for path, reason in [
        ("/none", "neither a feed nor a page that leads to one"),
        ("/itself", "no feed, though a page says that it is one"),
        ("/file", "neither a feed nor"),
        ("/list", "a list of feeds"),
    ]:
        with pytest.raises(FeedError, match=reason):
            feeds.subscribe(server.url(path))
    with pytest.raises(SeveralFeedsError) as several:
        feeds.subscribe(server.url("/two"))
    assert several.value.feeds == (server.url("/a"), "https://news.example/b")
    assert feeds.all() == ()


def test_an_address_that_was_typed_again_is_believed(feeds: Feeds, server: Server) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    feeds.import_opml(
        f'<opml><body><outline xmlUrl="{server.url()}"/></body></opml>'.encode(), "list"
    )
    assert "private network" in (fault(feeds.sync()) or "")
    assert server.requests == []
    feeds.subscribe(server.url())
    assert fault(feeds.sync()) is None


@pytest.mark.parametrize("typed", ["", "  ", "exec:", "ftp://news.example/", "https://", "\x1b[2J"])
def test_what_is_no_address_is_refused(feeds: Feeds, typed: str) -> None:
    with pytest.raises(FeedError) as refused:
        feeds.subscribe(typed)
    assert str(refused.value).isprintable() or "\x1b" in typed


@pytest.mark.parametrize("address", ["exec:touch x", "file:///etc/passwd", "/etc/passwd", "a.xml"])
def test_nobody_but_the_user_gives_addresses_of_files_and_commands(
    feeds: Feeds, address: str
) -> None:
    with pytest.raises(FeedError, match="only addresses that begin with"):
        feeds.subscribe(address, typed=False)


def test_feeds_are_found_by_what_they_are_called(feeds: Feeds, server: Server) -> None:
    server.pages |= {"/a": said(rss(item(1))), "/ab": said(rss(item(2)))}
    for path, name in (("/a", "Harbour Post"), ("/ab", "Harbour Mail")):
        feeds.subscribe(server.url(path), name=name)
    assert feeds.find("harbour p").key == server.url("/a")
    assert feeds.find(f"127.0.0.1:{server.port}/a").key == server.url("/a")
    assert feeds.find(server.url("/ab/")[:-1]).key == server.url("/ab")
    for called in ("harbour", "", "nobody", ESCAPES):
        with pytest.raises(UnknownFeedError) as error:
            feeds.find(called)
        assert str(error.value).isprintable()
    for act in (
        feeds.unsubscribe,
        lambda key: feeds.rename(key, "x"),
        lambda key: feeds.sync([key]),
    ):
        with pytest.raises(UnknownFeedError):
            act("https://nobody.example/")


# --- addresses that change ------------------------------------------------------------------------


def test_an_address_that_moved_for_good_is_remembered_and_its_articles_are_the_same(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    key = feeds.subscribe(server.url()).key
    server.pages["/new"] = said(rss(item(1), item(2)))
    server.pages["/feed"] = moved("/new", "302 Found")
    feeds.sync()
    assert (feeds.find(key).address, len(empty_library.ids())) == (key, 2)
    server.pages["/feed"] = moved("/new")
    assert feeds.sync().feeds[0].moved_to == server.url("/new")
    assert (feeds.find(key).key, feeds.find(key).address) == (key, server.url("/new"))
    del server.pages["/feed"]
    assert fault(feeds.sync()) is None
    assert len(empty_library.ids()) == 2
    assert feeds.subscribe(server.url("/new")).key == key


def test_a_feed_that_names_its_new_address_is_followed_if_a_feed_is_there(
    feeds: Feeds, server: Server
) -> None:
    itunes = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'

    def names(to: str) -> bytes:
        head = f"<itunes:new-feed-url>{to}</itunes:new-feed-url>"
        return said(rss(item(1), head=head, namespaces=itunes))

    server.pages["/feed"] = names(server.url("/new"))
    key = feeds.subscribe(server.url()).key
    assert feeds.find(key).address == key
    server.pages["/new"] = said(rss(item(1), item(2)))
    server.pages["/feed"] = names(server.url("/new") + "?")
    assert feeds.sync().feeds[0].moved_to == server.url("/new")
    assert (feeds.find(key).address, feeds.find(key).articles) == (server.url("/new"), 2)


# --- when feeds are asked -------------------------------------------------------------------------


def test_who_wants_to_be_left_alone_is(feeds: Feeds, server: Server, clock: Clock) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    key = feeds.subscribe(server.url()).key
    server.pages["/feed"] = said(status="429 Too Many Requests", retry_after="600")
    assert fault(feeds.sync()) == "429 Too Many Requests"
    server.pages["/feed"] = said(rss(item(1), item(2)))
    clock.now += 599
    assert (feeds.sync().skipped, feeds.sync().feeds) == (1, ())
    assert feeds.sync([key], due=True).skipped == 1
    clock.now += 1
    assert feeds.sync().added == 1


def test_who_is_named_is_asked_whatever_came_before(feeds: Feeds, server: Server) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    key = feeds.subscribe(server.url()).key
    server.pages["/feed"] = said(status="410 Gone")
    assert feeds.sync().feeds[0].is_gone
    assert feeds.all()[0].is_gone
    server.pages["/feed"] = said(rss(item(1)))
    assert feeds.sync().skipped == 1
    assert fault(feeds.sync([key, key])) is None
    assert not feeds.all()[0].is_gone
    assert feeds.sync().skipped == 0


def test_who_fails_is_asked_ever_less(feeds: Feeds, server: Server, clock: Clock) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    feeds.subscribe(server.url())
    server.pages["/feed"] = said(status="500 Internal Server Error")
    tries = []
    for minute in range(0, 2 * 24 * 60, 15):
        clock.now += 15 * MINUTE
        if feeds.sync(due=True).feeds:
            tries.append(minute)
    assert [later - earlier for earlier, later in pairwise(tries)] == [
        15,
        30,
        60,
        120,
        240,
        480,
        960,
    ]
    feed = feeds.all()[0]
    assert feed.failures == len(tries)
    assert feed.failing_since is not None
    assert feed.checked is not None
    assert feed.failing_since < feed.checked


def test_a_clock_that_was_wrong_once_keeps_no_feed_away(
    feeds: Feeds, server: Server, clock: Clock
) -> None:
    server.pages["/feed"] = said(rss(item(1), head="<ttl>60</ttl>"))
    clock.now += 3650 * DAY
    feeds.subscribe(server.url())
    clock.now -= 3650 * DAY
    assert len(feeds.sync(due=True).feeds) == 1
    assert feeds.sync(due=True).skipped == 1
    clock.now += HOUR
    assert feeds.sync(due=True).skipped == 0


# --- stopping -------------------------------------------------------------------------------------


def test_a_sync_that_is_stopped_keeps_what_came(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages |= {"/feed": said(rss(item(1))), "/slow": said(rss(item(2)))}
    for path in ("/feed", "/slow"):
        feeds.subscribe(server.url(path))
    server.pages |= {"/feed": said(rss(item(1), item(3))), "/slow": server.never}

    report = feeds.sync(wanted=lambda: not server.asked("/slow")[1:])
    assert report.was_stopped
    assert len(report.feeds) <= 1
    feeds.sync([server.url()])
    assert titles(empty_library, "bako3") == ["Story 3 from the harbour"]
    assert [feed.error for feed in feeds.all()] == [None, None]


def test_what_the_listener_raises_ends_a_sync(feeds: Feeds, server: Server) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    feeds.subscribe(server.url())

    def stop(_: Progress) -> None:
        raise StoppedError

    server.pages["/feed"] = server.never
    with pytest.raises(StoppedError):
        feeds.sync(progress=stop)


def test_what_is_no_longer_wanted_is_not_subscribed_to(feeds: Feeds, server: Server) -> None:
    server.pages["/feed"] = server.never
    with pytest.raises(FeedError, match="given up, as asked"):
        feeds.subscribe(server.url(), wanted=lambda: False)
    assert feeds.all() == ()


def test_who_unsubscribes_meanwhile_is_unsubscribed(feeds: Feeds, server: Server) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    key = feeds.subscribe(server.url()).key

    def page(_: Request) -> bytes:
        feeds.unsubscribe(key)
        return said(rss(item(1), item(2)))

    server.pages["/feed"] = page
    assert feeds.sync().added == 1
    assert feeds.all() == ()


# --- pages ----------------------------------------------------------------------------------------


def teaser(server: Server) -> str:
    """Return the item of a story whose feed gives its beginning alone."""
    text = "The harbour council voted late on Tuesday to keep the old ferry running …"
    return item(1, text, link=server.url("/story"), title="Harbour council keeps ferry running")


def test_the_whole_of_a_teaser_is_shown_under_its_id_and_with_its_marks(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(teaser(server)))
    server.pages["/story"] = said(page(), content_type="text/html")
    key = feeds.subscribe(server.url()).key
    [id_] = empty_library.ids()
    assert empty_library.article(id_).is_teaser
    empty_library.set_mark([id_], "starred", on=True)
    article = feeds.fetch_full(id_)
    assert (article.id, article.is_teaser) == (id_, False)
    assert "replaced rowing boats" in article.blocks[3].text
    assert empty_library.ids() == (id_,)
    assert empty_library.marked("starred") == {id_}
    assert titles(empty_library, "rowing") == [article.title]
    server.pages["/feed"] = said(rss(teaser(server)) + " ")
    feeds.sync()
    assert empty_library.article(id_).words == article.words
    assert feeds.find(key).articles == 1


def test_the_pages_of_new_articles_come_along(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    gone = item(2, "It began …", link=server.url("/gone"))
    server.pages["/feed"] = said(rss(item(3)))
    server.pages["/story"] = said(page(), content_type="text/html")
    feeds.subscribe(server.url(), always_full=True)
    server.pages["/feed"] = said(rss(teaser(server), gone))
    report = feeds.sync()
    assert (report.added, report.pages) == (2, 1)
    assert report.problems == (f"{server.url('/gone')}: 404 Not Found",)
    assert len(titles(empty_library, "rowing")) == 1
    assert len(server.asked("/story")) == 1


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (said(status="403 Forbidden"), "403 Forbidden"),
        (said("", content_type="text/html"), "it "),
        (said(b"\x89PNG\r\n\x1a\n" + bytes(200), content_type="image/png"), "it "),
    ],
)
def test_a_page_that_cannot_be_had_is_said_why(
    empty_library: Library, feeds: Feeds, server: Server, reply: bytes, reason: str
) -> None:
    server.pages |= {"/feed": said(rss(teaser(server))), "/story": reply}
    feeds.subscribe(server.url())
    [id_] = empty_library.ids()
    before = empty_library.article(id_)
    with pytest.raises(FeedError) as error:
        feeds.fetch_full(id_)
    assert error.value.reason.startswith(reason)
    assert empty_library.article(id_) == before


def test_a_page_whose_encoding_only_the_server_tells_is_understood(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    story = page().replace('<meta charset="utf-8">', "").replace("Lindqvist", "Żółć")
    server.pages |= {
        "/feed": said(rss(teaser(server))),
        "/story": said(
            story.encode("iso8859-2", "xmlcharrefreplace"),
            content_type="text/html; charset=iso-8859-2",
        ),
    }
    feeds.subscribe(server.url())
    assert "Żółć" in feeds.fetch_full(empty_library.ids()[0]).blocks[2].text


# --- secrets and tricks ---------------------------------------------------------------------------


def test_a_login_is_used_and_never_shown(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    typed = server.url().replace("//", "//ann:s3cret@")
    feed = feeds.subscribe(typed)
    server.pages["/feed"] = said(status="401 Unauthorized")
    report = feeds.sync()
    with pytest.raises(FeedError) as error:
        feeds.subscribe(typed.replace("/feed", "/none"))
    [article] = empty_library.articles(empty_library.ids())
    shown = [feed, report, error.value, article, feeds.all(), feeds.export_opml()]
    shown += [place.origin for place in empty_library.origins.of(article.id)]
    assert not [one for one in shown if "s3cret" in str(one) or "ann" in str(one)]
    assert server.requests[1].headers["authorization"] == "Basic YW5uOnMzY3JldA=="
    feeds.subscribe(typed.replace("s3cret", "other"))
    feeds.sync()
    assert server.requests[-1].headers["authorization"] == "Basic YW5uOm90aGVy"


def test_no_escape_sequence_comes_through(feeds: Feeds, server: Server) -> None:
    def replies(title: str, status: str) -> bytes:
        body = rss(item(1)).replace("The Example", title)
        odd = f"text/xml{ESCAPES}"
        return said(body, status=status + ESCAPES, etag=ESCAPES, content_type=odd)

    server.pages["/feed"] = replies(ESCAPES + "Post", "200 OK")
    feed = feeds.subscribe(server.url(), name=f"My{ESCAPES}", tags=[f"tag{ESCAPES}"])
    server.pages["/feed"] = replies("x", "500 Oh")
    report = feeds.sync()
    server.pages["/feed"] = moved(f"http://x{ESCAPES}/")
    for shown in (feed, report, feeds.sync(), *feeds.all()):
        text = shown.model_dump_json()
        assert text.isprintable(), text
        assert "\\u" not in text


@pytest.mark.parametrize("scheme", ["HTTP://x", "http://x", "file://", "exec:cat ", "FILE://", ""])
def test_no_feed_has_a_file_taken_for_the_page_of_a_story(
    empty_library: Library, feeds: Feeds, server: Server, tmp_path: Path, scheme: str
) -> None:
    secret = write(tmp_path, "secret.html", page(story=("The secret windmill.",) * 9))
    link = scheme + "/..".join([""] * 40) + str(secret)
    # An id that is an address is taken as it is.
    guid = f"<guid>{link}</guid><title>A quarry</title><description>Once there was …</description>"
    server.pages["/feed"] = said(rss(item(1, "It began …", link=link), guid))
    feeds.subscribe(server.url(), always_full=True)
    assert len(empty_library.ids()) == 2
    for id_ in empty_library.ids():
        with pytest.raises(FeedError):
            feeds.fetch_full(id_)
    empty_library.sync()
    assert titles(empty_library, "windmill") == []


@pytest.mark.parametrize("to", ["file:///etc/passwd", "exec:id", "ftp://h/f", "data:,x", "//[/"])
def test_no_feed_moves_to_a_file_or_a_command(feeds: Feeds, server: Server, to: str) -> None:
    itunes = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    head = f"<itunes:new-feed-url>{to}</itunes:new-feed-url><newLocation>{to}</newLocation>"
    server.pages["/feed"] = said(rss(item(1), head=head, namespaces=itunes))
    feed = feeds.subscribe(server.url())
    assert (feed.address, feed.error, feed.articles) == (server.url(), None, 1)


@pytest.mark.usefixtures("public")
def test_nothing_on_the_web_leads_to_a_private_network(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    itunes = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    site = server.url(host="news.example")
    with Server(host="127.0.0.2") as inside:
        inside.pages |= {
            "/feed": said(rss(item(1))),
            "/story": said(page(), content_type="text/html"),
        }
        names = [
            inside.url(path, host)
            for path in ("/feed", "/story")
            for host in (None, "evil.example")
        ]
        for to in names:
            head = f"<itunes:new-feed-url>{to}</itunes:new-feed-url>"
            server.pages["/feed"] = said(
                rss(item(2, "It began …", link=to), head=head, namespaces=itunes)
            )
            server.pages["/"] = said(page(head=link(to)), content_type="text/html")
            feed = feeds.subscribe(site, always_full=True)
            assert (feed.address, feed.error) == (site, None)
            for id_ in feeds._store.feeds.articles([feed.key]):
                with pytest.raises(FeedError, match="private network"):
                    feeds.fetch_full(id_)
            with pytest.raises(FeedError, match="private network"):
                feeds.subscribe(server.url("/", host="news.example"))
            feeds.unsubscribe(feed.key)
        outlines = "".join(f'<outline xmlUrl="{to}"/>' for to in names)
        feeds.import_opml(f"<opml><body>{outlines}</body></opml>".encode(), "list")
        assert {feed.error for feed in feeds.sync().feeds} == {REFUSED}
        assert inside.requests == []
        # What the user himself types is another matter.
        assert empty_library.add([inside.url("/story")]).added == 1


def test_nothing_that_a_feed_names_is_asked(feeds: Feeds, server: Server) -> None:
    def at(name: str) -> str:
        return server.url(f"/{name}")

    head = (
        f"<link>{at('home')}</link><image><url>{at('image')}</url></image>"
        f'<cloud domain="127.0.0.1" port="{server.port}" path="/cloud"/>'
        f'<atom:link rel="hub" href="{at("hub")}"/><atom:link rel="self" href="{at("self")}"/>'
        f'<atom:link rel="next" href="{at("next")}"/><docs>{at("docs")}</docs>'
    )
    story = (
        f'<enclosure url="{at("audio")}" type="audio/mpeg"/><comments>{at("c")}</comments>'
        f'<source url="{at("source")}">S</source><media:thumbnail url="{at("thumbnail")}"/>'
        f'<content:encoded><![CDATA[<img src="{at("img")}"><iframe src="{at("iframe")}"></iframe>'
        f'<link rel="stylesheet" href="{at("css")}"><p>The ferry runs on.</p>]]></content:encoded>'
    )
    names = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    names += 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    before = (
        f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{at("xsl")}"?>'
        f'<!DOCTYPE rss SYSTEM "{at("dtd")}" [<!ENTITY e SYSTEM "{at("entity")}">]>'
    )
    body = before + rss(item(1, link=at("story")) + story, head=head, namespaces=names)
    server.pages["/feed"] = said(body, link=f'<{at("header")}>; rel="next"', refresh="0;url=/r")
    assert feeds.subscribe(server.url()).error is None
    feeds.sync()
    assert {request.target for request in server.requests} == {"/feed"}


def test_a_list_with_tricks_is_harmless(feeds: Feeds) -> None:
    report = feeds.import_opml(
        b'<opml><body><outline title="a&#27;[2J" xmlUrl="exec:rm &#x202e;"/>'
        b'<outline title="b&#x202e;c" xmlUrl="https://ann:s3cret@news.example/f"/></body></opml>',
        "list",
    )
    assert report.model_dump_json().isprintable()
    assert [feed.address for feed in report.subscribed] == ["https://news.example/f"]
    assert len(report.refused) == 1
    assert feeds.import_opml(feeds.export_opml(), "list").known == 1
    assert b"s3cret" not in feeds.export_opml()


# --- whole pages ----------------------------------------------------------------------------------

TEASER = "A look back at a wild week, by our editors."


def test_a_page_is_a_form_of_its_article_whatever_it_is_called_there(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    entry = item(1, TEASER, title="Ferries: what happened", link=server.url("/story"))
    server.pages["/feed"] = said(rss(entry))
    server.pages["/story"] = said(page(), content_type="text/html")
    feed = feeds.subscribe(server.url(), always_full=True)
    [article] = empty_library.articles(empty_library.ids())
    assert (article.title, article.is_teaser) == (TITLE, False)
    assert article.source == "The Example", "not the name of the machine"
    assert feed.articles == 1
    assert empty_library.search("feed:example ferry").total == 1


def test_what_an_address_leads_to_elsewhere_is_no_form_of_the_article(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    entry = item(1, TEASER, title="Markets: what happened", link=server.url("/story"))
    server.pages["/feed"] = said(rss(entry))
    server.pages["/story"] = moved(server.url("/consent"), "302 Found")
    server.pages["/consent"] = said(page(), content_type="text/html")
    feeds.subscribe(server.url(), always_full=True)
    titles_now = sorted(one.title for one in empty_library.articles(empty_library.ids()))
    assert "Markets: what happened" in titles_now


def test_a_page_that_could_not_be_had_is_asked_for_again(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    entries = [item(number, TEASER, link=server.url(f"/{number}")) for number in (1, 2, 3)]
    server.pages["/feed"] = said(rss(*entries))
    server.pages["/1"] = said(page(), content_type="text/html")
    server.pages["/2"] = said(status="503 Busy")
    feeds.subscribe(server.url(), always_full=True)
    server.pages["/2"] = said(page(title="Another title"), content_type="text/html")
    report = feeds.sync()
    assert (report.pages, report.problems) == (1, (f"{server.url('/3')}: 404 Not Found",))
    assert len(server.asked("/1")) == 1, "it is there"
    assert len(server.asked("/3")) == 2, "as long as another page may come"
    assert feeds.sync().pages == 0
    assert len(server.asked("/3")) == 2


def test_who_wants_whole_pages_later_has_them_of_what_came_before(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1, TEASER, link=server.url("/story"))))
    server.pages["/story"] = said(page(), content_type="text/html")
    feed = feeds.subscribe(server.url())
    feeds.set_always_full(feed.key, on=True)
    assert feeds.sync().pages == 1
    assert [one.is_teaser for one in empty_library.articles(empty_library.ids())] == [False]


def test_a_correction_is_shown_though_it_comes_by_the_other_feed(
    empty_library: Library, feeds: Feeds, server: Server
) -> None:
    server.pages |= {"/feed": said(rss(item(1))), "/other": said(rss(item(1, guid="other-1")))}
    for path in ("/feed", "/other"):
        feeds.subscribe(server.url(path))
    corrected = item(1, guid="other-1").replace("bako1", "bako1 correction zebulon")
    server.pages["/other"] = said(rss(corrected))
    assert feeds.sync().updated == 1
    assert len(empty_library.ids()) == 1
    assert empty_library.search("zebulon").total == 1
    server.pages["/feed"] = said(rss(item(1, "The council met")))
    feeds.sync()
    assert empty_library.search("zebulon").total == 1, "what says less takes nothing away"
