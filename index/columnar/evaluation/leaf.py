"""An index as an evaluation sees it: its segments, and the statistics of all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.scoring import BM25F

from index.columnar.evaluation.documents import Documents, nothing
from index.columnar.evaluation.parts import Constant
from index.columnar.evaluation.remembered import Remembered
from index.columnar.reader import SegmentReader
from index.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.columnar.arrays import F64, U16, Array, Indices, Mask
    from index.columnar.evaluation.parts import Part
    from index.columnar.postings import Postings
    from index.columnar.segment import Field

_REMEMBERED = 1 << 13
"""Terms whose places in the dictionaries are remembered; some 2 MB of them."""


_FEW = 1024
"""Documents whose norms are remembered for the next word."""


class LeafTerm(NamedTuple):
    """A term of one segment."""

    field: str
    is_ranked: bool
    """Whether documents are scored by it, rather than by its weight alone."""

    postings: Postings
    number: int
    idf: float
    """The inverse document frequency over all segments, as the model has it."""


Known = tuple[LeafTerm | None, ...]
"""A term, looked up in each segment; None where that does not have it."""

Places = tuple[tuple["Field", int] | None, ...]
"""The dictionary and the number of a term in each segment; None where that does not have it."""


class Collection:
    """All segments that a searcher sees. It lives as long as the searcher.

    A model asks it for statistics as it would ask the searcher.
    """

    def __init__(self, searcher: Any) -> None:
        self.schema, self.model = searcher.schema, searcher.weighting
        self._size: int = searcher.doc_count_all()
        self._known: dict[tuple[str, str | bytes], Known] = {}
        self._places: dict[tuple[str, bytes], Places] = {}
        self._averages: dict[str, float] = {}
        self.remembered = Remembered(len(searcher.leaf_searchers() or ()))
        self._searcher = searcher
        self.leaves: list[Leaf] = []
        for part, base in searcher.leaf_searchers() or ():
            if isinstance(part.reader(), SegmentReader):
                self.leaves.append(Leaf(self, part, len(self.leaves), base))

    @property
    def can_score(self) -> bool:
        """Whether scores are those of BM25F, of whatever idf; other models are Whoosh's matter."""
        return type(self.model).scorer is BM25F.scorer

    def term(self, name: str, text: Any) -> Known:
        """Look up a term. Nobody has what its field does not take."""
        if type(text) is not str:
            return self._looked_up(name, text)
        known = self._known.get((name, text))
        return self._remembered(name, text) if known is None else known

    def encoded(self, name: str, term: bytes) -> Known:
        """Look up a term as the dictionaries have it."""
        known = self._known.get((name, term))
        return self._remembered(name, term) if known is None else known

    def average_length(self, name: str) -> float:
        """Return how many terms a document has in a field, on average; 1 where nobody has any."""
        if name not in self._averages:
            self._averages[name] = self._searcher.avg_field_length(name) or 1
        return self._averages[name]

    def _remembered(self, name: str, text: str | bytes) -> Known:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        known = self._known[name, text] = self._looked_up(name, text)
        return known

    def _looked_up(self, name: str, text: Any) -> Known:
        kind: Any = self.schema[name] if name in self.schema else None  # noqa: SIM401
        try:
            term = text if kind is None or isinstance(text, bytes) else kind.to_bytes(text)
        except ValueError:
            term = None
        places = () if term is None else self._found(name, term)
        if not any(places):
            return (None,) * len(self.leaves)
        idf = self.model.idf(self, name, term) if self.can_score else 0.0
        return tuple(
            place and LeafTerm(name, kind.scorable, place[0].postings, place[1], idf)
            for place in places
        )

    def _found(self, name: str, term: bytes) -> Places:
        places = self._places.get((name, term))
        if places is None:
            if len(self._places) >= _REMEMBERED:
                self._places.clear()
            places = tuple(leaf.place_of(name, term) for leaf in self.leaves)
            self._places[name, term] = places
        return places

    # --- for the model ------------------------------------------------------------------------

    def get_parent(self) -> Collection:
        """Return what knows the whole index."""
        return self

    def doc_count_all(self) -> int:
        """Return how many documents there are, deleted ones too."""
        return self._size

    def doc_frequency(self, name: str, term: bytes) -> int:
        """Return how many documents have a term, deleted ones too."""
        places = self._found(name, term)
        return sum(place[0].postings.count(place[1]) for place in places if place is not None)


