"""The ids the reader marked: what a query needs to know that the index does not."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Marked(Protocol):
    """Tells the ids of the articles that bear a mark, under the names of ``tree.Marked.mark``."""

    @property
    def read(self) -> frozenset[str]:
        """What was read."""

    @property
    def starred(self) -> frozenset[str]:
        """What was starred."""


class MarkedIds(NamedTuple):
    """Ids that are known beforehand."""

    read: frozenset[str] = frozenset()
    starred: frozenset[str] = frozenset()


NO_MARKS = MarkedIds()
