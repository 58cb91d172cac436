"""The vocabulary of a writer: which words the texts consist of, and what tokenizers make of them.

A chunk of text (see :mod:`index.columnar.chunks`) becomes the number of an *entry*: the words that
it has, with their positions. Most entries are one word, in whatever case and between whatever
punctuation. What the library's own tokenizers make of an entry is worked out once.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index import analysis
from index.columnar.chunks import MARGIN, chunks
from index.columnar.keys import Keys
from index.schema import StartTokenizer, StemTokenizer, WordTokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import U32, U64, Array, Indices
    from index.columnar.chunks import Chunks

TOKENIZERS = (WordTokenizer, StemTokenizer, StartTokenizer)
"""Those of which each word becomes the same terms wherever it stands."""

_HEAD, _TAIL = 8, 4
"""Bytes of a chunk that its first key takes, and each one that follows."""

_TAILS = 4
"""Most keys that follow. A longer chunk is hardly met twice, and is not remembered."""

_ADDRESSED = np.array([(1 << 8 * count) - 1 for count in range(_HEAD + 1)], np.uint64)
"""The bits of the first bytes of a number in memory."""

_TAIL_MARK = np.uint64(0xFF << 56)
"""Set in the keys that follow: no UTF-8 has such a byte, so no first key has."""


_ONE_TERM = 2
"""Numbers that say of a single term which one it is, and where."""

_MOST_ENTRIES = 1 << 16
"""Entries with which it is large."""


class Expansion(NamedTuple):
    """The terms that a tokenizer makes of each entry."""

    terms: list[bytes]
    """All terms, by number."""

    heads: U64
    """uint64 ``[terms]``: the first bytes of each term, as a number that orders them."""

    lists: U32
    """The number of each entry's list of terms; most are of one term."""

    bounds: Indices
    """Where each list lies in ``numbers``; one longer than the lists."""

    numbers: Indices
    """The numbers of the terms of each list."""

    shifts: U32
    """How many positions behind the entry's first each of these stands."""

    def ranked(self, numbers: Indices) -> tuple[list[bytes], Array]:
        """Return the terms that have any of these numbers, sorted, and the place of each in them.

        The places are uint16 where all fit.
        """
        is_used = np.zeros(len(self.terms), np.bool_)
        is_used[numbers] = True
        order = self._sorted(np.flatnonzero(is_used))
        ranks = np.zeros(len(self.terms), np.uint16 if len(order) <= 1 << 16 else np.uint32)
        ranks[order] = np.arange(len(order))
        return [self.terms[number] for number in order.tolist()], ranks[numbers]

    def _sorted(self, numbers: Indices) -> Indices:
        """Return the numbers of some terms in the order of the terms."""
        heads = self.heads[numbers]
        order = np.argsort(heads)
        numbers, heads = numbers[order], heads[order]
        edges = np.flatnonzero(np.diff(heads[1:] == heads[:-1], prepend=False, append=False))
        for first, last in edges.reshape(-1, 2).tolist():
            alike = numbers[first : last + 1].tolist()
            numbers[first : last + 1] = sorted(alike, key=self.terms.__getitem__)
        return numbers


class Vocabulary:
    """All entries met so far. An entry's number is never 0."""

    def __init__(self) -> None:
        self._keys = Keys()
        self._entries = np.zeros(1 << 12, np.uint32)
        self._alone = array("I")
        """The entry of each form, by number, that is this word alone; 0 where there is none yet."""

        self._widths = array("I", [0])
        self._tables = {kind: _Table(kind()) for kind in TOKENIZERS}
        self._new_words: list[Sequence[analysis.Word]] = []
        """The words of entries that the tables do not have yet."""

    @property
    def is_large(self) -> bool:
        """Whether it takes so much memory that it is time to begin a new one."""
        return len(self._widths) >= _MOST_ENTRIES

    @property
    def widths(self) -> U32:
        """How many positions each entry takes."""
        return np.array(self._widths, np.uint32)

    def entries(self, texts: Sequence[str]) -> list[U32]:
        """Return the number of each entry of each text, in order, uint32."""
        found = chunks(texts)
        numbers, long = self._key_numbers(found)
        self._entries = _grown(self._entries, len(self._keys))
        is_new = self._entries[numbers] == 0
        # The last key of such a chunk is that of its beginning.
        is_new[long] = False
        new = np.flatnonzero(is_new)
        new = new[np.unique(numbers[new], return_index=True)[1]]
        self._entries[numbers[new]] = [self._entry(found.text(chunk)) for chunk in new.tolist()]
        entries = self._entries[numbers]
        entries[long] = [self._entry(found.text(chunk)) for chunk in long.tolist()]
        for table in self._tables.values():
            table.add(self._new_words)
        self._new_words.clear()
        return np.split(entries, found.bounds[1:-1])

    def expansion(self, kind: type[WordTokenizer]) -> Expansion:
        """Return what a kind of tokenizer makes of all entries."""
        return self._tables[kind].expansion()

    def _key_numbers(self, found: Chunks) -> tuple[U32, Indices]:
        """Return the number of each chunk's last key, and the chunks too long to have one."""
        raw, lengths = found.raw, found.lengths
        heads: U64 = np.ndarray(len(raw) - MARGIN, np.dtype("<u8"), raw, strides=(1,))
        tails: U32 = np.ndarray(len(raw) - MARGIN, np.dtype("<u4"), raw, strides=(1,))
        keys = heads[found.starts] & _ADDRESSED[np.minimum(lengths, _HEAD)]
        numbers = self._keys.numbers(keys)
        left = np.flatnonzero(lengths > _HEAD)
        for start in range(_HEAD, _HEAD + _TAILS * _TAIL, _TAIL):
            keys = tails[found.starts[left] + start].astype(np.uint64)
            keys &= _ADDRESSED[np.minimum(lengths[left] - start, _TAIL)]
            keys |= numbers[left].astype(np.uint64) << np.uint64(8 * _TAIL)
            numbers[left] = self._keys.numbers(keys | _TAIL_MARK)
            left = left[lengths[left] > start + _TAIL]
        return numbers, left

    def _entry(self, chunk: str) -> int:
        """Return the entry of a chunk, a new one unless it is a word that is known."""
        form = analysis.plain_form(analysis.without_possessive(chunk))
        if form is None:
            words, width = _analysed(chunk)
            if width != 1 or len(words) != 1 or words[0].compound:
                return self._new(words, width)
            form = words[0].form
        number = self._tables[WordTokenizer].number(form)
        self._alone.extend([0] * (number + 1 - len(self._alone)))
        if not self._alone[number]:
            self._alone[number] = self._new((analysis.Word(form, 0, 0, 0),), 1)
        return self._alone[number]

    def _new(self, words: Sequence[analysis.Word], width: int) -> int:
        self._widths.append(width)
        self._new_words.append(words)
        return len(self._widths) - 1


