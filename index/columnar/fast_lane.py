"""The fast lane into a segment: fields whose words are found by the library's own tokenizers.

What such a tokenizer makes of a word depends on nothing around it. So a text becomes an array of
the numbers of its words, and the postings of a field are all these arrays, one after another, put
in order of the terms: a stable sort, after which documents and positions still ascend.

Whatever is not simply a text (lists of words, weighted fields) takes the general lane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh import formats

from index.columnar.arrays import offsets, sort_order, spread
from index.columnar.postings import Decoded
from index.columnar.vocabulary import TOKENIZERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh.fields import FieldType

    from index.columnar.arrays import U16, U32, Array, Indices
    from index.columnar.vocabulary import Expansion, Vocabulary
    from index.schema import WordTokenizer

_FORMATS = (formats.Existence, formats.Frequency, formats.Positions)

LONGEST_TEXT = 1 << 25
"""Characters of a text: its positions, gaps between passages included, must fit 32 bits."""


def takes(field: FieldType) -> bool:
    """Tell whether the texts of a field may take the fast lane."""
    kind: Any = field.format
    analyzer: Any = field.analyzer
    return (
        type(analyzer) in TOKENIZERS
        and type(kind) in _FORMATS
        and kind.field_boost == 1.0
        and not field.vector
        and not field.separate_spelling()
    )


class Texts:
    """The texts of one field, as numbers of entries of the vocabulary."""

    def __init__(self, field: FieldType) -> None:
        self.kind: type[WordTokenizer] = type(field.analyzer)  # type: ignore[assignment]
        self._format: type[Any] = type(field.format)
        self._documents: list[int] = []
        self._lengths: list[int] = []
        self._entries: list[U32] = []

    def add(self, document: int, parts: Sequence[U32]) -> None:
        """Take the text of a document, as the entries of its consecutive parts."""
        self._documents.append(document)
        self._lengths.append(sum(map(len, parts)))
        self._entries += parts

    def postings(self, vocabulary: Vocabulary) -> tuple[list[bytes], Decoded]:
        """Return the terms that occur in the texts, sorted, and their postings."""
        entries = np.concatenate([np.zeros(0, np.uint32), *self._entries])
        documents = np.repeat(np.array(self._documents, np.uint16), self._lengths)
        terms = _terms_of(entries, vocabulary.expansion(self.kind))
        if self._format is formats.Existence:
            return terms.terms, _existing(terms, documents)
        if self._format is formats.Frequency:
            return terms.terms, _occurring(terms, documents, None)
        positions = self._positions(vocabulary.widths[entries])
        return terms.terms, _occurring(terms, documents, positions)

    def _positions(self, widths: U32) -> U32:
        """Return the position of each entry in its text. ``widths``: how many each takes."""
        positions = offsets(widths)
        firsts = positions[offsets(self._lengths)[:-1]]
        positions = positions[:-1] - np.repeat(firsts, self._lengths)
        return positions.astype(np.uint32)


class _Terms(NamedTuple):
    """The terms that occur in some texts."""

    terms: list[bytes]
    """All of them, sorted."""

    lists: U32
    """uint32 ``[entries of the texts]``: the number of each entry's list of terms."""

    bounds: Indices
    """Where each list that occurs lies in ``ranks``; one longer than these."""

    ranks: Array
    """The places in ``terms`` of each list's terms."""

    shifts: U32
    """How many positions behind the entry's first each of these stands."""


def _terms_of(entries: U32, expansion: Expansion) -> _Terms:
    """Find the terms that occur, and number them as they are sorted."""
    counts = np.diff(expansion.bounds)
    lists = expansion.lists[entries]
    is_used = np.zeros(len(counts), np.bool_)
    is_used[lists] = True
    of_used = np.repeat(is_used, counts)
    numbers = expansion.numbers[of_used]
    terms, ranks = expansion.ranked(numbers)
    bounds = offsets(counts[is_used])
    lists = (np.cumsum(is_used, dtype=np.uint32) - np.uint32(1))[lists]
    return _Terms(terms, lists, bounds, ranks, expansion.shifts[of_used])


def _occurring(terms: _Terms, documents: U16, positions: U32 | None) -> Decoded:
    """Return postings with how often each document has a term and, if given, where."""
    starts = terms.bounds[terms.lists]
    counts = terms.bounds[terms.lists + 1] - starts
    if (counts != 1).any():
        starts = spread(starts, counts)
        documents = np.repeat(documents, counts)
        positions = None if positions is None else np.repeat(positions, counts)
    ranks = terms.ranks[starts]
    order = sort_order(ranks, len(terms.terms))
    documents = documents[order]
    term_starts = offsets(np.bincount(ranks, minlength=len(terms.terms)))
    new = np.ones(len(order), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=new[1:])
    new[term_starts[:-1]] = True
    firsts = np.flatnonzero(new)
    return Decoded(
        np.diff(np.searchsorted(firsts, term_starts)),
        documents[firsts],
        np.diff(firsts, append=len(order)).astype(np.uint32),
        positions=None if positions is None else (positions + terms.shifts[starts])[order],
    )


def _existing(terms: _Terms, documents: U16) -> Decoded:
    """Return postings that only tell which documents have a term."""
    lists, documents = _pairs(terms.lists, documents)
    starts = terms.bounds[lists]
    counts = terms.bounds[lists + 1] - starts
    ranks = terms.ranks[spread(starts, counts)]
    ranks, documents = _pairs(ranks, np.repeat(documents, counts))
    counts = np.bincount(ranks, minlength=len(terms.terms))
    return Decoded(counts, documents, np.ones(len(documents), np.uint32))


def _pairs(numbers: Array, documents: U16) -> tuple[U32, U16]:
    """Return each pair of a number and a document once, in this order."""
    wide: Any = np.uint64 if int(numbers.max(initial=0)) >> 16 else np.uint32
    pairs = numbers.astype(wide) * wide(1 << 16) + documents
    pairs.sort()
    new = np.ones(len(pairs), np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=new[1:])
    pairs = pairs[new]
    return (pairs >> wide(16)).astype(np.uint32), pairs.astype(np.uint16)
