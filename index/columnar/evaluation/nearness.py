"""Terms spelt nearly like a word: Levenshtein's distance to all candidates at once.

The distance (V. I. Levenshtein, 1966) is worked out by Wagner and Fischer's table (1974), a row
for each letter of the word. A row depends on the one above, and each cell on the one to its left;
this last is a running minimum, once each cell has its column subtracted. So all candidates share
the operations: ten thousand take a millisecond, where an automaton takes one leap through the
dictionary for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.columnar.arrays import spread

if TYPE_CHECKING:
    from index.columnar.arrays import U32, Array, Indices
    from index.columnar.terms import Terms

_END = 10
"""The line feed behind a term."""


def near(terms: Terms, word: str, distance: int, prefix: int) -> Indices | None:
    """Return the numbers of the terms that up to ``distance`` changes of a letter make of a word.

    A change is a letter more, less, or another; the first ``prefix`` letters must be the same.
    None where the terms are not lines of text.
    """
    low, high = terms.prefixed(word[:prefix].encode("utf-8", "surrogatepass"))
    text = terms.text(low, high)
    if text is None:
        return None
    letters, sought = _letters(text), _letters(word)
    starts = np.append(0, np.flatnonzero(letters == _END) + 1)
    lengths = np.diff(starts) - 1
    fitting = np.flatnonzero(np.abs(lengths - len(sought)) <= distance)
    starts, lengths = starts[fitting], lengths[fitting]
    table = np.full((len(fitting), len(sought) + distance), _END, np.uint32)
    rows = np.arange(len(fitting))
    columns = spread(np.zeros(len(fitting), np.intp), lengths)
    table[np.repeat(rows, lengths), columns] = letters[spread(starts, lengths)]
    # With the same beginning, the least changes are those of the rest.
    close: Indices = np.flatnonzero(_distances(table, sought)[rows, lengths] <= distance)
    return fitting[close] + np.intp(low)


def _letters(text: str) -> U32:
    """Return the characters of a text, uint32."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


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
