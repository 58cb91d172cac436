"""Words for days, seen from Wednesday, 22 October 2025."""

from __future__ import annotations

import datetime as dt

import pytest

from index.query.dates import DateError, period

TODAY = dt.date(2025, 10, 22)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-10-09", "2025-10-09", "2025-10-09"),
        ("2025-1-9", "2025-01-09", "2025-01-09"),
        ("2025/10/09", "2025-10-09", "2025-10-09"),
        ("2025-10-01..2025-10-31", "2025-10-01", "2025-10-31"),
        ("2025-09..2025-10", "2025-09-01", "2025-10-31"),
        ("monday..today", "2025-10-20", "2025-10-22"),
        ("today", "2025-10-22", "2025-10-22"),
        ("Yesterday", "2025-10-21", "2025-10-21"),
        ("tomorrow", "2025-10-23", "2025-10-23"),
        ("wednesday", "2025-10-22", "2025-10-22"),
        ("last wednesday", "2025-10-15", "2025-10-15"),
        ("thu", "2025-10-16", "2025-10-16"),
        ("this week", "2025-10-20", "2025-10-26"),
        ("last week", "2025-10-13", "2025-10-19"),
        ("last-week", "2025-10-13", "2025-10-19"),
        ("this month", "2025-10-01", "2025-10-31"),
        ("last month", "2025-09-01", "2025-09-30"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("this day", "2025-10-22", "2025-10-22"),
        ("last 7 days", "2025-10-16", "2025-10-22"),
        ("last-7-days", "2025-10-16", "2025-10-22"),
        ("past 2 weeks", "2025-10-09", "2025-10-22"),
        ("last 3 months", "2025-07-23", "2025-10-22"),
        ("last 1 year", "2024-10-23", "2025-10-22"),
        ("october 2025", "2025-10-01", "2025-10-31"),
        ("Oct. 2025", "2025-10-01", "2025-10-31"),
        ("october", "2025-10-01", "2025-10-31"),
        ("november", "2024-11-01", "2024-11-30"),
        ("9 october 2025", "2025-10-09", "2025-10-09"),
        ("october 9, 2025", "2025-10-09", "2025-10-09"),
        ("9th oct", "2025-10-09", "2025-10-09"),
        ("23 october", "2024-10-23", "2024-10-23"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    assert period(text, TODAY) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_open_ends() -> None:
    assert period("..2025-10", TODAY) == (None, dt.date(2025, 10, 31))
    assert period("2025-10..", TODAY) == (dt.date(2025, 10, 1), None)


@pytest.mark.parametrize(
    "text",
    ["", "20", "2025-13", "2025-02-30", "0000", "soon", "..", "2025..2024", "last 0 days",
     "last 99999 years", "31 february 2025", "1..2..3", "octobers", "٢٠٢٥", "x\x00"],
)  # fmt: skip
def test_what_is_no_date_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(DateError, match=r"\.$"):
        period(text, TODAY)


def test_the_last_three_months_of_a_longer_month_begin_in_a_shorter_one() -> None:
    assert period("last 1 month", dt.date(2025, 3, 31)).first == dt.date(2025, 3, 1)
