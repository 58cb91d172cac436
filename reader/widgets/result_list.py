"""The list of results: any number of rows, of which only those in view are drawn or fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from index.results import PAGE
from reader.keymap import bind, pager
from reader.render import CURSOR_BAR, READ, STARRED, UNREAD, Run, hit_rows
from reader.widgets.drawn_lines import DrawnLines
from reader.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType
    from textual.events import Click
    from textual.strip import Strip

    from index.results import Hit, Marks, Results

_HEIGHTS = ((30, 6), (14, 4), (0, 2))
"""Lines of a row, by the least height of the list that it is for."""

_SKIM_LINES = 4
"""Lines a row has more while it shows the key points."""


class ResultList(DrawnLines):
    """Results as rows with a cursor. Pages that are not here yet are asked for as they are seen."""

    # Without it, a drag from the list selects the whole article beside it.
    ALLOW_SELECT = False

    LOOKS = frozenset(
        {
            "hit-title", "hit-unread", "hit-summary", "hit-excerpt", "hit-point", "hit-bullet",
            "mark-unread", "mark-read", "mark-starred", "cursor",
        }
    )  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"line--{look}" for look in LOOKS),
        *DrawnLines.EMPHASES.values(),
        "line--selected",
    }

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
    ]  # fmt: skip

    cursor = reactive(0, repaint=False)
    """The place of the selected hit; 0 in an empty list."""

    skimming = reactive(default=False, repaint=False)
    """Rows show key points instead of excerpts."""

    class Moved(Message):
        """The cursor is at another hit."""

    class Opened(Message):
        """The reader wants to read the hit at the cursor."""

    class Wanted(Message):
        """Hits have come into view that are not here yet."""

        def __init__(self, first: int, behind: int) -> None:
            super().__init__()
            self.first = first
            self.behind = behind

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.total = 0
        self.message = ""
        """What to say where there is no hit."""

        self._message_lines: list[str] = []
        self._hits: dict[int, Hit] = {}
        self._asked: set[int] = set()

    # --- what it shows --------------------------------------------------------------------------

    def show(self, results: Results, place: int = 0) -> None:
        """Show an answer, with the cursor at a place."""
        self.total = results.total
        self._hits = dict(enumerate(results.hits))
        self._asked = {0}
        self.set_reactive(ResultList.cursor, max(0, min(place, self.total - 1)))
        self.lay_out_again()

    def add_page(self, start: int, hits: tuple[Hit, ...]) -> None:
        """Take hits that were wanted."""
        self._hits.update(enumerate(hits, start))
        self.forget()

    def mark(self, marks: Mapping[str, Marks]) -> None:
        """Show new marks, repainting only the rows they are on."""
        for place, hit in self._hits.items():
            if hit.id in marks and hit.marks != marks[hit.id]:
                self._hits[place] = hit.model_copy(update={"marks": marks[hit.id]})
                self._repaint(place)

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        height = next(lines for least, lines in _HEIGHTS if self.size.height >= least)
        return height + _SKIM_LINES if self.skimming else height

    # --- drawing --------------------------------------------------------------------------------

    def line(self, number: int) -> Strip:
        """Draw one line of one row."""
        if not self.total:
            return self.strip(
                [Run(f" {self._message_lines[number]}", "hit-summary")], "hit-summary"
            )
        place, part = divmod(number, self.row_height)
        if place not in self._hits:
            self._want(place)
            return self.strip([Run("   …" if part == 0 else "", "hit-summary")], "hit-summary")
        key = (place, part)
        if key not in self._strips:
            self._draw(place)
        return self._strips[key]

    def _draw(self, place: int) -> None:
        hit, selected = self._hits[place], place == self.cursor
        height = self.row_height
        rows = hit_rows(hit, self.line_width, height, points=self.skimming)
        for part, runs in enumerate(rows):
            gap = part == height - 1 and height > 3
            lit = selected and not gap
            bar = Run(CURSOR_BAR if lit else " ", "cursor")
            mark = _mark(hit.marks) if part == 0 else Run(" ", "hit-summary")
            strip = self.strip(
                [bar, mark, Run(" ", "hit-title"), *(_unread(run, hit) for run in runs)],
                "hit-title",
                "line--selected" if lit else "",
            )
            self._strips[place, part] = strip

    def _want(self, place: int) -> None:
        start = place // PAGE * PAGE
        if start not in self._asked:
            self._asked.add(start)
            self.post_message(self.Wanted(start, start + PAGE))

    def lay_out_again(self) -> None:
        """Keep the cursor in view when the height of rows changes with that of the list."""
        lines = wrap(self.message, self.line_width - 2)
        self._message_lines = [self.message[start:end] for start, end in lines]
        self.show_lines(self.total * self.row_height if self.total else len(lines))
        self._bring_into_view()

    def _repaint(self, place: int) -> None:
        height = self.row_height
        for part in range(height):
            self._strips.pop((place, part), None)
        top = place * height - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, height))

    def _bring_into_view(self) -> None:
        height = self.row_height
        region = Region(0, self.cursor * height, 1, height)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    # --- moving ---------------------------------------------------------------------------------

    def validate_cursor(self, place: int) -> int:
        """Keep the cursor on a hit."""
        return max(0, min(place, self.total - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows, and say where the cursor is."""
        self._repaint(old)
        self._repaint(new)
        self._bring_into_view()
        self.post_message(self.Moved())

    def watch_skimming(self) -> None:
        """Make room for the key points, or take it away."""
        self.lay_out_again()

    def action_lines(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.cursor += rows

    def action_page(self, pages: float) -> None:
        """Move the cursor by pages of the height of the list."""
        self.cursor += int(max(1, self.size.height // self.row_height) * pages) or (
            1 if pages > 0 else -1
        )

    def action_edge(self, bottom: int) -> None:
        """Move the cursor to the first (0) or last (1) hit."""
        self.cursor = self.total - 1 if bottom else 0

    def action_skim(self) -> None:
        """Show the key points in the rows, or the excerpts again."""
        self.skimming = not self.skimming

    def on_click(self, event: Click) -> None:
        """Select the row under the mouse; open the one that is selected."""
        place = (event.y + self.scroll_offset.y) // self.row_height
        if place >= self.total:
            return
        if place == self.cursor:
            self.post_message(self.Opened())
        self.cursor = place


def _mark(marks: Marks) -> Run:
    if marks.starred:
        return Run(STARRED, "mark-starred")
    return Run(READ, "mark-read") if marks.read else Run(UNREAD, "mark-unread")


def _unread(run: Run, hit: Hit) -> Run:
    if run.look == "hit-title" and not hit.marks.read:
        return run._replace(look="hit-unread")
    return run