class _Table:
    """What one tokenizer makes of each entry."""

    def __init__(self, tokenizer: WordTokenizer) -> None:
        self._tokenizer = tokenizer
        self._numbers: dict[bytes, int] = {}
        self._terms: list[bytes] = []
        self._heads = array("Q")
        self._alone = array("I")
        """The list of each term that has nothing else in it; 0 where there is none yet."""

        self._known: dict[tuple[int, ...], int] = {(): 0}
        self._lists = array("I", [0])
        self._contents, self._shifts = array("I"), array("I")
        self._bounds = array("I", [0, 0])
        self._expansion: Expansion | None = None

    def number(self, term: str) -> int:
        """Return the number of a term, the next one if it is new."""
        raw = term.encode()
        number = self._numbers.get(raw)
        if number is None:
            number = self._numbers[raw] = len(self._terms)
            self._terms.append(raw)
            self._heads.append(int.from_bytes(raw[:_HEAD].ljust(_HEAD, b"\0")))
            self._alone.append(0)
        return number

    def add(self, entries: Sequence[Sequence[analysis.Word]]) -> None:
        """Take the words of the next entries."""
        lists: list[list[int]] = [[] for _ in entries]
        list_of = {
            id(word): found for words, found in zip(entries, lists, strict=True) for word in words
        }
        number = self.number
        for word, term in self._tokenizer.terms_of(chain.from_iterable(entries)):
            list_of[id(word)] += number(term), word.position
        self._lists.extend(map(self._list, lists))

    def _list(self, found: list[int]) -> int:
        """Return the number of a list of terms: the number of each, and how far it is shifted."""
        if len(found) == _ONE_TERM and not found[1]:
            term = found[0]
            if not self._alone[term]:
                self._alone[term] = self._new_list(found)
            return self._alone[term]
        key = tuple(found)
        if key not in self._known:
            self._known[key] = self._new_list(found)
        return self._known[key]

    def _new_list(self, found: list[int]) -> int:
        self._contents.extend(found[::2])
        self._shifts.extend(found[1::2])
        self._bounds.append(len(self._contents))
        return len(self._bounds) - 2

    def expansion(self) -> Expansion:
        """Return the terms of all entries."""
        if self._expansion is None or len(self._expansion.lists) < len(self._lists):
            self._expansion = Expansion(
                self._terms,
                np.array(self._heads, np.uint64),
                np.array(self._lists, np.uint32),
                np.array(self._bounds, np.intp),
                np.array(self._contents, np.intp),
                np.array(self._shifts, np.uint32),
            )
        return self._expansion


def _analysed(chunk: str) -> analysis.Analysis:
    """Return the words of a chunk. Their offsets do not matter here."""
    surfaces = analysis.surface_texts(chunk)
    if len(surfaces) == 1:
        # Past the cache: it is asked for once.
        return analysis.analyse.__wrapped__(surfaces[0])
    return analysis.analyse_all(chunk)


def _grown(numbers: Array, size: int) -> Array:
    """Return numbers with zeros behind them, if there are less than ``size``."""
    if len(numbers) >= size:
        return numbers
    return np.concatenate([numbers, np.zeros(size, numbers.dtype)])
