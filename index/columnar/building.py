"""A segment in the making: documents in memory, until they are written as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.columnar import fast_lane, general_lane
from index.columnar.arrayfile import ArrayFileWriter
from index.columnar.columns import add_column
from index.columnar.encoding import FieldEncoder, add_numbers
from index.columnar.merging import merge
from index.columnar.segment import LARGEST
from index.columnar.sources import GONE, InMemory
from index.columnar.stored import add_stored, to_json
from index.columnar.texts import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from whoosh.fields import FieldType, Schema

    from index.columnar.arrays import U32
    from index.columnar.sources import Source
    from index.columnar.vocabulary import Vocabulary

LARGEST_TEXT = 2 << 20
"""Words of a segment in the making, of all its fields. To sort many more at a time takes longer:
the arrays would no longer fit into the processor's cache and the memory that is kept."""


_MOST_NUMBERS = 1 << 12
"""Numbers whose terms are remembered; some 4 MB of them."""


class _Prepared(NamedTuple):
    """All that a document puts into a segment: worked out before anything is put."""

    texts: dict[str, str]
    terms: dict[str, list[general_lane.Posting]]
    stored: dict[str, bytes]
    columns: dict[str, Any]


class _Kind(NamedTuple):
    """A field, and which way its values take."""

    field: FieldType
    takes_plain: bool
    """Texts that are nothing but texts take the fast lane."""

    has_spelling: bool
    """Its words are terms of another field, too, as they are written."""


