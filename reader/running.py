"""Where the next article of some kind is among thousands of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

_FIRST = 64
"""Places that are looked at first; then twice as many, and so on."""


def next_place(ids: Sequence[str], but: Container[str], here: int, step: int) -> int | None:
    """Return the nearest place before (-1) or behind (1) ``here`` whose id is not among ``but``.

    Ids are made when they are looked at, and many at once much faster than one by one.
    """
    size, start = _FIRST, here + step
    while 0 <= start < len(ids):
        end = min(start + size, len(ids)) if step > 0 else max(start - size, -1)
        low, high = (start, end) if step > 0 else (end + 1, start + 1)
        page = ids[low:high]
        for place in range(start, end, step):
            if page[place - low] not in but:
                return place
        start, size = end, size * 2
    return None
