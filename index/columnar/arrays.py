"""The array types of the columnar engine, by what they can hold."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
U8: TypeAlias = npt.NDArray[np.uint8]
U16: TypeAlias = npt.NDArray[np.uint16]
U32: TypeAlias = npt.NDArray[np.uint32]
U64: TypeAlias = npt.NDArray[np.uint64]
F32: TypeAlias = npt.NDArray[np.float32]
F64: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Indices: TypeAlias = npt.NDArray[np.intp]


def offsets(counts: npt.ArrayLike) -> Indices:
    """Return where each of some consecutive stretches begins, and at last where all end.

    ``counts``: the length of each stretch. The result is one longer than ``counts``.
    """
    lengths = np.asarray(counts)
    bounds = np.zeros(len(lengths) + 1, np.intp)
    np.cumsum(lengths, out=bounds[1:])
    return bounds


def spread(starts: Indices, counts: Indices) -> Indices:
    """Return the indices of many stretches, one stretch after another.

    ``starts``: where each stretch begins; ``counts``: how long it is.
    """
    bounds = offsets(counts)
    return np.repeat(starts - bounds[:-1], counts) + np.arange(bounds[-1])


def sort_order(numbers: Array, behind: int) -> Indices:
    """Return the places of whole numbers in ascending order, equal ones as they stand.

    ``behind``: what is more than all numbers, at most 2³². NumPy's stable order of numbers of 16
    bits is a radix sort, some five times as fast as that of wider ones.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if behind > 1 << 16:
        order = order[np.argsort((numbers >> 16).astype(np.uint16)[order], kind="stable")]
    return order
