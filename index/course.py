"""The course of a story down a page: it begins once, ends once, and may be interrupted.

The best course is the one whose lines are worth most, less what its interruptions cost. It is
found as Viterbi's algorithm finds the likeliest path, in one pass down the page and one back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTION = 1.5
_INTERRUPTED_LINE = 0.5
"""What each line costs that stands between two parts of a story: far away begins another one."""

_BEFORE, _IN, _BETWEEN, _BEHIND = range(4)


def best_course(worths: Sequence[float]) -> list[bool]:
    """Say of each line whether it belongs to the story, by what the lines are worth."""
    inside = between = behind = float("-inf")
    came_from: list[tuple[int, int, int]] = []
    for worth in worths:
        entry, into = max((0.0, _BEFORE), (inside, _IN), (between, _BETWEEN))
        interrupted = inside - _INTERRUPTION
        came_from.append(
            (
                into,
                _IN if interrupted > between else _BETWEEN,
                _IN if inside > behind else _BEHIND,
            )
        )
        between = max(interrupted, between) - _INTERRUPTED_LINE
        behind = max(inside, behind)
        inside = entry + worth
    # A page ends before a story if nothing on it is worth to be one.
    end = max((0.0, _BEFORE), (inside, _IN), (behind, _BEHIND))[1]
    return _traced(came_from, end)


def _traced(came_from: Sequence[tuple[int, int, int]], end: int) -> list[bool]:
    """Follow the best course from the end of the page to its top."""
    where = end
    course = []
    for into in reversed(came_from):
        course.append(where == _IN)
        if where != _BEFORE:
            where = into[where - 1]
    return course[::-1]
