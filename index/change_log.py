"""The record's changes as the index takes them in, with somebody told how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.progress import Listener
    from index.store import Change, Store


class ChangeLog:
    """What was written to one record, in the order of its change numbers."""

    def __init__(self, store: Store, progress: Listener) -> None:
        self._articles = store.articles
        self._progress = progress
        self.identity = store.identity
        """Tells this record from all others."""

    def last(self) -> int:
        """Return the number of the newest change."""
        return self._articles.last_change()

    def changes(self, after: int, up_to: int) -> Iterator[Change]:
        """Give the changes after one number, up to another."""
        total = self._articles.count_changes(after, up_to)
        for done, change in enumerate(self._articles.changes(after, up_to)):
            self._progress(Progress("indexing", done, total))
            yield change
