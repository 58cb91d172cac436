"""Whoosh's reader of one segment, and of several as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from whoosh.codec.base import Automata
from whoosh.columns import EmptyColumnReader, TranslatingColumnReader
from whoosh.reading import EmptyReader, IndexReader, MultiReader, TermInfo, TermNotFound

from index.columnar.column_reader import ColumnValues
from index.columnar.cursor import TermCursor
from index.columnar.matcher import PostingsMatcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from whoosh.fields import Schema
    from whoosh.matching.mcore import Matcher

    from index.columnar.arrays import U32, Mask
    from index.columnar.segment import Field, Segment


class SegmentReader(IndexReader):
    """Reads one segment, without the documents deleted by a generation."""

    def __init__(
        self,
        segment: Segment,
        schema: Schema,
        deleted: Mask | None = None,
        generation: int | None = None,
    ) -> None:
        self.columns = segment
        """The segment: its arrays, for those who read whole ones."""

        self.deleted = deleted
        """bool ``[documents]``: whether a document is deleted; None where none is."""

        self.schema = schema
        self._generation = generation
        self._deleted_count = 0 if deleted is None else int(deleted.sum())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.doc_count()} documents)"

    def generation(self) -> int | None:
        """Return the generation of the index that this is a snapshot of."""
        return self._generation

    # --- terms --------------------------------------------------------------------------------

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        try:
            return self._find(*term) is not None
        except TermNotFound:
            return False

    def indexed_field_names(self) -> list[str]:
        """Return the names of all fields that have terms."""
        return sorted(self.columns.names["terms"])

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield field and term of all terms, sorted."""
        for name in self.indexed_field_names():
            if name in self.schema:
                yield from ((name, term) for term in self._field(name).terms)

    def terms_from(self, fieldname: str, prefix: str | bytes) -> Iterator[tuple[str, bytes]]:
        """Yield field and term from a term on, then those of the fields behind."""
        self._check(fieldname)
        first = self._text_to_bytes(fieldname, prefix)
        for name in self.indexed_field_names():
            if name < fieldname or name not in self.schema:
                continue
            terms = self._field(name).terms
            low = terms.place(first) if name == fieldname else 0
            yield from ((name, term) for term in terms.between(low, len(terms)))

    def expand_prefix(self, fieldname: str, prefix: str | bytes) -> Iterator[bytes]:
        """Yield the terms of a field that begin so."""
        self._check(fieldname)
        field = self.columns.field(fieldname)
        if field is not None:
            begin = self._text_to_bytes(fieldname, prefix)
            yield from field.terms.between(*field.terms.prefixed(begin))

    def lexicon(self, fieldname: str) -> Iterator[bytes]:
        """Yield all terms of a field."""
        self._check(fieldname)
        field = self.columns.field(fieldname)
        return iter(()) if field is None else iter(field.terms)

    def terms_within(
        self, fieldname: str, text: str, maxdist: int, prefix: int = 0
    ) -> Iterable[str]:
        """Yield the terms of a field that few changes of letters make of ``text``."""
        name = self.schema[fieldname].spelling_fieldname(fieldname)
        found: Iterable[str] = Automata().terms_within(
            self.cursor(name), text, maxdist, min(prefix, len(text))
        )
        return found

    def cursor(self, fieldname: str) -> TermCursor:
        """Return a cursor over the terms of a field."""
        field = self.columns.field(fieldname)
        terms = None if field is None else field.terms
        return TermCursor(terms, self.schema[fieldname], lambda term: self._info(fieldname, term))

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """Return the statistics of a term. Raises TermNotFound."""
        number = self._find(fieldname, text)
        if number is None:
            _not_found(fieldname, text)
        return self._info(fieldname, number)

    def frequency(self, fieldname: str, text: str | bytes) -> float:  # type: ignore[override]
        """Return what a term counts in all documents together."""
        number = self._find(fieldname, text)
        if number is None:
            return 0
        postings = self._field(fieldname).postings
        if postings.has_weights:
            return float(postings.weights(number).sum())
        return postings.occurrences(number)

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """Return how many documents have a term, deleted ones too."""
        number = self._find(fieldname, text)
        return 0 if number is None else self._field(fieldname).postings.count(number)

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None, **_: Any) -> Matcher:
        """Return a matcher of the documents that have a term. Raises TermNotFound."""
        number = self._find(fieldname, text)
        if number is None:
            _not_found(fieldname, text)
        postings, term = self._field(fieldname).postings, self._text_to_bytes(fieldname, text)
        kind = self.schema[fieldname].format
        return PostingsMatcher(postings, number, self.deleted, (fieldname, term), kind, scorer)

    # --- documents ----------------------------------------------------------------------------

    def doc_count_all(self) -> int:
        """Return how many documents there are, deleted ones too."""
        return self.columns.size

    def doc_count(self) -> int:
        """Return how many documents there are."""
        return self.columns.size - self._deleted_count

    def has_deletions(self) -> bool:
        """Tell whether any document is deleted."""
        return self._deleted_count > 0

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted. Whoosh also asks for the number behind the last."""
        return self.deleted is not None and docnum < self.columns.size and self.deleted.item(docnum)

    def all_doc_ids(self) -> Iterator[int]:
        """Return the numbers of all documents that are not deleted."""
        if self.deleted is None:
            return iter(range(self.columns.size))
        return iter(np.flatnonzero(~self.deleted).tolist())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        stored = self.columns.stored(docnum)
        return {name: value for name, value in stored.items() if name in self.schema}

    def field_length(self, fieldname: str) -> int:
        """Return how many terms a field has in all documents together."""
        return self.columns.total_length(fieldname)

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of the shortest field."""
        return int(self.lengths(fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of the longest field."""
        return int(self.lengths(fieldname).max())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many terms a document has in a field; exactly, unlike Whoosh's own files."""
        return int(self.lengths(fieldname)[docnum]) or default

    def lengths(self, fieldname: str) -> U32:
        """Return how many terms each document has in a field, uint32 ``[documents]``."""
        lengths = self.columns.lengths(fieldname)
        return np.zeros(self.columns.size, np.uint32) if lengths is None else lengths

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002
        """Tell that there are no term vectors."""
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> NoReturn:  # noqa: ARG002
        """Raise KeyError: there are no term vectors."""
        raise KeyError(f"No vectors are stored for field {fieldname!r}")

    # --- columns ------------------------------------------------------------------------------

    def has_column(self, fieldname: str) -> bool:
        """Tell whether any document has a sortable value in a field."""
        known = fieldname in self.columns.names["column"]
        return known and bool(self.schema[fieldname].column_type)

    def column_reader(
        self, fieldname: str, column: Any = None, reverse: bool = False, translate: bool = True
    ) -> Any:
        """Return a reader of a field's sortable values, as Whoosh's own reader does."""
        field = self.schema[fieldname]
        kind = column or field.column_type
        if not kind:
            raise KeyError(f"No column for field {fieldname!r}")
        values = self.columns.column(fieldname)
        reader: Any
        if values is None:
            reader = EmptyColumnReader(kind.default_value(reverse), self.columns.size)
        else:
            reader = ColumnValues(values)
            if reverse:
                reader.set_reverse()
        return TranslatingColumnReader(reader, field.from_column_value) if translate else reader

    # --- within -------------------------------------------------------------------------------

    def _check(self, name: str) -> None:
        """Raise TermNotFound for a field that has no terms by its type."""
        if name not in self.schema or self.schema[name].format is None:
            raise TermNotFound(f"No field {name!r}")

    def _field(self, name: str) -> Field:
        field = self.columns.field(name)
        if field is None:
            raise TermNotFound(f"No terms in {name!r}")
        return field

    def _find(self, name: str, text: str | bytes) -> int | None:
        """Return the number of a term. Raises TermNotFound for a field that can't have any."""
        self._check(name)
        field = self.columns.field(name)
        return None if field is None else field.terms.find(self._text_to_bytes(name, text))

    def _info(self, name: str, number: int) -> TermInfo:
        postings = self._field(name).postings
        documents, weights = postings.documents(number), postings.weights(number)
        found = self.lengths(name)[documents]
        return TermInfo(
            float(weights.sum()), len(documents), int(found.min()), int(found.max()),
            float(weights.max()), int(documents[0]), int(documents[-1]),
        )  # fmt: skip


def reader_of(
    segments: Sequence[tuple[Segment, Mask | None]], schema: Schema, generation: int | None = None
) -> IndexReader:
    """Return a reader of some segments, each with what is deleted of it."""
    readers: list[IndexReader] = [
        SegmentReader(segment, schema, deleted, generation) for segment, deleted in segments
    ]
    if len(readers) == 1:
        return readers[0]
    if not readers:
        return _NoSegments(schema, generation)
    return MultiReader(readers, generation)


class _NoSegments(EmptyReader):
    """Reads an index without any document."""

    def __init__(self, schema: Schema, generation: int | None) -> None:
        super().__init__(schema)
        self._generation = generation

    def generation(self) -> int | None:
        return self._generation

    def leaf_readers(self) -> list[tuple[IndexReader, int]]:
        return []


def _not_found(name: str, text: str | bytes) -> NoReturn:
    raise TermNotFound(f"{name}:{text!r}")
