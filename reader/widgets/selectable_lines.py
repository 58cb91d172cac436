"""Drawn lines whose text can be selected, and copied as it was before wrapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.selection import Selection

from reader.drawing.selecting import Stretch
from reader.widgets.drawn_lines import DrawnLines

if TYPE_CHECKING:
    from reader.drawing.runs import Run


class SelectableLines(DrawnLines):
    """Lines cut from :attr:`texts`.

    Textual finds what lies under the mouse by the offset that each cell carries: the place in a
    text, and which text it is. Cells without one would make a drag select from the very beginning.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--chosen"}

    texts: tuple[str, ...] = ()
    """What the lines are cut from, in order."""

    def take(self, texts: tuple[str, ...]) -> None:
        """Cut lines from other texts; what is selected was so in those before."""
        if texts != self.texts:
            self.texts = texts
            if self.text_selection is not None:
                self.screen.clear_selection()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text as it is in the texts, not as it is wrapped."""
        return selection.extract("\n".join(self.texts)), "\n"

    def select(self, stretch: Stretch) -> None:
        """Select a stretch, as if by the mouse."""
        start, end = (Offset(offset, text) for text, offset in stretch)
        self.screen.selections = {self: Selection(start, end)}

    @property
    def selected(self) -> Stretch | None:
        """What is selected, by the mouse or otherwise."""
        selection = self.text_selection
        if selection is None or not self.texts:
            return None
        last = len(self.texts) - 1
        start, end = selection
        if any(place is not None and place.y > last for place in selection):
            # The mouse began within other texts, which are gone since.
            return None
        first = (start.y, self._within(start)) if start else (0, 0)
        behind = (end.y, self._within(end)) if end else (last, len(self.texts[last]))
        return Stretch(first, behind) if first < behind else None

    def _within(self, place: Offset) -> int:
        """Return an offset, or that of the text's end where it is in the room behind it."""
        return min(place.x, len(self.texts[place.y]))

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Draw the selection."""
        self.forget()

    def selectable(self, run: Run, text: int, start: int, ground: str = "") -> list[Segment]:
        """Make segments of a run of a line that begins at ``start`` of a text, on a ground."""
        style = self.style_of(run.look, run.emphasis, ground)
        if run.offset < 0:
            return [placed(run.text, style, text, start)]
        selected = self._selected(text)
        if selected is None:
            return [placed(run.text, style, text, run.offset)]
        first, end = (max(0, min(len(run.text), edge - run.offset)) for edge in selected)
        lit = style + self.get_component_rich_style("line--chosen", partial=True)
        parts = ((0, first, style), (first, end, lit), (end, len(run.text), style))
        return [placed(run.text[a:b], look, text, run.offset + a) for a, b, look in parts if b > a]

    def room_behind(self, text: int, end: int, cells: int) -> list[Segment]:
        """Fill a line that ends at ``end`` of a text: whatever is selected from there begins there.

        Textual counts on within a segment. Behind the end of the text there is nothing to be
        counted, and one segment is drawn sooner than many.
        """
        ground = self.style_of("ground")
        if end == len(self.texts[text]):
            return [placed(" " * cells, ground, text, end)] if cells > 0 else []
        return [placed(" ", ground, text, end)] * cells

    def _selected(self, text: int) -> tuple[int, int] | None:
        selection = self.text_selection
        span = selection.get_span(text) if selection is not None else None
        if span is None:
            return None
        return span[0], len(self.texts[text]) if span[1] == -1 else span[1]


def placed(content: str, style: Style, text: int, offset: int) -> Segment:
    """Make a segment whose first cell is at ``offset`` of a text."""
    return Segment(content, style + Style.from_meta({"offset": (offset, text)}))
