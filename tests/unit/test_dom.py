"""Markup to blocks: what a browser would show, whatever the markup."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Block, Link
from index.cleaning import clean
from index.errors import UnreadableError
from index.intake.addresses import web_address
from index.intake.dom import html_blocks
from index.intake.files import MOST_BLOCKS
from index.intake.json_article import parse_json_article
from index.phrases import table


def told(markup: str) -> list[str]:
    """The blocks of ``markup``, each with a letter for its kind."""
    return [f"{block.kind[0]}: {block.text}" for block in html_blocks(markup)]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("", []),
        (" \n ", []),
        ("<!-- nothing -->", []),
        ("Only words", ["p: Only words"]),
        ("<p>One<p>Two", ["p: One", "p: Two"]),
        ("<p>One</p>loose<p>Two</p>", ["p: One", "p: loose", "p: Two"]),
        ("<p>a\n  <b> b</b>\tc </p>", ["p: a b c"]),
        ("<p>a<b>b</b>c</p>", ["p: abc"]),
        ("<p>a&nbsp;&nbsp; b &amp; c&lt;</p>", ["p: a b & c<"]),
        ("<h1>Title</h1><h3>Part</h3><p>x", ["h: Title", "h: Part", "p: x"]),
        ("<ul><li>a<li>b</ul>c", ["l: a", "l: b", "p: c"]),
        ("<ul><li>a<ul><li>b</ul>c<li>d</ul>", ["l: a", "l: b", "p: c", "l: d"]),
        ("<ul><li><p>a</p><p>b</p><li>c</ul>", ["l: a", "p: b", "l: c"]),
        ("<ul><li><p></p><p>a</p></ul>", ["l: a"]),
        ("<blockquote>a<p>b</p></blockquote><p>c", ["q: a", "q: b", "p: c"]),
        ("<blockquote><ul><li>a</ul></blockquote>", ["l: a"]),
        ("<p>a<br>b<br><br>c", ["p: a b", "p: c"]),
        ("<p>Points:<br>• a<br>• b<br>", ["p: Points:", "l: a", "l: b"]),
        ("<p>• a</p><p>•</p><p>▪ b c</p>", ["l: a", "l: b c"]),
        ("<h2>■ News</h2>", ["h: News"]),
        ("<p>3 • 4", ["p: 3 • 4"]),
        ("<pre>a  b\n  c\n</pre>", ["p: a b", "p: c"]),
        ("<p>a<div>b</div>c", ["p: a", "p: b", "p: c"]),
        ("<table><tr><th>a<td>b<tr><td><td>c<td></table>", ["p: a | b", "p: c"]),
        ("<table><tr><td><p>a</p><td><p>b</p></table>", ["p: a", "p: b"]),
        ("<dl><dt>a<dd>b</dl>", ["p: a", "p: b"]),
        ("<p>a <q>b</q> c", ["p: a “b” c"]),
        ("a<hr>b", ["p: a", "p: b"]),
        ('<p>a <img class="wp-smiley emoji" alt="😀"> <img alt="A dog"> b', ["p: a 😀 b"]),
        ("a<script>b</script><style>c</style><noscript>d</noscript>e", ["p: ae"]),
        ("<p>a<span hidden>b</span><i style='x:y; DISPLAY : none'>c</i>d", ["p: ad"]),
        ("<template><p>a</p></template><select><option>b</select><p>c", ["p: c"]),
        ("<title>a</title><p>b", ["p: b"]),
        ("<p>a\u200bb\u00adc</p>", ["p: abc"]),
        ("<p>\u200c\u200d </p><p>a", ["p: a"]),
        ("<p>می\u200cخواهم", ["p: می\u200cخواهم"]),
        (f'<p class="a"">b {"c" * 30_000}</p><p title="d">e', [f"p: b {'c' * 30_000}", "p: e"]),
        ("<P CLASS=X>Ünï</P", ["p: Ünï"]),
        ("<?xml version='1.0' encoding='latin-1'?><p>ü", ["p: ü"]),
        ("<meta charset=latin-1><p>ü", ["p: ü"]),
    ],
)
def test_blocks(markup: str, blocks: list[str]) -> None:
    assert told(markup) == blocks


def test_a_link_spans_its_words() -> None:
    markup = '<p> See <a href="/a b">the  <b>story </b></a>, or <a href="https://c.d/">not</a>.'
    [block] = html_blocks(markup, "https://a.b/c/d")
    assert block.text == "See the story , or not."
    spans = [(block.text[link.start : link.end], link.url) for link in block.links]
    assert spans == [("the story ", "https://a.b/a%20b"), ("not", "https://c.d/")]


def test_a_link_around_paragraphs_is_in_each() -> None:
    blocks = html_blocks('<a href="http://a.b"><p>one</p><p>• two </p></a>three')
    link = Link(start=0, end=3, url="http://a.b")
    assert blocks == (
        Block(kind="paragraph", text="one", links=(link,)),
        Block(kind="list_item", text="two", links=(link,)),
        Block(kind="paragraph", text="three"),
    )


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://a.b/c", "https://a.b/c"),
        ("HTTP://a.b", "HTTP://a.b"),
        ("//a.b/c", "https://a.b/c"),
        ("../c?d=e#f", "https://x.y/c?d=e#f"),
        (" /c\n/d ", "https://x.y/c/d"),
        ("#c", None),
        ("", None),
        (None, None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,<p>", None),
        ("file:///etc/passwd", None),
        ("mailto:a@b.c", None),
        ("http://", None),
        ("http://[::1", None),
        ("http://a b/", None),
        ("https://a.b/\x1b]0;c\x07d", "https://a.b/d"),
        ("https://a.b/\u202ec", "https://a.b/c"),
        ("https://a.b/" + "c" * 5000, None),
    ],
)
def test_only_web_addresses_are_links(href: str | None, address: str | None) -> None:
    assert web_address(href, "https://x.y/z/") == address


def test_without_a_base_only_whole_addresses_are_links() -> None:
    assert web_address("/a") is None
    assert web_address("http://a.b/c") == "http://a.b/c"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div>" * 100_000 + "deep" + "</div>" * 100_000 + "<p>after", "deep after"),
        ("<b>" * 100_000 + "deep", "deep"),
        ("<p><font>" * 20_000 + "deep", "deep"),
        ("<table><tr><td>" * 3000 + "deep", "deep"),
        ("<ul><li>" * 3000 + "deep", "deep"),
        ("<blockquote>" * 3000 + "deep", "deep"),
        ("</div>" * 100_000 + "text", "text"),
        ("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">text", "text"),
        ("<p " + "".join(f"a{n}='>'" for n in range(100_000)) + ">text", "text"),
        ("<a '" * 50_000 + ">", ""),
        ("a\0b<p>\0c", "ab c"),
        ("<p>\ud800a", "a"),
        ("<!DOCTYPE html [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]><p>text &b;", "]> text &b;"),
        ("<p>\x1b]0;title\x07\x1b[31mred&#27;[0m\x9b31m", "red"),
    ],
    ids=range(14),
)
def test_hostile_markup_is_text_all_the_same(markup: str, text: str) -> None:
    assert " ".join(block.text for block in html_blocks(markup)) == text


def test_a_line_of_ten_megabytes() -> None:
    [block] = html_blocks("<p>" + "all of it " * 1_000_000)
    assert len(block.text) == 10 * 1_000_000 - 1


TAGS = st.sampled_from(
    sorted(table("p,div,br,b,a,ul,li,ol,h2,blockquote,table,tr,td,pre,q,script,span,img,hr,x-y"))
)
SOUP = st.lists(
    st.one_of(
        TAGS.map("<{}>".format),
        TAGS.map("</{}>".format),
        st.sampled_from(["<a href='/b'>", "<!--", "-->", "&#27;", "&nbsp;", "• ", "<", ">", "'"]),
        st.text(max_size=8),
    ),
    max_size=40,
).map("".join)


@given(st.one_of(SOUP, st.text()))
def test_blocks_of_any_soup_are_harmless(markup: str) -> None:
    for block in html_blocks(markup, "https://a.b/"):
        assert block.text == block.text.strip() == clean(block.text)
        assert block.text
        end = 0
        for link in block.links:
            assert end <= link.start < link.end <= len(block.text)
            assert link.url == "https://a.b/b"
            end = link.end


@given(st.lists(st.text("abc\n \t", min_size=1).filter(str.strip), min_size=1))
def test_no_word_is_lost(words: list[str]) -> None:
    markup = "".join(f"<p>{word}</p>" for word in words)
    assert [block.text for block in html_blocks(markup)] == [" ".join(w.split()) for w in words]


def test_a_page_with_more_paragraphs_than_a_book_is_left_half_way() -> None:
    assert len(html_blocks("<p>x</p>" * (MOST_BLOCKS + 5))) == MOST_BLOCKS + 1
    told = {"title": "A", "content_html": "<p>x</p>" * (MOST_BLOCKS + 5)}
    with pytest.raises(UnreadableError, match="more than 100,000 paragraphs"):
        parse_json_article(json.dumps(told).encode(), "x")
