"""Times, and what is said of many of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Returned = TypeVar("_Returned")


@dataclass(frozen=True)
class Summary:
    """Many times in milliseconds, in four figures."""

    count: int
    median: float
    p95: float
    p99: float


def percentile(times: Sequence[float], share: float) -> float:
    """Return the smallest time that ``share`` (0 to 1) of all are not above: the nearest rank."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def summary(times: Sequence[float]) -> Summary:
    """Sum up at least one time."""
    return Summary(len(times), median(times), percentile(times, 0.95), percentile(times, 0.99))


def timed(call: Callable[..., _Returned], *arguments: object) -> tuple[float, _Returned]:
    """Call; return how many milliseconds it took, and what came back."""
    begun = perf_counter()
    returned = call(*arguments)
    return (perf_counter() - begun) * 1e3, returned
