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
from index.columnar.following import following, numbers_of
from index.columnar.keys import MARGIN, Keys
from index.columnar.postings import Decoded
from index.columnar.vocabulary import TOKENIZERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh.fields import FieldType

    from index.columnar.arrays import U16, U32, Array, Indices
    from index.columnar.vocabulary import Vocabulary
    from index.schema import WordTokenizer

_FORMATS = (formats.Existence, formats.Frequency, formats.Positions)

LONGEST_TEXT = 1 << 25
"""Characters of a text: its positions, gaps between passages included, must fit 32 bits."""

_MOST_MARKS = 1 << 24
"""Bytes of a table of terms and documents."""

_NO_PAIR = np.uint64((1 << 64) - 1)
"""More than any pair of a number and a document."""


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
        terms, positions = _terms_of(entries, vocabulary, self.kind), None
        if self._format is formats.Existence:
            return terms.terms, _existing(_condensed(terms), documents)
        if self._format is formats.Positions:
            positions = self._positions(vocabulary.widths[entries])
        del entries
        return terms.terms, _occurring(terms, documents, positions)

    def _positions(self, widths: U32) -> U32:
        """Return the position of each entry in its text. ``widths``: how many each takes."""
        # Should the sum wrap around, so do the differences.
        positions = np.zeros(len(widths) + 1, np.uint32)
        np.cumsum(widths, out=positions[1:])
        firsts = positions[offsets(self._lengths)[:-1]]
        return positions[:-1] - np.repeat(firsts, self._lengths)


class _Terms(NamedTuple):
    """The terms that occur in some texts."""

    terms: list[bytes]
    """All of them, sorted."""

    entries: Array
    """Unsigned ``[entries of the texts]``: the entries, those that occur numbered anew."""

    bounds: U32
    """Where the terms of each entry that occurs lie in ``ranks``; one longer than these."""

    ranks: Array
    """The places in ``terms`` of the terms of each entry."""

    shifts: U32
    """How many positions behind the entry's first each of these stands."""


def _terms_of(entries: U32, vocabulary: Vocabulary, kind: type[WordTokenizer]) -> _Terms:
    """Find the terms that occur, and number them as they are sorted."""
    used, places = _renumbered(entries)
    counts, numbers, shifts = vocabulary.expansion(kind, used)
    used, numbers = _renumbered(numbers)
    order, terms = vocabulary.terms(kind).sorted(used)
    ranks = np.zeros(len(used), np.uint16 if len(used) <= 1 << 16 else np.uint32)
    ranks[np.searchsorted(used, order)] = np.arange(len(used))
    return _Terms(terms, places, offsets(counts).astype(np.uint32), ranks[numbers], shifts)


def _renumbered(numbers: Array) -> tuple[Indices, Array]:
    """Return the numbers that occur, ascending, and instead of each its place among them.

    The places are uint16 where all fit.
    """
    occurs = np.zeros(int(numbers.max(initial=0)) + 1, np.bool_)
    occurs[numbers] = True
    used = np.flatnonzero(occurs)
    places = np.zeros(len(occurs), np.uint16 if len(used) <= 1 << 16 else np.uint32)
    places[used] = np.arange(len(used))
    return used, places[numbers]


def _condensed(terms: _Terms) -> _Terms:
    """Return the same terms with entries that have the same numbered alike.

    There are far fewer first letters than words.
    """
    counts = np.diff(terms.bounds).astype(np.intp)
    raw = np.append(terms.ranks.astype(np.uint32) + np.uint32(1), np.zeros(MARGIN, np.uint32))
    places = terms.bounds[:-1].astype(np.intp)
    size = raw.itemsize
    keys, _ = Keys().of_strings(raw.view(np.uint8), size * places, size * counts)
    _, firsts, alike = np.unique(keys, return_index=True, return_inverse=True)
    counts = counts[firsts]
    contents = spread(places[firsts], counts)
    kind = np.uint16 if len(firsts) <= 1 << 16 else np.uint32
    return terms._replace(
        entries=alike.astype(kind)[terms.entries],
        bounds=offsets(counts).astype(np.uint32),
        ranks=terms.ranks[contents],
        shifts=terms.shifts[contents],
    )


def _occurring(terms: _Terms, documents: U16, positions: U32 | None) -> Decoded:
    """Return postings with how often each document has a term and, if given, where."""
    places = terms.bounds[:-1][terms.entries]
    counts = np.diff(terms.bounds)[terms.entries]
    if (counts != 1).any():
        places = spread(places, counts)
        documents = np.repeat(documents, counts)
        positions = None if positions is None else np.repeat(positions, counts)
    del counts
    if positions is not None:
        positions += terms.shifts[places]
    ranks = terms.ranks[places]
    del places
    behind = None
    if positions is not None:
        behind = following(documents, positions, numbers_of(terms.terms)[ranks])
    order = sort_order(ranks, len(terms.terms))
    documents = documents[order]
    starts = offsets(np.bincount(ranks, minlength=len(terms.terms)))
    new = np.ones(len(order), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=new[1:])
    new[starts[:-1]] = True
    firsts = np.flatnonzero(new)
    return Decoded(
        np.diff(np.searchsorted(firsts, starts)),
        documents[firsts],
        np.diff(firsts, append=len(order)).astype(np.uint32),
        positions=None if positions is None else positions[order],
        following=None if behind is None else behind[order],
    )


def _existing(terms: _Terms, documents: U16) -> Decoded:
    """Return postings that only tell which documents have a term."""
    entries, documents = _pairs(terms.entries, documents, len(terms.bounds) - 1)
    places = terms.bounds[entries]
    counts = terms.bounds[entries + 1] - places
    ranks = terms.ranks[spread(places, counts)]
    ranks, documents = _pairs(ranks, np.repeat(documents, counts), len(terms.terms))
    found = np.bincount(ranks, minlength=len(terms.terms))
    return Decoded(found, documents, np.ones(len(documents), np.uint32))


def _pairs(numbers: Array, documents: U16, behind: int) -> tuple[Array, U16]:
    """Return each pair of a number and a document once, in this order.

    ``behind``: what is more than all numbers.
    """
    size = int(documents.max(initial=0)) + 1
    pairs = numbers * np.uint64(size) + documents
    if behind * size <= _MOST_MARKS:
        marks = np.zeros(behind * size, np.bool_)
        marks[pairs] = True
        found = np.divmod(np.flatnonzero(marks), size)
    else:
        pairs.sort()
        found = np.divmod(pairs[np.diff(pairs, prepend=_NO_PAIR) != 0], np.uint64(size))
    return found[0], found[1].astype(np.uint16)
