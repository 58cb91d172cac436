"""The fast lane into a segment: fields whose words are found by the library's own tokenizers.

What such a tokenizer makes of a surface (a word as written) depends on nothing around it. So a
text is taken apart once for all fields that have it, each surface becomes a number, and its words
are worked out once, however often it occurs. The postings are then one sort of 64-bit numbers:
term, document and position, packed in this order.

Whatever is not simply a text (lists of words, weighted fields) takes the general lane.
"""

from __future__ import annotations

from array import array
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh import formats

from index import analysis
from index.columnar.arrays import offsets, spread
from index.columnar.postings import Decoded
from index.schema import StartTokenizer, StemTokenizer, WordTokenizer

if TYPE_CHECKING:
    from whoosh.fields import FieldType

    from index.columnar.arrays import U32, U64, Indices, Mask

_TOKENIZERS = (WordTokenizer, StemTokenizer, StartTokenizer)
_FORMATS = (formats.Existence, formats.Frequency, formats.Positions)

_DOCUMENT_BITS, _POSITION_BITS = 16, 26
_RANK_SHIFT = _DOCUMENT_BITS + _POSITION_BITS
_MOST_TERMS = (1 << (64 - _RANK_SHIFT)) - 1
_NOTHING = (1 << 64) - 1
"""Behind every key: of a surface without a term."""

LONGEST_TEXT = 1 << 25
"""Characters of a text: its positions, gaps between passages included, must fit their bits."""

MOST_SURFACES = 1 << 19
"""Surfaces that are remembered from one segment to the next: some 100 MB of them."""


def takes(field: FieldType) -> bool:
    """Tell whether the texts of a field may take the fast lane."""
    kind: Any = field.format
    analyzer: Any = field.analyzer
    return (
        type(analyzer) in _TOKENIZERS
        and type(kind) in _FORMATS
        and kind.field_boost == 1.0
        and not field.vector
        and not field.separate_spelling()
    )


class _Numbers(dict[str, int]):
    """Numbers strings in the order in which they are first asked for."""

    def __missing__(self, string: str) -> int:
        number = self[string] = len(self)
        return number


class Expansion(NamedTuple):
    """The terms that a tokenizer makes of each surface, by number of the surface."""

    vocabulary: list[bytes]
    """All terms, sorted; a term's place in it is its rank."""

    firsts: U64
    """The key (see :func:`_keys`) of each surface's first term, or :data:`_NOTHING`."""

    several: Mask
    """Whether a surface has more terms."""

    bounds: Indices
    """Where the keys of each surface's terms lie in ``keys``; one longer than the surfaces."""

    keys: U64
    """The keys of all terms of each surface."""

    widths: Indices
    """How many positions each surface takes."""


class Vocabulary:
    """All surfaces met so far, and what each tokenizer makes of them."""

    def __init__(self) -> None:
        self._surfaces = _Numbers()
        self._widths = array("I")
        self._words: list[tuple[analysis.Word, ...]] = []
        self._tables = {kind: _Table(kind()) for kind in _TOKENIZERS}

    def __len__(self) -> int:
        return len(self._surfaces)

    def numbers(self, text: str) -> U32:
        """Return the number of each surface of a text, uint32, in order."""
        found = analysis.surface_texts(text)
        numbers = self._surfaces.__getitem__
        return np.fromiter(map(numbers, found), np.uint32, len(found))

    def expansion(self, kind: type[WordTokenizer]) -> Expansion:
        """Return what a kind of tokenizer makes of all surfaces."""
        for surface in islice(self._surfaces, len(self._words), None):
            words, width = analysis.analyse(surface)
            self._words.append(words)
            self._widths.append(width)
        return self._tables[kind].expansion(self._words, np.array(self._widths, np.intp))


