"""Keeps freed memory with the process, for the next arrays."""

from __future__ import annotations

import numpy as np


def keep_freed_memory(largest: int) -> None:
    """Let arrays of up to ``largest`` bytes be taken from memory that was freed before.

    The C library of Linux gives each larger array back to the system, until it sees one of this
    size freed (``M_MMAP_THRESHOLD`` in mallopt(3), at most 32 MB); then it keeps up to twice as
    much. Asking the system for the arrays of a search each time takes several times as long as
    computing them. The array made here is never touched: it takes addresses but no memory.
    """
    np.empty(largest, np.uint8)
