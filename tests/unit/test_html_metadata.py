"""What pages say of their articles: titles, authors, dates, sources, addresses, languages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from pages import TITLE, page

from index.intake.bylines import read_names
from index.intake.html import parse_html
from index.intake.page_dates import date_in_address, read_date

if TYPE_CHECKING:
    from index.article import Article

DAY = dt.date(2025, 10, 9)


def data(told: str) -> str:
    return f'<script type="application/ld+json">{told}</script>'


def read(markup: str, url: str | None = None) -> Article:
    return parse_html(markup.encode(), "page.html", url)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", f"<h1>{TITLE}</h1>"),
        ("", f"<h1>The Harbour Post</h1><h2>{TITLE}</h2>"),
        ("", f"<h1>Another story</h1><h1>{TITLE}</h1>"),
        ("", ""),
        (f'<meta property="og:title" content="{TITLE} | The Harbour Post">', ""),
        ('<meta property="og:title" content="Ferry">', f"<h1>{TITLE}</h1>"),
    ],
)
def test_titles(head: str, title: str) -> None:
    head += '<meta property="og:site_name" content="The Harbour Post">'
    assert read(page(head=head, title=title)).title == TITLE


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2025-10-09", DAY),
        ("2025-10-09T12:00:00Z", dt.datetime(2025, 10, 9, 12, tzinfo=dt.UTC)),
        ("2025-10-09T12:00:00.000+0000", dt.datetime(2025, 10, 9, 12, tzinfo=dt.UTC)),
        ("2025-10-09 12:00:00", DAY),
        ("Thu, 09 Oct 2025 12:00:00 GMT", dt.datetime(2025, 10, 9, 12, tzinfo=dt.UTC)),
        ("October 9, 2025 at 3:15 pm EDT", DAY),
        ("9 Oct 2025", DAY),
        ("20251009", DAY),
        ("1760011200", dt.datetime(2025, 10, 9, 12, tzinfo=dt.UTC)),
        ("1760011200000", dt.datetime(2025, 10, 9, 12, tzinfo=dt.UTC)),
        ("October 2025", None),
        ("12:30", None),
        ("two days ago", None),
        ("0000-00-00", None),
        ("9999999999", None),
        ("2025-10-09T12:00:00+99:99", DAY),
        ("1" * 1000, None),
        ("", None),
    ],
)
def test_dates(written: str, date: dt.date | None) -> None:
    assert read_date(written) == date


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ('<meta property="article:published_time" content="2025-10-09T08:00:00">', ""),
        ('<meta name="DC.date.issued" content="2025-10-09">', ""),
        (data('{"@graph": [{"@type": ["NewsArticle"],"datePublished": "2025-10-09"}]}'), ""),
        ("", '<time datetime="2025-10-09">yesterday</time>'),
        ("", '<span itemprop="datePublished">9 October 2025</span>'),
        ('<link rel="canonical" href="https://a.example/2025/10/09/ferry">', ""),
    ],
)  # fmt: skip
def test_where_dates_stand(head: str, above: str) -> None:
    assert read(page(head=head, above=above)).published == DAY


def test_a_date_in_an_address() -> None:
    assert date_in_address("https://a.example/news/2025/10/9/ferry") == DAY
    assert date_in_address("https://a.example/2025-10-09/ferry") == DAY
    assert date_in_address("https://a.example/2025/13/09/ferry") is None
    assert date_in_address("https://a.example/12025/10/09") is None


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ada Lindqvist", ("Ada Lindqvist",)),
        ("Ada Lindqvist and Bo Ek", ("Ada Lindqvist", "Bo Ek")),
        ("By Ada Lindqvist, Bo Ek & Cy Dahl", ("Ada Lindqvist", "Bo Ek", "Cy Dahl")),
        ("Ada Lindqvist, Staff Writer", ("Ada Lindqvist",)),
        ("Ada Lindqvist | October 9, 2025", ("Ada Lindqvist",)),
        ("Von Ada Lindqvist", ("Ada Lindqvist",)),
        ("https://a.example/ada", ()),
        ("admin", ()),
        ("Staff", ()),
        ("", ()),
        ("x" * 500, ()),
    ],
)
def test_names(written: str, names: tuple[str, ...]) -> None:
    assert read_names(written) == names


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ('<meta name="author" content="Ada Lindqvist">', ""),
        (data('{"@type": "Article", "author":[{"@type": "Person", "name": "Ada Lindqvist"}]}'), ""),
        ("", '<a rel="author" href="/ada">Ada Lindqvist</a>'),
        ("", '<p class="byline">By Ada Lindqvist</p>'),
    ],
)  # fmt: skip
def test_where_authors_stand(head: str, above: str) -> None:
    assert read(page(head=head, above=above)).authors == ("Ada Lindqvist",)


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<meta property="og:site_name" content="The Harbour Post">', "The Harbour Post"),
        (data('{"@type": "Report", "publisher": {"name": "The Post"}}'), "The Post"),
        ('<link rel="canonical" href="https://www.harbour.example/a">', "harbour.example"),
        ("", None),
    ],
)  # fmt: skip
def test_sources(head: str, source: str | None) -> None:
    assert read(page(head=head)).source == source


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/news/ferry">', "https://a.example/news/ferry"),
        ('<meta property="og:url" content="https://b.example/x">', "https://b.example/x"),
        ('<link rel="canonical" href="https://a.example/">', "https://a.example/amp/ferry"),
        ('<link rel="canonical" href="javascript:x">', "https://a.example/amp/ferry"),
        ("", "https://a.example/amp/ferry"),
    ],
)
def test_addresses(head: str, url: str) -> None:
    assert read(page(head=head), "https://a.example/amp/ferry").url == url


@pytest.mark.parametrize(
    ("written", "language"),
    [("en", "en"), ("pt_br", "pt-BR"), ("zh-hant-TW", "zh-Hant"), ("", None), ("<x>", None)],
)
def test_languages(written: str, language: str | None) -> None:
    markup = page().replace('lang="en-gb"', f'lang="{written.replace("<", "&lt;")}"')
    assert read(markup).language == language
