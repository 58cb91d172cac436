"""A Whoosh matcher over the postings of one term in one segment."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching.mcore import LeafMatcher, NullMatcher, ReadTooFar

from index.columnar.arrays import offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.columnar.arrays import Mask
    from index.columnar.postings import Decoded, Postings


class PostingsMatcher(LeafMatcher):
    """The documents of one term, in order, without the deleted ones.

    It claims no block quality: all postings are one block, so there is never one to leap over.
    """

    def __init__(
        self,
        postings: Postings,
        number: int,
        deleted: Mask | None,
        term: tuple[str, bytes],
        format_: Any,
        scorer: Any = None,
    ) -> None:
        self.scorer = scorer
        self.format = format_
        self._term = term
        self._postings, self._number, self._deleted = postings, number, deleted
        documents = postings.documents(number)
        self._rows: Sequence[int] = range(len(documents))
        """Which posting of the term each of ``_ids`` is."""

        if deleted is not None:
            kept = np.flatnonzero(~deleted[documents])
            documents, self._rows = documents[kept], kept.tolist()
        self._ids: list[int] = documents.tolist()
        self._place = 0

    def is_active(self) -> bool:
        """Tell whether there is a current document."""
        return self._place < len(self._ids)

    def reset(self) -> None:
        """Go back to the first document."""
        self._place = 0

    def copy(self) -> PostingsMatcher:
        """Return another matcher at the same document."""
        other = PostingsMatcher.__new__(PostingsMatcher)
        other.__dict__.update(self.__dict__)
        return other

    def replace(self, minquality: float = 0) -> Any:  # noqa: ARG002
        """Return this matcher, or one of nothing where no document is left."""
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        """Tell that there are no blocks."""
        return False

    def id(self) -> int:
        """Return the number of the current document."""
        return self._ids[self._place]

    def all_ids(self) -> Iterator[int]:
        """Return the numbers of all documents."""
        return iter(self._ids)

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        """Yield each document with the encoded value of its posting."""
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def next(self) -> None:
        """Go on to the next document."""
        if not self.is_active():
            raise ReadTooFar
        self._place += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 -- Whoosh's name for it
        """Go on to the first document from ``id`` on."""
        if not self.is_active():
            raise ReadTooFar
        self._place = bisect_left(self._ids, id, self._place)

    def weight(self) -> float:
        """Return what the term counts in the current document."""
        return self._weights[self._rows[self._place]]

    def block_max_weight(self) -> float:
        """Return the highest weight of all documents."""
        return max(self._weights)

    def block_min_length(self) -> int:
        """Return a length that no document of the term falls below: it has this term."""
        return 1

    def value(self) -> bytes:
        """Return the posting as the field's format encodes it."""
        if self._decoded.positions is not None:
            encoded: Any = self.format.encode(self._occurrences())
            # One of Whoosh's formats returns the sum of the boosts as well.
            return bytes(encoded[0] if isinstance(encoded, tuple) else encoded)
        return self._frequency.to_bytes(4, "big") if self.format.posting_size else b""

    def value_as(self, astype: str) -> Any:
        """Return what is known of the current posting, as the field's format has it."""
        if astype == "positions":
            return self._of_posting(self._decoded.positions)
        if astype == "frequency":
            return self._frequency
        return self.format.decode_as(astype, self.value())

    @property
    def _frequency(self) -> int:
        return int(self._decoded.frequencies[self._rows[self._place]])

    @cached_property
    def _weights(self) -> list[float]:
        weights: list[float] = self._postings.weights(self._number).tolist()
        return weights

    @cached_property
    def _decoded(self) -> Decoded:
        return self._postings.decode(self._number, self._number + 1)

    @cached_property
    def _bounds(self) -> list[int]:
        bounds: list[int] = offsets(self._decoded.frequencies).tolist()
        return bounds

    def _of_posting(self, array: Any) -> list[Any]:
        """Return the part of an array of occurrences that is of the current posting."""
        row = self._rows[self._place]
        part: list[Any] = array[self._bounds[row] : self._bounds[row + 1]].tolist()
        return part

    def _occurrences(self) -> list[Any]:
        """Return the occurrences of the current posting as the format's ``encode`` takes them."""
        positions = self._of_posting(self._decoded.positions)
        further: list[list[Any]] = []
        if self._decoded.spans is not None:
            spans = self._of_posting(self._decoded.spans)
            further += [start for start, _ in spans], [end for _, end in spans]
        if self._decoded.boosts is not None:
            further.append(self._of_posting(self._decoded.boosts))
        return list(zip(positions, *further, strict=True)) if further else positions
