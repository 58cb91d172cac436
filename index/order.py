"""What a query found, in order: sorted as far as anybody looks.

A common word finds tens of thousands of articles, of which a screen shows ten. So nothing is made
for each of them: no id, no number, no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.columnar.arrays import Array, Indices
    from index.columnar.evaluation.found import Found
    from index.columnar.identities import Documents

_T = TypeVar("_T")

_AHEAD = 128
"""Places that are sorted at least."""

_FURTHER = 8
"""How many times as many are sorted when somebody looks further."""


class Order:
    """Documents by falling score, then from new to old, then by id.

    ``found``: documents as numbered by ``documents``, ascending.
    """

    def __init__(self, found: Found, documents: Documents) -> None:
        self._numbers, self._scores = found
        self._known = documents
        self._sorted: Indices = np.zeros(0, np.intp)

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all documents, in order."""
        return _Ids(self)

    @property
    def scores(self) -> Sequence[float]:
        """The scores of all documents, in order."""
        return _Scores(self)

    def first(self, count: int) -> Indices:
        """Return where the first ``count`` in order stand among the documents as found."""
        if len(self._sorted) < min(count, len(self)):
            self._sorted = self._chosen(min(max(count * _FURTHER, _AHEAD), len(self)))
        return self._sorted[:count]

    def id(self, at: int) -> str:
        """Return the id of a document by where it stands among those found."""
        return self._known.id(int(self._numbers[at]))

    def score(self, at: int) -> float:
        """Return the score of a document by where it stands among those found."""
        return float(self._scores[at])

    def place(self, id_: str) -> int | None:
        """Return the place of the document with an id, None where it is not among these."""
        for number in self._known.numbers(id_):
            at = int(np.searchsorted(self._numbers, number))
            if at < len(self) and self._numbers[at] == number:
                return self._count_before(at)
        return None

    def _chosen(self, count: int) -> Indices:
        """Return the first ``count`` in order: by each key, what the ones before leave equal."""
        chosen: list[Indices] = []
        equal = np.arange(len(self))
        for key in self._keys:
            if count >= len(equal):
                break
            values = key(equal)
            limit = np.partition(values, count - 1)[count - 1]
            before = equal[values < limit]
            chosen.append(before)
            count -= len(before)
            equal = equal[values == limit]
        places = np.concatenate([*chosen, equal[:count]])
        ordered: Indices = places[np.lexsort([key(places) for key in reversed(self._keys)])]
        return ordered

    def _count_before(self, at: int) -> int:
        """Return how many documents come before one of them."""
        count, equal, one = 0, np.arange(len(self)), np.array([at])
        for key in self._keys:
            values, own = key(equal), key(one)[0]
            count += int((values < own).sum())
            equal = equal[values == own]
        return count + int((equal < at).sum())

    @property
    def _keys(self) -> tuple[Callable[[Indices], Array], ...]:
        """What orders documents, what counts most first; of each the least comes first."""
        return (
            lambda at: -self._scores[at],
            lambda at: -self._known.published[self._numbers[at]],
            lambda at: self._known.keys[self._numbers[at]],
        )


class _Places(Sequence[_T]):
    """Something of each document in order, made when it is looked at."""

    def __init__(self, order: Order) -> None:
        self._order = order

    def made(self, at: int) -> _T:
        """Return it for the document that stands there among those found."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> _T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, place: int | slice) -> _T | tuple[_T, ...]:
        places = range(len(self))[place]
        if isinstance(places, int):
            return self.made(self._order.first(places + 1)[places])
        first = self._order.first(max(places, default=-1) + 1)
        return tuple(self.made(at) for at in first[list(places)].tolist())


class _Ids(_Places[str]):
    def made(self, at: int) -> str:
        return self._order.id(at)

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._order.place(id_) is not None

    def index(self, id_: object, start: int = 0, stop: int | None = None) -> int:
        """Return the place of an id, without looking at all of them."""
        place = self._order.place(id_) if isinstance(id_, str) else None
        if place is None or place not in range(len(self))[start:stop]:
            raise ValueError(f"{id_!r} is not among the results")
        return place


class _Scores(_Places[float]):
    def made(self, at: int) -> float:
        return self._order.score(at)
