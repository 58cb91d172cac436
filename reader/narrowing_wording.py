"""How what results are narrowed to is put into words: days, and values of fields."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from index.narrowing import NONE, Having
from reader.wording import MONTHS, count, joined

if TYPE_CHECKING:
    from index.narrowing import Field, Narrowing
    from index.results import Glance, Period

_NONE: dict[Field, str] = {"source": "no source", "place": "no place", "year": "undated"}


def days(first: dt.date, behind: dt.date) -> str:
    """Say which days these are: ``9 Oct 2025``, ``6 – 12 Oct 2025``, ``Sep – Nov 2025``, ``2024``.

    ``behind`` is the first day that is not one of them.
    """
    last = behind - dt.timedelta(days=1)
    are_months = first.day == behind.day == 1
    are_years = are_months and first.month == behind.month == 1
    begins, ends = (
        [f"{day.day}", MONTHS[day.month - 1], f"{day.year}"][2 if are_years else are_months :]
        for day in (first, last)
    )
    if begins == ends:
        return " ".join(ends)
    # What both have in common is said once, behind.
    while begins[-1] == ends[len(begins) - 1]:
        begins.pop()
    return f"{' '.join(begins)} – {' '.join(ends)}"


def value(field: Field, own: str) -> str:
    """Say which value this is: ``Dawn``, ``no source``, ``#war``, ``unread``."""
    if own == NONE:
        return _NONE.get(field, "none")
    return f"#{own}" if field == "tag" else own


def narrowing(narrowing: Narrowing) -> str:
    """Say what something is narrowed to."""
    return value(*narrowing) if isinstance(narrowing, Having) else days(*narrowing)


def period(period: Period) -> str:
    """Say which days these are, and how many articles are of them."""
    return joined([days(period.first, period.behind), count(period.articles, "article")])


def span(glance: Glance) -> str:
    """Say from when to when the articles are."""
    periods = glance.timeline.periods
    return days(periods[0].first, periods[-1].behind) if periods else ""


def facts(glance: Glance) -> tuple[str, ...]:
    """Say what else is known of all articles that were found, what matters most first."""
    counts = ((glance.unread, "unread"), (glance.timeline.undated, "undated"))
    return tuple(f"{number:,} {what}" for number, what in counts if number)
