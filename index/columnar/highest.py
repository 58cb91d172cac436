"""The highest of many numbers, without sorting or partitioning them all."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.columnar.arrays import Array, Indices

_BLOCK = 64
_FEW = 2048
"""Up to so many numbers, partitioning them takes no longer than looking at them in blocks."""


def least_of_highest(numbers: Array, count: int) -> float:
    """Return a number that at least ``count`` of some numbers reach; -inf where there are fewer.

    It is the ``count``-th highest where these are few, and never above it.
    """
    if len(numbers) < count or count < 1:
        return -inf
    if len(numbers) > max(_FEW, _BLOCK * count):
        # The highest of each block are some of the highest of all. The numbers of a block lie far
        # apart: so whole rows are compared.
        whole = len(numbers) // _BLOCK * _BLOCK
        numbers = numbers[:whole].reshape(_BLOCK, -1).max(axis=0)
    highest: float = np.partition(numbers, len(numbers) - count)[len(numbers) - count]
    return highest


def highest_places(numbers: Array, count: int) -> tuple[Indices, Indices]:
    """Return the places of all numbers above the ``count``-th highest, and of all that equal it.

    There are more than ``count`` numbers, and ``count`` is above 0.
    """
    chosen = np.flatnonzero(numbers >= least_of_highest(numbers, count))
    values = numbers[chosen]
    last = np.partition(values, len(values) - count)[len(values) - count]
    return chosen[values > last], chosen[values == last]
