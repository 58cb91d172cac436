"""JSON objects become articles, whatever their fields are called."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableError
from index.intake import parse

if TYPE_CHECKING:
    from index.article import Article

PROSE = "The council met on Monday to talk about the ferry, and agreed on nothing at all."


def read(**told: object) -> Article:
    return parse(json.dumps(told).encode(), "/news/a.jsonl#1")


def test_the_usual_fields() -> None:
    one = read(
        title="Council at odds",
        body=f"{PROSE}\n\nIt will meet again.",
        date="2020-04-05",
        source="The Paper",
        url="https://paper.example/council",
        author="Agnes Ott",
        language="en",
        highlights=["• Nothing agreed", "Next meeting in May"],
    )
    assert (one.title, one.published, one.source) == (
        "Council at odds", dt.date(2020, 4, 5), "The Paper",
    )  # fmt: skip
    assert (one.url, one.authors, one.language) == (
        "https://paper.example/council", ("Agnes Ott",), "en",
    )  # fmt: skip
    assert [block.text for block in one.blocks] == [PROSE, "It will meet again."]
    assert one.key_points.points == ("Nothing agreed", "Next meeting in May")
    assert not one.is_teaser


@pytest.mark.parametrize(
    ("told", "field", "expected"),
    [
        ({"headline": "A"}, "title", "A"),
        ({"title": "<b>A</b> &amp; B"}, "title", "A & B"),
        ({"title": "A \x1b]0;x\x07B"}, "title", "A B"),
        ({"publisher": {"name": "P"}}, "source", "P"),
        ({"outlet": "P"}, "source", "P"),
        ({"authors": [{"name": "A"}, {"name": "B"}, "A"]}, "authors", ("A", "B")),
        ({"byline": "A"}, "authors", ("A",)),
        ({"link": "https://a.example/x"}, "url", "https://a.example/x"),
        ({"url": "javascript:alert(1)"}, "url", None),
        ({"url": "x", "link": "http://a.example/"}, "url", "http://a.example/"),
        ({"lang": "pt-BR"}, "language", "pt-BR"),
        ({"lang": "\x1b[31m"}, "language", None),
        ({"published": 1586044800}, "published", dt.datetime(2020, 4, 5, tzinfo=dt.UTC)),
        ({"date": None, "pubDate": "Sun, 05 Apr 2020 00:00:00 GMT"}, "published",
         dt.datetime(2020, 4, 5, tzinfo=dt.UTC)),
        ({"date": "whenever"}, "published", None),
        ({"is_teaser": True}, "is_teaser", True),
    ],
)  # fmt: skip
def test_other_names_and_shapes(told: dict[str, object], field: str, expected: object) -> None:
    assert getattr(read(**{"text": PROSE, **told}), field) == expected


def test_markup_is_resolved_and_tells_what_is_what() -> None:
    one = read(
        title="T",
        url="https://a.example/x/",
        content_html="<p>One <a href='y'>two</a> &amp; three.</p><h2>Next</h2><ul><li>four</ul>",
    )
    assert [(block.kind, block.text) for block in one.blocks] == [
        ("paragraph", "One two & three."), ("heading", "Next"), ("list_item", "four"),
    ]  # fmt: skip
    assert one.blocks[0].links[0].url == "https://a.example/x/y"


def test_markup_in_a_field_for_text_is_no_text() -> None:
    one = read(title="T", content=f"<div><p>{PROSE}</p></div>")
    assert [block.text for block in one.blocks] == [PROSE]


def test_brackets_in_text_are_text() -> None:
    assert read(title="T", body=f"{PROSE} If a < b > c.").blocks[0].text.endswith("If a < b > c.")


def test_a_title_alone_is_an_article() -> None:
    assert read(title="Talks fail").title == "Talks fail"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{}", "has neither a title nor a text"),
        (b'{"a": 1}', "has neither a title nor a text"),
        (b'{"title": 7, "body": [1]}', "has neither a title nor a text"),
        (b'{"title"', "not JSON"),
        (b'{"a":' * 100_000, "nested too deeply|not JSON"),
    ],
)
def test_what_is_no_article_is_named(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        parse(raw, "/news/a.json")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(
    st.sampled_from(["title", "body", "content_html", "date", "authors", "url", "source", "lang",
                     "highlights", "is_teaser", "timestamp"]), values))  # fmt: skip
def test_any_object_is_an_article_or_refused(told: dict[str, object]) -> None:
    with suppress(UnreadableError):
        read(**told)
