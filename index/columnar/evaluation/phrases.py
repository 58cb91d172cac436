"""Phrases: words in order, each at most so many positions behind the one before.

A place is a document and a position in one number. Where a word is, as places, is worked out for
the documents that have all words, the rarest first; where two words are next to each other is then
a matter of merging two ascending arrays.

Frequent words meet early: of the news articles that have “of the”, five in six have it within their
first 1,024 positions. So the beginnings are looked at first, and the whole of the documents only
where these have not shown the phrase.
"""

from __future__ import annotations

from functools import cached_property, reduce
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from index.columnar.arrays import spread
from index.columnar.evaluation.documents import Documents, intersection, union
from index.columnar.evaluation.parts import Constant, Sum
from index.columnar.evaluation.scoring import TermPart
from index.columnar.positions import FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import U16, U32, Array, Indices
    from index.columnar.evaluation.leaf import Leaf
    from index.columnar.evaluation.parts import Part
    from index.columnar.postings import Postings

_T = TypeVar("_T")

_BEGINNING = 1024
"""Positions of a document that are looked at first."""

_MANY = 1 << 18
"""Occurrences of a word above which it is worth looking at beginnings first."""

_OFTEN = 8
"""Occurrences in a document above which a word is likely to show a phrase soon."""

_FEW = 16
"""Of so many times fewer places, each is looked up; otherwise both are merged. One document in so
many is few, too."""

_PIECE = 1 << 15
"""Places that are merged at once."""

_POSITION = np.uint16(FIRST - 1)
"""The bits of a position."""


class Word(NamedTuple):
    """One step of a phrase."""

    low: int
    high: int
    """Its terms have the numbers from ``low`` to before ``high``."""

    ranked: bool
    """Whether its one term counts as BM25F has it; otherwise it counts 1."""


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
        steps = [_Step(field.postings, word, part) for word, part in zip(words, parts, strict=True)]
        found = _having(steps, found, slop)
    return Sum(found, required=parts)


