"""Whether the arrays of a segment can be what they say they are, whatever their checksums.

A checksum tells that a file is as somebody wrote it, not that it was us. What is looked at is what
the readers rely on: how long each array is, that offsets ascend and end where the array ends, that
no number points outside. It takes a few seconds for the largest segment.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.columns import BytesColumn, NumberColumn
from index.columnar.narrow import Narrow
from index.columnar.positions import FIRST
from index.columnar.terms import SEPARATOR
from index.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.columnar.arrays import Array, Indices
    from index.columnar.segment import Segment


def look_into(segment: Segment) -> None:
    """Look at all arrays of a segment. Raises IndexDamagedError for what can't be."""
    with _told(segment):
        for name in sorted(segment.names["terms"]):
            _check_field(segment, name)
        for name in sorted(segment.names["lengths"]):
            _check_narrow(Narrow.from_file(segment.file, f"{name}/lengths"), segment.size)
        for name in sorted(segment.names["stored"]):
            starts, blob = (segment.file[f"{name}/stored.{part}"] for part in ("starts", "blob"))
            _check_offsets(starts, segment.size, len(blob))
            _expect(blob.dtype == np.uint8, "what is stored is no text")
        for name in sorted(segment.names["column"]):
            _check_column(segment, name)
            if isinstance(segment.column(name), BytesColumn):
                _check_order(segment, f"{name}/column.terms")


def look_into_column(segment: Segment, name: str) -> None:
    """Look whether a column, if there is one, can be read to its end; in a moment.

    Raises IndexDamagedError where it can't.
    """
    with _told(segment):
        if name in segment.names["column"]:
            _check_column(segment, name)


@contextmanager
def _told(segment: Segment) -> Iterator[None]:
    """Say of which file it is what can't be."""
    path = segment.file.path
    try:
        yield
    except _WrongError as error:
        raise IndexDamagedError(f"{path} is damaged: {error}.") from None
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise IndexDamagedError(f"{path} is damaged: its arrays are of no sense.") from error


class _WrongError(Exception):
    """Something can't be."""


def _expect(condition: object, otherwise: str) -> None:
    if not condition:
        raise _WrongError(otherwise)


def _check_offsets(bounds: Array, stretches: int, end: int, least: int = 0) -> Indices:
    """Check offsets of stretches that are at least so long; return how long each is."""
    _expect(bounds.dtype.kind == "u" and bounds.shape == (stretches + 1,), "offsets are missing")
    # Before anything is subtracted: unsigned numbers would go round.
    _expect((bounds[1:] >= bounds[:-1]).all(), "its offsets do not ascend")
    _expect(bounds[0] == 0 and bounds[-1] == end, "its offsets lead outside")
    places = bounds.astype(np.intp)
    lengths: Indices = places[1:] - places[:-1]
    _expect(lengths.min(initial=least) >= least, "its offsets are too near")
    return lengths


def _check_terms(segment: Segment, name: str) -> int:
    """Check the dictionary stored under a name; return how many terms it has."""
    starts, blob = (segment.file[f"{name}.{part}"] for part in ("starts", "blob"))
    _expect(blob.dtype == np.uint8 and blob.ndim == 1, "its terms are no text")
    _check_offsets(starts, len(starts) - 1, len(blob), least=1)
    _expect((blob[starts[1:] - 1] == ord(SEPARATOR)).all(), "its terms are not apart")
    return len(starts) - 1


def _check_order(segment: Segment, name: str) -> None:
    starts, raw = segment.file[f"{name}.starts"].tolist(), segment.file[f"{name}.blob"].tobytes()
    terms = (raw[start : end - 1] for start, end in pairwise(starts))
    _expect(all(one < other for one, other in pairwise(terms)), "its terms are not in order")


def _check_narrow(numbers: Narrow, length: int) -> None:
    _expect(numbers.low.dtype in (np.uint8, np.uint16), "its numbers are none")
    _expect(numbers.low.shape == (length,), "some of its numbers are missing")
    _check_exceptions(numbers.places, numbers.wide, length)


def _check_exceptions(places: Array, wide: Array, length: int) -> None:
    _expect(places.dtype == wide.dtype == np.uint32, "its exceptions are no numbers")
    _expect(places.shape == wide.shape == (len(places),), "its exceptions are incomplete")
    _expect((places[1:] > places[:-1]).all(), "its exceptions are not in order")
    _expect(not len(places) or places[-1] < length, "its exceptions are of others")


def _check_column(segment: Segment, name: str) -> None:
    column = segment.column(name)
    values = segment.file[f"{name}/column"]
    _expect(values.shape == (segment.size,), "a column is incomplete")
    if isinstance(column, BytesColumn):
        count = _check_terms(segment, f"{name}/column.terms")
        _expect(values.dtype.kind == "u" and values.max() < count, "a column leads outside")
    elif isinstance(column, NumberColumn):
        _expect(values.dtype.kind == "u" or values.dtype == np.float64, "a column has no numbers")
        _expect(column.values.shape == (segment.size,), "a column is incomplete")


