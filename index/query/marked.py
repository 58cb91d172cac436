"""The ids the reader marked: what a query needs to know that the index does not."""

from __future__ import annotations

from typing import NamedTuple


class MarkedIds(NamedTuple):
    """Ids of the articles that bear each mark, under the names of ``Marked.mark``."""

    read: frozenset[str] = frozenset()
    starred: frozenset[str] = frozenset()


NO_MARKS = MarkedIds()