class Building:
    """Documents of one schema on their way into a segment."""

    def __init__(self, schema: Schema, vocabulary: Vocabulary) -> None:
        self._schema, self._vocabulary = schema, vocabulary
        self._kinds: dict[str, _Kind] = {}
        self._waiting = Waiting()
        self._texts: dict[str, fast_lane.Texts] = {}
        self._terms: dict[str, general_lane.Terms] = {}
        self._stored: dict[str, dict[int, bytes]] = {}
        self._columns: dict[str, dict[int, Any]] = {}
        self._unique: dict[str, dict[bytes, list[int]]] = {}
        self._gone: set[int] = set()
        self._size = self._words = 0

    def __len__(self) -> int:
        return self._size - len(self._gone)

    @property
    def is_full(self) -> bool:
        """Whether it is time to write the segment."""
        return self._size >= LARGEST or self._words >= LARGEST_TEXT

    def add(self, fields: Mapping[str, Any]) -> None:
        """Take a document, in the keywords of Whoosh's ``add_document``.

        Raises ValueError or TypeError for a value that its field does not take; then nothing of
        the document is taken.
        """
        prepared = self._prepare(fields)
        document = self._size
        self._waiting.add(document, prepared.texts)
        if self._waiting.is_full:
            self._take_texts()
        for name, postings in prepared.terms.items():
            if name not in self._terms:
                self._terms[name] = general_lane.Terms(self._schema[name])
            self._terms[name].add(document, postings)
            self._words += sum(posting.frequency for posting in postings)
            if self._schema[name].unique:
                for posting in postings:
                    places = self._unique.setdefault(name, {}).setdefault(posting.term, [])
                    places.append(document)
        for name, raw in prepared.stored.items():
            self._stored.setdefault(name, {})[document] = raw
        for name, value in prepared.columns.items():
            self._columns.setdefault(name, {})[document] = value
        self._size += 1

    def remove(self, field: str, term: bytes) -> int:
        """Leave out the documents with a term in a unique field, and return how many."""
        found = self._unique.get(field, {}).pop(term, [])
        new = self._gone.union(found)
        count = len(new) - len(self._gone)
        self._gone = new
        return count

    # --- taking a document --------------------------------------------------------------------

    def _prepare(self, fields: Mapping[str, Any]) -> _Prepared:
        prepared = _Prepared({}, {}, {}, {})
        for name in sorted(name for name in fields if not name.startswith("_")):
            value = fields[name]
            if name not in self._kinds:
                field = self._schema[name]
                plain = field.indexed and not field.unique and fast_lane.takes(field)
                self._kinds[name] = _Kind(field, plain, field.separate_spelling())
            field, takes_plain, has_spelling = self._kinds[name]
            if value is None:
                continue
            if field.indexed:
                boost = float(fields.get(f"_{name}_boost", fields.get("_boost", 1.0)))
                if boost == 1.0 and takes_plain and _is_plain(value):
                    prepared.texts[name] = value
                elif boost == 1.0 and type(value) is int:
                    prepared.terms[name] = self._of_number(name, value)
                else:
                    prepared.terms[name] = general_lane.postings_of(field, value, boost)
            if has_spelling:
                words = {word.encode() for word in field.spellable_words(value)}
                prepared.terms[field.spelling_fieldname(name)] = [
                    general_lane.Posting(word, 1, 1.0, b"") for word in sorted(words)
                ]
            kept = fields.get(f"_stored_{name}", value)
            if field.stored and kept is not None:
                prepared.stored[name] = to_json(kept)
            if field.column_type and kept is not None:
                prepared.columns[name] = field.to_column_value(kept)
        return prepared

    def _of_number(self, name: str, value: int) -> list[general_lane.Posting]:
        """Return the terms of a whole number, from memory if it was met of late."""
        known = self._vocabulary.of_numbers
        if (name, value) not in known:
            if len(known) >= _MOST_NUMBERS:
                known.clear()
            known[name, value] = general_lane.postings_of(self._kinds[name].field, value, 1.0)
        return known[name, value]

    def _take_texts(self) -> None:
        """Take the texts apart that wait for it."""
        for document, name, parts in self._waiting.take(self._vocabulary):
            if name not in self._texts:
                self._texts[name] = fast_lane.Texts(self._schema[name])
            self._texts[name].add(document, parts)
            self._words += sum(map(len, parts))

    # --- writing ------------------------------------------------------------------------------

    def write(self, path: Path, *, durable: bool = True) -> int:
        """Write the segment, and return how many documents it has.

        ``durable``: return when it is on disk.
        """
        self._take_texts()
        numbers, size = self._renumbered()
        with ArrayFileWriter(path) as file:
            for name in sorted({*self._texts, *self._terms}):
                sources = list(self._sources(name, numbers))
                write_field(file, name, self._schema, sources, size)
            for name, values in sorted(self._stored.items()):
                kept = [values.get(old, b"") for old in self._kept()]
                add_stored(file, f"{name}/stored", kept)
            columns = {}
            for name, column in sorted(self._columns.items()):
                kind: Any = self._schema[name].column_type
                kept = [column.get(old, kind.default_value()) for old in self._kept()]
                columns[name] = add_column(file, f"{name}/column", kept)
            file.finish({"documents": size, "columns": columns}, durable=durable)
        return size

    def _kept(self) -> Iterator[int]:
        return (number for number in range(self._size) if number not in self._gone)

    def _renumbered(self) -> tuple[U32, int]:
        """Return the new number of each document, without those left out, and how many stay."""
        numbers = np.full(self._size, GONE, np.uint32)
        kept = np.fromiter(self._kept(), np.intp)
        numbers[kept] = np.arange(len(kept), dtype=np.uint32)
        return numbers, len(kept)

    def _sources(self, name: str, numbers: U32) -> Iterable[Source]:
        """Yield what each lane has of a field."""
        if name in self._texts:
            yield InMemory(*self._texts[name].postings(self._vocabulary), numbers)
        if name in self._terms:
            yield InMemory(*self._terms[name].postings(), numbers)


def write_field(
    file: ArrayFileWriter, name: str, schema: Schema, sources: Sequence[Source], size: int
) -> None:
    """Write one field of a segment of ``size`` documents, out of one source or several."""
    encoder = FieldEncoder(size, file.folder)
    for terms, pieces in merge(sources):
        encoder.add(terms, pieces)
    if len(encoder):
        encoder.write(file, name)
        if schema[name].scorable:
            add_numbers(file, f"{name}/lengths", encoder.lengths, 0xFFFF)


def _is_plain(value: object) -> bool:
    """Tell whether a value is a text that may take the fast lane."""
    return isinstance(value, str) and len(value) <= fast_lane.LONGEST_TEXT
