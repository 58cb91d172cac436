"""A screen that opens articles: where they were left, or at a highlight; large ones in time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual import work

from reader.beside.opening import LARGE, opened
from reader.beside.positions import Positions
from reader.beside.search_worker import told
from reader.drawing.annotated import NO_ANNOTATIONS
from reader.screens.query_screen import QueryScreen
from reader.widgets.guided_article import GuidedArticle

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.article import Article
    from index.errors import BroadsheetError
    from index.highlights import Highlight
    from index.library import Library
    from index.results import Results, Sort, Spans
    from reader.beside.search_worker import Question
    from reader.drawing.layout import Layout

HIGHLIGHTED = "has:highlight"
"""The query for all articles with a highlight."""


class OpeningScreen(QueryScreen):
    """Results, and the article at the cursor; an article that is read is *opened*."""

    def __init__(self, library: Library, sort: Sort) -> None:
        super().__init__(library, sort)
        self._positions = Positions(library.positions, self._write)
        self._opened: str | None = None
        """The id of the article in view, if it was opened and not merely shown."""

        self._being_opened: tuple[str, str] | None = None
        """The id of a large article that is not in view yet, and the query whose matches it has."""

        self._then: Callable[[], None] | None = None
        """What to do when it is: to go to a match or a highlight in it."""

        self._awaited: Highlight | None = None
        """What is to be gone to, as soon as its article is among the results."""

    def _write(self, task: Callable[[], None]) -> None:
        self.app.record.put(task, self.call_later)

    @cached_property
    def view(self) -> GuidedArticle:
        """The open article."""
        return self.query_one(GuidedArticle)

    # --- opening --------------------------------------------------------------------------------

    def show_article(self, *, again: bool = False) -> None:
        """Show the article at the cursor: at once, or, if it is large, when it could be read."""
        id_, results = self.id_at_cursor, self.results
        is_there = again and self.article is not None and self.article.id == id_
        if id_ is not None and results is not None and not is_there and self._is_large(id_):
            if self._being_opened != (id_, results.query):
                self._being_opened, self._then = (id_, results.query), None
                self.leaving()
                self.view.show(None)
                self.app.say("Opening…")
                self._open_beside(id_, results)
            return
        self._being_opened = self._then = None
        article: Article | None = None
        spans: tuple[Spans, ...] = ()
        if id_ is not None and results is not None:
            with self.softly():
                article = self.library.article(id_)
                if not (again and article == self.article):
                    spans = self.library.spans(article, results)
        self.put_in_view(article, spans, again=again)

    def put_in_view(
        self,
        article: Article | None,
        spans: tuple[Spans, ...] = (),
        *,
        again: bool = False,
        layout: Layout | None = None,
    ) -> None:
        """Have an article drawn instead of the one that is in view, or nothing."""
        if article is None or article != self.article:
            self.leaving()
        noted = NO_ANNOTATIONS
        with self.softly():
            noted = self.noted(article) if article else noted
        self.view.show(article, spans, again=again, layout=layout)
        self.view.annotate(noted)
        self.shown()

    def _is_large(self, id_: str) -> bool:
        length = 0
        with self.softly():
            length = self.library.length(id_)
        return length >= LARGE

    @work(group="opening", exclusive=True)
    async def _open_beside(self, id_: str, results: Results) -> None:
        width = self.view.width_within(self.view.line_width or self.size.width - 1)
        failed: BroadsheetError | None = None
        try:
            ready = await asyncio.to_thread(opened, self.library, id_, results, width)
        except Exception as error:  # noqa: BLE001
            failed = told(error)
        if self._being_opened != (id_, results.query):
            return
        then, self._being_opened, self._then = self._then, None, None
        if failed is not None:
            # Whoever goes there again has it opened again.
            self.app.say("")
            self.warn(str(failed))
            return
        self.put_in_view(ready.article, ready.spans, layout=ready.layout)
        self.app.say("")
        if then is not None:
            then()

    def to_match(self, step: int) -> bool:
        """Go to another match; in an article that is being opened, as soon as it is."""
        if self._being_opened is not None:
            self._then = partial(self.action_match, step)
            return True
        return super().to_match(step)

    # --- at a highlight -------------------------------------------------------------------------

    def open_at(self, highlight: Highlight) -> None:
        """Open the article of a highlight among all that have one, and go to that."""
        self._awaited = highlight
        self.search_for(HIGHLIGHTED)

    @property
    def question(self) -> Question:
        """What is asked now, and which article is to be gone to."""
        wanted = self._awaited.id if self._awaited is not None else None
        return super().question._replace(wanted=wanted)

    def place_in(self, results: Results, *, keep_place: bool) -> int:
        """Return where to be in new results; if an article is to be opened, at that."""
        if self.answered is not None and self.answered.wanted is not None:
            with self.softly(), suppress(ValueError):
                return results.ids.index(self.answered.wanted)
        return super().place_in(results, keep_place=keep_place)

    def show_results(self, results: Results, *, keep_place: bool) -> None:
        """Show results, and open the article that was to be opened if it is among them."""
        super().show_results(results, keep_place=keep_place)
        awaited = self._awaited
        # What was asked before it was wanted may be answered only now.
        if awaited is None or self.answered is None or self.answered.wanted != awaited.id:
            return
        self._awaited = None
        if results.query != HIGHLIGHTED:
            return
        if self.id_at_cursor != awaited.id:
            self.say("That article is no longer listed.")
        elif self._being_opened is not None:
            self._then = partial(self._go_to_highlight, awaited)
        else:
            self._go_to_highlight(awaited)

    def _go_to_highlight(self, highlight: Highlight) -> None:
        self.reading = True
        self.view.go_to_highlight(highlight.key)

    # --- the reader's place ---------------------------------------------------------------------

    def resume(self) -> None:
        """Go on with the article in view, which is being opened, where it was left."""
        if self.article is None or self.article.id == self._opened:
            return
        self._opened = self.article.id
        with self.softly():
            if (position := self._positions.of(self.article.id)) is not None:
                self.view.return_to(position)

    def leaving(self) -> None:
        """Note where the reader is in the article in view, if it was opened; it no longer is."""
        if self.article is not None and self.article.id == self._opened and self.view.is_laid_out:
            with self.softly():
                self._positions.note(self.article.id, self.view.position)
            self._opened = None
