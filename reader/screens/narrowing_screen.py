"""A screen whose results can be narrowed step by step, by time and by what they have in common."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on

from reader.beside.search_worker import Counts, Facets
from reader.keymap import bind
from reader.screens.results_screen import ResultsScreen
from reader.widgets.overview_line import OverviewLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from index.narrowing import Narrowing
    from index.results import Results
    from reader.beside.search_worker import Counted
    from reader.screens.facets import FacetsScreen

_OF_RESULTS = ("facets", "match", "unread", "article", "mark")
"""What can be done only where something is found."""


class NarrowingScreen(ResultsScreen):
    """Results below a line that says what they are narrowed to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "v", "facets", "Narrow", id="narrow.facets",
            tooltip="Narrow the results: by source, place, year, tag, read or unread",
        ),
        bind(
            "T", "time", "Time", id="narrow.time",
            tooltip="To the histogram: narrow the results to a time",
        ),
    ]  # fmt: skip

    _facets: FacetsScreen | None = None
    """Where the reader chooses a value, while he does."""

    _may_count = False
    """The first frame is there."""

    def on_mount(self) -> None:
        """Count what is found, but not before the first frame: the index takes long to open."""
        self.call_after_refresh(self._begin_to_count)

    def _begin_to_count(self) -> None:
        self._may_count = True
        self.count()

    def count(self) -> None:
        """Have counted how many of the results are unread, and when they were published."""
        if self._may_count:
            self._worker.count("glance")

    @cached_property
    def overview_line(self) -> OverviewLine:
        """The line with the histogram."""
        return self.query_one(OverviewLine)

    # --- what is shown --------------------------------------------------------------------------

    def show_results(self, results: Results, *, keep_place: bool) -> None:
        """Show results, and what they are narrowed to."""
        self.overview_line.show(results)
        super().show_results(results, keep_place=keep_place)

    def counted(self, found: Counted) -> None:
        """Show what was counted, unless it is of other results than those that are shown."""
        if found.results is self.results:
            if isinstance(found, Counts):
                self.overview_line.count(found.glance)
                self.refresh_bindings()
            elif isinstance(found, Facets) and self._facets is not None:
                self._facets.show(found.results.total, found.facets)

    def marked(self, ids: Sequence[str]) -> None:
        """Show marks, and how many articles are unread now."""
        super().marked(ids)
        self.count()

    # --- narrowing ------------------------------------------------------------------------------

    def narrow(self, narrowing: Narrowing) -> None:
        """Show only those of the results that are within this, too."""
        if narrowing not in self.narrowed:
            self.narrowed = (*self.narrowed, narrowing)
            self.ask_when_marked()

    def lift(self, narrowing: Narrowing | None = None) -> None:
        """Undo a narrowing, or else the last one; the article at the cursor stays there."""
        dropped = narrowing or self.narrowed[-1]
        self.narrowed = tuple(one for one in self.narrowed if one != dropped)
        self.ask_when_marked(keep_place=True)

    def ask_when_marked(self, *, keep_place: bool = False) -> None:
        """Search as soon as the marks that were just made are written: they count in it."""
        self.app.record.put(
            lambda: None, self.call_later, lambda _: self.ask(keep_place=keep_place)
        )

    @on(OverviewLine.Narrowed)
    def _narrowed(self, event: OverviewLine.Narrowed) -> None:
        (self.narrow if event.on else self.lift)(event.narrowing)

    @property
    def is_limited(self) -> bool:
        """Whether something hides articles: a narrowing, the query, the filter."""
        return bool(self.narrowed or self.pane.query_text or self.scope != "all")

    def lift_limit(self) -> None:
        """Undo one of these: the last narrowing, or else the query, or else the filter."""
        if self.narrowed:
            self.lift()
        elif self.pane.query_text:
            self.pane.set_query("")
        elif self.scope != "all":
            self.scope = "all"
            self.ask_when_marked(keep_place=True)

    def action_to_results(self) -> None:
        """Go on from the histogram to the results."""
        self.set_focus(self.result_list)

    def action_time(self) -> None:
        """Go to the histogram, where there is a time to narrow to."""
        if self.overview_line.has_stops:
            self.set_focus(self.overview_line)
        else:
            self.say("There are no different times to narrow to.")

    async def action_facets(self) -> None:
        """Let the reader choose a value that the results have in common."""
        # Not needed by the first frame.
        from reader.screens.facets import FacetsScreen  # noqa: PLC0415

        def chosen(narrowing: Narrowing | None) -> None:
            self._facets = None
            if narrowing is not None:
                self.narrow(narrowing)

        self._facets = FacetsScreen()
        self._worker.count("facets")
        await self.app.push_screen(self._facets, chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to narrow what there is, and to go through it."""
        if action in _OF_RESULTS and not (self.results is not None and self.results.total):
            return False
        return super().check_action(action, parameters)
