"""The list of results: any number of them, of which only those in view are fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.reactive import reactive

from index.results import PAGE
from reader.drawing.cost_rows import cost_rows
from reader.drawing.render import READ, STARRED, UNREAD, hit_rows
from reader.drawing.runs import Run
from reader.keymap import bind, pager
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

    from index.results import Cost, Hit, Marks, Results

_HEIGHTS = ((30, 6), (14, 4), (0, 2))
"""Lines of a row, by the least height of the list that it is for."""

_SKIM_LINES = 4
"""Lines a row has more while it shows the key points."""


class ResultList(RowList):
    """Results as rows. Pages that are not here yet are asked for as they are seen."""

    LOOKS = RowList.LOOKS | {
        "hit-title", "hit-unread", "hit-summary", "hit-excerpt", "hit-point", "hit-bullet",
        "mark-unread", "mark-read", "mark-starred", "cost-found", "cost-key",
    }  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("list", "result"),
        bind("enter,l,right", "screen.open", "Open", id="list.open"),
        bind(
            "full_stop",
            "skim",
            "Key points",
            id="list.skim",
            tooltip="Skim: key points in the rows, or excerpts",
        ),
    ]

    skimming = reactive(default=False, repaint=False)
    """Rows show key points instead of excerpts."""

    class Wanted(Message):
        """Hits have come into view that are not here yet."""

        def __init__(self, first: int, behind: int) -> None:
            super().__init__()
            self.first = first
            self.behind = behind

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hits: dict[int, Hit] = {}
        self._asked: set[int] = set()
        self._costs: tuple[Cost, ...] = ()
        self._is_suggested = False

    # --- what it shows --------------------------------------------------------------------------

    def show(self, results: Results, place: int = 0) -> None:
        """Show an answer, with the cursor at a place."""
        self._hits = dict(enumerate(results.hits))
        self._asked = {0}
        self._costs, self._is_suggested = (), bool(results.suggestion)
        self.show_rows(results.total, place)

    def explain(self, costs: tuple[Cost, ...]) -> None:
        """Say what would be found without which part of the query."""
        self._costs = costs
        self.lay_out_again()

    @property
    def least_cost(self) -> Cost | None:
        """What finds most without a part of the query, if that finds anything."""
        return next((cost for cost in self._costs[:1] if cost.found), None)

    def message_rows(self) -> list[list[Run]]:
        """Draw the message, and below it what would be found instead."""
        rows = super().message_rows()
        if not self._costs:
            return rows
        takes_first = not self._is_suggested
        return [*rows, [], *cost_rows(self._costs, self.line_width - 2, takes_first=takes_first)]

    def add_page(self, start: int, hits: tuple[Hit, ...]) -> None:
        """Take hits that were wanted."""
        self._hits.update(enumerate(hits, start))
        self.forget()

    def ask_again(self) -> None:
        """Ask again, when they are seen, for hits that did not come."""
        self._asked = {place // PAGE * PAGE for place in self._hits}

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the hits that are here."""
        return frozenset(hit.id for hit in self._hits.values())

    def mark(self, marks: Mapping[str, Marks]) -> None:
        """Show new marks, repainting only the rows they are on."""
        for place, hit in self._hits.items():
            if hit.id in marks and hit.marks != marks[hit.id]:
                self._hits[place] = hit.model_copy(update={"marks": marks[hit.id]})
                self.repaint(place)

    # --- drawing --------------------------------------------------------------------------------

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        height = next(lines for least, lines in _HEIGHTS if self.size.height >= least)
        return height + _SKIM_LINES if self.skimming else height

    @property
    def row_gap(self) -> int:
        """A line between rows, where there is room for it."""
        return 1 if self.row_height > 3 else 0

    def drawn(self, place: int) -> list[list[Run]] | None:
        """Draw a hit, if it is here, and ask for it otherwise."""
        if place not in self._hits:
            self._want(place)
            return None
        hit = self._hits[place]
        rows = hit_rows(hit, self.line_width, self.row_height, points=self.skimming)
        return [
            [_mark(hit.marks) if part == 0 else Run(" ", "hit-summary"), Run(" ", "hit-title")]
            + [_unread(run, hit) for run in runs]
            for part, runs in enumerate(rows)
        ]

    def _want(self, place: int) -> None:
        start = place // PAGE * PAGE
        if start not in self._asked:
            self._asked.add(start)
            self.post_message(self.Wanted(start, start + PAGE))

    def watch_skimming(self) -> None:
        """Make room for the key points, or take it away."""
        self.lay_out_again()

    def action_skim(self) -> None:
        """Show the key points in the rows, or the excerpts again."""
        self.skimming = not self.skimming


def _mark(marks: Marks) -> Run:
    if marks.starred:
        return Run(STARRED, "mark-starred")
    return Run(READ, "mark-read") if marks.read else Run(UNREAD, "mark-unread")


def _unread(run: Run, hit: Hit) -> Run:
    if run.look == "hit-title" and not hit.marks.read:
        return run._replace(look="hit-unread")
    return run
