"""What a query finds, from an index that may turn out to be damaged while it is asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from index.errors import IndexDamagedError
from index.recorded import RecordedIn
from index.results import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from whoosh.searching import Searcher

    from index.fulltext import FullText
    from index.narrowing import Narrowing
    from index.repair import Repairs
    from index.results import Ranking, Scope, Sort
    from index.store import Store


class Asked(NamedTuple):
    """How a query is to be answered."""

    typing: bool
    sort: Sort
    scope: Scope
    narrowed: Sequence[Narrowing]
    limit: int
    """How many of the best are certain to be looked at."""


class Finder:
    """Ranks articles; has the index repaired where it can't."""

    def __init__(self, fulltext: Callable[[], FullText], store: Store, repairs: Repairs) -> None:
        self._fulltext, self._repairs = fulltext, repairs
        self.recorded = RecordedIn(store)
        """What the record knows that the index does not."""

    def rank(self, query: str, asked: Asked) -> Ranking:
        """Return what a query finds; of a damaged index, while it is repaired, what is whole."""
        try:
            ranking = self._rank_once(query, asked)
            damage = self._fulltext().damage
        except IndexDamagedError as error:
            if not self._repairs.are_beside:
                self._repairs.make()
                return self._rank_once(query, asked)
            ranking, damage = NOTHING, error
        if damage is not None:
            self._repairs.begin(damage)
        return ranking

    def _rank_once(self, query: str, asked: Asked) -> Ranking:
        from index.search import rank  # noqa: PLC0415  (imports Whoosh and NumPy)

        with self.searcher() as searcher:
            ranking = rank(
                searcher,
                query,
                typing=asked.typing,
                sort=asked.sort,
                scope=asked.scope,
                narrowed=asked.narrowed,
                today=_today(),
                recorded=self.recorded,
            )
            # What goes wrong in putting them into order is to be known here.
            for looked_at in (ranking.ids, ranking.scores):
                looked_at[: max(asked.limit, 1)]
            return ranking

    def searcher(self) -> AbstractContextManager[Searcher]:
        """Lend a searcher; while repairs are made beside, of whatever is whole."""
        return self._fulltext().searcher(tolerant=self._repairs.are_beside)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
