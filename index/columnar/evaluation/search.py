"""Asks all segments of an index, and puts what they found into an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.columnar.columns import BytesColumn
from index.columnar.evaluation.found import NOTHING, Found
from index.columnar.evaluation.leaf import Leaf
from index.columnar.evaluation.tree import evaluate
from index.columnar.memory import keep_freed_memory
from index.columnar.reader import SegmentReader

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from index.columnar.arrays import Array, Indices


keep_freed_memory(16 << 20)


def find(searcher: Searcher, query: Any, *, scored: bool = True) -> Found:
    """Return all documents that a query finds in the whole index.

    ``searcher``: a stock one over readers of this package. Without ``scored``, the scores are of
    no meaning.
    """
    documents, scores = [NOTHING.documents], [NOTHING.scores]
    for part, base in searcher.leaf_searchers() or ():
        if isinstance(part.reader(), SegmentReader):
            found = evaluate(query, Leaf(part), scored=scored)
            documents.append(found.documents + base)
            scores.append(found.scores)
    return Found(np.concatenate(documents), np.concatenate(scores))


def best(found: Found, limit: int | None = None) -> Found:
    """Return the documents of the highest scores, best first; among equals, the first."""
    scores = found.scores
    if limit is not None and limit < len(scores):
        if limit < 1:
            return NOTHING
        threshold = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        above = np.flatnonzero(scores > threshold)
        equal = np.flatnonzero(scores == threshold)[: limit - len(above)]
        chosen = np.sort(np.concatenate([above, equal]))
        found = Found(found.documents[chosen], scores[chosen])
    order = np.argsort(-found.scores, kind="stable")
    return Found(found.documents[order], found.scores[order])


def sort_keys(searcher: Searcher, name: str) -> Array:
    """Return what orders all documents of an index by a sortable field, one number each.

    Numbers of a NUMERIC or DATETIME field are in Whoosh's sortable form; names are ranks among
    the names of all segments.
    """
    columns, kinds = [], searcher.schema[name].column_type
    for part, _ in searcher.leaf_searchers() or ():
        column = part.reader().columns.column(name)
        size = part.doc_count_all()
        columns.append(np.full(size, kinds.default_value()) if column is None else column)
    if not any(isinstance(column, BytesColumn) for column in columns):
        values = [c if isinstance(c, np.ndarray) else c.values for c in columns]
        return np.concatenate(values) if values else np.zeros(0, np.uint64)
    names = sorted(set().union(*(c.terms for c in columns if isinstance(c, BytesColumn)), {b""}))
    ranks = {term: rank for rank, term in enumerate(names)}
    parts = []
    for column in columns:
        if isinstance(column, BytesColumn):
            known = np.fromiter((ranks[term] for term in column.terms), np.uint64)
            parts.append(known[column.ranks])
        else:
            parts.append(np.zeros(len(column), np.uint64))
    return np.concatenate(parts)


def ordered(found: Found, keys: Array, *, reverse: bool = False) -> Indices:
    """Return the documents by their keys; among equals, in the order of their numbers.

    ``reverse``: the exact opposite, as Whoosh has it.
    """
    order = np.argsort(keys[found.documents], kind="stable")
    documents: Indices = found.documents[order[::-1] if reverse else order]
    return documents
