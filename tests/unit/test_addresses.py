"""Addresses: the same page is known by all its names, and two pages are not taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.addresses import canonical

PAGE = "news.example/world/talks-fail"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/world/talks-fail",
        "http://www.news.example/world/talks-fail/",
        "HTTPS://News.Example:443/world/talks-fail#comments",
        "https://m.news.example/world/talks-fail?utm_source=mail&utm_medium=x",
        "https://news.example/world/talks-fail?fbclid=abc&gclid=1&ref=home",
        "https://news.example/amp/world/talks-fail",
        "https://news.example/world/talks-fail/amp/",
        "https://amp.news.example/world/talks-fail?amp=1",
        "https://news-example.cdn.ampproject.org/c/s/news.example/world/talks-fail",
        "https://n.cdn.ampproject.org/v/s/news.example/world/talks-fail?amp_js_v=0.1&usqp=mq331A",
        "https://www.google.com/amp/s/news.example/world/talks-fail",
        "https://news.example/world/talks-fail/index.html",
        "https://news.example/world/talks%2Dfail",
    ],
)
def test_a_page_has_one_address_under_all_its_names(url: str) -> None:
    assert canonical(url) == PAGE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "https://news.example/b"),
        ("https://news.example/?id=1", "https://news.example/?id=2"),
        ("https://one.example/a", "https://two.example/a"),
        ("https://news.example:8000/a", "https://news.example/a"),
        ("https://news.example/camp", "https://news.example/c"),
        ("https://m.example/a", "https://example/a"),
    ],
)
def test_different_pages_have_different_addresses(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_the_order_of_parameters_tells_nothing() -> None:
    assert canonical("https://a.example/?b=2&a=1") == canonical("https://a.example/?a=1&b=2")


@pytest.mark.parametrize(
    "url",
    [None, "", "https://news.example", "https://news.example/?utm_source=x", "file:///etc/passwd",
     "javascript:alert(1)", "https://[bad/x", "https://news.example:nine/x", "not an address",
     "https://news.example/" + 3000 * "a"],
)  # fmt: skip
def test_what_leads_to_no_single_page_has_none(url: str | None) -> None:
    assert canonical(url) is None


@given(st.text() | st.text().map("https://".__add__))
def test_no_address_is_too_strange(url: str) -> None:
    canonical(url)