def _check_field(segment: Segment, name: str) -> None:
    """Check the dictionary of a field and its postings."""
    file, within = segment.file, f"{name}/postings"
    terms = _check_terms(segment, f"{name}/terms")
    _check_order(segment, f"{name}/terms")
    bounds = file[f"{within}.postings"]
    counts = _check_offsets(bounds, terms, int(bounds[-1]), least=1)
    _check_documents(segment, within, counts)
    occurrences = 0
    if f"{within}.occurrences" in file:
        bounds = file[f"{within}.occurrences"]
        occurrences = int(bounds[-1])
        frequencies = _check_offsets(bounds, terms, occurrences, least=1)
        _check_occurrences(segment, within, counts, frequencies)
    lengths = {"weights": int(counts.sum())}
    lengths |= dict.fromkeys(("spans", "boosts", "following"), occurrences)
    for kind, length in lengths.items():
        if f"{within}.{kind}" in file:
            _expect(len(file[f"{within}.{kind}"]) == length, f"its {kind} are incomplete")
    if f"{within}.following" in file:
        raw = file[f"{within}.following"]
        _expect(raw.dtype == np.uint8 and raw.ndim == 1, "what follows its words is no number")


def _check_occurrences(
    segment: Segment, within: str, counts: Indices, frequencies: Indices
) -> None:
    """Check how often each document has each term, or where."""
    file, positions = segment.file, f"{within}.positions"
    if positions in file:
        raw, starts = file[positions], np.cumsum(frequencies) - frequencies
        whole = (int(frequencies.sum()),)
        _expect(raw.dtype == np.uint16 and raw.shape == whole, "positions are missing")
        _check_exceptions(file[f"{positions}.places"], file[f"{positions}.wide"], len(raw))
        is_first = raw >= FIRST
        _expect(is_first[starts].all(), "its positions begin in the middle")
        firsts = np.add.reduceat(is_first, starts, dtype=np.intp)
        _expect((firsts == counts).all(), "its positions are of other documents")
        if f"{within}.long" in file:
            long = file[f"{within}.long"]
            _expect(
                long.dtype == np.uint32 and (long[1:] > long[:-1]).all(), "its long terms are none"
            )
            numbers = Narrow.from_file(file, f"{within}.long.frequencies")
            _check_frequencies(numbers, counts[long], frequencies[long])
    else:
        numbers = Narrow.from_file(file, f"{within}.frequencies")
        _check_frequencies(numbers, counts, frequencies)


def _check_frequencies(numbers: Narrow, counts: Indices, sums: Indices) -> None:
    """Check how often each document has each term: so many documents, so often altogether."""
    _check_narrow(numbers, int(counts.sum()))
    read = numbers.read(0, len(numbers))
    found = np.add.reduceat(read, np.cumsum(counts) - counts, dtype=np.intp)
    _expect((found == sums).all(), "its frequencies are of other terms")


def _check_documents(segment: Segment, within: str, counts: Indices) -> None:
    """Check which documents have each term, as numbers or as bits."""
    file, terms = segment.file, len(counts)
    dense, bitmaps = file[f"{within}.dense"], file[f"{within}.bitmaps"]
    documents = file[f"{within}.documents"]
    _expect(counts.max(initial=0) <= segment.size, "a term has more documents than there are")
    _expect(dense.dtype == np.uint32 and dense.ndim == 1, "its bitmaps are of no term")
    _expect((dense[1:] > dense[:-1]).all(), "its bitmaps are not in order")
    _expect(not len(dense) or dense[-1] < terms, "its bitmaps are of other terms")
    shape = (len(dense), (segment.size + 7) // 8)
    _expect(bitmaps.dtype == np.uint8 and bitmaps.shape == shape, "its bitmaps are incomplete")
    bits = np.unpackbits(bitmaps[:, -1:], axis=1, bitorder="little")
    _expect(not bits[:, (segment.size - 1) % 8 + 1 :].any(), "a bitmap leads outside")
    for row, count in zip(bitmaps, counts[dense].tolist(), strict=True):
        _expect(int.from_bytes(row.tobytes()).bit_count() == count, "a bitmap is of another term")
    rest = np.delete(counts, dense)
    _expect(documents.dtype == np.uint16, "its documents are no numbers")
    _expect(documents.shape == (int(rest.sum()),), "some documents are missing")
    _expect(documents.max(initial=0) < segment.size, "a document is none of this segment")
    ascends = documents[1:] > documents[:-1]
    # From the last document of a term to the first of the next, they may descend.
    ascends[np.cumsum(rest)[:-1] - 1] = True
    _expect(ascends.all(), "its documents are not in order")
