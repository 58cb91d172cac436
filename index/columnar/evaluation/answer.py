"""What one segment answers to a query: the documents found, and how to score them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from index.columnar.arrays import F64, Indices
    from index.columnar.evaluation.documents import Documents
    from index.columnar.evaluation.leaf import Leaf
    from index.columnar.evaluation.parts import Part


class Answer(NamedTuple):
    """What one segment has to say to a query. Nothing is scored before somebody asks."""

    leaf: Leaf
    part: Part
    documents: Documents
    """Those found that are not deleted."""

    def scores(self, documents: Indices) -> F64:
        """Return the score of each of some of the documents, float64 ``[n]``."""
        return self.part.scores(documents)
