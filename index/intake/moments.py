"""Read when something was published from a field that holds nothing else, however it is written."""

from __future__ import annotations

import datetime as dt
import math
import re
from email.utils import parsedate_to_datetime

from index.intake.dates import read_date_line

_MILLISECONDS = 10_000_000_000
"""Seconds since 1970 up to the year 2286: a larger number counts something smaller."""

_EARLIEST, _LATEST = 1600, 2200
"""Years that something published may be of: before the first newspaper, nobody published."""

_LONGEST = 100
_NUMBER = re.compile(r"[-+]?\d{6,17}(?:\.\d{1,9})?")
_DAY_IN_DIGITS = re.compile(r"(?:1[6-9]|2[01])\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])")


def read_moment(told: object) -> dt.datetime | dt.date | None:
    """Return the moment or the day that ``told`` says, or None where it says none.

    It may be seconds or milliseconds since 1970, or a text as in ISO 8601, in RFC 5322 (``Thu, 9
    Oct 2025 12:00:00 GMT``) or as people write a date. A time of day that does not say how far it
    is from UTC says no more than its day does.
    """
    if isinstance(told, bool):
        return None
    if isinstance(told, int | float):
        return _since_1970(told)
    if not isinstance(told, str) or len(told) > _LONGEST:
        return None
    text = told.strip()
    if _NUMBER.fullmatch(text) and not _DAY_IN_DIGITS.fullmatch(text):
        return _since_1970(float(text))
    return _likely(_iso(text) or read_date_line(text) or _of_mail(text))


def _since_1970(count: float) -> dt.datetime | None:
    try:
        if not math.isfinite(count):
            return None
        while abs(count) > _MILLISECONDS:
            count /= 1000
        found = _likely(dt.datetime.fromtimestamp(count, dt.UTC))
    except (ValueError, OverflowError, OSError):
        return None
    return found if isinstance(found, dt.datetime) and count else None


def _iso(text: str) -> dt.datetime | dt.date | None:
    try:
        if len(text) <= len("2025-10-09"):
            return dt.date.fromisoformat(text)
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _of_mail(text: str) -> dt.datetime | None:
    if not text or (not text[-1].isalnum() and text[-1] != ")"):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _likely(found: dt.datetime | dt.date | None) -> dt.datetime | dt.date | None:
    if found is None or not _EARLIEST <= found.year <= _LATEST:
        return None
    if isinstance(found, dt.datetime) and found.tzinfo is None:
        return found.date()
    return found
