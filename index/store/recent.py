"""Articles that were read a moment ago: a list in view is asked for again with every letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.article import Article

_MOST = 64
_MOST_WORDS = 100_000
"""Articles, and words of them, that are kept at the most: some megabytes."""


class RecentArticles:
    """The articles read last, each as a change of the record wrote it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Article]] = {}
        self._words = 0

    def known(self, changes: Mapping[str, int]) -> dict[str, Article]:
        """Return those of some articles that are as their last change wrote them."""
        found = {}
        for id_, change in changes.items():
            if self._known.get(id_, (0,))[0] == change:
                kept = self._known[id_] = self._known.pop(id_)
                found[id_] = kept[1]
        return found

    def keep(self, article: Article, change: int) -> None:
        """Keep an article as a change wrote it, and forget those not asked for for longest."""
        self._forget(article.id)
        self._known[article.id] = change, article
        self._words += article.words
        while len(self._known) > _MOST or (self._words > _MOST_WORDS and len(self._known) > 1):
            self._forget(next(iter(self._known)))

    def _forget(self, id_: str) -> None:
        if id_ in self._known:
            self._words -= self._known.pop(id_)[1].words
