"""What follows a word: a byte for each occurrence, about the word at the next position.

Two words are seldom next to each other by chance. So most occurrences of a phrase's first word are
ruled out by one byte each, without a look at where the second one is; and where that is one of the
most frequent words of English, which have numbers of their own, the byte tells all there is to
know. The bytes are as much as half of the positions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import U8, U32, Array

NOTHING = 0
"""There is no word at the next position."""

SEVERAL = 1
"""There is more than one: a compound and its first part, say."""

_FREQUENT = """
the to of and a in that for on is it he with as said was have his be are at by not but has this from
an they who more i about we will would or their us were people one had been you what if there new
all up also which out when than she after so some no mr her other our over its can just could do
time like into year them now even two those first how him because most any many last only get told
against percent while says say before should may going these during make think back where your then
very much made since through being where still under between down off well
"""

_NUMBERS = {
    word.encode(): number for number, word in enumerate(dict.fromkeys(_FREQUENT.split()), start=2)
}
_SHARED = 128
"""From here on, numbers are those of many words each."""


def number_of(term: bytes) -> int:
    """Return the number of a term, from 2 to 255."""
    return _NUMBERS.get(term) or _SHARED + crc32(term) % _SHARED


def is_of_one(number: int) -> bool:
    """Tell whether only one term has a number."""
    return SEVERAL < number < _SHARED


def numbers_of(terms: Sequence[bytes]) -> U8:
    """Return the number of each of some terms, uint8."""
    return np.fromiter(map(number_of, terms), np.uint8, len(terms))


def following(documents: Array, positions: U32, occurring: U8) -> U8:
    """Return what follows each occurrence: a number, :data:`NOTHING` or :data:`SEVERAL`.

    ``documents``, ``positions``, ``occurring``: of each occurrence of all terms of a field, its
    document, its position there, and its term's number, all ``[occurrences]``.
    """
    if not len(positions):
        return np.zeros(0, np.uint8)
    ascends = (documents[1:] > documents[:-1]) | (
        (documents[1:] == documents[:-1]) & (positions[1:] >= positions[:-1])
    )
    if not ascends.all():
        order = np.lexsort([positions, documents])
        found = np.empty(len(order), np.uint8)
        found[order] = following(documents[order], positions[order], occurring[order])
        return found
    new = np.ones(len(positions), np.bool_)
    np.not_equal(positions[1:], positions[:-1], out=new[1:])
    new[1:] |= documents[1:] != documents[:-1]
    places = np.flatnonzero(new)
    counts = np.diff(places, append=len(positions))
    here = np.where(counts == 1, occurring[places], np.uint8(SEVERAL))
    documents, positions = documents[places], positions[places]
    is_next = documents[1:] == documents[:-1]
    is_next &= positions[1:] == positions[:-1] + np.uint32(1)
    behind = np.zeros(len(places), np.uint8)
    behind[:-1] = np.where(is_next, here[1:], np.uint8(NOTHING))
    return np.repeat(behind, counts)
