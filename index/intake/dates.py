"""Recognise a line that says when a story was published, and nothing else."""

from __future__ import annotations

import datetime as dt
import re

LONGEST_DATE_LINE = 90
"""Characters a date line has at most, label and time included."""

_MONTH_NAMES = (
    "january jan januar janvier enero gennaio janeiro",
    "february feb februar février febrero febbraio fevereiro",
    "march mar märz mars marzo março",
    "april apr avril abril aprile",
    "may mai mayo maggio maio",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août agosto",
    "september sept sep septembre septiembre settembre setembro",
    "october oct oktober octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember décembre diciembre dicembre dezembro",
)
_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()
}

_LABEL = (
    r"(?:(?:first |originally |last )?"
    r"(?:published|updated|posted|modified|dated?|filed|released|created|issued)"
    r"(?: on| at)?\s*:?\s*)?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
_HALF = r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
_ZONE = r"(?:\s*\(?(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d|[a-z]{2,5})\)?)?"
_TIME = rf"(?:[\s,|/·–—-]*(?:\bat\b|t)?\s*{_CLOCK}{_HALF}{_ZONE}[\s,|/·–—-]*)?"

_DATE_LINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Thu Oct 09 2025; Thursday, October 9, 2025, 3:15 p.m. EDT
        rf"{_LABEL}{_WEEKDAY}{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_TIME}",
        # 9 October 2025; 9. Oktober 2025; Thu, 09 Oct 2025 12:00:00 GMT
        rf"{_LABEL}{_WEEKDAY}{_DAY}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}{_TIME}",
        # 2025-10-09; 2025/10/09; 2025-10-09T12:00:00Z
        rf"{_LABEL}{_YEAR}(?P<sign>[-/.])(?P<month_number>\d\d?)(?P=sign){_DAY}{_TIME}",
        # 09.10.2025, with the day first as everywhere that full stops are used
        rf"{_LABEL}{_DAY}\.\s?(?P<month_number>\d\d?)\.\s?{_YEAR}{_TIME}",
        # 15:15, 9 October 2025; Updated 3:15 PM EDT, Thu October 9, 2025
        rf"{_LABEL}{_TIME}{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_LABEL}{_TIME}{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}",
    )
)

_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


def read_date_line(line: str) -> dt.datetime | dt.date | None:
    """Return when a story was published if that is all that ``line`` says, else None.

    A moment is returned only where the line gives its offset from UTC. A time of day in a zone
    that is not named, or only by an ambiguous abbreviation, says no more than the date does.
    """
    if len(line) > LONGEST_DATE_LINE or not any(character.isdigit() for character in line):
        return None
    for pattern in _DATE_LINES:
        if found := pattern.fullmatch(line.strip()):
            return _moment(found.groupdict())
    return None


def _moment(parts: dict[str, str | None]) -> dt.datetime | dt.date | None:
    month = parts.get("month")
    number = _MONTHS[month.lower()] if month else int(parts.get("month_number") or 0)
    zone = _zone(parts.get("zone"))
    try:
        date = dt.date(int(parts["year"] or 0), number, int(parts["day"] or 0))
        if not parts.get("hour") or zone is None:
            return date
        clock = dt.time(_hour(parts), int(parts["minute"] or 0), int(parts["second"] or 0))
        return dt.datetime.combine(date, clock, zone)
    except ValueError:
        return None


def _hour(parts: dict[str, str | None]) -> int:
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or "").lower()
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _zone(name: str | None) -> dt.timezone | None:
    if not name:
        return None
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes >= 24 * 60:
            return None
        return dt.timezone(dt.timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    return dt.UTC if name.lower() in {"z", "utc", "gmt"} else None
