"""How long something is to be left until it is done again, as people write it."""

from __future__ import annotations

import re

_PERIOD = re.compile(r"(\d{1,6})\s*([smhd]?)")
_SECONDS = {"s": 1, "m": 60, "": 60, "h": 3600, "d": 86_400}
_SHORTEST, _LONGEST = 60, 30 * 86_400
"""Seconds between two syncs: servers are not to be asked all the time."""


def seconds_of(written: str) -> int:
    """Understand a span of time: ``15m``, ``90s``, ``2h``, ``1d``; a bare number is minutes.

    Raises ValueError where it is none from a minute to 30 days.
    """
    match = _PERIOD.fullmatch(written.strip().lower())
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise ValueError("a span of time is needed, from 1m to 30d: 15m, 2h, 1d")
    return seconds
