"""The dictionary of a field: its terms, sorted as bytes, each with the number of its place.

All terms lie in one blob, a line feed behind each, so that a pattern can be looked for in all of
them at once. A term costs its bytes, the line feed, and four bytes for where it begins; what else
is known of it (how many documents have it, and how often) is the distance of two neighbours in
the offsets of the postings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.arrays import offsets, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.columnar.arrayfile import ArrayFile, ArrayFileWriter
    from index.columnar.arrays import U8, Array

SEPARATOR = b"\n"


_STRIDE = 64
"""One term in so many is kept in memory, to search the others from."""


_AT_ONCE = 1024
"""Terms that are taken out of the blob together when many are looked through."""


class Terms:
    """The sorted terms of one field, as bytes. Supports ``len``, indexing and iteration."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.starts = file[f"{name}.starts"]
        """Unsigned ``[terms + 1]``: where each term begins in the blob, and where that ends."""

        self.blob: U8 = file[f"{name}.blob"]
        """Uint8 ``[bytes]``: all terms, a line feed behind each."""

        self._starts = self.starts.data
        self._blob = self.blob.data

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._blob[self._starts[number] : self._starts[number + 1] - 1])

    def several(self, numbers: Array) -> list[bytes]:
        """Return some terms by their numbers."""
        numbers = numbers.astype(np.intp)
        starts, ends = self.starts[numbers].tolist(), self.starts[numbers + 1].tolist()
        blob = self._blob
        return [bytes(blob[start : end - 1]) for start, end in zip(starts, ends, strict=True)]

    def __iter__(self) -> Iterator[bytes]:
        return self.between(0, len(self))

    def between(self, low: int, high: int) -> Iterator[bytes]:
        """Yield the terms numbered from ``low`` to before ``high``."""
        for start in range(low, high, _AT_ONCE):
            yield from self._listed(start, min(start + _AT_ONCE, high))

    def place(self, term: bytes) -> int:
        """Return the number of the first term that is not before ``term``."""
        low = max(bisect_left(self._samples, term) - 1, 0) * _STRIDE
        return low + bisect_left(self._listed(low, min(low + _STRIDE, len(self))), term)

    def _listed(self, low: int, high: int) -> list[bytes]:
        """Return the terms numbered from ``low`` to before ``high``."""
        starts = self._starts[low : high + 1]
        blob = bytes(self._blob[starts[0] : starts[-1]])
        terms = blob.split(SEPARATOR)
        if len(terms) == len(starts):
            return terms[:-1]
        # Some term has a line feed of its own.
        first = starts[0]
        return [blob[start - first : end - first - 1] for start, end in pairwise(starts)]

    def find(self, term: bytes) -> int | None:
        """Return the number of ``term``, None where the field does not have it."""
        low = (bisect_right(self._samples, term) - 1) * _STRIDE
        if low < 0:
            return None
        terms = self._listed(low, min(low + _STRIDE, len(self)))
        place = bisect_left(terms, term)
        return low + place if place < len(terms) and terms[place] == term else None

    def prefixed(self, prefix: bytes) -> tuple[int, int]:
        """Return the numbers of the terms that begin so, as ``(low, high)``, ``high`` excluded."""
        behind = prefix.rstrip(b"\xff")
        low = self.place(prefix) if prefix else 0
        if not behind:
            return low, len(self)
        return low, self.place(behind[:-1] + bytes([behind[-1] + 1]))

    @cached_property
    def _samples(self) -> list[bytes]:
        """The first of each :data:`_STRIDE` terms."""
        starts = self.starts[:-1:_STRIDE].astype(np.intp)
        ends = self.starts[1::_STRIDE].astype(np.intp)
        bounds = np.stack([starts, ends], axis=1).reshape(-1)
        # Before memory is taken for them.
        if (bounds[1:] < bounds[:-1]).any() or bounds.max(initial=0) > len(self.blob):
            raise ValueError("terms that are not there")
        raw = self.blob[spread(starts, ends - starts)].tobytes()
        samples = raw.split(SEPARATOR)
        if len(samples) == len(starts) + 1:
            return samples[:-1]
        bounds = offsets(ends - starts).tolist()
        return [raw[start : end - 1] for start, end in pairwise(bounds)]

    def text(self, low: int, high: int) -> str | None:
        """Return the terms numbered from ``low`` to before ``high``, a line feed behind each.

        None where they are not all lines of UTF-8.
        """
        blob = bytes(self._blob[self._starts[low] : self._starts[max(low, high)]])
        if blob.count(SEPARATOR) != max(high - low, 0):
            return None
        try:
            return blob.decode()
        except UnicodeDecodeError:
            return None

    def texts(self, low: int, high: int) -> list[str] | None:
        """Return the same terms as a list."""
        text = self.text(low, high)
        return None if text is None else text.split(SEPARATOR.decode())[:-1]


def add_terms(file: ArrayFileWriter, name: str, terms: Sequence[bytes]) -> None:
    """Write sorted terms, each different from all others, under ``name``."""
    lengths: Iterable[int] = (len(term) + 1 for term in terms)
    starts = offsets(np.fromiter(lengths, np.intp, len(terms)))
    blob = SEPARATOR.join([*terms, b""])
    wide = np.uint64 if len(blob) >> 32 else np.uint32
    file.add(f"{name}.starts", starts.astype(wide))
    file.add(f"{name}.blob", np.frombuffer(blob, np.uint8))
