"""Writes the postings of a field as :mod:`index.columnar.postings` reads them, slice by slice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from index.columnar.arrays import offsets
from index.columnar.narrow import Narrow
from index.columnar.positions import FIRST, LONG
from index.columnar.postings import DENSE
from index.columnar.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index.columnar.arrayfile import ArrayFileWriter
    from index.columnar.arrays import U32, Array, Indices
    from index.columnar.postings import Decoded


class PostingsEncoder:
    """Takes the postings of consecutive slices of a field's terms, and writes them to a file.

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

    def add(self, postings: Decoded) -> None:
        """Take the next slice of terms."""
        self._add_documents(postings.counts, postings.documents)
        found = np.bincount(postings.documents, postings.frequencies, self._size)
        self.lengths += found.astype(np.uint32)
        bounds = offsets(postings.frequencies)
        ends = bounds[offsets(postings.counts)]
        if postings.positions is not None:
            self._add_narrow("positions", postings.positions, FIRST - 1, firsts=bounds[:-1])
            self._add_long(postings, np.diff(ends))
        else:
            self._add_narrow("frequencies", postings.frequencies, 0xFF)
            self._is_counted |= bool((postings.frequencies > 1).any())
        for kind in ("weights", "spans", "boosts"):
            array = getattr(postings, kind)
            if array is not None:
                self._append(kind, array)
        self._append("occurrences", np.diff(ends))
        self._append("postings", postings.counts)
        self._terms += len(postings.counts)

    def write(self, file: ArrayFileWriter, name: str) -> None:
        """Write everything under ``name``."""
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
        for term in dense:
            mask = np.zeros(self._size, np.bool_)
            mask[documents[bounds[term] : bounds[term + 1]]] = True
            self._append("bitmaps", np.packbits(mask, bitorder="little")[np.newaxis])
        self._append("dense", (dense + self._terms).astype(np.uint32))
        sparse = np.ones(len(counts), np.bool_)
        sparse[dense] = False
        self._append("documents", documents[np.repeat(sparse, counts)].astype(np.uint16))

    def _add_long(self, postings: Decoded, occurrences: Indices) -> None:
        """Take the frequencies of the terms whose positions would take long to tell them."""
        counts = postings.counts
        is_long = (counts * DENSE > self._size) & (occurrences > counts * LONG)
        self._append("long", (np.flatnonzero(is_long) + self._terms).astype(np.uint32))
        frequencies = postings.frequencies[np.repeat(is_long, counts)]
        self._add_narrow("long.frequencies", frequencies, 0xFF)

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
