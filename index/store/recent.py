"""Articles that were read a moment ago: a list in view is asked for again with every letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.article import Article

_MOST = 64
_MOST_WORDS = 100_000
"""Articles, and words of them, that are kept at the most: some megabytes."""


class RecentArticles:
    """The articles read last, while nothing is written."""

    def __init__(self) -> None:
        self._version = -1
        self._known: dict[str, Article] = {}
        self._words = 0

    def known(self, ids: Iterable[str], version: int) -> dict[str, Article]:
        """Return those of some articles that are kept, in a version of the record."""
        if version != self._version:
            self._version, self._words = version, 0
            self._known.clear()
        found = {id_: self._known.pop(id_) for id_ in ids if id_ in self._known}
        # What is asked for is the last to be forgotten.
        self._known.update(found)
        return found

    def keep(self, article: Article) -> None:
        """Keep an article of this version, and forget those not asked for for longest."""
        self._known[article.id] = article
        self._words += article.words
        while len(self._known) > _MOST or (self._words > _MOST_WORDS and len(self._known) > 1):
            self._words -= self._known.pop(next(iter(self._known))).words
