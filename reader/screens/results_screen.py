"""A screen with results: it asks the search worker, shows its answers, and goes from hit to hit."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from index.errors import BroadsheetError, QueryError
from index.results import Marks, Results
from reader import wording
from reader.beside.search_worker import Counted, Page, Question, SearchWorker
from reader.keymap import bind
from reader.running import next_place
from reader.screens.noting_screen import NotingScreen
from reader.widgets.article_view import ArticleView
from reader.widgets.result_list import ResultList
from reader.widgets.search_pane import SearchPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.timer import Timer

    from index.article import Article
    from index.library import Library
    from index.narrowing import Narrowing
    from index.results import Scope, Sort
    from reader.beside.search_worker import Found

_PICTURE_SECONDS = 0.03
"""For results to be drawn before anything is counted: both at once would take twice as long."""

_MOST_WITHOUT_MATCH = 50
"""Articles that are passed by in one go on the way to the next match."""


class ResultsScreen(NotingScreen):
    """Results, and the article at the cursor; how the panes are laid out is up to a subclass."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "J", "article(1)", "Next article", id="article.next",
            tooltip="To the next article of the results",
        ),
        bind(
            "K", "article(-1)", "Previous article", id="article.previous",
            tooltip="To the previous article of the results",
        ),
    ]  # fmt: skip

    class Answered(Message):
        """The search worker has something."""

        def __init__(self, found: Found) -> None:
            super().__init__()
            self.found = found

    def __init__(self, library: Library, sort: Sort) -> None:
        super().__init__(library)
        self.sort: Sort = sort
        self.scope: Scope = "all"
        self.narrowed: tuple[Narrowing, ...] = ()
        self.results: Results | None = None
        self.up_to_date = False
        """Whatever was to be taken into the library when the reader was opened is there."""

        self.answered: Question | None = None
        """What the results are the answer to."""

        self._counting: Timer | None = None

        self.settled = False
        """What is in view was looked at, and must not move."""

        self._worker = SearchWorker(library, lambda found: self.post_message(self.Answered(found)))

    def on_mount(self) -> None:
        """Begin to search."""
        self._worker.start()
        self.ask()

    def on_unmount(self) -> None:
        """End the search thread."""
        self._worker.stop()

    @cached_property
    def pane(self) -> SearchPane:
        """The search pane."""
        return self.query_one(SearchPane)

    @cached_property
    def result_list(self) -> ResultList:
        """The list of results."""
        return self.query_one(ResultList)

    @property
    def article(self) -> Article | None:
        """The article in view."""
        return self.view.article

    # --- questions and answers ------------------------------------------------------------------

    def ask(self, *, keep_place: bool = False) -> None:
        """Search for what is in the search pane, in the scope and order that are set."""
        self._worker.ask(self.question._replace(keep_place=keep_place))

    @property
    def listed(self) -> Results | None:
        """The results, if they are the answer to what is asked now."""
        shown = self.answered
        return self.results if shown and shown.about == self.question.about else None

    @property
    def question(self) -> Question:
        """What is asked now."""
        return Question(self.pane.query_text, self.sort, self.scope, narrowed=self.narrowed)

    @on(SearchPane.Changed)
    def _query_changed(self) -> None:
        self.ask()

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        found = event.found
        if isinstance(found, Page):
            if found.results is self.results:
                self.result_list.add_page(found.start, found.hits)
                self._show_marks([hit.id for hit in found.hits])
        elif isinstance(found, Counted):
            self.counted(found)
        elif isinstance(found.error, QueryError):
            self.answered = None
            nothing = Results(query=self.pane.query_text, total=0, narrowed=self.narrowed)
            self.show_results(nothing, keep_place=False)
            self.pane.complain(found.error)
        elif found.error is not None:
            self.warn(str(found.error))
            self.result_list.ask_again()
        elif found.results is not None:
            keep_place = found.question is not None and found.question.keep_place
            self.answered = found.question
            self.show_results(found.results, keep_place=keep_place)

    def counted(self, found: Counted) -> None:
        """Show what was counted of all that was found."""
        raise NotImplementedError

    def show_results(self, results: Results, *, keep_place: bool) -> None:
        """Show results from their first hit on, or from the one that is at the cursor now."""
        # A new query that is asked again before it was answered begins at the top.
        same_query = self.results is not None and self.results.query == results.query
        keep_place = keep_place and same_query
        place = self.place_in(results, keep_place=keep_place)
        self.results = results
        self.pane.say(wording.suggestion(results))
        self.result_list.message = wording.nothing_found(results, settled=self.up_to_date)
        self.result_list.show(results, place)
        # Marks may have been set since the search read them.
        self._show_marks([hit.id for hit in results.hits])
        self.show_article(again=keep_place)
        if self._counting is not None:
            self._counting.stop()
        self._counting = self.set_timer(_PICTURE_SECONDS, self.count)

    def count(self) -> None:
        """Have counted what is to be told of all that was found."""
        raise NotImplementedError

    def place_in(self, results: Results, *, keep_place: bool) -> int:
        """Return where to be in new results: at the first hit, or at the one at the cursor now."""
        place = self.result_list.cursor if keep_place else 0
        if keep_place and self.results and self.results.total and (self.settled or place > 0):
            # That at the cursor: whatever is in view follows it, and may be a key behind.
            with self.softly(), suppress(ValueError):
                place = results.ids.index(self.results.ids[place])
        return place

    def search_for(self, query: str, scope: Scope = "all") -> None:
        """Search for a query, narrowed to nothing, whatever is in the search pane.

        That is asked once: a second answer would take the reader back to the first hit.
        """
        self.scope, self.narrowed = scope, ()
        if not self.pane.set_query(query):
            self.ask()

    @on(ResultList.Wanted)
    def _page_wanted(self, event: ResultList.Wanted) -> None:
        if self.results is not None:
            self._worker.want(self.results, event.first, event.behind)

    # --- from hit to hit ------------------------------------------------------------------------

    @property
    def id_at_cursor(self) -> str | None:
        """The id of the article at the cursor: none where the index can't tell any more."""
        results = self.results
        try:
            return results.ids[self.result_list.cursor] if results and results.total else None
        except BroadsheetError as error:
            self.warn(str(error))
            return None

    def show_article(self, *, again: bool = False) -> None:
        """Show the article at the cursor, with its matches; ``again``, as it is in view."""
        raise NotImplementedError

    def shown(self) -> None:
        """Take notice of the article that is now in view."""
        raise NotImplementedError

    def marked(self, ids: Sequence[str]) -> None:
        """Show the new marks of these articles, in the list and in the one that is in view."""
        here = self.result_list.ids
        self._show_marks([id_ for id_ in ids if id_ in here])
        with self.softly():
            if self.article is not None and self.article.id in ids:
                self.view.annotate(self.noted(self.article))

    def _show_marks(self, ids: Sequence[str]) -> None:
        with self.softly():
            marks = self.library.marks(ids)
            self.result_list.mark({id_: marks.get(id_, Marks()) for id_ in ids})

    def go(self, place: int) -> bool:
        """Go to another article of the results; tell whether there is one."""
        if self.results is None or not 0 <= place < self.results.total:
            return False
        self.result_list.cursor = place
        # At once, not when the list's message arrives: what follows is about this article.
        self.show_article()
        return True

    @on(ResultList.Moved)
    def _cursor_moved(self) -> None:
        # Where the cursor is now counts: the message may be older than the last move.
        id_ = self.id_at_cursor
        if id_ is not None and (self.article is None or self.article.id != id_):
            self.show_article()

    def action_match(self, step: int) -> None:
        """Go to the next or previous match, on into the next article of the results that has one.

        An article can be found by something else than its words; a run through such articles
        pauses after some, so that the screen is never kept waiting.
        """
        self.reading = True
        if self.to_match(step):
            return
        for _ in range(_MOST_WITHOUT_MATCH):
            if self.view.finding or not self.go(self.result_list.cursor + step):
                break
            if self.to_match(step):
                return
        self.say("That was the last match." if step > 0 else "That was the first match.")

    def to_match(self, step: int) -> bool:
        """Go to another match of the article in view; tell whether there is one."""
        return self.view.move_match(step)

    def action_unread(self, step: int) -> None:
        """Go to the next or previous unread article of the results."""
        place = None
        if self.results is not None:
            with self.softly():
                read = self.library.marked("read")
                place = next_place(self.results.ids, read, self.result_list.cursor, step)
        if place is None:
            self.say("There is no other unread article this way.")
        else:
            self.go(place)

    @on(ArticleView.Finished)
    def _finished(self) -> None:
        self.action_article(1)

    def action_article(self, step: int) -> None:
        """Go to the next or previous article of the results."""
        if not self.go(self.result_list.cursor + step):
            self.say("That was the last article." if step > 0 else "That was the first article.")