class _Table:
    """What one tokenizer makes of each surface."""

    def __init__(self, tokenizer: WordTokenizer) -> None:
        self._tokenizer = tokenizer
        self._numbers = _Numbers()
        self._encoded: dict[bytes, int] = {}
        self._vocabulary: list[bytes] = []
        self._bounds, self._terms, self._shifts = array("I", [0]), array("I"), array("I")

    def expansion(self, words: list[tuple[analysis.Word, ...]], widths: Indices) -> Expansion:
        for found in words[len(self._bounds) - 1 :]:
            for word, term in self._tokenizer.terms_of(found):
                self._terms.append(self._numbers[term])
                self._shifts.append(word.position)
            self._bounds.append(len(self._terms))
        vocabulary = self._sorted()
        ranks = np.empty(len(vocabulary), np.uint64)
        order = np.fromiter(map(self._encoded.__getitem__, vocabulary), np.intp, len(vocabulary))
        ranks[order] = np.arange(len(order), dtype=np.uint64)
        keys = ranks[np.array(self._terms, np.intp)] << np.uint64(_RANK_SHIFT)
        keys += np.array(self._shifts, np.uint64)
        bounds = np.array(self._bounds, np.intp)
        firsts = np.append(keys, _NOTHING)[bounds[:-1]]
        counts = np.diff(bounds)
        firsts[counts == 0] = _NOTHING
        return Expansion(vocabulary, firsts, counts > 1, bounds, keys, widths)

    def _sorted(self) -> list[bytes]:
        """Return all terms, sorted; those sorted before take next to no time."""
        new = islice(self._numbers.items(), len(self._encoded), None)
        added = {term.encode(): number for term, number in new}
        self._encoded.update(added)
        self._vocabulary = sorted([*self._vocabulary, *sorted(added)])
        if len(self._vocabulary) >= _MOST_TERMS:
            raise OverflowError("Too many different words for one segment.")
        return self._vocabulary


class Texts:
    """The texts of one field, as numbers of surfaces."""

    def __init__(self, field: FieldType) -> None:
        self.kind: type[WordTokenizer] = type(field.analyzer)  # type: ignore[assignment]
        self._format: type[Any] = type(field.format)
        self._documents = array("I")
        self._surfaces: list[U32] = []

    def add(self, document: int, surfaces: U32) -> None:
        """Take the text of one document."""
        self._documents.append(document)
        self._surfaces.append(surfaces)

    def postings(self, expansion: Expansion) -> tuple[list[bytes], Decoded]:
        """Return the terms that occur in the texts, and their postings."""
        keys = _keys(self._documents, self._surfaces, expansion)
        postings = keys >> np.uint64(_POSITION_BITS)
        new = np.ones(len(keys), np.bool_)
        np.not_equal(postings[1:], postings[:-1], out=new[1:])
        firsts = np.flatnonzero(new)
        postings = postings[firsts]
        ranks = (postings >> np.uint64(_DOCUMENT_BITS)).astype(np.intp)
        counts = np.bincount(ranks, minlength=len(expansion.vocabulary))
        used = np.flatnonzero(counts)
        frequencies = np.diff(firsts, append=len(keys)).astype(np.uint32)
        positions = None
        if self._format is formats.Positions:
            positions = (keys & np.uint64((1 << _POSITION_BITS) - 1)).astype(np.uint32)
        elif self._format is formats.Existence:
            frequencies = np.ones(len(firsts), np.uint32)
        documents = (postings & np.uint64((1 << _DOCUMENT_BITS) - 1)).astype(np.uint16)
        decoded = Decoded(counts[used], documents, frequencies, positions=positions)
        return [expansion.vocabulary[rank] for rank in used.tolist()], decoded


def _keys(documents: array[int], texts: list[U32], expansion: Expansion) -> U64:
    """Return the keys of all occurrences, uint64, sorted.

    A key is a term's rank, its document and its position, in this order.
    """
    surfaces = np.concatenate([np.zeros(0, np.uint32), *texts])
    lengths = [len(text) for text in texts]
    positions = offsets(expansion.widths[surfaces])
    places = np.array(documents, np.uint64) << np.uint64(_POSITION_BITS)
    # Minus where each text begins: the sum is never negative, whatever wraps around before.
    places -= positions[offsets(lengths)[:-1]].astype(np.uint64)
    places = np.repeat(places, lengths)
    places += positions[:-1].astype(np.uint64)
    keys = expansion.firsts[surfaces]
    keys += places * (keys != np.uint64(_NOTHING))
    several = np.flatnonzero(expansion.several[surfaces])
    more = surfaces[several]
    starts, counts = expansion.bounds[more] + 1, expansion.bounds[more + np.uint32(1)]
    counts = counts - starts
    rest = expansion.keys[spread(starts, counts)] + np.repeat(places[several], counts)
    keys = np.concatenate([keys, rest])
    keys.sort()
    return keys[: np.searchsorted(keys, np.uint64(_NOTHING))]
