"""A term as a part of a query, scored as :class:`whoosh.scoring.BM25F` does it.

The score (Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009)
is, per field::

    idf · f · (K1 + 1) / (f + K1 · (1 − B + B · length / average length))

with Whoosh's ``idf``, ``ln(documents / (documents with the term + 1)) + 1`` over all segments,
deleted documents included, and ``f`` the term's weight in the document.
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

    def add_scores(self, totals: F64, documents: Indices, *, all_found: bool) -> None:
        """Add the scores of the term, of as few documents as can be."""
        if len(documents) * FEW >= len(self.documents):
            add_spread(totals, documents, self.documents, self._all())
            return
        kept, ranks = self._ranking.ranks(documents)
        if not all_found:
            documents = documents[kept]
        weights = self._postings.weights(self._term.number, ranks)
        scores = self._scores(documents, weights)
        if all_found:
            totals += scores
        else:
            totals[kept] += scores

    @cached_property
    def _ranking(self) -> BitmapRanking | ListRanking:
        return self._postings.ranking(self._term.number)

    def _all(self) -> F64:
        """Return the score of each document that has the term."""
        weights = self._postings.weights(self._term.number)
        return self._scores(self.documents.numbers, weights)

    def _scores(self, documents: Indices, weights: F64) -> F64:
        if not self._term.is_ranked:
            return weights * self._factor
        scores: F64 = self._leaf.norms(self._term.field).take(documents)
        scores += weights
        np.divide(weights, scores, out=scores)
        scores *= self._factor
        return scores
