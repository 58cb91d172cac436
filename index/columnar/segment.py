"""Segments: up to 65,536 documents in one array file, never changed once it is written.

The bound makes each document number fit two bytes, keeps the arrays of an evaluation inside the
processor's cache, and bounds the cost of a merge, however large the index.

Arrays of the file, where ``F`` is a field: ``F/terms…`` (see :mod:`index.columnar.terms`),
``F/postings…`` (:mod:`~index.columnar.postings`), ``F/lengths…`` (terms in the field of each
document), ``F/column…`` (:mod:`~index.columnar.columns`), ``F/stored…``
(:mod:`~index.columnar.stored`). Notes: ``documents``, how many there are, and ``columns``, notes
on each.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from index.columnar.arrayfile import ArrayFile
from index.columnar.columns import read_column
from index.columnar.narrow import Narrow
from index.columnar.postings import Postings
from index.columnar.stored import StoredColumn, from_json
from index.columnar.terms import Terms
from index.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.columnar.arrays import U32
    from index.columnar.columns import BytesColumn, NumberColumn

LARGEST = 1 << 16
"""Documents that a segment can hold."""


class Field(NamedTuple):
    """An indexed field of a segment: its terms, and their postings by the terms' numbers."""

    terms: Terms
    postings: Postings


class Segment:
    """One segment, opened. Raises :class:`IndexDamagedError` where its file is wrong."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self._fields: dict[str, Field] = {}
        self._lengths: dict[str, U32] = {}
        self._totals: dict[str, int] = {}
        notes = self.file.notes
        size, columns = notes.get("documents"), notes.get("columns")
        if type(size) is not int or not 0 < size <= LARGEST or not isinstance(columns, dict):
            raise IndexDamagedError(f"{path} is damaged: it is no segment.")
        self.size: int = size
        """How many documents there are, deleted ones too."""

        self._columns: dict[str, Any] = columns
        self._opened: dict[str, BytesColumn | NumberColumn] = {}

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """The names of the fields of each kind: terms, lengths, column, stored."""
        kinds: dict[str, set[str]] = {kind: set() for kind in ("terms", "lengths", "stored")}
        for array in self.file:
            field, _, kind = array.rpartition("/")
            kinds.setdefault(kind.partition(".")[0], set()).add(field)
        return {kind: frozenset(fields) for kind, fields in kinds.items()} | {
            "column": frozenset(self._columns)
        }

    def field(self, name: str) -> Field | None:
        """Return an indexed field, None where no document has a term in it."""
        if name not in self._fields:
            if name not in self.names["terms"]:
                return None
            terms = Terms(self.file, f"{name}/terms")
            self._fields[name] = Field(terms, Postings(self.file, f"{name}/postings", self.size))
        return self._fields[name]

    def lengths(self, name: str) -> U32 | None:
        """Return how many terms each document has in a field, uint32 ``[documents]``.

        None for a field that is not scored, or that no document has.
        """
        if name not in self._lengths:
            if name not in self.names["lengths"]:
                return None
            lengths = Narrow.from_file(self.file, f"{name}/lengths").read(0, self.size)
            lengths.setflags(write=False)
            self._lengths[name] = lengths
        return self._lengths[name]

    def total_length(self, name: str) -> int:
        """Return how many terms all documents together have in a field."""
        if name not in self._totals:
            lengths = self.lengths(name)
            self._totals[name] = 0 if lengths is None else int(lengths.sum(dtype="int64"))
        return self._totals[name]

    def column(self, name: str) -> NumberColumn | BytesColumn | None:
        """Return the sortable column of a field, None where no document has a value in it."""
        if name not in self._columns:
            return None
        if name not in self._opened:
            self._opened[name] = read_column(self.file, f"{name}/column", self._columns[name])
        return self._opened[name]

    def stored(self, document: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        fields = {}
        for name, column in self.stored_columns.items():
            raw = column.raw(document)
            if raw:
                fields[name] = from_json(raw)
        return fields

    @cached_property
    def stored_columns(self) -> dict[str, StoredColumn]:
        """The stored values of each field that has any."""
        return {
            name: StoredColumn(self.file, f"{name}/stored") for name in sorted(self.names["stored"])
        }

    def verify(self, going_on: Callable[[], object] = lambda: None) -> None:
        """Compare each byte of the file with its checksum, see :meth:`ArrayFile.verify`."""
        self.file.verify(going_on)
