"""What is common to the documents found: their most frequent values, and how many are of a period.

Both are counted over whole columns, a segment at a time.
"""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.columnar.columns import BytesColumn, NumberColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import U16
    from index.columnar.evaluation.answer import Answer
    from index.columnar.evaluation.leaf import Leaf


class Value(NamedTuple):
    """A value of a column, and how many documents have it."""

    value: bytes
    documents: int


class Periods(NamedTuple):
    """How many documents are of each of some consecutive periods."""

    counts: tuple[int, ...]
    before: int
    """Documents before the first period."""

    behind: int
    """Documents behind the last period."""

    undated: int


def most_frequent(answers: Sequence[Answer], name: str, limit: int | None = None) -> list[Value]:
    """Return the values of a column of bytes that most of the documents found have.

    The most frequent come first, equals in the order of their bytes; at most ``limit`` of them.
    Documents without a value have the default of the field's column, as they have for Whoosh.

    Raises TypeError for a column of numbers.
    """
    counts: Counter[bytes] = Counter()
    for leaf, _, documents in answers:
        column = leaf.segment.column(name)
        if isinstance(column, NumberColumn):
            raise TypeError(f"The column {name!r} holds numbers.")
        if column is None:
            counts[leaf.schema[name].column_type.default_value()] += len(documents)
            continue
        found = np.bincount(column.ranks[documents.numbers], minlength=len(column.terms))
        for rank in np.flatnonzero(found).tolist():
            counts[column.terms[rank]] += int(found[rank])
    values = [Value(value, count) for value, count in counts.items() if count]
    chosen = len(values) if limit is None else limit
    return nsmallest(chosen, values, key=lambda value: (-value.documents, value.value))


def per_period(
    answers: Sequence[Answer], name: str, bounds: Sequence[Any], undated: Any = None
) -> Periods:
    """Return how many of the documents found are of each period.

    ``bounds``: ascending values of the field; a period begins at one and ends before the next.
    ``undated``: the value of documents that have no date, besides those without a value.

    Raises TypeError for a column of bytes.
    """
    periods = len(bounds) - 1
    # Before the first, the periods, behind the last, undated.
    counts = np.zeros(periods + 3, np.int64)
    for leaf, _, documents in answers:
        bins = _bins(leaf, name, tuple(bounds), undated)
        if bins is None:
            counts[-1] += len(documents)
        else:
            counts += np.bincount(bins[documents.numbers], minlength=len(counts))
    before, *inside, behind, without = counts.tolist()
    return Periods(tuple(inside), before, behind, without)


def _bins(leaf: Leaf, name: str, bounds: tuple[Any, ...], undated: Any) -> U16 | None:
    """Return the period of each document of a segment, None where no document has a value.

    0 is before the first one, their number + 1 behind the last one, the next number undated.
    """
    column = leaf.segment.column(name)
    if column is None:
        return None
    if isinstance(column, BytesColumn):
        raise TypeError(f"The column {name!r} holds bytes.")
    key = name, bounds, undated
    if leaf.binned is None or leaf.binned[0] != key:
        field, values = leaf.schema[name], column.values
        edges = np.array([field.to_column_value(bound) for bound in bounds], values.dtype)
        bins = np.searchsorted(edges, values, side="right")
        bins[values == field.column_type.default_value()] = len(bounds) + 1
        if undated is not None:
            bins[values == field.to_column_value(undated)] = len(bounds) + 1
        # The periods hardly change from one question to the next.
        leaf.binned = key, bins.astype(np.uint16)
    return leaf.binned[1]
