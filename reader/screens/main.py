"""The main screen: a switchboard between the search pane, the result list and the article."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message

from reader import wording
from reader.keymap import bind
from reader.screens.leaving_screen import LeavingScreen
from reader.widgets.article_view import ArticleView
from reader.widgets.find_bar import FindBar
from reader.widgets.ground import Ground, Row
from reader.widgets.guided_article import GuidedArticle
from reader.widgets.offer_bar import OfferBar
from reader.widgets.overview_line import OverviewLine
from reader.widgets.result_list import ResultList
from reader.widgets.search_pane import SearchPane
from reader.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from index.library import Library
    from reader.config import Config
    from reader.memory import Memory

_WORDY = 60
"""Columns from which on the last line says in words which number is which."""


class MainScreen(Ground, LeavingScreen):
    """Search on top, results on the left, the article on the right; or one of them at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "slash", "search_or_find", "Search", id="search.here",
            tooltip="Search the library; within an article, find in it",
        ),
        bind(
            "backslash", "search", "Search the library", id="search.open",
            tooltip="Search the library, from anywhere",
        ),
        bind(
            "n", "match(1)", "Next match", id="match.next",
            tooltip="To the next match, on into the next article",
        ),
        bind(
            "N", "match(-1)", "Previous match", id="match.previous",
            tooltip="To the previous match, back into the previous article",
        ),
        # In one class with the two above: a subclass’s keys replace those of its base.
        bind(
            "n,right_square_bracket", "unread(1)", "Next unread", id="unread.next",
            tooltip="To the next unread article",
        ),
        bind(
            "N,left_square_bracket", "unread(-1)", "Previous unread", id="unread.previous",
            tooltip="To the previous unread article",
        ),
        bind(
            "down", "newer_query", "Later query", id="line.newer",
            tooltip="While going through past queries: the query after",
        ),
        bind(
            "enter,down", "leave_search(True)", "Results", id="search.results",
            tooltip="While typing a query: to the results",
        ),
        bind(
            "enter,down", "end_find(True)", "To the match", id="find.keep",
            tooltip="While finding in the article: to the match",
        ),
        bind(
            "escape", "leave_search(False)", "Results", id="search.leave",
            tooltip="While typing a query: to the results",
        ),
        bind(
            "escape", "end_find(False)", "Forget", id="find.forget",
            tooltip="While finding in the article: forget it",
        ),
        bind(
            "tab", "pane(1)", "Next pane", id="pane.next",
            tooltip="To the next pane; while typing a query: the next completion, if there is one",
        ),
        bind(
            "shift+tab", "pane(-1)", "Previous pane", id="pane.previous",
            tooltip="To the previous pane, or completion",
        ),
        bind(
            "q,h,left,escape", "back", "Back", id="back",
            tooltip="Back: from the find, the article, each narrowing, the query, the filter",
        ),
        bind("q", "quit", "Quit", id="back.quit", tooltip="Quit, where there is no way back"),
    ]  # fmt: skip

    class SamplesWanted(Message):
        """The library is empty, and the reader would like the sample articles."""

    def __init__(self, library: Library, config: Config, memory: Memory, name: str) -> None:
        super().__init__(library, config, memory)
        self._name_of_library = name

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield SearchPane(f"search {self._name_of_library}", id="search")
        yield OfferBar(id="offers")
        yield OverviewLine(id="overview")
        with Row(id="panes"):
            yield ResultList(id="results")
            with Vertical(id="reading"):
                yield GuidedArticle(self.measure, id="article")
                yield FindBar(id="find")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_focus(self.result_list)

    @cached_property
    def find_bar(self) -> FindBar:
        """The line to find something in the article."""
        return self.query_one(FindBar)

    @cached_property
    def status(self) -> StatusLine:
        """The last line."""
        return self.query_one(StatusLine)

    @property
    def is_there(self) -> bool:
        """Whether the panes are there: what was done beside them may end when they are gone."""
        return bool(self.query(StatusLine))

    def say(self, text: str, *, stays: bool = False) -> None:
        """Tell the reader something in passing, in the last line."""
        self.status.say(text, stays=stays)

    # --- reading --------------------------------------------------------------------------------

    def shown(self) -> None:
        """Take notice of the article that is now in view, or of there being none."""
        if self.article is None:
            self.reading = False
        self._open()
        self._say_where()

    def _open(self) -> None:
        """Whoever has an article open reads it; one that is merely shown stays unread."""
        if self.reading and self.article is not None:
            self.mark_read(self.article)
            self.resume()

    @on(ArticleView.Moved)
    def _say_where(self) -> None:
        """Say in the search pane and the status line which article and which match this is."""
        number, total = self.result_list.cursor + 1, self.result_list.total
        parts = wording.state(number, total, self.results, self.sort, self.scope)
        self.pane.state(*parts, keep=2 if self.narrowed or self.scope != "all" else 1)
        place = wording.place if self.size.width >= _WORDY else wording.short_place
        progress = self.view.progress if self.reading or self.shows_both else None
        left = wording.time_left(self.article, self.view.unseen) if self.article else None
        self.status.place(place(number, total, self.view.matches, progress, left))
        self.refresh_bindings()

    def watch_reading(self, reading: bool) -> None:
        """Give the article the attention, or the list."""
        self.set_panes("-reading", on=reading)
        self.settled = True
        if reading:
            self.set_focus(self.view)
            self._open()
        else:
            self.leaving()
            self.set_focus(self.result_list)
        self._say_where()

    # --- from pane to pane ----------------------------------------------------------------------

    @on(ResultList.Opened)
    def action_open(self) -> None:
        """Read the hit at the cursor; where there is none, do what the list offers instead."""
        if self.result_list.total:
            self.note_query()
            if self.article is None:
                # It could not be opened the last time.
                self.show_article()
            self.reading = True
        elif self.results is not None and self.results.suggestion:
            self.pane.set_query(self.results.suggestion)
        elif cost := self.result_list.least_cost:
            self.pane.set_query(cost.query)
        elif self.results is not None and self.results.library_is_empty:
            self.post_message(self.SamplesWanted())

    def on_descendant_focus(self) -> None:
        """Follow the mouse, too, into the article and out of it."""
        # Where the focus is now counts: the event may be older than the last key.
        if self.focused is self.view:
            self.reading = True
        elif self.focused is self.result_list:
            self.reading = False

    def action_pane(self, step: int) -> None:
        """Go to the next (1) or previous (-1) pane; while typing, to another completion."""
        if self.complete(step):
            return
        panes = [self.result_list, self.view, self.pane]
        if self.overview_line.has_stops:
            panes.append(self.overview_line)
        here = next((place for place, pane in enumerate(panes) if pane.has_focus_within), 0)
        there = panes[(here + step) % len(panes)]
        if there is self.pane:
            self.action_search()
        else:
            self.reading = there is self.view
            self.set_focus(there)

    def action_back(self) -> None:
        """Undo a step of the way here: find, chosen point, article, narrowing, query, filter."""
        if self.view.step_back():
            return
        if self.reading:
            self.reading = False
        else:
            self.lift_limit()

    def action_quit(self) -> None:
        """Leave the reader."""
        self.app.exit()

    # --- searching and running through ----------------------------------------------------------

    def action_search(self) -> None:
        """Type a query for the whole library."""
        self.reading = False
        self.pane.enter()

    def action_search_or_find(self) -> None:
        """Search the library from the list, this article from within it."""
        if self.reading:
            self.find_bar.enter()
        else:
            self.action_search()

    @on(FindBar.Changed)
    def _find_changed(self, event: FindBar.Changed) -> None:
        self.view.find(event.wanted)

    def action_end_find(self, keep: bool) -> None:
        """Go back to the article, at what was found or as it was before."""
        self.find_bar.leave()
        if not keep:
            self.view.find("")
        self.set_focus(self.view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Give each key that means several things the one that fits where the reader is."""
        if action == "match":
            searching = self.results is not None and self.results.highlights
            if not (self.view.finding or searching):
                return False
        if action == "end_find":
            return self.find_bar.has_focus_within
        typing = self.pane.has_focus_within or self.find_bar.has_focus_within
        if action in ("search", "search_or_find", "widen"):
            # Textual does not know that an input takes a slash, or an angle bracket.
            return not typing
        if action in ("back", "quit"):
            is_elsewhere = typing or self.focused is self.overview_line
            has_way_back = self.reading or self.is_limited
            return not is_elsewhere and has_way_back is (action == "back")
        return super().check_action(action, parameters)
