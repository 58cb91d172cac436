"""Saved pages to articles, and whatever else a file with that name may hold."""

from __future__ import annotations

import datetime as dt
import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import STORY, TITLE, page

from index.cleaning import clean
from index.errors import UnreadableError
from index.intake.html import decode_page, parse_html
from index.phrases import table

if TYPE_CHECKING:
    from index.article import Article


def read(markup: str, url: str | None = None) -> Article:
    return parse_html(markup.encode(), "/news/page.html", url)


def body(article: Article) -> tuple[str, ...]:
    return tuple(block.text for block in article.blocks)


def test_a_page_is_its_story() -> None:
    article = read(page())
    assert article.title == TITLE
    assert body(article) == STORY
    assert article.language == "en-GB"
    assert article.key_points.origin == "none"
    assert article.title_from == "article"


def test_what_else_a_page_shows_is_kept() -> None:
    points = ("Council keeps the ferry", "A bridge costs four times as much")
    box = "<h3>Key points</h3><ul>" + "".join(f"<li>{point}</li>" for point in points) + "</ul>"
    article = read(page(above=box, below="<aside><p>More on harbours</p></aside>"))
    assert {"Home", "Politics", "More on harbours"} <= set(article.furniture)
    assert not {TITLE, "Key points", *points, *STORY} & set(article.furniture)


def test_structure_and_links_are_kept() -> None:
    quoted = "The bridge can wait until somebody pays for it, and nobody will before the election."
    article = read(
        page(
            within="<h2>What comes next</h2><ul><li>A new engine for the boat in spring</li>"
            "<li>A second jetty on the northern shore</li></ul>"
            f"<blockquote><p>{quoted}</p></blockquote>"
            '<p>The <a href="/plan">plan of the council</a>'
            " names no date for the works, which the members want to discuss in autumn.</p>"
        ),
        "https://harbour.example/news/ferry",
    )
    kinds = {block.text: block.kind for block in article.blocks}
    assert kinds["What comes next"] == "heading"
    assert kinds["A new engine for the boat in spring"] == "list_item"
    assert kinds[quoted] == "quote"
    [linking] = [block for block in article.blocks if block.links]
    [link] = linking.links
    assert linking.text[link.start : link.end] == "plan of the council"
    assert link.url == "https://harbour.example/plan"


def test_a_tweet_within_a_story_stays() -> None:
    tweet = "The boat stays! See you on deck tomorrow, everybody."
    embedded = f'<blockquote class="twitter-tweet"><p>{tweet}</p>— Ada (@ada)</blockquote>'
    assert tweet in body(read(page(within=embedded)))


def test_a_standfirst_is_part_of_the_story() -> None:
    lead = "After a long evening, the members decide against bridge and tunnel, for now at least."
    assert body(read(page(above=f'<p class="lead">{lead}</p>'))) == (lead, *STORY)
    assert body(read(page(above=f"<h2>{lead}</h2>"))) == (lead, *STORY)


@pytest.mark.parametrize(
    "note",
    [
        "<p>Related: <a href='/a'>The bridge that was never built over the water</a></p>",
        "<p><a href='/a'>The bridge that was never built over the water</a></p>",
        "<p>Tags: ferry, council, harbour, bridges</p>",
        "<p>October 9, 2025</p>",
        "<p>news@harbour.example</p>",
    ],
)
def test_notes_beside_a_story_go(note: str) -> None:
    assert body(read(page(within=note))) == STORY


def test_dateline() -> None:
    story = (f"KARLSHAMN: {STORY[0]}", *STORY[1:])
    assert read(page(story=story)).place == "KARLSHAMN"


def test_what_is_but_data_is_read_where_nothing_else_is() -> None:
    text = "\\n\\n".join(STORY).replace('"', "'")
    script = f'{{"@type": "NewsArticle", "headline": "Ferry", "articleBody": "{text}"}}'
    article = read(f'<script type="application/ld+json">{script}</script><body><p>Wait…</p></body>')
    assert body(article) == STORY
    assert article.title == "Ferry"


def test_a_story_that_scripts_show() -> None:
    hidden = page().replace("<article>", '<article style="visibility: hidden">')
    assert body(read(hidden)) == STORY


def test_a_page_without_a_story_is_read_as_it_is() -> None:
    article = read("<title>Note</title><h2>Meeting</h2><p>Tuesday at <b>nine</b>.</p>")
    assert body(article)[-1] == "Tuesday at nine."
    assert article.title == "Note"


def test_without_a_title_one_is_made() -> None:
    article = read("<p>The boat leaves at nine. Bring a coat.</p>")
    assert article.title == "The boat leaves at nine."
    assert article.title_from == "first sentence"


