"""When all that a query finds was published: how many articles, period by period."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.columnar.evaluation.facets import per_period
from index.facets import days_of
from index.results import Period, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.columnar.arrays import Array
    from index.columnar.evaluation.answer import Answer

Unit = Literal["day", "week", "month", "year"]


class Step(NamedTuple):
    """How long a period is."""

    unit: Unit
    units: int
    least: int
    """Days that it has at the least."""


_YEAR = Step("year", 1, 365)
_STEPS = (
    Step("day", 1, 1), Step("week", 1, 7), Step("month", 1, 28), _YEAR,
    *(Step("year", years, 365 * years) for years in (2, 5, 10, 20, 50, 100, 1_000, 10_000)),
)  # fmt: skip
"""The lengths of periods, from the shortest to one that holds all years there are."""


def timeline(answers: Sequence[Answer], most: int) -> Timeline:
    """Return how many of the found articles were published in each of some periods.

    There are at most so many periods; they are as short as that allows: days, weeks, months, years,
    several years.
    """
    days = [own for answer in answers if len(own := _days(answer))]
    if not days:
        return Timeline((), sum(len(answer.documents) for answer in answers))
    first = dt.date.fromordinal(min(int(own.min()) for own in days))
    last = dt.date.fromordinal(max(int(own.max()) for own in days))
    bounds = _bounds(first, last, max(most, 1))
    counted = per_period(answers, "day", [day.toordinal() for day in bounds])
    periods = map(Period, bounds, bounds[1:], counted.counts)
    return Timeline(tuple(periods), counted.undated)


def _days(answer: Answer) -> Array:
    """Return the days on which the articles of a segment were published, as ordinals."""
    days = days_of(answer.leaf)[answer.documents.numbers]
    own: Array = days[days > 0]
    return own


def _bounds(first: dt.date, last: dt.date, most: int) -> list[dt.date]:
    """Return where periods begin, and where the last one ends."""
    bounds: list[dt.date] = []
    for step in _STEPS:
        if (last - first).days // step.least <= most:
            bounds = list(_beginnings(first, last, step))
            if len(bounds) - 1 <= most:
                break
    return bounds


def _beginnings(first: dt.date, last: dt.date, step: Step) -> Iterator[dt.date]:
    """Yield the beginnings of periods, from that of the first day to behind the last.

    Where a period has several years, the first and the last one have none before or after all.
    """
    day = _beginning(first, step)
    while day <= last and day < dt.date.max:
        yield max(day, _beginning(first, _YEAR)) if step.unit == "year" else day
        day = _next(day, step)
    yield min(day, _next(last, _YEAR)) if step.unit == "year" else day


def _beginning(day: dt.date, step: Step) -> dt.date:
    match step.unit:
        case "day":
            return day
        case "week":
            return dt.date.fromordinal(max(day.toordinal() - day.weekday(), 1))
        case "month":
            return day.replace(day=1)
    return dt.date(max(day.year // step.units * step.units, 1), 1, 1)


def _next(day: dt.date, step: Step) -> dt.date:
    """Return the beginning of the next period; the last day there is where there is none."""
    if step.unit == "year":
        year = day.year // step.units * step.units + step.units
        return dt.date(year, 1, 1) if year <= dt.MAXYEAR else dt.date.max
    days = {"day": 1, "week": 7, "month": 31}[step.unit]
    behind = dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))
    return behind.replace(day=1) if step.unit == "month" else behind
