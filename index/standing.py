"""Where each document stands among all that there are: from the oldest, or by source.

Neither order is that of one column: undated articles come last, and names are compared as a reader
compares them. So all documents are put into order once for each reader, and a query compares the
places of those that it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from index.analysis import fold
from index.columnar.columns import BytesColumn
from index.columnar.identities import catalogue
from index.columnar.reader import SegmentReader
from index.columnar.soundness import look_into_column
from index.schema import UNDATED

if TYPE_CHECKING:
    from whoosh.reading import IndexReader

    from index.columnar.arrays import Array, Indices
    from index.columnar.segment import Segment
    from index.results import Sort


def standing(reader: IndexReader, by: Sort) -> Indices | None:
    """Return the place of each document, remembered for as long as the reader lives.

    None for an order that goes by what a query finds, or by one column.

    ``oldest``: from old to new, the undated ones last. ``source``: by the name of the source
    without regard to case and accents, those without one last; of one source from new to old.
    """
    if by not in ("oldest", "source"):
        return None
    known = _of_readers.setdefault(reader, {})
    if by not in known:
        known[by] = _places(reader, by)
    return known[by]


def _places(reader: IndexReader, by: Sort) -> Indices:
    documents = catalogue(reader)
    published, ids = documents.published, documents.keys
    if by == "oldest":
        undated_last = np.where(published == UNDATED, np.iinfo(np.int64).max, published)
        order = np.lexsort((ids[:, 1], ids[:, 0], undated_last))
    else:
        order = np.lexsort((ids[:, 1], ids[:, 0], -published, _sources(reader)))
    places = np.empty(len(order), np.intp)
    places[order] = np.arange(len(order))
    return places


def _sources(reader: IndexReader) -> Array:
    """Return a number for the source of each document, in the order of their names."""
    readers = [leaf for leaf, _ in reader.leaf_readers() if isinstance(leaf, SegmentReader)]
    parts = [(leaf.columns.size, _names(leaf.columns)) for leaf in readers]
    known = sorted({name for _, (names, _) in parts for name in names if name})
    numbers = {"": len(known), **{name: number for number, name in enumerate(known)}}
    of_parts = [
        np.full(size, len(known)) if ranks is None else np.array([numbers[n] for n in names])[ranks]
        for size, (names, ranks) in parts
    ]
    return np.concatenate([np.zeros(0, np.intp), *of_parts])


def _names(segment: Segment) -> tuple[list[str], Array | None]:
    """Return the names of sources in a segment, and which of them each document has.

    Raises IndexDamagedError where that can't be told.
    """
    look_into_column(segment, "source")
    column = segment.column("source")
    if not isinstance(column, BytesColumn):
        return [], None
    return [fold(name.decode("utf-8", "replace")) for name in column.terms], column.ranks


_of_readers: WeakKeyDictionary[IndexReader, dict[Sort, Indices]] = WeakKeyDictionary()
