"""The scrollbar of drawn lines, put on the screen as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Region


class DrawnScrollBar(ScrollBar):
    """Textual's scrollbar, which it takes a console and a stylesheet for each line to draw.

    Two of them took as long as the list and the article between them.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw a part of the bar."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender):
            return super().render_lines(crop)
        style = self.app.console.get_style(bar.style)
        cells = bar.render_bar(
            # The screen may be laid out anew before the bar hears of it.
            max(self.size.height, crop.bottom),
            bar.virtual_size,
            bar.window_size,
            bar.position,
            back_color=style.bgcolor or Color.default(),
            bar_color=style.color or Color.default(),
        ).segments
        strips: dict[Segment, Strip] = {}
        return [self._strip(cells[y], style, strips) for y in crop.line_range]

    def _strip(self, cell: Segment, ground: Style, known: dict[Segment, Strip]) -> Strip:
        """Make a line of a cell on the bar's ground; most are alike."""
        if cell not in known:
            strip = Strip([Segment(cell.text, ground + cell.style)], 1)
            for line_filter in self.get_line_filters():
                strip = strip.apply_filter(line_filter, self.background_colors[1])
            known[cell] = strip
        return known[cell]
