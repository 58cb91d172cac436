"""The vocabulary of a writer: which words the texts consist of, and what tokenizers make of them.

A chunk of text (see :mod:`index.columnar.chunks`) becomes the number of an *entry*: the words that
it has, with their positions. Most entries are one word, in whatever case and between whatever
punctuation. What the library's own tokenizers make of a word is worked out once.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index import analysis
from index.columnar.arrays import offsets, spread
from index.columnar.chunks import chunks
from index.columnar.keys import Keys
from index.columnar.strings import Strings, grown
from index.schema import StartTokenizer, StemTokenizer, WordTokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import U32, Indices
    from index.columnar.general_lane import Posting

TOKENIZERS = (WordTokenizer, StemTokenizer, StartTokenizer)
"""Those of which each word becomes the same terms wherever it stands."""

_LONGEST_CHUNK = 24
"""Bytes of a chunk that is remembered. A longer one is hardly met twice."""

_COMPOUND = "\x01"
"""Put before the form of a compound: a character that is in no form."""

_MOST_ENTRIES = 1 << 17
"""Entries with which a vocabulary is large."""


class Expansion(NamedTuple):
    """The terms of some entries."""

    counts: Indices
    """How many terms each has."""

    terms: U32
    """The numbers of the terms."""

    shifts: U32
    """How many positions behind the entry's first each of these stands."""


class Vocabulary:
    """All entries met so far. An entry's number is never 0."""

    def __init__(self) -> None:
        self._chunks = Keys()
        self._entries = np.zeros(1 << 10, np.uint32)
        """The entry of each chunk, by the number of its last key."""

        self._words = Strings()
        self._alone = np.zeros(1 << 10, np.uint32)
        """The entry that is nothing but a word, by the number of the word."""

        self._widths, self._bounds = array("I", [0]), array("I", [0, 0])
        self._contents, self._shifts = array("I"), array("I")
        self._tables = {kind: _Table(kind()) for kind in TOKENIZERS}
        self.of_numbers: dict[tuple[str, int], list[Posting]] = {}
        """What fields made of whole numbers, by field and number: days come again and again."""

    @property
    def is_large(self) -> bool:
        """Whether it takes so much memory that it is time to begin a new one."""
        return len(self._widths) >= _MOST_ENTRIES

    @property
    def widths(self) -> U32:
        """How many positions each entry takes, uint32 ``[entries]``."""
        return np.array(self._widths, np.uint32)

    def entries(self, texts: Sequence[str]) -> list[U32]:
        """Return the number of each entry of each text, in order, uint32."""
        found = chunks(texts)
        keys, long = self._chunks.of_strings(found.raw, found.starts, found.lengths, _LONGEST_CHUNK)
        self._entries = grown(self._entries, len(self._chunks))
        is_new = self._entries[keys] == 0
        # The last key of such a chunk is that of its beginning.
        is_new[long] = False
        new = np.flatnonzero(is_new)
        new = new[np.unique(keys[new], return_index=True)[1]]
        self._entries[keys[new]] = self._learnt([found.text(chunk) for chunk in new.tolist()])
        entries = self._entries[keys]
        entries[long] = self._learnt([found.text(chunk) for chunk in long.tolist()])
        return np.split(entries, found.bounds[1:-1])

    def expansion(self, kind: type[WordTokenizer], entries: Indices) -> Expansion:
        """Return what a kind of tokenizer makes of some entries."""
        bounds = np.array(self._bounds, np.intp)
        counts = bounds[entries + 1] - bounds[entries]
        places = spread(bounds[entries], counts)
        words = np.array(self._contents, np.intp)[places]
        of_words, terms = self._tables[kind].terms(words)
        shifts = np.repeat(np.array(self._shifts, np.uint32)[places], of_words)
        ends = offsets(of_words)[offsets(counts)]
        return Expansion(np.diff(ends), terms, shifts)

    def terms(self, kind: type[WordTokenizer]) -> Strings:
        """Return all terms that a kind of tokenizer made."""
        return self._tables[kind].strings

    def _learnt(self, chunks: Sequence[str]) -> U32:
        """Return the entries of chunks, new ones unless they are words that are known."""
        found = [_analysed(chunk) for chunk in chunks]
        words = [word for analysed in found for word in analysed.words]
        counts = np.array([len(analysed.words) for analysed in found], np.intp)
        widths = np.array([analysed.width for analysed in found], np.intp)
        shifts = np.array([word.position for word in words], np.uint32)
        numbers = self._numbers(words)
        firsts = offsets(counts)[:-1]
        alone = np.flatnonzero((counts == 1) & (widths == 1))
        compound = np.array([word.compound for word in words], np.bool_)
        alone = alone[(shifts[firsts[alone]] == 0) & ~compound[firsts[alone]]]
        own = numbers[firsts[alone]]
        is_new = np.ones(len(found), np.bool_)
        is_new[alone] = False
        unknown = np.flatnonzero(self._alone[own] == 0)
        unknown = unknown[np.unique(own[unknown], return_index=True)[1]]
        is_new[alone[unknown]] = True
        entries = np.zeros(len(found), np.uint32)
        entries[is_new] = np.arange(len(self._widths), len(self._widths) + is_new.sum())
        self._alone[own[unknown]] = entries[alone[unknown]]
        entries[alone] = self._alone[own]
        places = spread(firsts[is_new], counts[is_new])
        self._add(widths[is_new], counts[is_new], numbers[places], shifts[places])
        return entries

    def _numbers(self, words: Sequence[analysis.Word]) -> U32:
        """Return the numbers of words, and have the tables take those that are new."""
        known = len(self._words)
        marked = [f"{_COMPOUND if word.compound else ''}{word.form}".encode() for word in words]
        numbers = self._words.numbers(marked)
        self._alone = grown(self._alone, len(self._words))
        held, firsts = np.unique(numbers, return_index=True)
        new = [words[place] for place in firsts[held >= known].tolist()]
        for table in self._tables.values():
            table.add(new)
        return numbers

    def _add(self, widths: Indices, counts: Indices, words: U32, shifts: U32) -> None:
        """Take new entries: how many positions and words each has; all words, with positions."""
        self._widths.extend(widths.tolist())
        self._bounds.extend((offsets(counts)[1:] + len(self._contents)).tolist())
        self._contents.extend(words.tolist())
        self._shifts.extend(shifts.tolist())


