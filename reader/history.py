"""The queries that were gone into, and the way back and forth through them from the search line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.results import Sort
    from index.store import PastQuery


class History:
    """Past queries, each once, the latest last; and the order that was chosen for each."""

    def __init__(self) -> None:
        self._sorts: dict[str, Sort | None] = {}
        self._way: list[str] = []
        """The line as it was typed, and the past queries that go on from it, latest first."""

        self._place = 0

    def recall(self, latest_first: Iterable[PastQuery]) -> None:
        """Take what the record knows; what was done meanwhile came later."""
        meanwhile = self._sorts
        self._sorts = {past.query: past.sort for past in reversed(list(latest_first))}
        for query, sort in meanwhile.items():
            self.note(query, sort)

    def note(self, query: str, sort: Sort | None = None) -> None:
        """Make a query the latest one; an order chosen before stays, unless there is another."""
        before = self._sorts.pop(query, None)
        self._sorts[query] = sort or before

    def sort_of(self, query: str) -> Sort | None:
        """Return the order that was chosen for a query, if one was."""
        return self._sorts.get(query)

    # --- back and forth -------------------------------------------------------------------------

    def older(self, line: str, typed: str) -> str | None:
        """Return the query before that in the line, of those that begin as it was typed."""
        if not self.is_walked(line):
            typed = typed.casefold()
            past = [q for q in reversed(self._sorts) if q and q.casefold().startswith(typed)]
            self._way, self._place = [line, *(q for q in past if q != line)], 0
        return self._step(1)

    def newer(self, line: str) -> str | None:
        """Return the query after that in the line; at last the line as it was typed."""
        return self._step(-1) if self.is_walked(line) else None

    def is_walked(self, line: str) -> bool:
        """Tell whether the line holds a past query that :meth:`older` or :meth:`newer` gave."""
        return self._place > 0 and self._way[self._place] == line

    def _step(self, step: int) -> str | None:
        there = self._place + step
        if not 0 <= there < len(self._way):
            return None
        self._place = there
        return self._way[there]
