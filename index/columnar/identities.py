"""Whose document is whose: the ids and dates of a segment's documents, and which of them are meant.

An id can be asked of a document, and a document of an id; a set of ids becomes a mask. All of it is
worked out once for each segment, which never changes.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, ref

import numpy as np

from index.columnar.arrays import offsets
from index.columnar.columns import BytesColumn, NumberColumn
from index.columnar.reader import SegmentReader
from index.columnar.soundness import look_into_column

if TYPE_CHECKING:
    from collections.abc import Collection

    from whoosh.reading import IndexReader

    from index.columnar.arrays import U64, Array, Indices, Mask
    from index.columnar.segment import Segment
    from index.columnar.terms import Terms

_FEW = 64
"""Of so many times fewer ids, each is looked up: that takes as long as to look at all there are."""


class Identities:
    """The documents of one segment by id, and back.

    Raises IndexDamagedError where the columns of these can't be: they are read as long as anybody
    looks at an answer, wherever that is, and nothing is to go wrong there.
    """

    def __init__(self, segment: Segment) -> None:
        for name in ("id", "published"):
            look_into_column(segment, name)
        self._size = segment.size
        ids, published = segment.column("id"), segment.column("published")
        self._ids = ids if isinstance(ids, BytesColumn) else None
        self._published = published if isinstance(published, NumberColumn) else None
        self._masks: dict[int, tuple[ref[frozenset[str]], Mask]] = {}
        """By the place in memory of a set: whoever makes it decides how long it lives."""

    def id(self, document: int) -> str:
        """Return the id of a document; an empty one where it has none."""
        raw = b"" if self._ids is None else self._ids[document]
        try:
            return raw.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")

    def ids(self, documents: Indices) -> list[str]:
        """Return the ids of some documents."""
        raw = [] if self._ids is None else self._ids.values_of(documents)
        return [one.decode("utf-8", "replace") for one in raw]

    def document(self, id_: str) -> int | None:
        """Return the document with an id, the last one where there are several."""
        number = None if self._ids is None else self._ids.terms.find(_encoded(id_))
        return None if number is None else int(self._documents[number])

    def mask(self, wanted: frozenset[str]) -> Mask:
        """Return which documents have one of the wanted ids, bool ``[documents]``.

        It is remembered as long as somebody keeps the set.
        """
        known = self._masks.get(id(wanted))
        if known is not None and known[0]() is wanted:
            return known[1]
        alive = {at: one for at, one in list(self._masks.items()) if one[0]() is not None}
        mask = self._worked_out(wanted)
        alive[id(wanted)] = ref(wanted), mask
        self._masks = alive
        return mask

    @cached_property
    def published(self) -> Array:
        """When each document was published: int64 ``[documents]``, in seconds since 1970."""
        if self._published is None:
            return np.zeros(self._size, np.int64)
        # Whoosh's sortable form of signed numbers begins with the least of them.
        values = self._published.values
        if values.dtype.kind == "f":
            return np.zeros(self._size, np.int64)
        return (values.astype(np.uint64) - np.uint64(1 << 63)).view(np.int64)

    @cached_property
    def keys(self) -> U64:
        """What orders documents by their ids: uint64 ``[documents, 2]``, the first 16 bytes."""
        if self._ids is None:
            return np.zeros((self._size, 2), np.uint64)
        beginnings = np.array([term[:16] for term in self._ids.terms], "S16")
        keys: U64 = beginnings.view(">u8").reshape(-1, 2).astype(np.uint64)[self._ids.ranks]
        return keys

    @cached_property
    def _documents(self) -> Indices:
        """The document of each id, by the rank of the id."""
        documents = np.zeros(self._size, np.intp)
        if self._ids is not None:
            documents[self._ids.ranks] = np.arange(self._size)
        return documents

    def _worked_out(self, wanted: Collection[str]) -> Mask:
        if self._ids is None:
            return np.zeros(self._size, np.bool_)
        mask: Mask = self._chosen(self._ids.terms, wanted)[self._ids.ranks]
        return mask

    @staticmethod
    def _chosen(terms: Terms, wanted: Collection[str]) -> Mask:
        """Return which of all ids are wanted."""
        if len(wanted) * _FEW < len(terms):
            chosen = np.zeros(len(terms), np.bool_)
            found = (terms.find(_encoded(id_)) for id_ in wanted)
            chosen[[number for number in found if number is not None]] = True
            return chosen
        texts = terms.texts(0, len(terms))
        if texts is not None:
            return np.fromiter(map(wanted.__contains__, texts), np.bool_, len(texts))
        sought = {_encoded(id_) for id_ in wanted}
        return np.fromiter(map(sought.__contains__, terms), np.bool_, len(terms))


class Catalogue:
    """The documents of all segments of a reader, numbered through."""

    def __init__(self, reader: IndexReader) -> None:
        readers = [leaf for leaf, _ in reader.leaf_readers() if isinstance(leaf, SegmentReader)]
        self._parts = [identities(leaf.columns) for leaf in readers]
        self._bases: list[int] = offsets([leaf.columns.size for leaf in readers]).tolist()

    def id(self, document: int) -> str:
        """Return the id of a document."""
        part = bisect_right(self._bases, document) - 1
        return self._parts[part].id(document - self._bases[part])

    def numbers(self, id_: str) -> list[int]:
        """Return the documents with an id, deleted ones too."""
        found = (
            (part.document(id_), base) for part, base in zip(self._parts, self._bases, strict=False)
        )
        return [document + base for document, base in found if document is not None]

    @cached_property
    def published(self) -> Array:
        """When each document was published: int64 ``[documents]``, in seconds since 1970."""
        return np.concatenate([np.zeros(0, np.int64), *(part.published for part in self._parts)])

    @cached_property
    def keys(self) -> U64:
        """What orders documents by their ids: uint64 ``[documents, 2]``, the first 16 bytes."""
        return np.concatenate([np.zeros((0, 2), np.uint64), *(part.keys for part in self._parts)])


def identities(segment: Segment) -> Identities:
    """Return the identities of a segment, remembered for as long as it is open."""
    found = _of_segments.get(segment)
    if found is None:
        found = _of_segments[segment] = Identities(segment)
    return found


def catalogue(reader: IndexReader) -> Catalogue:
    """Return the documents of a reader, remembered for as long as the reader lives."""
    found = _of_readers.get(reader)
    if found is None:
        found = _of_readers[reader] = Catalogue(reader)
    return found


_of_segments: WeakKeyDictionary[Segment, Identities] = WeakKeyDictionary()
_of_readers: WeakKeyDictionary[IndexReader, Catalogue] = WeakKeyDictionary()


def _encoded(id_: str) -> bytes:
    return id_.encode("utf-8", "surrogatepass")