class Leaf:
    """One segment, its reader, and the collection that it is part of.

    ``place``: which of the segments it is; ``base``: the number of its first document.
    """

    def __init__(self, collection: Collection, searcher: Any, place: int, base: int) -> None:
        self.collection, self.searcher = collection, searcher
        self.place, self.base = place, base
        self.reader: SegmentReader = searcher.reader()
        self.segment = self.reader.columns
        self.size = self.segment.size
        self.deleted: Mask | None = self.reader.deleted if self.reader.has_deletions() else None
        self.schema, self.model = collection.schema, collection.model
        self.can_score = collection.can_score
        self.nothing: Part = Constant(nothing(self.size), 0.0)
        self.binned: tuple[tuple[Any, ...], U16] | None = None
        """The periods last asked for, and which of them each document is of."""

        self._fields: dict[str | None, Field | None] = {}
        self._norms: dict[str, F64] = {}
        self._last_norms: dict[str, tuple[Indices, F64]] = {}

    def field(self, name: str | None) -> Field | None:
        """Return an indexed field, None where the segment has no term in it."""
        if name not in self._fields:
            indexed = name in self.schema and self.schema[name].format is not None
            self._fields[name] = self.segment.field(name) if name and indexed else None
        return self._fields[name]

    def place_of(self, name: str, term: bytes) -> tuple[Field, int] | None:
        """Look for a term in the dictionary, None where the segment does not have it."""
        field = self.field(name)
        number = None if field is None else field.terms.find(term)
        return None if field is None or number is None else (field, number)

    def term(self, name: str, text: Any) -> LeafTerm | None:
        """Look up a term, None where the segment does not have it."""
        return self.collection.term(name, text)[self.place]

    def numbered(self, name: str, field: Field, number: int) -> LeafTerm:
        """Return a term by its number."""
        term = self.collection.encoded(name, field.terms[number])[self.place]
        if term is None:
            raise IndexDamagedError(f"{self.segment.file.path} is damaged: terms are in disorder.")
        return term

    def having_any(self, name: str, ranges: Iterable[tuple[int, int]]) -> Documents:
        """Return the documents that have any term of some ranges of numbers."""
        field = self.segment.field(name)
        if field is None:
            return nothing(self.size)
        marks = np.zeros(self.size, np.bool_)
        field.postings.mark(ranges, marks)
        return Documents(self.size, mask=marks)

    def ranks(self, name: str) -> Array | None:
        """Return numbers that order the documents by a column, None where no document has a value.

        They are unsigned or floats, and mean nothing in another segment.
        """
        column = self.segment.column(name)
        return None if column is None else column.ranks

    def values(self, name: str, documents: Indices) -> list[Any]:
        """Return the value of each of some documents in a column, as Whoosh sorts by it."""
        column = self.segment.column(name)
        if column is None:
            return [self.schema[name].column_type.default_value()] * len(documents)
        values: list[Any] = column.values_of(documents)
        return values

    def norms_of(self, name: str, documents: Indices) -> F64:
        """Return the norms of some documents; not to be changed.

        One word after another is scored for the same documents.
        """
        if len(documents) > _FEW:
            return self.norms(name).take(documents)
        known = self._last_norms.get(name)
        if known is None or known[0] is not documents:
            known = self._last_norms[name] = documents, self.norms(name).take(documents)
        return known[1]

    def norms(self, name: str) -> F64:
        """Return what the length of each document adds to the divisor, for one field."""
        norms = self._norms.get(name)
        if norms is None:
            model = self.model
            b = model._field_B.get(name, model.B)  # noqa: SLF001 -- where Whoosh keeps it
            average = self.collection.average_length(name)
            norms = self.reader.lengths(name) * (model.K1 * b / average)
            norms += model.K1 * (1 - b)
            self._norms[name] = norms
        return norms


def collection_of(searcher: Any) -> Collection:
    """Return what is known of a searcher's index, from the first question on."""
    known: Collection | None = getattr(searcher, "columnar_collection", None)
    if known is None:
        # A searcher is asked by one thread at a time; it takes this along when it goes.
        known = searcher.columnar_collection = Collection(searcher)
    return known