# --- encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("windows-1251", "cp1251"),
        ("GB2312", "gb18030"),
        ("shift_jis", "shift_jis"),
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "utf-16"),
        ("utf-16", "utf-8"),
        ("no-such-thing", "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_declares_or_as_it_is(declared: str, encoding: str) -> None:
    word = {"cp1251": "Паром", "gb18030": "渡轮", "shift_jis": "フェリー"}.get(
        encoding, "Fähre “Ä”"
    )
    markup = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{word}'
    assert word in decode_page(markup.encode(encoding), "page.html")


def test_a_wrong_declaration_is_not_believed() -> None:
    markup = "<meta charset=shift_jis><p>Die Fähre fährt über das Wasser, täglich.</p>"
    assert "Fähre" in decode_page(markup.encode(), "page.html")


# --- saved by programs ----------------------------------------------------------------------------


def test_where_a_browser_saved_it_from() -> None:
    mark = "<!-- saved from url=(0036)https://harbour.example/news/ferry/ -->\n"
    article = read(mark + page())
    assert article.url == "https://harbour.example/news/ferry/"
    assert article.source == "harbour.example"


def test_pictures_saved_within_do_not_count() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 21 * 1024 * 1024}">'
    assert body(read(page(within=picture))) == STORY


# --- hostile --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<html><body></body></html>", "without text"),
        (b"<script>words()</script>", "without text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (bytes(1000), "empty"),
        (b"<p>" + b"x y " * 6_000_000, "more text than the limit"),
        (b'<meta http-equiv="refresh" content="0; url=https://a.example/">', "without text"),
    ],
    ids=lambda one: str(one[:30]),
)
def test_what_is_no_article_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_html(raw, "page.html")
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    "markup",
    [
        page(within="<div>" * 100_000 + f"<p>{STORY[0]} Deep.</p>" + "</div>" * 100_000),
        page(within="<b>" * 5_000 + "<blockquote>" * 5_000),
        page(within=f"<p>{'all of it ' * 1_000_000}</p>"),
        page(within="<p>x</p>" * 70_000),
        page(below="<h1>x</h1>" * 40_000),
        page(within=f"<p>{'a@.' * 100_000}</p>"),
        page(within="<div>" * 200 + "<p>x</p>" * 15_000),
        page(within="<div><ul><li>" * 60 + "<ul><li>x</li></ul>" * 10_000),
        page(within="<table><tr><td>" * 2_000),
        page(head=f'<script type="application/ld+json">{"[" * 100_000}</script>'),
        page(head=f'<script type="application/ld+json">{{"@type": {"1" * 10_000}}}</script>'),
        page(head="<meta name='date' content='99999999999999-99-99T99:99'>"),
        page(head='<base href="http://[::1"><link rel="canonical" href="http://[">'),
        page().replace("</p>", "").replace("</div>", ""),
    ],
    ids=[
        "depth",
        "unclosed",
        "line",
        "elements",
        "headings",
        "addresses",
        "deep elements",
        "deep lists",
        "tables",
        "json",
        "number",
        "date",
        "base",
        "soup",
    ],
)
def test_hostile_pages_are_read(markup: str) -> None:
    article = read(markup)
    assert article.title == TITLE
    assert set(STORY) & set(body(article))


def test_nothing_on_a_page_steers_the_terminal() -> None:
    attack = "\x1b]0;owned\x07\x1b[31mred\x00\u202e"
    escaped = "&#27;]0;owned&#7;&#x202e;"
    data = (
        f'{{"@type": "NewsArticle", "headline": "{escaped}\\u001b[2J{TITLE}",'
        ' "author": "\\u001b[2JEve"}'
    )
    article = read(
        page(
            head=f'<link rel="canonical" href="https://a.example/{attack}">'
            f'<meta property="og:site_name" content="{escaped}Post">'
            f'<script type="application/ld+json">{data}</script>',
            title=f"<h1>{attack}{escaped}{TITLE}</h1>",
            above=f"<ul class='key-points'><li>{attack} The boat stays where it is</li></ul>",
            within=f"<p>{attack} {escaped} {STORY[0]} Again.</p>",
        )
    )
    texts = (
        *(passage.text for passage in article.passages),
        *article.authors,
        article.source or "",
        article.url or "",
    )
    assert all(text == clean(text) and "\x1b" not in text for text in texts)


def test_script_links_are_no_links() -> None:
    linking = (
        '<p>Click <a href="javascript:alert(1)">here</a> or <a href="data:text/html,x">there</a> to'
        " see how the boat leaves the quay in the morning light, every day of the week.</p>"
    )
    assert not any(block.links for block in read(page(within=linking), "https://a.example/").blocks)


def test_reading_a_page_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(page())
        with pytest.raises(UnreadableError):
            read("<html></html>")
    assert capfd.readouterr() == ("", "")


TAGS = sorted(table("p,div,br,b,a,ul,li,h1,h2,blockquote,table,td,pre,script,title,meta,article"))
SOUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(["<a href='/b'>", "<!--", "&#27;", "<h1>Title</h1>", f"<p>{STORY[0]}</p>"]),
        st.text(max_size=10),
    ),
    max_size=30,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(SOUP, st.binary(max_size=300)))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        article = parse_html(raw, "page.html")
    except UnreadableError:
        return
    assert article.blocks
    assert all(passage.text == clean(passage.text) for passage in article.passages)


def test_moments_keep_their_offset() -> None:
    head = '<meta property="article:published_time" content="2025-10-09T23:30:00+02:00">'
    zone = dt.timezone(dt.timedelta(hours=2))
    assert read(page(head=head)).published == dt.datetime(2025, 10, 9, 23, 30, tzinfo=zone)
