"""Days, and values of fields, as they are said to the reader."""

from __future__ import annotations

import datetime as dt

import pytest

from index.narrowing import NONE, Having, Narrowing, Published
from index.results import Glance, Period, Results, Timeline
from reader import narrowing_wording as wording
from reader.wording import nothing_found, state


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "behind", "said"),
    [
        ("2025-10-09", "2025-10-10", "9 Oct 2025"),
        ("2025-10-06", "2025-10-13", "6 – 12 Oct 2025"),
        ("2025-09-29", "2025-10-06", "29 Sep – 5 Oct 2025"),
        ("2024-12-30", "2025-01-06", "30 Dec 2024 – 5 Jan 2025"),
        ("2025-10-01", "2025-11-01", "Oct 2025"),
        ("2025-09-01", "2025-12-01", "Sep – Nov 2025"),
        ("2024-11-01", "2025-02-01", "Nov 2024 – Jan 2025"),
        ("2024-02-01", "2025-03-01", "Feb 2024 – Feb 2025"),
        ("2024-01-01", "2025-01-01", "2024"),
        ("2010-01-01", "2020-01-01", "2010 – 2019"),
        ("2024-03-06", "2025-03-07", "6 Mar 2024 – 6 Mar 2025"),
        ("0001-01-01", "9999-12-31", "1 Jan 1 – 30 Dec 9999"),
    ],
)
def test_days(first: str, behind: str, said: str) -> None:
    assert wording.days(day(first), day(behind)) == said
    assert wording.narrowing(Published(day(first), day(behind))) == said


@pytest.mark.parametrize(
    ("narrowing", "said"),
    [
        (Having("source", "Dawn"), "Dawn"),
        (Having("source", NONE), "no source"),
        (Having("place", NONE), "no place"),
        (Having("year", "2025"), "2025"),
        (Having("year", NONE), "undated"),
        (Having("tag", "News/Asia"), "#News/Asia"),
        (Having("read", "unread"), "unread"),
    ],
)
def test_values(narrowing: Narrowing, said: str) -> None:
    assert wording.narrowing(narrowing) == said


def test_what_is_told_at_a_glance() -> None:
    october = Period(day("2025-10-01"), day("2025-11-01"), 1)
    glance = Glance(Timeline((october, october._replace(articles=0)), 3), 1_200)
    assert wording.span(glance) == "Oct 2025"
    assert wording.facts(glance) == ("1,200 unread", "3 undated")
    assert wording.period(october) == "Oct 2025 · 1 article"
    nothing = Glance(Timeline((), 0), 0)
    assert wording.span(nothing) == ""
    assert wording.facts(nothing) == ()


def test_what_is_hidden_is_said() -> None:
    narrowed = Results(
        query="x", total=2, hidden=5, outside=1_000, narrowed=(Having("read", "read"),),
        highlights=True,
    )  # fmt: skip
    assert state(1, 2, narrowed, "relevance", "starred") == (
        "1 of 2", "starred (1,005 hidden)", "relevance",
    )  # fmt: skip
    of_all = narrowed.model_copy(update={"hidden": 0})
    assert state(1, 2, of_all, "relevance", "all") == ("1 of 2", "1,000 hidden", "relevance")
    assert state(1, 0, of_all, "relevance", "all") == ("none", "1,000 hidden")
    empty = of_all.model_copy(update={"total": 0})
    assert "1,000 outside what is narrowed" in nothing_found(empty)
