"""Phrases: words in order, each at most so many positions behind the one before."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.columnar.evaluation.documents import Documents, intersection
from index.columnar.evaluation.parts import Constant, Sum
from index.columnar.evaluation.scoring import TermPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import Indices, Mask
    from index.columnar.evaluation.leaf import Leaf
    from index.columnar.evaluation.parts import Part
    from index.columnar.postings import Postings

_DOCUMENT = 32
"""Bits behind the document in a place: document and position as one number."""

_FEW = 16
"""Of so many times fewer places, each is looked up; otherwise both are merged."""


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
    if len(words) < 2 or not len(found):
        return Sum(found, required=parts)
    places = [_places(field.postings, word, found.mask) for word in words]
    last = reduce(lambda before, behind: _following(before, behind, slop), places)
    marks = np.zeros(leaf.size, np.bool_)
    marks[last >> _DOCUMENT] = True
    return Sum(Documents(leaf.size, mask=marks), required=parts)


def _places(postings: Postings, word: Word, wanted: Mask) -> Indices:
    """Return where the wanted documents have a word, as places, ascending."""
    documents, counts, positions = postings.places(word.low, word.high, wanted)
    places: Indices = np.repeat(documents << _DOCUMENT, counts)
    places |= positions
    if word.high > word.low + 1:
        places.sort()
    else:
        # Already in order but for fields of the strangest analysers; then this takes no time.
        places.sort(kind="stable")
    return places


def _following(before: Indices, behind: Indices, slop: int) -> Indices:
    """Return the places of a word that are at most ``slop`` behind one of the word before."""
    if slop == 1:
        return _common(before + np.intp(1), behind)
    nearest = np.searchsorted(before, behind) - 1
    reached = behind[nearest >= 0]
    near: Indices = reached[reached - before[nearest[nearest >= 0]] <= slop]
    return near


def _common(one: Indices, other: Indices) -> Indices:
    """Return the numbers that are in both of two ascending arrays."""
    few, many = sorted((one, other), key=len)
    if len(few) * _FEW < len(many):
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        inside: Indices = few[many[at] == few]
        return inside
    # NumPy's stable sort recognises the two runs, and only merges them.
    merged: Indices = np.concatenate([_once(one), _once(other)])
    merged.sort(kind="stable")
    common: Indices = merged[1:][merged[1:] == merged[:-1]]
    return common


def _once(numbers: Indices) -> Indices:
    """Return ascending numbers without doubles."""
    new = numbers[1:] != numbers[:-1]
    return numbers if new.all() else numbers[np.append(True, new)]
