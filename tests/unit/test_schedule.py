"""When a feed is asked again."""

from __future__ import annotations

import pytest

from index.feeds.schedule import (
    DAY,
    HOUR,
    LONGEST_WAIT,
    MINUTE,
    next_time,
    next_try,
    seconds_to_wait,
)

NINE = "Wed, 25 Nov 2026 09:00:00 GMT"
TEN = "Wed, 25 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("retry_after", "date", "seconds"),
    [
        ("120", None, 120.0),
        (" 120 ", NINE, 120.0),
        ("0", None, 0.0),
        ("9" * 500, None, LONGEST_WAIT),
        (TEN, NINE, HOUR),
        (NINE, TEN, 0.0),
        ("Fri, 25 Nov 2095 10:00:00 GMT", NINE, LONGEST_WAIT),
        ("Wed, 25 Nov 2020 10:00:00 GMT", None, 0.0),
        ("Wed, 25 Nov 2020 10:00:00 GMT", "what?", 0.0),
        ("Wed, 99 Nov 2026 10:00:00 GMT", NINE, None),
        ("Wed, 25 Nov 99999 10:00:00 GMT", NINE, None),
        ("-1", None, None),
        ("1.5", None, None),
        ("٣", None, None),
        ("soon", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(
    retry_after: str | None, date: str | None, seconds: float | None
) -> None:
    assert seconds_to_wait(retry_after, date) == seconds


@pytest.mark.parametrize(
    ("minutes", "later"),
    [(None, 0), (0, 0), (-5, 0), (60, HOUR), (1440, DAY), (10**9, DAY)],
)
def test_what_a_feed_asks_for_is_heard_within_reason(minutes: int | None, later: float) -> None:
    assert next_time(1000.0, minutes) == 1000.0 + later


def test_patience_grows_with_failures() -> None:
    pauses = [next_try(0.0, failures) for failures in (1, 2, 3, 7, 8, 100_000)]
    assert pauses == [15 * MINUTE, 30 * MINUTE, HOUR, 16 * HOUR, DAY, DAY]
