"""Phrases: words in order, each at most so many positions behind the one before.

A place is a document and a position in one number. Where a word is, as places, is worked out for
the documents that have all words, the rarest first; where two words are next to each other is then
a matter of merging two ascending arrays.

Before that, a byte for each occurrence tells what may come next to a word at all: see
:mod:`index.columnar.following`. Most documents need not be looked into then.
"""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from index.columnar.evaluation.documents import Documents, intersection, nothing, union
from index.columnar.evaluation.parts import Constant, Sum
from index.columnar.evaluation.scoring import TermPart
from index.columnar.evaluation.steps import FEW, LAST, Pairs, Step, once
from index.columnar.positions import FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import Array
    from index.columnar.evaluation.leaf import Leaf
    from index.columnar.evaluation.parts import Part
    from index.columnar.evaluation.steps import Word

_T = TypeVar("_T")

_MANY = 256
"""Of so many times fewer documents, positions are looked up faster than bytes are gone through."""

_PIECE = 1 << 15
"""Places that are merged at once."""


def phrase(leaf: Leaf, name: str, words: Sequence[Word], slop: int, boost: float) -> Part:
    """Return the documents with a phrase; its score is that of all its words."""
    field = leaf.field(name)
    if field is None or any(low >= high for low, high, _ in words):
        return leaf.nothing
    parts: list[Part] = [
        TermPart(leaf, leaf.numbered(name, field, word.low), boost)
        if word.ranked
        else Constant(leaf.having_any(name, [(word.low, word.high)]), boost)
        for word in words
    ]
    found = intersection([part.documents for part in parts])
    if len(words) > 1 and len(found):
        steps = [Step(field, word, part) for word, part in zip(words, parts, strict=True)]
        found = _having(steps, found, slop)
    return Sum(found, required=parts)


def _having(steps: Sequence[Step], wanted: Documents, slop: int) -> Documents:
    """Return which of the wanted documents have a phrase."""
    size = wanted.size
    if slop > 1 or len(steps) >= FIRST:
        # With 64 bits a place, the last of a document are far from the first of the next.
        places = [step.places(wanted, wide=True) for step in steps]
        last = reduce(lambda before, behind: _following(before, behind, slop), places)
        return _documents(last, size)
    sure, wanted = _narrowed(steps, wanted)
    found = [sure]
    ends = _ends(steps, wanted, wide=False)
    if steps[-1].has_wide:
        # The last word's highest position stands for all above: there it is looked at once more.
        found.append(_documents(ends[ends & np.uint32(0xFFFF) < LAST], size))
        ends = _ends(steps, Documents(size, numbers=steps[-1].far(wanted)), wide=True)
    found.append(_documents(ends, size))
    return union(found, size)


def _narrowed(steps: Sequence[Step], wanted: Documents) -> Pairs:
    """Return which of the wanted documents have a phrase for sure, and which others may."""
    sure = nothing(wanted.size)
    for before, behind in sorted(pairwise(steps), key=lambda pair: len(pair[0])):
        if len(before) > _MANY * len(wanted):
            break
        pairs = before.followed_by(behind)
        if pairs is not None:
            if len(steps) == 2:
                sure = intersection([wanted, pairs.sure])
                wanted = intersection([wanted, pairs.unsure]).without(sure)
            else:
                wanted = intersection([wanted, union(pairs, wanted.size)])
    return Pairs(sure, wanted)


def _ends(steps: Sequence[Step], wanted: Documents, *, wide: bool) -> Array:
    """Return the places of the last words of all phrases in wanted documents.

    The rarest word is looked up first, the others in ever fewer documents.
    """
    ends: Array | None = None
    for to, step in sorted(_to_end(steps), key=lambda pair: len(pair[1])):
        if not len(wanted):
            return np.zeros(0, np.int64 if wide else np.uint32)
        places = step.places(wanted, wide=wide)
        places += places.dtype.type(to)
        ends = places if ends is None else _common(ends, places)
        wanted = _documents(ends, wanted.size)
    assert ends is not None  # noqa: S101 -- a phrase has words
    return ends


def _to_end(words: Sequence[_T]) -> list[tuple[int, _T]]:
    """Return each word with how many come behind it."""
    return [(len(words) - place, word) for place, word in enumerate(words, 1)]


def _documents(places: Array, size: int) -> Documents:
    """Return the documents of some places."""
    numbers = (places >> places.dtype.type(4 * places.itemsize)).astype(np.intp)
    if len(numbers) * FEW < size:
        return Documents(size, numbers=once(numbers))
    mask = np.zeros(size, np.bool_)
    mask[numbers] = True
    return Documents(size, mask=mask)


def _following(before: Array, behind: Array, slop: int) -> Array:
    """Return the places of a word that are at most ``slop`` behind one of the word before."""
    nearest = np.searchsorted(before, behind) - 1
    reached = behind[nearest >= 0]
    near: Array = reached[reached - before[nearest[nearest >= 0]] <= slop]
    return near


def _common(one: Array, other: Array) -> Array:
    """Return the numbers that are in both of two ascending arrays."""
    few, many = sorted((one, other), key=len)
    if len(few) * FEW < len(many):
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        inside: Array = few[many[at] == few]
        return inside
    # Piece by piece, so that all of a piece stays in the processor's cache.
    edges = many[_PIECE::_PIECE]
    pieces = zip(
        np.split(few, few.searchsorted(edges)),
        np.split(many, many.searchsorted(edges)),
        strict=True,
    )
    return np.concatenate([_merged(few, many) for few, many in pieces])


def _merged(one: Array, other: Array) -> Array:
    """Return the numbers that are in both of two ascending arrays, by merging them."""
    # NumPy's stable sort recognises the two runs.
    merged = np.concatenate([once(one), once(other)])
    merged.sort(kind="stable")
    common: Array = merged[1:][merged[1:] == merged[:-1]]
    return common
