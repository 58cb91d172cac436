"""Terms spelt nearly like a word: Levenshtein's distance to all candidates at once.

One change of a letter leaves what is before it and what is behind it: so two words are that near
if their common beginning and their common end make up all of the longer one but a letter. For more
changes, the distance (V. I. Levenshtein, 1966) is worked out by Wagner and Fischer's table (1974),
a row for each letter of the word. A row depends on the one above, and each cell on the one to its
left; this last is a running minimum, once each cell has its column subtracted. So all candidates
share the operations, where an automaton takes one leap through the dictionary for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.columnar.arrays import offsets, spread
from index.columnar.terms import SEPARATOR

if TYPE_CHECKING:
    from index.columnar.arrays import U32, Array, Indices, Mask
    from index.columnar.terms import Terms

_END = SEPARATOR[0]
"""The line feed behind a term."""

_ASCII = 1 << 7
"""Bytes below are characters by themselves."""

_BIT, _BITS = np.uint32(1), np.uint32(31)
"""A set of letters is 32 bits; a letter's bit is the last five of its own."""

_COUNTS = np.array([byte.bit_count() for byte in range(256)], np.uint8)
"""How many bits of a byte are set."""


def near(terms: Terms, word: str, distance: int, prefix: int) -> Indices | None:
    """Return the numbers of the terms that up to ``distance`` changes of a letter make of a word.

    A change is a letter more, less, or another; the first ``prefix`` letters must be the same.
    None where the terms are not lines of text.
    """
    low, high = terms.prefixed(word[:prefix].encode("utf-8", "surrogatepass"))
    bounds = terms.starts[low : high + 1].astype(np.intp)
    if low >= high:
        return bounds[:0]
    letters: Array = terms.blob[bounds[0] : bounds[-1]]
    bounds -= bounds[0]
    if np.count_nonzero(letters == _END) != high - low:
        return None
    sought = _letters(word)
    wide = np.flatnonzero(letters >= _ASCII)
    found = _near(letters, bounds, sought, distance)
    if not len(wide):
        return found + low
    # Where a letter takes several bytes, it is the characters that count.
    places = np.unique(np.searchsorted(bounds, wide, side="right") - 1)
    raw = letters[spread(bounds[places], np.diff(bounds)[places])].tobytes()
    try:
        characters = _letters(raw.decode())
    except UnicodeDecodeError:
        return None
    ends = np.flatnonzero(characters == _END) + 1
    others = places[_near(characters, np.append(0, ends), sought, distance)]
    narrow = found[~np.isin(found, places)]
    return np.sort(np.concatenate([narrow, others])) + low


def _letters(text: str) -> U32:
    """Return the characters of a text, uint32."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _near(letters: Array, bounds: Indices, sought: U32, distance: int) -> Indices:
    """Return which words are near another.

    ``letters``: unsigned, those of all words, a line feed behind each; ``bounds``: intp
    ``[words + 1]``, where the words begin, and where the last ends.
    """
    lengths = np.diff(bounds) - 1
    fitting = np.flatnonzero(np.abs(lengths - len(sought)) <= distance)
    starts, lengths = bounds[fitting], lengths[fitting]
    by_ends = distance == 1 and _END not in sought
    is_close = _by_ends if by_ends else _by_table
    close: Indices = fitting[is_close(letters, starts, lengths, sought, distance)]
    return close


def _by_ends(letters: Array, starts: Indices, lengths: Indices, sought: U32, distance: int) -> Mask:
    """Return which words have all but ``distance`` (1) of their letters at a common end."""
    near = np.zeros(len(starts), np.bool_)
    lasts, backwards = starts + lengths - 1, sought[::-1]
    # A change leaves the first half of the word as it is, or the other one.
    half = len(sought) // 2
    near[_beginning(letters, starts, 1, sought[:half])] = True
    near[_beginning(letters, lasts, -1, backwards[: len(sought) - half])] = True
    places = np.flatnonzero(near)
    common = _common(letters, starts[places], 1, sought)
    common += _common(letters, lasts[places], -1, backwards)
    near[places] = common >= np.maximum(lengths[places], len(sought)) - distance
    return near


def _beginning(letters: Array, places: Indices, step: int, word: U32) -> Indices:
    """Return which words begin, at ``places`` and going on by ``step``, as another does."""
    chosen = np.arange(len(places))
    for letter in word.tolist():
        if not len(chosen):
            break
        same = letters.take(places, mode="wrap") == letter
        chosen, places = chosen[same], places[same] + step
    return chosen


def _common(letters: Array, places: Indices, step: int, word: U32) -> Indices:
    """Return how many letters each word has, so read, in common with the beginning of another."""
    # Beyond a word's last letter is a line feed, which the other has not.
    read = places[:, np.newaxis] + step * np.arange(len(word))
    same = letters.take(read, mode="wrap") == word
    common: Indices = np.logical_and.accumulate(same, axis=1).sum(axis=1)
    return common


def _by_table(
    letters: Array, starts: Indices, lengths: Indices, sought: U32, distance: int
) -> Mask:
    """Return which words have a Levenshtein distance of up to ``distance``."""
    near = _share_letters(letters, starts, lengths, sought, distance)
    starts, lengths = starts[near], lengths[near]
    table = np.full((len(starts), len(sought) + distance), _END, np.uint32)
    rows = np.arange(len(starts))
    columns = spread(np.zeros(len(starts), np.intp), lengths)
    table[np.repeat(rows, lengths), columns] = letters[spread(starts, lengths)]
    near[near] = _distances(table, sought)[rows, lengths] <= distance
    return near


def _share_letters(
    letters: Array, starts: Indices, lengths: Indices, sought: U32, distance: int
) -> Mask:
    """Return which words have a set of letters as ``distance`` changes may leave it.

    A change takes at most one letter out of the set and puts one in. Some letters share a bit.
    """
    own = np.bitwise_or.reduce(_BIT << (sought & _BITS), initial=0)
    # The line feed behind each word is taken along, so that there is none without a letter.
    counts = lengths + 1
    bits = _BIT << (letters[spread(starts, counts)].astype(np.uint32) & _BITS)
    sets = np.bitwise_or.reduceat(bits, offsets(counts)[:-1]) if len(starts) else bits
    end = _BIT << (np.uint32(_END) & _BITS)
    different = (sets ^ (own | end)).view(np.uint8).reshape(-1, 4)
    few: Mask = _COUNTS[different].sum(axis=1) <= 2 * distance
    return few


def _distances(letters: U32, word: U32) -> Array:
    """Return the distance of a word to each beginning of each candidate.

    ``letters``: uint32 ``[candidates, width]``; the result is one wider.
    """
    steps = np.arange(letters.shape[1] + 1, dtype=np.int16)
    row = np.broadcast_to(steps, (len(letters), len(steps)))
    for place, letter in enumerate(word.tolist(), 1):
        below = np.empty_like(row)
        below[:, 0] = place
        np.minimum(row[:, :-1] + (letters != letter), row[:, 1:] + 1, out=below[:, 1:])
        below -= steps
        np.minimum.accumulate(below, axis=1, out=below)
        below += steps
        row = below
    return row
