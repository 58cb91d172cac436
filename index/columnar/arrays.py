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


def spread(starts: Array, counts: Array) -> Array:
    """Return the indices of many stretches, one stretch after another, in the type of ``starts``.

    ``starts``: where each stretch begins; ``counts``: how long it is.
    """
    ends = np.cumsum(counts, dtype=starts.dtype)
    # Where a stretch begins earlier than those before it are long, unsigned numbers wrap around,
    # and back again.
    indices = np.repeat(starts - (ends - counts.astype(starts.dtype)), counts)
    indices += np.arange(len(indices), dtype=starts.dtype)
    return indices


def sort_order(numbers: Array, behind: int) -> Indices:
    """Return the places of whole numbers in ascending order, equal ones as they stand.

    ``behind``: what is more than all numbers. NumPy's stable order of numbers of 16 bits is a radix
    sort, some five times as fast as that of wider ones.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    for shift in range(16, (behind - 1).bit_length(), 16):
        part = (numbers >> shift).astype(np.uint16)
        order = order[np.argsort(part[order], kind="stable")]
    return order
