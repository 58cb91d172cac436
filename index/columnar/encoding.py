"""Writes a field slice by slice, as :mod:`index.columnar.terms` and ``postings`` read it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from index.columnar.arrays import offsets, spread
from index.columnar.bitmaps import MOST_BITS
from index.columnar.narrow import Narrow
from index.columnar.positions import FIRST, LONG
from index.columnar.postings import DENSE
from index.columnar.spool import Spool
from index.columnar.terms import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from index.columnar.arrayfile import ArrayFileWriter
    from index.columnar.arrays import U32, Array, Indices
    from index.columnar.postings import Decoded


class FieldEncoder:
    """Takes consecutive slices of a field's terms with their postings, and writes them to a file.

    ``size``: how many documents the segment has; ``folder``: where it may keep what is too much for
    memory. Each slice must have the same kinds of arrays.
    """

    def __init__(self, size: int, folder: Path) -> None:
        self._size, self._folder = size, folder
        self._pieces: dict[str, Spool] = {}
        self._lengths: Counter[str] = Counter()
        self._terms = 0
        self._is_counted = False
        self.lengths = np.zeros(size, np.uint32)
        """How often all terms together occur in each document."""

    def __len__(self) -> int:
        return self._terms

    def add(self, terms: Sequence[bytes], pieces: Iterable[Decoded]) -> None:
        """Take terms with their postings, in one piece, or in several that are of a single term.

        Terms that no document has are left out.
        """
        taken: list[tuple[Indices, Array, U32]] = []
        for piece in pieces:
            taken.append((piece.counts, piece.documents, piece.frequencies))
            self._add_occurrences(piece)
        counts, documents, frequencies = map(np.concatenate, zip(*taken, strict=True))
        if len(taken) > 1:
            counts = counts.sum(keepdims=True)
        used = np.flatnonzero(counts)
        if len(used) < len(terms):
            terms, counts = [terms[number] for number in used.tolist()], counts[used]
        found = np.bincount(documents, frequencies, self._size)
        self.lengths += found.astype(np.uint32)
        occurrences = np.diff(offsets(frequencies)[offsets(counts)])
        if "positions" in self._pieces:
            self._add_long(counts, frequencies, occurrences)
        self._add_terms(terms)
        self._add_documents(counts, documents)
        self._append("occurrences", occurrences)
        self._append("postings", counts)
        self._terms += len(terms)

    def write(self, file: ArrayFileWriter, name: str) -> None:
        """Write everything under ``name``."""
        file.add(f"{name}/terms.starts", _bounds(self._pieces.pop("term lengths", ())))
        file.add_pieces(f"{name}/terms.blob", self._pieces.pop("terms", ()), np.dtype(np.uint8))
        name = f"{name}/postings"
        file.add(f"{name}.postings", _bounds(self._pieces.pop("postings", ())))
        file.add(f"{name}.dense", self._whole("dense", np.uint32))
        width = (self._size + 7) // 8
        rows = self._pieces.pop("bitmaps", ())
        file.add_pieces(f"{name}.bitmaps", rows, np.dtype(np.uint8), (width,))
        documents = self._pieces.pop("documents", ())
        file.add_pieces(f"{name}.documents", documents, np.dtype(np.uint16))
        occurrences = _bounds(self._pieces.pop("occurrences", ()))
        if "positions" in self._pieces or self._is_counted:
            file.add(f"{name}.occurrences", occurrences)
        if not self._is_counted:
            for kind in ("frequencies", "frequencies.places", "frequencies.wide"):
                if kind in self._pieces:
                    self._pieces.pop(kind).close()
        for kind in sorted(self._pieces):
            pieces = self._pieces[kind]
            file.add_pieces(f"{name}.{kind}", pieces, *pieces.kind)

    def _add_terms(self, terms: Sequence[bytes]) -> None:
        self._append("terms", np.frombuffer(SEPARATOR.join([*terms, b""]), np.uint8))
        self._append("term lengths", np.fromiter(map(len, terms), np.intp, len(terms)) + 1)

    def _add_occurrences(self, postings: Decoded) -> None:
        if postings.positions is not None:
            firsts = offsets(postings.frequencies)[:-1]
            self._add_narrow("positions", postings.positions, FIRST - 1, firsts=firsts)
        else:
            self._add_narrow("frequencies", postings.frequencies, 0xFF)
            self._is_counted |= bool((postings.frequencies > 1).any())
        for kind in ("weights", "spans", "boosts", "following"):
            array = getattr(postings, kind)
            if array is not None:
                self._append(kind, array)

    def _append(self, kind: str, piece: Array) -> None:
        if kind not in self._pieces:
            self._pieces[kind] = Spool(self._folder)
        self._pieces[kind].append(piece)

    def _whole(self, kind: str, dtype: type[np.generic]) -> Array:
        return np.concatenate([np.zeros(0, dtype), *self._pieces.pop(kind, ())]).astype(dtype)

    def _add_documents(self, counts: Indices, documents: Array) -> None:
        """Take document numbers, those of dense terms as bitmaps."""
        dense = np.flatnonzero(counts * DENSE > self._size)
        bounds = offsets(counts)
        step = max(MOST_BITS // self._size, 1)
        for some in np.split(dense, range(step, len(dense), step)):
            marks = np.zeros((len(some), self._size), np.bool_)
            found = documents[spread(bounds[some], counts[some])]
            marks[np.repeat(np.arange(len(some)), counts[some]), found] = True
            self._append("bitmaps", np.packbits(marks, axis=1, bitorder="little"))
        self._append("dense", (dense + self._terms).astype(np.uint32))
        sparse = np.ones(len(counts), np.bool_)
        sparse[dense] = False
        self._append("documents", documents[np.repeat(sparse, counts)].astype(np.uint16))

    def _add_long(self, counts: Indices, frequencies: U32, occurrences: Indices) -> None:
        """Take the frequencies of the terms whose positions would take long to tell them."""
        is_long = (counts * DENSE > self._size) & (occurrences > counts * LONG)
        self._append("long", (np.flatnonzero(is_long) + self._terms).astype(np.uint32))
        self._add_narrow("long.frequencies", frequencies[np.repeat(is_long, counts)], 0xFF)

    def _add_narrow(
        self, kind: str, numbers: U32, limit: int, firsts: Indices | None = None
    ) -> None:
        """Take whole numbers, most of them narrow; mark those that are the first of a posting."""
        narrow = Narrow.of(numbers, limit)
        if firsts is not None:
            narrow.low[firsts] |= np.uint16(FIRST)
        self._append(kind, narrow.low)
        self._append(f"{kind}.places", narrow.places + np.uint32(self._lengths[kind]))
        self._append(f"{kind}.wide", narrow.wide)
        self._lengths[kind] += len(numbers)


def _bounds(counts: Iterable[Array]) -> Array:
    """Return where each term begins, in the narrowest type that has room."""
    bounds = offsets(np.concatenate([np.zeros(0, np.intp), *counts]))
    return bounds.astype(np.uint64 if int(bounds[-1]) >> 32 else np.uint32)


def _add_narrow(file: ArrayFileWriter, name: str, numbers: Narrow) -> None:
    file.add(name, numbers.low)
    file.add(f"{name}.places", numbers.places)
    file.add(f"{name}.wide", numbers.wide)


def add_numbers(file: ArrayFileWriter, name: str, numbers: Any, limit: int) -> None:
    """Write whole numbers of up to 32 bits, nearly all of which are at most ``limit``."""
    _add_narrow(file, name, Narrow.of(np.asarray(numbers, np.uint32), limit))
