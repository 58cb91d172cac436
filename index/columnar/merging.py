"""Merging: the postings of one field out of several sources, as one.

The sources are taken a slice of the dictionary at a time, which bounds the memory. Within a slice
each source has the postings of a term in one stretch, and its documents come behind those of the
source before: so it is stretches that are put in order, not postings.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.columnar.arrays import offsets, sort_order, spread
from index.columnar.postings import Decoded
from index.columnar.sources import GONE, picked, renumbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.columnar.arrays import U32, Array
    from index.columnar.sources import Source

_SLICE = 1 << 18
"""Occurrences that are decoded at a time; one term of one source may have more."""

_KEPT = 2
"""Slices after which the memory is given back into which files were read."""


class Slice(NamedTuple):
    """Some consecutive terms. Where documents are left out, a term may have none."""

    terms: list[bytes]
    pieces: Iterable[Decoded]
    """Their postings: one piece, or several of a single term."""


class _Part(NamedTuple):
    """What a source has of a slice."""

    source: Source
    low: int
    high: int


def merge(sources: Sequence[Source]) -> Iterator[Slice]:
    """Yield the terms of all sources, and their postings under the new numbers of documents.

    Each slice is to be used before the next is asked for.
    """
    follow = all(_follows(one.numbers, other.numbers) for one, other in pairwise(sources))
    weighted = any(source.is_weighted for source in sources)
    for number, parts in enumerate(_slices(sources), start=1):
        terms = [part.source.terms(part.low, part.high) for part in parts]
        pieces = (renumbered(*part, weighted=weighted) for part in parts)
        is_one = len(terms[0]) == 1 and all(some == terms[0] for some in terms)
        if len(parts) == 1 or (follow and is_one):
            yield Slice(terms[0], pieces)
        else:
            yield _in_order(terms, list(pieces), follow)
        if not number % _KEPT:
            for source in sources:
                source.release()


def _follows(one: U32, other: U32) -> bool:
    """Tell whether all documents of a source come behind those of the source before."""
    one, other = one[one != GONE], other[other != GONE]
    return not len(one) or not len(other) or int(one[-1]) < int(other[0])


def _slices(sources: Sequence[Source]) -> Iterator[list[_Part]]:
    """Yield the parts of consecutive stretches of the terms of all sources.

    A term of which there is much is a slice of its own.
    """
    total = sum(int(source.bounds[-1]) for source in sources)
    least = _SLICE // (8 * len(sources))
    shares = [max(_SLICE * int(s.bounds[-1]) // max(total, 1), least, 1) for s in sources]
    lows = [0] * len(sources)
    while True:
        left = [
            (source, low, share)
            for source, low, share in zip(sources, lows, shares, strict=True)
            if low < len(source.bounds) - 1
        ]
        if not left:
            return
        bound = _bound(left)
        highs = [
            len(source.bounds) - 1 if bound is None else source.place(bound) for source in sources
        ]
        yield [
            _Part(source, low, high)
            for source, low, high in zip(sources, lows, highs, strict=True)
            if low < high
        ]
        lows = highs


def _bound(left: Sequence[tuple[Source, int, int]]) -> bytes | None:
    """Return the term before which a slice ends; None where it takes all that is left.

    ``left``: sources with the first term that is left and the occurrences that each may give.
    """
    bounds: list[bytes] = []
    for source, low, share in left:
        most = source.bounds.dtype.type(int(source.bounds[low]) + share)
        place = int(np.searchsorted(source.bounds, most, side="right")) - 1
        bounds += source.terms(place, place + 1) if place < len(source.bounds) - 1 else []
    first = min(source.terms(low, low + 1)[0] for source, low, _ in left)
    bound = min(bounds, default=None)
    # What comes next behind a term is the term with a zero byte.
    return first + b"\0" if bound is not None and bound <= first else bound


def _in_order(terms: list[list[bytes]], pieces: list[Decoded], follow: bool) -> Slice:
    """Return the postings of all pieces as one, in the order of terms and documents.

    ``follow``: whether the documents of each piece come behind those of the piece before.
    """
    union = sorted(set().union(*terms))
    rank_of = {term: rank for rank, term in enumerate(union)}
    ranks = np.array([rank_of[term] for some in terms for term in some], np.uint64)
    joined = _joined(pieces)
    keys, sizes, behind = ranks, joined.counts, len(union)
    if not follow:
        keys = np.repeat(ranks << np.uint64(16), joined.counts) | joined.documents
        sizes, behind = np.ones(len(keys), np.intp), behind << 16
    order = sort_order(keys, behind)
    starts = offsets(sizes)
    places = offsets(joined.frequencies)[starts]
    totals = np.zeros(len(union), np.intp)
    np.add.at(totals, ranks.astype(np.intp), joined.counts)
    piece = picked(
        joined,
        totals,
        spread(starts[:-1][order], sizes[order]),
        spread(places[:-1][order], np.diff(places)[order]),
    )
    return Slice(union, [piece])


def _joined(pieces: list[Decoded]) -> Decoded:
    """Return pieces, of which all have the same kinds of arrays, one behind another."""

    def join(pick: Callable[[Decoded], Array | None]) -> Array | None:
        arrays = [array for array in map(pick, pieces) if array is not None]
        return np.concatenate(arrays) if arrays else None

    return Decoded(
        np.concatenate([piece.counts for piece in pieces]),
        np.concatenate([piece.documents for piece in pieces]),
        np.concatenate([piece.frequencies for piece in pieces]),
        join(lambda piece: piece.weights),
        join(lambda piece: piece.positions),
        join(lambda piece: piece.spans),
        join(lambda piece: piece.boosts),
        join(lambda piece: piece.following),
    )
