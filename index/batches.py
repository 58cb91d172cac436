"""Things that come one after the other, a bounded number and size of them at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_Thing = TypeVar("_Thing")


def in_batches(
    things: Iterable[_Thing], size: Callable[[_Thing], int], most: int, most_bytes: int
) -> Iterator[list[_Thing]]:
    """Give things in batches: each ends with the one that makes it as many, or as large, as any."""
    batch: list[_Thing] = []
    total = 0
    for thing in things:
        batch.append(thing)
        total += size(thing)
        if len(batch) >= most or total >= most_bytes:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
