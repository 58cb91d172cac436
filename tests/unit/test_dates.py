"""Lines that are a date, and lines that only hold one."""

from __future__ import annotations

import datetime as dt

import pytest

from index.intake.dates import read_date_line

NINTH = dt.date(2025, 10, 9)
NOON = dt.datetime(2025, 10, 9, 12, 0, tzinfo=dt.UTC)
PAKISTAN = dt.timezone(dt.timedelta(hours=5))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Thu Oct 09 2025", NINTH),
        ("Thursday, October 9, 2025", NINTH),
        ("Oct. 9, 2025", NINTH),
        ("October 9th, 2025", NINTH),
        ("9 October 2025", NINTH),
        ("9. Oktober 2025", NINTH),
        ("9 de octubre de 2025", NINTH),
        ("9 octobre 2025", NINTH),
        ("2025-10-09", NINTH),
        ("2025/10/09", NINTH),
        ("09.10.2025", NINTH),
        ("Published: Oct 9, 2025", NINTH),
        ("Last updated on 9 October 2025", NINTH),
        ("Updated 3:15 p.m. EDT, Thu October 9, 2025", NINTH),
        ("October 9, 2025 / 5:04 PM", NINTH),
        ("Oct 9, 2025, 3:15 PM ET", NINTH),
        ("2025-10-09T12:00:00Z", NOON),
        ("2025-10-09 12:00 UTC", NOON),
        ("Thu, 09 Oct 2025 12:00:00 GMT", NOON),
        ("October 9, 2025 12:00 pm GMT", NOON),
        ("2025-10-09T17:00:00+05:00", NOON.astimezone(PAKISTAN)),
    ],
)
def test_date_lines(line: str, expected: dt.date) -> None:
    found = read_date_line(line)
    assert type(found) is type(expected)
    assert found == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "October 2025",
        "On October 9, 2025, he resigned",
        "31 February 2025",
        "2025-13-40",
        "10/09/2025",  # October or September, depending on the country
        "The 9 October 2025 attack",
        "9 October 2025 " * 20,
        "2025-10-09T99:99:99Z",
    ],
)
def test_other_lines(line: str) -> None:
    assert read_date_line(line) is None
