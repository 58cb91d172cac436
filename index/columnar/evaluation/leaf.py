"""One segment as an evaluation sees it: with the statistics of the whole index, for the scores.

The score of a term is that of :class:`whoosh.scoring.BM25F` (Robertson and Zaragoza, *The
Probabilistic Relevance Framework: BM25 and Beyond*, 2009), per field::

    idf · f · (K1 + 1) / (f + K1 · (1 − B + B · length / average length))

with Whoosh's ``idf``, ``ln(documents / (documents with the term + 1)) + 1`` over all segments,
deleted documents included, and ``f`` the term's weight in the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.scoring import BM25F

from index.columnar.evaluation.found import NOTHING, Found, constant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.columnar.arrays import F64, Indices, Mask
    from index.columnar.reader import SegmentReader
    from index.columnar.segment import Field


class Leaf:
    """A segment, its reader, and the searcher that knows the whole index."""

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self.reader: SegmentReader = searcher.reader()
        self.segment = self.reader.columns
        self.size = self.segment.size
        self.deleted: Mask | None = self.reader.deleted if self.reader.has_deletions() else None
        self.schema = searcher.schema

    def field(self, name: str | None) -> Field | None:
        """Return an indexed field, None where the segment has no term in it."""
        if name is None or name not in self.schema or self.schema[name].format is None:
            return None
        field: Field | None = self.segment.field(name)
        return field

    def number(self, name: str, text: Any) -> int | None:
        """Return the number of a term, None where the segment does not have it."""
        field = self.field(name)
        if field is None:
            return None
        try:
            return field.terms.find(self.schema[name].to_bytes(text))
        except ValueError:
            return None

    @property
    def can_score(self) -> bool:
        """Whether scores are those of BM25F; any other model is Whoosh's own matter."""
        return type(self.searcher.weighting) is BM25F

    def having(self, name: str, number: int, *, scored: bool) -> Found:
        """Return the documents that have a term, with their scores."""
        field = self.segment.field(name)
        if field is None:
            return NOTHING
        documents = field.postings.documents(number)
        scores: F64
        if not scored:
            scores = np.zeros(len(documents))
        elif self.schema[name].scorable:
            scores = self._scores(name, field, number, documents)
        else:
            scores = field.postings.weights(number)
        found = Found(documents, scores)
        return found if self.deleted is None else found.where(~self.deleted[documents])

    def having_any(self, name: str, ranges: Iterable[tuple[int, int]], score: float) -> Found:
        """Return the documents that have any term of some ranges of numbers, all scored alike."""
        field = self.segment.field(name)
        if field is None:
            return NOTHING
        marks = np.zeros(self.size, np.bool_)
        for low, high in ranges:
            field.postings.mark(low, high, marks)
        return self.marked(marks, score)

    def marked(self, marks: Mask, score: float) -> Found:
        """Return the documents of a mask that are not deleted, all scored alike."""
        if self.deleted is not None:
            marks = marks & ~self.deleted
        return constant(np.flatnonzero(marks), score)

    def _scores(self, name: str, field: Field, number: int, documents: Indices) -> F64:
        """Return the BM25F score of a term in each document that has it."""
        model = self.searcher.weighting
        idf = self.searcher.get_parent().idf(name, field.terms[number])
        weights = field.postings.weights(number)
        scores = self._norms(name)[documents]
        scores += weights
        np.divide(weights, scores, out=scores)
        scores *= idf * (model.K1 + 1)
        return scores

    def _norms(self, name: str) -> F64:
        """Return what the length of each document adds to the divisor, for one field."""
        model, parent = self.searcher.weighting, self.searcher.get_parent()
        b = model._field_B.get(name, model.B)  # noqa: SLF001 -- where Whoosh keeps it
        average = parent.avg_field_length(name) or 1
        key = name, b, model.K1, average
        norms = self.reader.norms.get(key)
        if norms is None:
            lengths = self.reader.lengths(name)
            norms = model.K1 * ((1 - b) + b * lengths / average)
            self.reader.norms[key] = norms
        return norms
