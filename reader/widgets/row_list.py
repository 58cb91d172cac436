"""A list of any number of rows of one height, with a cursor: only what is in view is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from reader.drawing.render import CURSOR_BAR
from reader.drawing.runs import Run
from reader.drawing.wrap import wrap
from reader.widgets.drawn_lines import DrawnLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click
    from textual.strip import Strip


class RowList(DrawnLines):
    """Rows that a subclass draws (:meth:`drawn`); where there are none, a message."""

    # Without it, a drag from the list selects the whole article beside it.
    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"line--{look}" for look in ("cursor", "message")),
        *DrawnLines.EMPHASES.values(),
        "line--selected",
    }
    LOOKS = frozenset({"cursor", "message"})

    cursor = reactive(0, repaint=False)
    """The place of the selected row; 0 in an empty list."""

    class Moved(Message):
        """The cursor is at another row."""

    class Opened(Message):
        """The reader wants what is in the row at the cursor."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.total = 0
        self.message = ""
        """What to say where there is no row."""

        self._message_rows: list[list[Run]] = []

    # --- for subclasses -------------------------------------------------------------------------

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        raise NotImplementedError

    @property
    def row_gap(self) -> int:
        """How many of a row's lines, the last ones, stay free."""
        return 0

    def drawn(self, place: int) -> Sequence[Sequence[Run]] | None:
        """Draw the lines of a row, without the cursor's bar; None where it is not here yet."""
        raise NotImplementedError

    def message_rows(self) -> list[list[Run]]:
        """Draw the message, on as many lines as it takes."""
        lines = wrap(self.message, self.line_width - 2)
        return [[Run(self.message[start:end], "message")] for start, end in lines]

    def show_rows(self, total: int, place: int) -> None:
        """Show so many rows, with the cursor at a place."""
        self.total = total
        self.set_reactive(RowList.cursor, self.validate_cursor(place))
        self.lay_out_again()

    def repaint(self, place: int) -> None:
        """Draw a row anew."""
        height = self.row_height
        for part in range(height):
            self._strips.pop((place, part), None)
        top = place * height - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, height))

    # --- drawing --------------------------------------------------------------------------------

    def line(self, number: int) -> Strip:
        """Draw one line of one row."""
        if not self.total:
            return self.strip([Run(" ", "message"), *self._message_rows[number]], "message")
        place, part = divmod(number, self.row_height)
        key = (place, part)
        if key not in self._strips and not self._draw(place):
            return self.strip([Run("   …" if part == 0 else "", "message")], "message")
        return self._strips[key]

    def _draw(self, place: int) -> bool:
        rows = self.drawn(place)
        if rows is None:
            return False
        free_from = self.row_height - self.row_gap
        for part, runs in enumerate(rows):
            lit = place == self.cursor and part < free_from
            bar = Run(CURSOR_BAR if lit else " ", "cursor")
            ground = "line--selected" if lit else ""
            self._strips[place, part] = self.strip([bar, *runs], "cursor", ground)
        return True

    def lay_out_again(self) -> None:
        """Keep the cursor in view when the height of rows changes with that of the list."""
        self._message_rows = self.message_rows()
        self.show_lines(self.total * self.row_height if self.total else len(self._message_rows))
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        height = self.row_height
        region = Region(0, self.cursor * height, 1, height)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    # --- moving ---------------------------------------------------------------------------------

    def validate_cursor(self, place: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(place, self.total - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows, and say where the cursor is."""
        self.repaint(old)
        self.repaint(new)
        self._bring_into_view()
        self.post_message(self.Moved())

    def action_lines(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.cursor += rows

    def action_page(self, pages: float) -> None:
        """Move the cursor by pages of the height of the list."""
        self.cursor += int(max(1, self.size.height // self.row_height) * pages) or (
            1 if pages > 0 else -1
        )

    def action_edge(self, bottom: int) -> None:
        """Move the cursor to the first (0) or last (1) row."""
        self.cursor = self.total - 1 if bottom else 0

    def on_click(self, event: Click) -> None:
        """Select the row under the mouse; open the one that is selected."""
        place = (event.y + self.scroll_offset.y) // self.row_height
        if place >= self.total:
            return
        if place == self.cursor:
            self.post_message(self.Opened())
        self.cursor = place