class _Step:
    """Where a word of a phrase is in a segment."""

    def __init__(self, postings: Postings, word: Word, part: Part) -> None:
        self._low, self._high, _ = word
        self._is_one = self._high == self._low + 1
        self._postings, self._part = postings, part
        self._marked = postings.positions.marked(self._low, self._high)

    def __len__(self) -> int:
        return len(self._marked)

    @cached_property
    def _documents(self) -> Array:
        if self._is_one:
            return self._part.documents.numbers
        return self._postings.documents_of(self._low, self._high)

    @cached_property
    def _bounds(self) -> Indices:
        """Where the occurrences of each posting begin, and at last where they end."""
        if isinstance(self._part, TermPart):
            return self._part.occurrence_bounds
        return self._postings.positions.bounds_of(self._low, self._high)

    def beginnings(self) -> Array | None:
        """Return the first places of all documents, ascending; None where that is unsure."""
        inside = np.flatnonzero((self._marked & _POSITION) < _BEGINNING)
        positions = self._marked[inside]
        is_first = positions >= FIRST
        # Unless a position comes next to the one before, it must be the first of its document.
        if not (is_first[1:] | (inside[1:] == inside[:-1] + 1)).all():
            return None
        begins = (self._marked[self._bounds[:-1]] & _POSITION) < _BEGINNING
        documents = self._documents[begins]
        counts = np.diff(np.flatnonzero(is_first), append=len(positions))
        return self._in_order(documents, counts, positions)

    @property
    def has_wide(self) -> bool:
        """Whether a position is too high for its 15 bits."""
        return self._postings.positions.has_wide(self._low, self._high)

    @property
    def is_frequent(self) -> bool:
        """Whether the beginnings of documents have much of what there is to find."""
        return len(self._marked) > max(_MANY, _OFTEN * (len(self._bounds) - 1))

    def far(self, wanted: Documents) -> Indices:
        """Return which wanted documents have the word at the highest position of 15 bits."""
        documents, postings = self._chosen(wanted)
        lasts = self._marked[self._bounds[postings + 1] - 1] & _POSITION
        return np.unique(documents[lasts == _POSITION].astype(np.intp))

    def places(self, wanted: Documents, *, wide: bool) -> Array:
        """Return where the wanted documents, which all have the word, have it, ascending.

        The upper half of the bits is the document, the lower half the position: of 32 bits,
        uint32; where ``wide``, of 64, int64. Without, the highest position stands for all above.
        """
        if self._is_one and len(wanted) == len(self._part.documents) and not wide:
            counts = self._bounds[1:] - self._bounds[:-1]
            return self._in_order(self._documents, counts, self._marked)
        documents, postings = self._chosen(wanted)
        counts = self._bounds[postings + 1] - self._bounds[postings]
        chosen = spread(self._bounds[postings], counts)
        if wide:
            exact = self._postings.positions.exact_at(self._low, self._high, chosen)
            return self._in_order(documents, counts, exact)
        return self._in_order(documents, counts, self._marked.take(chosen))

    def _chosen(self, wanted: Documents) -> tuple[Array, Indices]:
        """Return the postings of the wanted documents: the documents, and which they are."""
        if isinstance(self._part, TermPart) and len(wanted) * _FEW < len(self._part.documents):
            return wanted.numbers, self._part.ranking.ranks(wanted.numbers)[1]
        postings = np.flatnonzero(wanted.has(self._documents))
        return self._documents[postings], postings

    def _in_order(self, documents: Array, counts: Indices, positions: U16 | U32) -> Array:
        places: Array
        if positions.dtype == np.uint32:
            places = np.repeat(documents.astype(np.int64) << 32, counts)
            places |= positions
        else:
            places = np.repeat(documents.astype(np.uint32) << np.uint32(16), counts)
            places |= positions & _POSITION
        # Those of one term are nearly always in order already; then this takes next to no time.
        places.sort(kind="stable" if self._is_one else None)
        return places


def _having(steps: Sequence[_Step], wanted: Documents, slop: int) -> Documents:
    """Return which of the wanted documents have a phrase."""
    size = wanted.size
    if slop > 1 or len(steps) >= FIRST:
        # With 64 bits a place, the last of a document are far from the first of the next.
        places = [step.places(wanted, wide=True) for step in steps]
        last = reduce(lambda before, behind: _following(before, behind, slop), places)
        return _documents(last, size)
    found = []
    if len(wanted) * _FEW > size and all(step.is_frequent for step in steps):
        beginnings = [step.beginnings() for step in steps]
        known = [places for places in beginnings if places is not None]
        if len(known) == len(steps):
            aligned = [places + places.dtype.type(to) for to, places in _to_end(known)]
            found.append(_documents(reduce(_common, aligned), size))
            wanted = wanted.without(found[0])
    ends = _ends(steps, wanted, wide=False)
    if steps[-1].has_wide:
        # The last word's highest position stands for all above: there it is looked at once more.
        found.append(_documents(ends[ends & np.uint32(0xFFFF) < _POSITION], size))
        ends = _ends(steps, Documents(size, numbers=steps[-1].far(wanted)), wide=True)
    found.append(_documents(ends, size))
    return union(found, size)


def _ends(steps: Sequence[_Step], wanted: Documents, *, wide: bool) -> Array:
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
    if len(numbers) * _FEW < size:
        return Documents(size, numbers=_once(numbers))
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
    if len(few) * _FEW < len(many):
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
    merged = np.concatenate([_once(one), _once(other)])
    merged.sort(kind="stable")
    common: Array = merged[1:][merged[1:] == merged[:-1]]
    return common


def _once(numbers: Array) -> Array:
    """Return ascending numbers without doubles."""
    new = numbers[1:] != numbers[:-1]
    return numbers if new.all() else numbers[np.append(True, new)]
