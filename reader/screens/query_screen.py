"""A screen with results that remembers queries: past ones, how each was sorted, saved ones."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.geometry import Size

from index.results import Since
from reader import scopes, sorting
from reader.beside.search_worker import Explained, Offered
from reader.history import History
from reader.keymap import bind
from reader.screens.narrowing_screen import NarrowingScreen
from reader.widgets.offer_bar import OfferBar
from reader.widgets.search_pane import SearchPane

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widget import Widget

    from index.library import Library
    from index.results import Results, Sort
    from index.store import PastQuery, SavedSearch
    from reader.beside.search_worker import Counted
    from reader.screens.saved import SavedScreen, Wanted


_LEAST = Size(60, 16)
"""The smallest screen on which there is room to offer completions."""


class QueryScreen(NarrowingScreen):
    """Goes through past queries, and asks each in the order that was chosen for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "S", "sort", "Sort", id="results.sort",
            tooltip="Sort: by relevance, newest first, oldest first, by source",
        ),
        bind(
            "f", "filter", "Filter", id="results.filter",
            tooltip="Filter: all articles, new ones of a saved search, unread, starred",
        ),
        bind(
            "up", "older_query", "Earlier query", id="line.older",
            tooltip="While typing a query: the query before, of those that begin so",
        ),
        bind(
            "equals_sign", "saved_searches", "Saved", id="saved.show",
            tooltip="The saved searches, and what is new in them",
        ),
        bind(
            "plus", "save_search", "Save", id="saved.save",
            tooltip="Save this search, with its order and filter, under a name",
        ),
    ]  # fmt: skip

    def __init__(self, library: Library, sort: Sort) -> None:
        super().__init__(library, sort)
        self._usual_sort: Sort = sort
        self.history = History()
        self._saved: SavedScreen | None = None
        self.since: Since | None = None
        """Since when an article is new, where that can be told."""

        self._asked_new: str | None = None
        """The query of the saved search of which :attr:`since` tells what is new."""

    def on_mount(self) -> None:
        """Recall past queries, beside the screen."""
        self.app.record.put(self.library.queries.all, self.call_later, self._recalled)

    def _recalled(self, past: tuple[PastQuery, ...]) -> None:
        self.history.recall(past)

    def ask(self, *, keep_place: bool = False) -> None:
        """Search for what is in the search pane, in the order that was chosen for it."""
        if self._query != self._asked_new:
            self.since = None
            self.scope = "all" if isinstance(self.scope, Since) else self.scope
        if self._saved is not None:
            self._saved.look()
        self.sort = self.history.sort_of(self._query) or self._usual_sort
        super().ask(keep_place=keep_place)

    @property
    def _query(self) -> str:
        return self.pane.query_text.strip()

    def action_sort(self) -> None:
        """Sort in the next order, and remember that with the query.

        What is being read stays, or else the first result is shown.
        """
        has_words = self.results is not None and self.results.highlights
        self.note_query(sorting.following(self.sort, has_words=has_words))
        self.ask(keep_place=self.view.has_focus)

    def action_filter(self) -> None:
        """Search all articles, only new ones, only unread ones, only starred ones."""
        self.scope = scopes.following(self.scope, self.since)
        self.ask_when_marked(keep_place=True)

    def note_query(self, sort: Sort | None = None) -> None:
        """Remember that a query was gone into, or in which order its results are wanted."""
        self._note(self._query, sort)

    def _note(self, query: str, sort: Sort | None) -> None:
        # How all articles are sorted is remembered until the reader is left.
        self.history.note(query, sort)
        if query:
            self.app.record.put(lambda: self.library.queries.note(query, sort), self.call_later)

    # --- completing -----------------------------------------------------------------------------

    @on(SearchPane.Changed)
    def _typed_on(self) -> None:
        self.offer_bar.typed_on(self.pane.query_text)

    def counted(self, found: Counted) -> None:
        """Show how the query may go on, if it is still the same; or why it finds nothing."""
        is_shown = found.results is self.results
        if isinstance(found, Offered):
            if is_shown and self._is_typing and found.results.query == self.pane.query_text:
                self.offer_bar.show(found.results.query, found.offers)
        elif isinstance(found, Explained):
            if is_shown:
                self.result_list.explain(found.costs)
        else:
            super().counted(found)

    def show_results(self, results: Results, *, keep_place: bool) -> None:
        """Show results, and which offers there still are."""
        super().show_results(results, keep_place=keep_place)
        self.offer_bar.refresh()

    def count(self) -> None:
        """Have counted how a query that is typed may go on, and why another finds nothing."""
        if self.pane.is_being_typed:
            self._worker.count("offers")
        results = self.results
        if results and not (results.total or results.hidden or results.outside):
            self._worker.count("costs")
        super().count()

    @cached_property
    def offer_bar(self) -> OfferBar:
        """The line below the search line."""
        return self.query_one(OfferBar)

    def complete(self, step: int) -> bool:
        """Put the next (1) or previous (-1) offer into the search line, if there is one."""
        if not self.pane.is_being_typed:
            return False
        taken = self.offer_bar.take(self.pane.query_text, step)
        self._put_into_line(taken)
        return taken is not None

    def on_descendant_focus(self) -> None:
        """Make room for offers while a query is typed, where there is room."""
        has_room = self.size.width >= _LEAST.width and self.size.height >= _LEAST.height
        self.set_panes("-typing", on=self._is_typing and has_room)

    def set_panes(self, name: str, *, on: bool) -> None:
        """Arrange the panes by a class of the screen.

        They alone are styled anew: with all that is in them, it would take longer than to draw it.
        """
        if self.has_class(name) is not on:
            self.set_class(on, name, update=False)
            self.app.stylesheet.update_nodes(self._panes_styled)

    @cached_property
    def _panes_styled(self) -> list[Widget]:
        return list(self.query("#search, #offers, #overview, #panes, #results, #reading"))

    @property
    def _is_typing(self) -> bool:
        return self.pane.has_focus_within

    # --- saved searches -------------------------------------------------------------------------

    async def action_saved_searches(self) -> None:
        """Show the saved searches, and ask the one that the reader wants."""
        # Not needed by the first frame.
        from reader.screens.saved import SavedScreen  # noqa: PLC0415

        self._saved = SavedScreen(self.library.searches)
        await self.app.push_screen(self._saved, self._open_saved)

    def _open_saved(self, wanted: Wanted | None) -> None:
        self._saved = None
        if wanted is not None:
            name = wanted.counted.search.name
            self.app.record.put(
                lambda: self.library.searches.look(name),
                self.call_later,
                lambda since: self._ask_saved(wanted, since),
            )

    def _ask_saved(self, wanted: Wanted, since: Since) -> None:
        search, counts = wanted.counted.search, wanted.counted.counts
        self.reading = False
        self.since, self._asked_new = since, search.query
        self._note(search.query, search.sort)
        self.search_for(search.query, since if wanted.new_only else search.scope)
        if counts.new and not wanted.new_only:
            # The results come only now.
            self.say(f"{counts.new:,} new since you looked last: f shows them alone", stays=True)

    async def action_save_search(self) -> None:
        """Let the reader give this search a name."""
        # Not needed by the first frame.
        from reader.screens.ask import AskScreen  # noqa: PLC0415

        hint = "Its name. = shows the saved searches, and what is new in them."
        if self.narrowed:
            hint = "Its name. What the results are narrowed to is not saved with it."
        asking = AskScreen("Save the search", hint, value=self._query)
        await self.app.push_screen(asking, self._save)

    def _save(self, name: str | None) -> None:
        if name is not None:
            scope = self.scope.within if isinstance(self.scope, Since) else self.scope
            save = partial(self.library.searches.save, name, self._query, self.sort, scope)
            self.app.record.put(save, self.call_later, self._say_saved)

    def _say_saved(self, search: SavedSearch) -> None:
        self.say(f"Saved as {search.name}" + (f"; = {search.key} opens it" if search.key else ""))

    # --- in the search line ---------------------------------------------------------------------

    def action_older_query(self) -> None:
        """Put the query before into the line."""
        self._put_into_line(self.history.older(self.pane.query_text, self.pane.typed))

    def action_newer_query(self) -> None:
        """Put the query after into the line, at last what was typed."""
        self._put_into_line(self.history.newer(self.pane.query_text))

    def _put_into_line(self, query: str | None) -> None:
        if query is not None:
            self.pane.set_query(query)

    def action_leave_search(self, into: bool) -> None:
        """Go to the results, and ``into`` them: without any, take the query that is suggested."""
        self.set_focus(self.result_list)
        if not into:
            return
        if self.results is not None and not self.results.total:
            self.action_open()
        elif self._query:
            self.note_query()

    def action_open(self) -> None:
        """Read the hit at the cursor."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrows to the other panes, and to what is not in the search line."""
        if action in ("leave_search", "older_query"):
            return self._is_typing
        if action == "newer_query":
            return self._is_typing and self.history.is_walked(self.pane.query_text)
        return super().check_action(action, parameters)
