"""What a query found, in order: sorted as far as anybody looks.

A common word finds tens of thousands of articles, of which a screen shows ten. So nothing is made
for each of them: no id, no number, no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, overload

import numpy as np

from index.columnar.evaluation.found import NOTHING, Found
from index.columnar.evaluation.ranking import By, best
from index.errors import IndexDoubtedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.columnar.arrays import Array, Indices
    from index.columnar.evaluation.answer import Answer
    from index.columnar.identities import Catalogue

_T = TypeVar("_T")

_AHEAD = 20
"""Places that are put into order at least."""

_FURTHER = 8
"""How many times as many are put into order when somebody looks further."""

_DEEP = 4_096
"""Places from which on all are put into order at once."""

_ORDER = (By("published", descending=True), By("id"))
"""What orders documents of the same score."""


class Order:
    """Documents by falling score, then from new to old, then by id.

    ``answers``: what the segments of a reader found; ``scored``: by score at all. With
    ``standing``, the place of each document among all, they are in that order instead. Whoever
    looks at its ids and scores further than anybody before may meet an :class:`IndexDoubtedError`.
    """

    def __init__(
        self,
        answers: Sequence[Answer],
        known: Catalogue,
        *,
        scored: bool,
        standing: Indices | None = None,
    ) -> None:
        self._answers, self._known, self._scored = answers, known, scored
        self._standing = standing
        self._total = sum(len(answer.documents) for answer in answers)
        self._first = NOTHING

    def __len__(self) -> int:
        return self._total

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all documents, in order."""
        return _Ids(self)

    @property
    def scores(self) -> Sequence[float]:
        """The scores of all documents, in order; zeros where not ``scored``."""
        return _Scores(self)

    def first(self, count: int) -> Found:
        """Return the first ``count`` documents, or more, in order."""
        # Several threads may look: what one has here is not to be what another put there.
        first = self._first
        if len(first.documents) < min(count, self._total):
            # Whoever looks on from there will look on again.
            ahead = count * _FURTHER if len(first.documents) else max(count, _AHEAD)
            with _later():
                first = self._first = self._everything if ahead > _DEEP else self._best(ahead)
        return first

    def ids_at(self, places: range) -> tuple[str, ...]:
        """Return the ids of the documents at some places."""
        documents = self.first(max(places) + 1).documents[_slice(places)].tolist()
        return tuple(map(self._known.id, documents))

    def place(self, id_: str) -> int | None:
        """Return the place of the document with an id, None where it is not among these."""
        with _later():
            numbers = self._found.documents
            for number in self._known.numbers(id_):
                at = int(np.searchsorted(numbers, number))
                if at < len(numbers) and numbers[at] == number:
                    return self._count_before(at)
        return None

    def _best(self, count: int) -> Found:
        if self._standing is None:
            return best(self._answers, count, _ORDER, scored=self._scored)
        documents, scores = self._found
        places = self._standing[documents]
        first = np.argpartition(places, count - 1)[:count] if count < len(places) else slice(None)
        order = np.argsort(places[first])
        return Found(documents[first][order], scores[first][order])

    @cached_property
    def _found(self) -> Found:
        """All documents, ascending, with their scores."""
        documents, scores = [NOTHING.documents], [NOTHING.scores]
        for answer in self._answers:
            numbers = answer.documents.numbers
            documents.append(numbers + answer.leaf.base)
            scores.append(answer.scores(numbers) if self._scored else np.zeros(len(numbers)))
        return Found(np.concatenate(documents), np.concatenate(scores))

    @cached_property
    def _everything(self) -> Found:
        """All documents in order."""
        everywhere = np.arange(self._total)
        order = np.lexsort([key(everywhere) for key in reversed(self._keys)])
        return Found(self._found.documents[order], self._found.scores[order])

    def _count_before(self, at: int) -> int:
        """Return how many documents come before one of all that were found."""
        count, equal, one = 0, np.arange(self._total), np.array([at])
        for key in self._keys:
            values, own = key(equal), key(one)[0]
            count += int((values < own).sum())
            equal = equal[values == own]
        return count + int((equal < at).sum())

    @property
    def _keys(self) -> tuple[Callable[[Indices], Array], ...]:
        """What orders documents, what counts most first; of each the least comes first."""
        documents, scores = self._found
        known, standing = self._known, self._standing
        if standing is not None:
            return (lambda at: standing[documents[at]],)
        return (
            lambda at: -scores[at],
            lambda at: -known.published[documents[at]],
            lambda at: known.keys[documents[at], 0],
            lambda at: known.keys[documents[at], 1],
        )


@contextmanager
def _later() -> Iterator[None]:
    """Tell of what goes wrong when somebody looks further, and who answered is gone."""
    try:
        yield
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        message = f"The order of the results cannot be worked out: {error!r}."
        raise IndexDoubtedError(message) from error


def _slice(places: range) -> slice:
    return slice(places.start, places.stop if places.stop >= 0 else None, places.step)


class _Places(Sequence[_T]):
    """Something of each document in order, made when it is looked at."""

    def __init__(self, order: Order) -> None:
        self._order = order

    def made(self, places: range) -> tuple[_T, ...]:
        """Return it for the documents at some places."""
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
            return self.made(range(places, places + 1))[0]
        return self.made(places) if places else ()


class _Ids(_Places[str]):
    def made(self, places: range) -> tuple[str, ...]:
        return self._order.ids_at(places)

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._order.place(id_) is not None

    def index(self, id_: object, start: int = 0, stop: int | None = None) -> int:
        """Return the place of an id, without looking at all of them."""
        place = self._order.place(id_) if isinstance(id_, str) else None
        if place is None or place not in range(len(self))[start:stop]:
            raise ValueError(f"{id_!r} is not among the results")
        return place


class _Scores(_Places[float]):
    def made(self, places: range) -> tuple[float, ...]:
        return tuple(self._order.first(max(places) + 1).scores[_slice(places)].tolist())
