"""The line below the search pane: when what is found was published, what it is narrowed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.reactive import reactive

from index.narrowing import Published
from reader import narrowing_wording as wording
from reader.drawing.overview import OverviewRow, Shown, merged, overview_row
from reader.keymap import bind
from reader.widgets.drawn_lines import DrawnLines

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.events import Click
    from textual.strip import Strip

    from index.narrowing import Narrowing
    from index.results import Glance, Period, Results

_COUNTING = "…"


class OverviewLine(DrawnLines):
    """A histogram to narrow the results with, and what they are narrowed to as chips.

    The cursor goes from bar to bar and from chip to chip; where nothing was published, it is never.
    """

    ALLOW_SELECT = False
    # With the cursor come other words, and what is under the mouse would be elsewhere.
    FOCUS_ON_CLICK = False

    LOOKS = frozenset(
        {"bar", "bar-none", "bar-current", "period", "period-current", "chip", "chip-current",
         "glance"}
    )  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"line--{look}" for look in LOOKS),
        *DrawnLines.EMPHASES.values(),
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("l,right", "step(1)", "Later", id="time.later", tooltip="To the next bar or chip"),
        bind("h,left", "step(-1)", "Earlier", id="time.earlier", tooltip="To the one before"),
        bind("g,home", "edge(0)", "First", id="time.first", tooltip="To the first bar"),
        bind("G,end", "edge(1)", "Last", id="time.last", tooltip="To the last bar or chip"),
        bind(
            "enter,space", "choose", "Only this", id="time.narrow",
            tooltip="Narrow the results to this time; at a chip, take it away",
        ),
        bind("backspace", "widen", "Widen", id="time.widen", tooltip="Take a chip away"),
        bind(
            "q,escape,down,j", "screen.to_results", "Results", id="time.leave",
            tooltip="To the results",
        ),
    ]  # fmt: skip

    cursor = reactive(0, repaint=False)
    """At which of the bars and chips, counted through."""

    class Narrowed(Message):
        """The results are to be narrowed, or no longer."""

        def __init__(self, narrowing: Narrowing, *, on: bool) -> None:
            super().__init__()
            self.narrowing = narrowing
            self.on = on

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._results: Results | None = None
        self._glance: Glance | None = None
        self._is_counted = False

    def show(self, results: Results) -> None:
        """Show what results are narrowed to. The bars are those of before, until they are counted.

        Nothing but their height is shown of them until then.
        """
        self._results, self._is_counted = results, not results.total
        if not results.total:
            self._glance = None
        self.set_class(bool(results.narrowed), "-narrowed")
        self._show_anew()

    def count(self, glance: Glance | None) -> None:
        """Show what was counted of the results."""
        self._glance, self._is_counted = glance, True
        self._show_anew()

    def _show_anew(self) -> None:
        self.set_reactive(OverviewLine.cursor, self._nearest(self.cursor))
        self.lay_out_again()

    @property
    def _periods(self) -> tuple[Period, ...]:
        periods = self._glance.timeline.periods if self._glance else ()
        # A single bar would tell nothing.
        return merged(periods, self.line_width) if len(periods) > 1 else ()

    @property
    def _chips(self) -> tuple[Narrowing, ...]:
        return self._results.narrowed if self._results else ()

    @property
    def _stops(self) -> tuple[int, ...]:
        """Where the cursor can be."""
        bars = (place for place, period in enumerate(self._periods) if period.articles)
        return (*bars, *range(len(self._periods), len(self._periods) + len(self._chips)))

    @property
    def has_stops(self) -> bool:
        """Whether there is a bar or a chip to go to."""
        return self.display and bool(self._stops)

    # --- drawing --------------------------------------------------------------------------------

    @property
    def _row(self) -> OverviewRow:
        glance, results = self._glance, self._results
        if results is None:
            return overview_row(Shown(), self.line_width)
        counted = glance if self._is_counted else None
        return overview_row(
            Shown(
                tuple(period.articles for period in self._periods),
                tuple(map(wording.narrowing, self._chips)),
                self._said(counted),
                wording.facts(counted) if counted else (),
                self.cursor if self.has_focus else None,
            ),
            self.line_width,
        )

    def _said(self, glance: Glance | None) -> str:
        if glance is None:
            return _COUNTING if self._periods else ""
        if self.has_focus and self.cursor < len(self._periods):
            return wording.period(self._periods[self.cursor])
        return wording.span(glance)

    def line(self, number: int) -> Strip:  # noqa: ARG002  (there is but one)
        """Draw the line."""
        return self.strip(self._row.runs, "glance")

    def lay_out_again(self) -> None:
        """Draw the line anew."""
        self.show_lines(1)

    def on_focus(self) -> None:
        """Show the cursor, at the newest articles."""
        self.set_reactive(OverviewLine.cursor, self._nearest(len(self._periods) - 1))
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    # --- moving and narrowing -------------------------------------------------------------------

    def _nearest(self, place: int) -> int:
        return min(self._stops, key=lambda stop: abs(stop - place), default=0)

    def watch_cursor(self) -> None:
        """Draw the cursor."""
        self.refresh()

    def action_step(self, steps: int) -> None:
        """Move the cursor."""
        stops = self._stops
        if stops:
            place = stops.index(self._nearest(self.cursor)) + steps
            self.cursor = stops[max(0, min(place, len(stops) - 1))]

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first (0) or last (1) bar or chip."""
        if self._stops:
            self.cursor = self._stops[-last]

    def action_choose(self) -> None:
        """Narrow to the bar at the cursor, or take the chip at the cursor away."""
        self._choose(self.cursor)

    def _choose(self, place: int) -> None:
        periods, chips = self._periods, self._chips
        if place < len(periods):
            first, behind, _ = periods[place]
            self.post_message(self.Narrowed(Published(first, behind), on=True))
        elif chips:
            self.post_message(self.Narrowed(chips[place - len(periods)], on=False))

    def action_widen(self) -> None:
        """Take the chip at the cursor away, or else the last one."""
        if self._chips:
            chip = max(self.cursor - len(self._periods), -1)
            self.post_message(self.Narrowed(self._chips[chip], on=False))

    def on_click(self, event: Click) -> None:
        """Narrow to the bar under the mouse, or take the chip under it away."""
        place = self._row.at(event.x)
        if place in self._stops:
            self._choose(place)
