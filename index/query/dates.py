"""Words for days: ``2025-10``, ``yesterday``, ``last 7 days``, ``9 october 2025``, ``..friday``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RELATIVE_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
UNITS = ("day", "week", "month", "year")

FORMS = "2025, 2025-10, 2025-10-09, yesterday or last-week"
"""Examples of what is understood, for messages."""


class Period(NamedTuple):
    """Days from the first to the last, both included. None leaves an end open."""

    first: dt.date | None
    last: dt.date | None


class DateError(ValueError):
    """Words that name no days; the message is a sentence for the reader."""


def period(text: str, today: dt.date) -> Period:
    """Return the days that ``text`` names, seen from ``today``.

    Weeks begin on Monday. A weekday or month without a year is the latest that has begun.

    Raises DateError when ``text`` names no days.
    """
    first, dots, last = text.partition("..")
    if not dots:
        return _single(text, today)
    if not first.strip() and not last.strip():
        raise DateError("A range needs a beginning or an end.")
    begins = _single(first, today).first if first.strip() else None
    ends = _single(last, today).last if last.strip() else None
    if begins and ends and begins > ends:
        raise DateError(f"The range {text} ends before it begins.")
    return Period(begins, ends)


def may_become_days(text: str) -> bool:
    """Tell whether words that name no days may name some with more typing."""
    if word := re.search(r"[^\W\d_]+\Z", text.casefold()):
        return any(known.startswith(word[0]) for known in _WORDS)
    # What is wrong with a number of two digits or more, none behind it put right.
    last = text.rpartition("..")[2].strip()
    return not _NUMBERS.fullmatch(last) or re.search(r"\D\d\Z", last) is not None


def _single(text: str, today: dt.date) -> Period:
    """Return the days of anything but a range."""
    words = re.sub(r"(?<=[a-z])-|-(?=[a-z])|[\s,_+]+", " ", text.casefold()).strip()
    words = re.sub(" +", " ", words)
    try:
        for pattern, read in _READINGS:
            if match := pattern.fullmatch(words):
                return read(match, today)
    except (ValueError, OverflowError):
        raise DateError(f"There is no such day as {text.strip()}.") from None
    raise DateError(f"{text.strip()} is not a date: write {FORMS}.")


def _day(day: dt.date) -> Period:
    return Period(day, day)


def _month(year: int, month: int) -> Period:
    _, length = calendar.monthrange(year, month)
    return Period(dt.date(year, month, 1), dt.date(year, month, length))


def _year(year: int) -> Period:
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def _months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day of an earlier month, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    _, length = calendar.monthrange(year, month + 1)
    return dt.date(year, month + 1, min(day.day, length))


def _numbers(match: re.Match[str], _today: dt.date) -> Period:
    """Read a year, a month of a year, or a day, in digits."""
    year, month, day = match["year"], match["month"], match["day"]
    if day:
        return _day(dt.date(int(year), int(month), int(day)))
    return _month(int(year), int(month)) if month else _year(int(year))


def _relative_day(match: re.Match[str], today: dt.date) -> Period:
    """Read ``today`` and its neighbours."""
    return _day(today + dt.timedelta(days=RELATIVE_DAYS[match[0]]))


def _weekday(match: re.Match[str], today: dt.date) -> Period:
    """Read ``monday``, which may be today, and ``last monday``, which is before today."""
    back = (today.weekday() - WEEKDAYS.index(_full_name(match["name"], WEEKDAYS))) % 7
    if match["last"] and not back:
        back = 7
    return _day(today - dt.timedelta(days=back))


def _unit(match: re.Match[str], today: dt.date) -> Period:
    """Read ``this week``, and ``last week``: the whole one before."""
    unit, past = match["unit"], match["which"] != "this"
    if unit == "day":
        return _day(today - dt.timedelta(days=int(past)))
    if unit == "week":
        monday = today - dt.timedelta(days=today.weekday() + 7 * past)
        return Period(monday, monday + dt.timedelta(days=6))
    if unit == "month":
        month = _months_before(today, int(past))
        return _month(month.year, month.month)
    return _year(today.year - past)


def _count(match: re.Match[str], today: dt.date) -> Period:
    """Read ``last 7 days``, today included: of each unit so many, up to today."""
    number, unit = int(match["number"]), match["unit"]
    if not number:
        raise ValueError
    if unit in ("day", "week"):
        before = today - dt.timedelta(days=number * (7 if unit == "week" else 1))
    else:
        before = _months_before(today, number * (12 if unit == "year" else 1))
    return Period(before + dt.timedelta(days=1), today)


def _named(match: re.Match[str], today: dt.date) -> Period:
    """Read a month by its name, with or without a day and a year."""
    month = MONTHS.index(_full_name(match["name"], MONTHS)) + 1
    groups = match.groupdict()
    day = int(groups.get("day") or 0)
    if groups.get("year"):
        year = int(groups["year"])
    else:
        year = today.year - int((month, day or 1) > (today.month, today.day))
    return _day(dt.date(year, month, day)) if day else _month(year, month)


def _full_name(short: str, names: tuple[str, ...]) -> str:
    """Return the name that begins so; ``sept`` is ``september``. Raises ValueError if none does."""
    for name in names:
        if name.startswith(short):
            return name
    raise ValueError(short)


def _alternatives(names: tuple[str, ...]) -> str:
    """Return a pattern of the names and of all their beginnings of three letters and more."""
    beginnings = {name[:end] for name in names for end in range(3, len(name) + 1)}
    return "|".join(sorted(beginnings, key=len, reverse=True))


_UNIT = rf"(?P<unit>{'|'.join(UNITS)})s?"
_MONTH = rf"(?P<name>{_alternatives(MONTHS)})\.?"
_WEEKDAY = rf"(?P<name>{_alternatives(WEEKDAYS)})\.?"
_NUMBER = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = "(?P<year>[0-9]{4})"

_NUMBERS = re.compile(
    rf"{_YEAR}(?:[-/.](?P<month>\d\d?)(?:[-/.](?P<day>\d\d?))?)?", re.ASCII
)  # fmt: skip
_WORDS = (
    *MONTHS, *WEEKDAYS, *RELATIVE_DAYS, *(f"{unit}s" for unit in UNITS),
    "this", "the", "last", "past", "previous", "none", "st", "nd", "rd", "th",
)  # fmt: skip

_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], Period]], ...] = (
    (_NUMBERS, _numbers),
    (re.compile("|".join(RELATIVE_DAYS)), _relative_day),
    (re.compile(rf"(?P<last>last )?{_WEEKDAY}"), _weekday),
    (re.compile(rf"(?P<which>this|last|past|previous) {_UNIT}"), _unit),
    (re.compile(rf"(?:the )?(?:last|past|previous) (?P<number>[0-9]{{1,5}}) {_UNIT}"), _count),
    (re.compile(rf"{_MONTH}(?: {_YEAR})?"), _named),
    (re.compile(rf"{_NUMBER} {_MONTH}(?: {_YEAR})?"), _named),
    (re.compile(rf"{_MONTH} {_NUMBER}(?: {_YEAR})?"), _named),
)
"""How each form of words is read, tried in this order."""
