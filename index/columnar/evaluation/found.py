"""What a query found in a whole index: documents, each with a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from index.columnar.arrays import F64, Indices


class Found(NamedTuple):
    """Documents of an index, each with a score."""

    documents: Indices
    """intp ``[n]``: document numbers, none of them deleted."""

    scores: F64
    """float64 ``[n]``; of no meaning where nobody asks for scores."""


NOTHING = Found(np.zeros(0, np.intp), np.zeros(0))
