"""Asks all segments of an index, and puts what they found together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.columnar.columns import BytesColumn
from index.columnar.evaluation.answer import Answer
from index.columnar.evaluation.documents import Documents
from index.columnar.evaluation.found import NOTHING, Found
from index.columnar.evaluation.leaf import collection_of
from index.columnar.evaluation.tree import evaluate
from index.columnar.memory import keep_freed_memory

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from index.columnar.arrays import Array, Indices


keep_freed_memory(16 << 20)


def ask(searcher: Searcher, query: Any, *, scored: bool = True) -> list[Answer]:
    """Return what each segment finds, scoring nothing yet.

    ``searcher``: a stock one over readers of this package. Without ``scored``, the scores are of
    no meaning.
    """
    answers = []
    collection = collection_of(searcher)
    collection.remembered.forget_objects()
    for leaf in collection.leaves:
        part = evaluate(query, leaf, scored=scored)
        documents = part.documents
        if leaf.deleted is not None:
            documents = documents.without(Documents(leaf.size, mask=leaf.deleted))
        answers.append(Answer(leaf, part, documents))
    return answers


def find(searcher: Searcher, query: Any, *, scored: bool = True) -> Found:
    """Return all documents that a query finds in the whole index, ascending.

    ``searcher``: a stock one over readers of this package. Without ``scored``, the scores are of
    no meaning.
    """
    documents, scores = [NOTHING.documents], [NOTHING.scores]
    for answer in ask(searcher, query, scored=scored):
        numbers = answer.documents.numbers
        documents.append(numbers + answer.leaf.base)
        scores.append(answer.scores(numbers) if scored else np.zeros(len(numbers)))
    return Found(np.concatenate(documents), np.concatenate(scores))


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
