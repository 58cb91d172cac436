"""Moments as programs write them: numbers since 1970, in seconds or parts of them, and texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from index.intake.moments import read_moment

_WHEN = dt.datetime(2025, 10, 9, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("count", [1_759_996_800, 1_759_996_800_000, "1759996800", 1.7599968e15])
def test_a_count_is_of_seconds_or_of_parts_of_them(count: Any) -> None:
    assert read_moment(count) == _WHEN


@pytest.mark.parametrize(
    "told", [float("inf"), float("-inf"), float("nan"), 10**400, -(10**400), 0, True, "9" * 60]
)
def test_what_is_no_moment(told: Any) -> None:
    assert read_moment(told) is None
