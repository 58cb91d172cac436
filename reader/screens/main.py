"""The main screen: a switchboard between the search pane, the result list and the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive

from index.errors import QueryError, UnknownArticleError
from index.results import Marks
from reader import wording
from reader.screens.article_screen import ArticleScreen
from reader.search_worker import Answer, Page, Question, SearchWorker
from reader.widgets.article_view import ArticleView
from reader.widgets.find_bar import FindBar
from reader.widgets.result_list import ResultList
from reader.widgets.search_pane import SearchPane
from reader.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import DescendantFocus

    from index.article import Article
    from index.library import Library
    from index.results import Results, Scope, Sort, Spans
    from reader.config import Config

_NEXT_SCOPE: dict[Scope, Scope] = {"all": "unread", "unread": "starred", "starred": "all"}


class MainScreen(ArticleScreen):
    """Search, results, article."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search_or_find", "Search", id="search.here"),
        Binding("backslash", "search", "Search the library", id="search.open", show=False),
        Binding("n", "match(1)", "Next match", id="match.next"),
        Binding("N", "match(-1)", "Previous match", id="match.previous", show=False),
        Binding("n,right_square_bracket", "unread(1)", "Next unread", id="unread.next"),
        Binding(
            "N,left_square_bracket", "unread(-1)", "Previous unread",
            id="unread.previous", show=False,
        ),
        Binding("J", "article(1)", "Next article", id="article.next"),
        Binding("K", "article(-1)", "Previous article", id="article.previous", show=False),
        Binding("tab", "pane(1)", "Next pane", id="pane.next", show=False),
        Binding("shift+tab", "pane(-1)", "Previous pane", id="pane.previous", show=False),
        Binding("h,left,escape", "back", "Back", id="back", show=False),
        Binding("q", "back_or_quit", "Back, at the root quit", id="back.quit", show=False),
        Binding("S", "sort", "Sort by relevance or date", id="results.sort", show=False),
        Binding("f", "filter", "All, unread, starred", id="results.filter", show=False),
        Binding("z", "zen", "Only the article", id="screen.zen", show=False),
    ]  # fmt: skip

    reading = reactive(default=False, init=False)
    """The article has the attention; where the screen is narrow, it alone is shown."""

    class Answered(Message):
        """The search worker has something."""

        def __init__(self, answer: Answer | Page) -> None:
            super().__init__()
            self.answer = answer

    class SamplesWanted(Message):
        """The library is empty, and the reader would like the sample articles."""

    def __init__(self, library: Library, config: Config) -> None:
        super().__init__(library)
        self._measure = config.measure
        self._sort: Sort = config.sort
        self._scope: Scope = "all"
        self._results: Results | None = None
        self._worker = SearchWorker(library, lambda found: self.post_message(self.Answered(found)))

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield SearchPane(id="search")
        with Horizontal(id="panes"):
            yield ResultList(id="results")
            with Vertical(id="reading"):
                yield ArticleView(self._measure, id="article")
                yield FindBar(id="find")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        """Show what there is."""
        self.pane, self.list = self.query_one(SearchPane), self.query_one(ResultList)
        self.view, self.find_bar = self.query_one(ArticleView), self.query_one(FindBar)
        self.status = self.query_one(StatusLine)
        self.list.focus()
        self._worker.start()
        self.ask()

    def on_unmount(self) -> None:
        """End the search thread."""
        self._worker.stop()

    # --- questions and answers ------------------------------------------------------------------

    def ask(self, *, keep_place: bool = False) -> None:
        """Search for what is in the search pane, in the scope and order that are set."""
        query = self.pane.query_text
        typing = True  # what stands in the line may always go on
        self._worker.ask(Question(query, typing, self._sort, self._scope, keep_place))

    @on(SearchPane.Changed)
    def _query_changed(self) -> None:
        self.ask()

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        answer = event.answer
        if isinstance(answer, Page):
            if answer.results is self._results:
                self.list.add_page(answer.start, answer.hits)
        elif isinstance(answer.error, QueryError):
            self.pane.complain(answer.error)
        elif answer.error is not None:
            self.say(str(answer.error), warn=True)
        elif answer.results is not None:
            keep_place = answer.question is not None and answer.question.keep_place
            self._show_results(answer.results, keep_place=keep_place)

    def _show_results(self, results: Results, *, keep_place: bool) -> None:
        place = self.list.cursor if keep_place else 0
        if keep_place and self.article is not None and self.article.id in results.ids:
            place = results.ids.index(self.article.id)
        self._results = results
        self.pane.say(wording.suggestion(results))
        self.list.message = wording.nothing_found(results, library_is_empty=self._library_is_empty)
        self.list.show(results, place)
        self._show_article()

    @property
    def _library_is_empty(self) -> bool:
        results = self._results
        return results is not None and not (results.total or results.hidden or results.query)

    @on(ResultList.Wanted)
    def _page_wanted(self, event: ResultList.Wanted) -> None:
        if self._results is not None:
            self._worker.want(self._results, event.first, event.behind)

    # --- the article at hand --------------------------------------------------------------------

    @property
    def article(self) -> Article | None:
        """The article in view."""
        return self.view.article

    def _show_article(self) -> None:
        """Show the article at the cursor, with its matches."""
        article: Article | None = None
        spans: tuple[Spans, ...] = ()
        results = self._results
        if results is not None and results.total:
            try:
                article = self.library.article(results.ids[self.list.cursor])
                spans = self.library.spans(article, results)
            except UnknownArticleError as error:
                self.say(str(error), warn=True)
        self.view.show(article, spans)
        if self.reading:
            self._mark_read()
        self._say_where()

    def _mark_read(self) -> None:
        if self.article is not None:
            self.set_mark(self.article, "read", on=True, undoable=False)

    def marked(self, ids: Sequence[str]) -> None:
        """Show the marks of these articles in the list."""
        marks = self.library.marks(ids)
        self.list.mark({id_: marks.get(id_, Marks()) for id_ in ids})

    def _go(self, place: int) -> bool:
        """Go to another article of the results; tell whether there is one."""
        if self._results is None or not 0 <= place < self._results.total:
            return False
        self.list.cursor = place
        # At once, not when the list's message arrives: what follows is about this article.
        self._show_article()
        return True

    @on(ResultList.Moved)
    def _cursor_moved(self, event: ResultList.Moved) -> None:
        results = self._results
        shown = self.article.id if self.article else None
        if results is not None and results.total and results.ids[event.place] != shown:
            self._show_article()

    @on(ArticleView.Moved)
    def _say_where(self) -> None:
        """Say in the status line and the search pane which article and which match this is."""
        place, total = self.list.cursor + 1, self.list.total
        self.pane.state(wording.state(place, total, self._results, self._sort, self._scope))
        self.status.place(wording.place(place, total, self.view.matches, self.view.progress))
        self.refresh_bindings()

    # --- from pane to pane ----------------------------------------------------------------------

    @on(ResultList.Opened)
    def _open(self) -> None:
        if self.list.total:
            self.reading = True
        elif self._results is not None and self._results.suggestion:
            self.pane.set_query(self._results.suggestion)
        elif self._library_is_empty:
            self.post_message(self.SamplesWanted())

    @on(SearchPane.Left)
    def _search_left(self) -> None:
        self.list.focus()
        if self._results is not None and not self._results.total:
            self._open()

    def watch_reading(self, reading: bool) -> None:
        """Give the article the attention, or the list."""
        self.set_class(reading, "-reading")
        if reading:
            self.view.focus()
            self._mark_read()
        else:
            self.remove_class("-zen")
            self.list.focus()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Follow the mouse, too, into the article and out of it."""
        if event.widget is self.view:
            self.reading = True
        elif event.widget is self.list:
            self.reading = False

    def action_pane(self, step: int) -> None:
        """Go to the next (1) or previous (-1) pane."""
        panes = [self.list, self.view, self.pane]
        here = next((n for n, pane in enumerate(panes) if pane.has_focus_within), 0)
        if (there := panes[(here + step) % len(panes)]) is self.pane:
            self.action_search()
        else:
            self.reading = there is self.view
            there.focus()

    def action_back(self) -> None:
        """Undo one step of the way here: the find, the article, the query, the filter."""
        if self.view.finding:
            self.view.find("")
        elif self.reading:
            self.reading = False
        elif self.pane.query_text:
            self.pane.set_query("")
        elif self._scope != "all":
            self._scope = "all"
            self.ask(keep_place=True)

    def action_back_or_quit(self) -> None:
        """Go back, or leave the reader where there is nothing to go back to."""
        at_root = not (self.reading or self.pane.query_text or self._scope != "all")
        if at_root:
            self.app.exit()
        else:
            self.action_back()

    def action_zen(self) -> None:
        """Show nothing but the article, or all panes again."""
        self.toggle_class("-zen")
        self.reading = True

    # --- searching and running through ----------------------------------------------------------

    def action_search(self) -> None:
        """Type a query for the whole library."""
        self.remove_class("-zen")
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

    @on(FindBar.Ended)
    def _find_ended(self, event: FindBar.Ended) -> None:
        self.find_bar.leave()
        if not event.kept:
            self.view.find("")
        self.view.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let ``n`` mean the next match where there is a search, and else the next unread."""
        if action == "match":
            searching = self._results is not None and self._results.highlights
            return self.view.finding or searching
        return super().check_action(action, parameters)

    def action_match(self, step: int) -> None:
        """Go to the next or previous match, on into the next article of the results."""
        self.reading = True
        if self.view.move_match(step):
            return
        if self.view.finding or not self._go(self.list.cursor + step):
            self.say("That was the last match." if step > 0 else "That was the first match.")
        else:
            self.view.move_match(step)

    def action_unread(self, step: int) -> None:
        """Go to the next or previous unread article of the results."""
        ids = self._results.ids if self._results else ()
        read = self.library.marked("read")
        here = self.list.cursor
        ahead = range(here + 1, len(ids)) if step > 0 else range(here - 1, -1, -1)
        place = next((place for place in ahead if ids[place] not in read), None)
        if place is None:
            self.say("There is no other unread article this way.")
        else:
            self._go(place)

    @on(ArticleView.Finished)
    def _finished(self) -> None:
        self.action_article(1)

    def action_article(self, step: int) -> None:
        """Go to the next or previous article of the results."""
        if not self._go(self.list.cursor + step):
            self.say("That was the last article." if step > 0 else "That was the first article.")

    def action_sort(self) -> None:
        """Sort by relevance, or by date."""
        self._sort = "date" if self._sort == "relevance" else "relevance"
        self.ask()

    def action_filter(self) -> None:
        """Search all articles, only unread ones, only starred ones."""
        self._scope = _NEXT_SCOPE[self._scope]
        self.ask()
