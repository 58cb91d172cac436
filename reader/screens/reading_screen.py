"""A screen on which an article is read: it answers what the article view can but ask."""

from __future__ import annotations

import asyncio

from textual import on, work

from reader.screens.results_screen import ResultsScreen
from reader.widgets.guided_article import GuidedArticle

NO_CARRIER = "No paragraph says more of this key point."


class ReadingScreen(ResultsScreen):
    """Results, and an article to find one's way in."""

    @property
    def view(self) -> GuidedArticle:
        """The open article."""
        return self.query_one(GuidedArticle)

    @on(GuidedArticle.Said)
    def _said(self, event: GuidedArticle.Said) -> None:
        self.say(event.text)

    @on(GuidedArticle.PointFollowed)
    @work(group="point", exclusive=True)
    async def _follow_point(self, event: GuidedArticle.PointFollowed) -> None:
        """Go to the paragraph that carries a key point, which takes a while to find in a book."""
        # Imports Whoosh, which the first frame does without.
        from index.carriers import carrier_of  # noqa: PLC0415

        block = await asyncio.to_thread(carrier_of, event.article, event.point)
        if event.article is not self.article or not self.view.choosing:
            return
        if block is None:
            self.say(NO_CARRIER)
        else:
            self.view.go_to_block(block)
