"""The record's changes as the index takes them in, with somebody told how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.progress import Listener
    from index.store import Change, Store


class ChangeLog:
    """What was written to one record, in the order of its change numbers."""

    def __init__(self, store: Store, progress: Listener) -> None:
        self._articles = store.articles
        self._progress = progress
        self._done = self._total = 0
        self.identity = store.identity
        """Tells this record from all others."""

        self.path: Path | None = store.path
        """The file of the record, for other processes to read."""

    def last(self) -> int:
        """Return the number of the newest change."""
        return self._articles.last_change()

    def count(self, after: int, up_to: int) -> int:
        """Return how many changes :meth:`changes` gives."""
        self._done, self._total = 0, self._articles.count_changes(after, up_to)
        return self._total

    def changes(self, after: int, up_to: int) -> Iterator[Change]:
        """Give the changes after one number, up to another."""
        return self._articles.changes(after, up_to)

    def ends(self, after: int, up_to: int, size: int) -> list[int]:
        """Return the last change of each stretch of ``size``, the last of all among them."""
        return self._articles.change_ends(after, up_to, size)

    def advanced(self, changes: int) -> None:
        """Tell that so many more changes are on their way into the index."""
        self._done += changes
        self._progress(Progress("indexing", self._done, self._total))
