"""When an entry of a feed was published, as the feed writes it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from index.intake.dates import read_date_line

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 100
"""Characters of a date at the most."""

EARLIEST = 1000
"""The first year believed: programs write the year 1 where they know none."""

_TIME = re.compile(r"\d:\d|\dT\d")
_OFFSET = re.compile(r"(?<=\d)\s*(?:GMT|UTC)?([+-])(\d\d):?(\d\d)$")


def read_date(written: object, utc: Sequence[int] | None = None) -> dt.datetime | dt.date | None:
    """Return the moment, or the day where no time is given, that ``written`` says.

    ``utc`` is what another has understood: year, month, day, hour, minute and second in UTC. The
    moment then is told in the zone that ``written`` ends in.
    """
    said = written.strip() if isinstance(written, str) else ""
    if len(said) > LONGEST:
        return None
    try:
        if utc:
            year, month, day, hour, minute, second = utc[:6]
            # A leap second is no time of day to Python.
            clock = dt.time(hour, minute, min(second, 59), tzinfo=dt.UTC)
            moment = dt.datetime.combine(dt.date(year, month, day), clock)
            found: dt.datetime | dt.date | None = _zoned(moment, said)
        else:
            found = _iso(said) or read_date_line(said)
    except (ValueError, OverflowError):
        return None
    return found if found and found.year >= EARLIEST else None


def _zoned(moment: dt.datetime, said: str) -> dt.datetime | dt.date:
    if said and not _TIME.search(said):
        return moment.date()
    if offset := _OFFSET.search(said):
        ahead = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return moment.astimezone(dt.timezone(-ahead if offset[1] == "-" else ahead))
    return moment


def _iso(said: str) -> dt.datetime | dt.date | None:
    """Read RFC 3339, as JSON Feed has it; a time without a zone is taken for UTC."""
    try:
        if not _TIME.search(said):
            return dt.date.fromisoformat(said)
        moment = dt.datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
