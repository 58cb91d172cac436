"""Keeps freed memory with the process, for the next search."""

from __future__ import annotations

import numpy as np

_BYTES = 16 << 20


def keep_freed_memory() -> None:
    """Let arrays of up to 16 MB be taken from memory that was freed before.

    The C library of Linux gives each larger array back to the system, until it sees one of this
    size freed (``M_MMAP_THRESHOLD`` in mallopt(3)); then it keeps up to twice as much. Asking the
    system for the arrays of a search each time takes several times as long as computing them. The
    array is never touched, so it takes address space but no memory.
    """
    np.empty(_BYTES, np.uint8)
