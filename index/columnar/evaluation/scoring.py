"""A term as a part of a query, scored as :class:`whoosh.scoring.BM25F` does it.

The score (Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009)
is, per field::

    idf · f · (K1 + 1) / (f + K1 · (1 − B + B · length / average length))

with the model's own ``idf`` over all segments, deleted documents included, and ``f`` the term's
weight in the document.
"""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.evaluation.documents import Documents
from index.columnar.evaluation.parts import FEW, Part, add_spread

if TYPE_CHECKING:
    from index.columnar.arrays import F64, Indices
    from index.columnar.bitmaps import BitmapRanking
    from index.columnar.evaluation.leaf import Leaf, LeafTerm
    from index.columnar.postings import ListRanking


_FEW = 1024
"""So many documents are looked up faster than a whole segment is gone through."""


class TermPart(Part):
    """The documents that have a term. ``boost``: what multiplies its scores."""

    def __init__(self, leaf: Leaf, term: LeafTerm, boost: float) -> None:
        self._leaf, self._term = leaf, term
        self._postings = term.postings
        self._factor = boost
        if term.is_ranked:
            self._factor *= term.idf * (leaf.model.K1 + 1)
            # However often a document has the term, its frequency counts less than K1 + 1.
            self.bound = self._factor if boost > 0 else inf

    @cached_property
    def documents(self) -> Documents:  # type: ignore[override]
        """The documents that have the term."""
        size, count = self._leaf.size, self._postings.count(self._term.number)
        mask = self._postings.mask(self._term.number)
        if mask is not None:
            return Documents(size, mask=mask, count=count)
        return Documents(size, numbers=self._postings.documents(self._term.number))

    def add_scores(self, totals: F64, documents: Indices, *, all_found: bool) -> None:  # noqa: ARG002
        """Add the scores of the term, of as few documents as can be."""
        if documents is self.documents.numbers:
            totals += self._all()
            return
        asked, own = len(documents), len(self.documents)
        if asked > own or (asked * FEW > own and asked > _FEW):
            add_spread(totals, documents, self.documents, self._all())
            return
        found, ranks = self.ranking.ranks(documents)
        if len(ranks) == asked:
            totals += self._scores(documents, self._weights(ranks))
        elif len(ranks):
            totals[found] += self._scores(documents[found], self._weights(ranks))

    def add_everywhere(self, totals: F64) -> None:
        """Add the score of each document that has the term."""
        totals[self.documents.numbers] += self._all()

    @cached_property
    def ranking(self) -> BitmapRanking | ListRanking:
        """What tells the ranks of documents among those that have the term."""
        return self._postings.ranking(self._term.number)

    @cached_property
    def occurrence_bounds(self) -> Indices:
        """Where the occurrences in each document begin, and at last where they end.

        Only of a term with positions; they are counted from the term's first one.
        """
        return self._postings.positions.bounds_of(self._term.number, self._term.number + 1)

    def _weights(self, ranks: Indices) -> F64:
        """Return what the term counts in some of its documents, by their ranks among all."""
        if self._postings.has_positions and not self._postings.has_weights:
            bounds = self.occurrence_bounds
            return (bounds[ranks + 1] - bounds[ranks]).astype(np.float64)
        return self._postings.weights(self._term.number, ranks)

    def _all(self) -> F64:
        """Return the score of each document that has the term."""
        weights = self._postings.weights(self._term.number)
        return self._scores(self.documents.numbers, weights)

    def _scores(self, documents: Indices, weights: F64) -> F64:
        if not self._term.is_ranked:
            return weights * self._factor
        scores = self._leaf.norms_of(self._term.field, documents) + weights
        np.divide(weights, scores, out=scores)
        scores *= self._factor
        return scores
