"""Asks all segments of an index, and puts what they found together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.columnar.evaluation.answer import Answer
from index.columnar.evaluation.documents import Documents
from index.columnar.evaluation.found import NOTHING, Found
from index.columnar.evaluation.leaf import collection_of
from index.columnar.evaluation.tree import evaluate
from index.columnar.memory import keep_freed_memory

if TYPE_CHECKING:
    from whoosh.searching import Searcher


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
