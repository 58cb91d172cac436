"""Read the date of publication as markup gives it: in standard forms, or as people write."""

from __future__ import annotations

import datetime as dt
import re

from index.intake.dates import read_date_line

LONGEST_DATE = 80
"""Characters of a date."""

_YEARS = range(1970, 2100)
_SPACED_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_STAMP = re.compile(r"(\d{10})(?:\d{3})?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-]|\b)")


def read_date(written: str) -> dt.datetime | dt.date | None:
    """Return the moment or day that is ``written``, or None where it is none.

    A moment is returned only with its offset from UTC; a time in an unknown zone is a day.
    """
    text = " ".join(written.split())
    if not text or len(text) > LONGEST_DATE or not any(map(str.isdigit, text)):
        return None
    for read in (_iso, _stamp, _compact, read_date_line, _as_people_write):
        if (date := read(text)) is not None:
            return date if date.year in _YEARS else None
    return None


def date_in_address(url: str) -> dt.date | None:
    """Return the day in the path of an address: ``/2025/10/09/``."""
    if found := _IN_ADDRESS.search(url):
        try:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return None


def _iso(text: str) -> dt.datetime | dt.date | None:
    if not text[:4].isdigit() or "-" not in text[4:8]:
        return None
    try:
        moment = dt.datetime.fromisoformat(_SPACED_OFFSET.sub("", text))
    except ValueError:
        return None
    return _settled(moment, timed=len(text) > len("2025-10-09"))


def _stamp(text: str) -> dt.datetime | None:
    """Read seconds, or thousandths of them, since 1970."""
    found = _STAMP.fullmatch(text)
    return dt.datetime.fromtimestamp(int(found[1]), dt.UTC) if found else None


def _compact(text: str) -> dt.date | None:
    if found := _COMPACT.fullmatch(text):
        try:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return None


def _as_people_write(text: str) -> dt.datetime | dt.date | None:
    # Imported here: it is heavy, and seldom needed.
    from dateutil import parser  # noqa: PLC0415

    try:
        # What is not written is taken from the default: twice the same is all written.
        first, again = (
            parser.parse(text, default=default, tzinfos=_zone)
            for default in (dt.datetime(2000, 1, 1), dt.datetime(2001, 2, 2))
        )
    except (ValueError, OverflowError, TypeError, ArithmeticError):
        return None
    if first.date() != again.date():
        return None
    return _settled(first, timed=":" in text)


def _zone(_name: str | None, offset: int | None) -> dt.timezone | None:
    """Return the zone of an offset in seconds. Abbreviations are ambiguous, so they say nothing."""
    if offset is None or abs(offset) >= 24 * 60 * 60:
        return None
    return dt.timezone(dt.timedelta(seconds=offset))


def _settled(moment: dt.datetime, *, timed: bool) -> dt.datetime | dt.date | None:
    offset = moment.utcoffset()
    if not timed or offset is None:
        return moment.date()
    try:
        minutes = dt.timedelta(minutes=round(offset.total_seconds() / 60))
        return moment.replace(tzinfo=dt.timezone(minutes))
    except (ValueError, OverflowError):
        return None
