"""When a feed is fetched again: what its server asks for, and how patience grows with failures."""

from __future__ import annotations

import math
import time
from email.utils import parsedate_to_datetime

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

LONGEST_WAIT = 7 * DAY
"""Whoever asks to be left alone for longer than this is asked again after this."""

_FIRST_PAUSE = 15 * MINUTE

LONGEST_PAUSE = 1 * DAY
"""Between two tries of a feed that fails, or two fetches of one that asks to be left alone."""


def seconds_to_wait(retry_after: str | None, date: str | None = None) -> float | None:
    """Return how long a server wants to be left alone; None where it does not say, or nonsense.

    ``retry_after`` is a number of seconds or a date (RFC 9110, 10.2.3), which is measured against
    the server's own clock, its ``date``, where it tells it: ours may be wrong.
    """
    if not retry_after:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:20]), LONGEST_WAIT)
    until, now = _moment(text), _moment(date)
    if until is None:
        return None
    if now is None:
        now = time.time()
    return min(max(0.0, until - now), LONGEST_WAIT)


def next_time(now: float, ttl_minutes: int | None) -> float:
    """Return when a feed that was fetched well is due again."""
    ttl = (ttl_minutes or 0) * MINUTE
    return now + min(max(0.0, ttl), LONGEST_PAUSE)


def next_try(now: float, failures: int) -> float:
    """Return when one that failed so often in a row is due again: twice as late each time."""
    pause = _FIRST_PAUSE * math.exp2(min(failures - 1, 20))
    return now + min(pause, LONGEST_PAUSE)


def _moment(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