class _Table:
    """What one tokenizer makes of each word."""

    def __init__(self, tokenizer: WordTokenizer) -> None:
        self._tokenizer = tokenizer
        self.strings = Strings()
        self._bounds, self._contents = array("I", [0]), array("I")

    def add(self, words: Sequence[analysis.Word]) -> None:
        """Take the next words."""
        place_of = {id(word): place for place, word in enumerate(words)}
        pairs = list(self._tokenizer.terms_of(words))
        counts = np.zeros(len(words), np.intp)
        np.add.at(counts, [place_of[id(word)] for word, _ in pairs], 1)
        self._bounds.extend((offsets(counts)[1:] + len(self._contents)).tolist())
        self._contents.extend(self.strings.numbers([term.encode() for _, term in pairs]).tolist())

    def terms(self, words: Indices) -> tuple[Indices, U32]:
        """Return how many terms each of some words has, and the numbers of these terms."""
        bounds = np.array(self._bounds, np.intp)
        counts = bounds[words + 1] - bounds[words]
        return counts, np.array(self._contents, np.uint32)[spread(bounds[words], counts)]


def _analysed(chunk: str) -> analysis.Analysis:
    """Return the words of a chunk. Their offsets do not matter here."""
    form = analysis.plain_form(analysis.without_possessive(chunk))
    if form is not None:
        return analysis.Analysis((analysis.Word(form, 0, 0, 0),), 1)
    surfaces = analysis.surface_texts(chunk)
    if len(surfaces) == 1:
        # Past the cache: it is asked for once.
        return analysis.analyse.__wrapped__(surfaces[0])
    return analysis.analyse_all(chunk)
