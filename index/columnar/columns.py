"""Columns: one value a document, read for all documents at once.

Whole numbers are stored as their distance from the least of them, in the narrowest type that has
room; byte strings as their rank among all that occur, with a dictionary beside it. So ordering
documents by a column, of dates or of names, is ordering an array of numbers.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from index.columnar.terms import Terms, add_terms
from index.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrayfile import ArrayFile, ArrayFileWriter
    from index.columnar.arrays import Array, Indices


class NumberColumn:
    """A number a document: of a NUMERIC or DATETIME field in Whoosh's sortable form."""

    def __init__(self, file: ArrayFile, name: str, base: int) -> None:
        self.ranks: Array = file[name]
        """Unsigned or float64 ``[documents]``: what orders the documents of the segment."""

        self._base = base

    def __len__(self) -> int:
        return len(self.ranks)

    def __getitem__(self, document: int) -> float:
        value: float = self.ranks.item(document) + self._base
        return value

    def values_of(self, documents: Indices) -> list[Any]:
        """Return the numbers of some documents."""
        return [value + self._base for value in self.ranks[documents].tolist()]

    @cached_property
    def values(self) -> Array:
        """All numbers: float64, int64, or uint64 where none is negative."""
        if self.ranks.dtype.kind == "f":
            return self.ranks
        kind = np.int64 if self._base < 0 else np.uint64
        values: Array = self.ranks.astype(kind)
        values += kind(self._base)
        return values


class BytesColumn:
    """A byte string a document."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.ranks = file[name]
        """Unsigned ``[documents]``: the place of each document's value in the dictionary."""

        self.terms = Terms(file, f"{name}.terms")
        """All values that occur, sorted."""

    def __len__(self) -> int:
        return len(self.ranks)

    def __getitem__(self, document: int) -> bytes:
        return self.terms[self.ranks.item(document)]

    def values_of(self, documents: Indices) -> list[Any]:
        """Return the byte strings of some documents."""
        return self.terms.several(self.ranks[documents])

    @cached_property
    def values(self) -> Array:
        """All byte strings, as an array of objects."""
        dictionary = np.empty(len(self.terms), object)
        dictionary[:] = list(self.terms)
        values: Array = dictionary[self.ranks]
        return values


def add_column(file: ArrayFileWriter, name: str, values: Sequence[Any]) -> dict[str, Any]:
    """Write one value a document, and return the notes that :func:`read_column` needs.

    Raises TypeError for values that are neither all numbers nor all byte strings.
    """
    if all(isinstance(value, bytes) for value in values):
        dictionary = sorted(set(values))
        ranks = {term: rank for rank, term in enumerate(dictionary)}
        file.add(name, _narrowest(np.fromiter(map(ranks.__getitem__, values), np.uint64)))
        add_terms(file, f"{name}.terms", dictionary)
        return {"kind": "bytes"}
    if all(isinstance(value, int) for value in values):
        base = min(values)
        file.add(name, _narrowest(np.array([value - base for value in values], np.uint64)))
        return {"kind": "numbers", "base": int(base)}
    if all(isinstance(value, int | float) for value in values):
        file.add(name, np.array(values, np.float64))
        return {"kind": "numbers", "base": 0}
    raise TypeError(f"A column holds numbers or bytes, unlike {name!r}.")


def read_column(file: ArrayFile, name: str, notes: Any) -> NumberColumn | BytesColumn:
    """Return a column as :func:`add_column` wrote it."""
    match notes:
        case {"kind": "bytes"}:
            return BytesColumn(file, name)
        case {"kind": "numbers", "base": int(base)}:
            return NumberColumn(file, name, base)
    raise IndexDamagedError(f"{file.path} is damaged: {name!r} is of no known kind.")


def _narrowest(numbers: Array) -> Array:
    """Return unsigned numbers in the narrowest type that has room for all."""
    highest = int(numbers.max(initial=0))
    return numbers.astype(np.min_scalar_type(highest))
