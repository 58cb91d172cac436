"""The record: every article as it came and as parsed, and the reader's marks.

What is here can't be rebuilt, so every write is one transaction, on disk before the call returns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import LibraryError
from index.store.arrivals import ArrivalTable
from index.store.articles import ArticleTable, Change, Original
from index.store.copies import Earlier, Place
from index.store.database import Database
from index.store.feeds import FeedTable, KeptFeed
from index.store.highlights import HighlightTable
from index.store.marks import Mark, MarkTable
from index.store.origins import OriginTable
from index.store.positions import PositionTable
from index.store.queries import PastQuery, QueryTable
from index.store.searches import SavedSearch, SearchTable
from index.store.steps import Undone
from index.store.tags import TagTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.progress import Listener

__all__ = [
    "Change",
    "Earlier",
    "KeptFeed",
    "Mark",
    "Original",
    "PastQuery",
    "Place",
    "PositionTable",
    "SavedSearch",
    "Store",
    "Undone",
]


class Store:
    """The record of one library, in one SQLite file.

    Safe to use from several threads, and beside other processes: SQLite's lock is waited for.
    Every method of its parts raises :class:`~index.errors.LibraryError` where the file can't be
    read or written, and :class:`~index.errors.LibraryBusyError` where another process holds it
    for longer than half a minute.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self.articles = ArticleTable(self._database)
        self.origins = OriginTable(self._database)
        self.marks = MarkTable(self._database)
        self.positions = PositionTable(self._database)
        self.tags = TagTable(self._database)
        self.highlights = HighlightTable(self._database)
        self.feeds = FeedTable(self._database)
        self.queries = QueryTable(self._database)
        self.searches = SearchTable(self._database)
        self.arrivals = ArrivalTable(self._database)

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def identity(self) -> str:
        """What tells this record from all others."""
        return self._database.identity

    def know_again(self, progress: Listener) -> None:
        """Make sure that every article is known again when it comes from elsewhere."""
        from index.store.catching_up import catch_up  # noqa: PLC0415  (imports NumPy)

        catch_up(self._database, self.articles, progress)

    def close(self) -> None:
        """Give the file back. The store is of no use afterwards."""
        self._database.close()

    def damage(self) -> Iterator[str]:
        """Check the file and every article in it; give a sentence for each thing that is wrong."""
        for part in (self._database, self.articles):
            try:
                yield from part.damage()
            except LibraryError as error:
                yield str(error)
