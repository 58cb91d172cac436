"""What is counted over all that a query finds, and how words may go on."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from newsroom import article, searcher

from index.overview import Overview
from index.query.recorded import MarkedIds

if TYPE_CHECKING:
    from index.article import Article

DAYS = ("2025-10-01", "2025-10-03", "2025-10-03", None)
NEWS = [
    article(
        str(number),
        "Ferry",
        "Ferries and festivals",
        published=None if day is None else dt.date.fromisoformat(day),
        source=source,
    )
    for number, (day, source) in enumerate(zip(DAYS, ("Dawn", "HUM", "Dawn", None), strict=True))
]
OLD = article("old", "Glacier", "A ferry of old", published=dt.date(1987, 3, 4), source="Dawn")


def overview(*segments: list[Article]) -> Overview:
    lent = searcher(*segments)
    return Overview(lambda: nullcontext(lent), MarkedIds(read=frozenset({"0"})))


@pytest.fixture(scope="module")
def counts() -> Overview:
    return overview(NEWS[:2], [*NEWS[2:], OLD])


def test_the_sources_of_what_is_found(counts: Overview) -> None:
    assert counts.of("ferry").facets("source") == (("Dawn", 3), ("", 1), ("HUM", 1))
    assert counts.of("title:ferry").facets("source", limit=1) == (("Dawn", 2),)
    assert counts.of("ferry", scope="unread").facets("source") == (("Dawn", 2), ("", 1), ("HUM", 1))
    assert counts.of("ferry").facets("place") == (("", 5),)
    assert counts.of("zeppelin").facets("source") == ()


def test_how_a_query_may_go_on(counts: Overview) -> None:
    assert {offer.value for offer in counts.offers("fe")} == {"festivals", "ferries", "ferry"}
    assert counts.offers("ferry fer", limit=1)[0].query.startswith("ferry ferr")
    assert [offer.value for offer in counts.offers("ferry")] == []
    assert counts.offers("glacier source:") == (("Dawn", 1, "glacier source:Dawn "),)
    assert counts.offers("source:h") == (("HUM", 1, "source:HUM "),)
    assert counts.offers("-source:h") == (("HUM", 1, "-source:HUM "),)
    assert counts.offers("source:", scope="unread")[0] == ("Dawn", 2, "source:Dawn ")
    assert counts.offers("source:x") == counts.offers("feed:") == counts.offers("") == ()


def test_days_where_there_are_few(counts: Overview) -> None:
    found = counts.of("title:ferry").timeline()
    assert found.undated == 1
    assert [(period.first.isoformat(), period.articles) for period in found.periods] == [
        ("2025-10-01", 1), ("2025-10-02", 0), ("2025-10-03", 2),
    ]  # fmt: skip
    assert found.periods[-1].behind == dt.date(2025, 10, 4)


@pytest.mark.parametrize("most", [1, 2, 5, 20, 39, 40, 60, 200, 500, 5000, 20_000])
def test_periods_are_consecutive_and_hold_all_that_is_dated(counts: Overview, most: int) -> None:
    found = counts.of("ferry").timeline(most=most)
    assert 1 <= len(found.periods) <= most
    assert sum(period.articles for period in found.periods) == 4
    assert all(a.behind == b.first for a, b in zip(found.periods, found.periods[1:], strict=False))
    assert found.periods[0].first <= dt.date(1987, 3, 4)
    assert found.periods[-1].behind > dt.date(2025, 10, 3)
    assert found.periods[0].articles
    assert found.periods[-1].articles


@pytest.mark.parametrize("most", [1, 2, 5, 20, 39])
def test_no_year_is_told_of_before_or_after_all(counts: Overview, most: int) -> None:
    periods = counts.of("ferry").timeline(most=most).periods
    assert periods[0].first == dt.date(1987, 1, 1)
    assert periods[-1].behind == dt.date(2026, 1, 1)


def test_the_first_and_the_last_day_there_are() -> None:
    ends = [
        article("a", "Ferry", published=dt.date.min),
        article("b", "Ferry", published=dt.date.max),
    ]
    for most in (1, 3, 30, 3_000, 30_000):
        found = overview(ends).of("ferry").timeline(most=most)
        assert len(found.periods) <= most


def test_what_finds_nothing_has_no_periods(counts: Overview) -> None:
    assert counts.of("zeppelin").timeline() == ((), 0)
    assert counts.of("date:none").timeline() == ((), 1)
    assert overview().of("ferry").timeline() == ((), 0)


def test_words_go_on_as_most_articles_have_it(counts: Overview) -> None:
    assert counts.completions("fe") == (("ferries", 4), ("ferry", 4), ("festivals", 4))
    assert counts.completions("fe", limit=1) == (("ferries", 4),)
    assert counts.completions("FÉR", "title") == (("ferry", 4),)
    assert counts.completions("d", "source") == (("dawn", 3),)
    assert counts.completions("zzz") == ()
