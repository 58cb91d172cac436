"""A scrolled widget that draws its own lines: the cost of a frame is that of what is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.filter import ANSIToTruecolor
from textual.geometry import Size, Spacing
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.widgets.scroll_bar import DrawnScrollBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style
    from textual.geometry import Region
    from textual.scrollbar import ScrollBar

    from reader.drawing.runs import Run

_NOTHING_AROUND = Spacing()


class DrawnLines(ScrollView, can_focus=True):
    """Lines made of runs, in styles that the stylesheet gives to the looks of runs.

    A subclass says how many lines there are (:meth:`show_lines`) and makes one when it comes into
    view (:meth:`line`). Looks are component classes: ``line--`` and the look's name.
    """

    LOOKS: ClassVar[frozenset[str]] = frozenset()
    EMPHASES: ClassVar[dict[str, str]] = {"match": "line--match", "current": "line--current"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._styles: dict[tuple[str, str, str], Style] = {}
        self._strips: dict[object, Strip] = {}
        self._line_width: int | None = None

    # --- for subclasses -------------------------------------------------------------------------

    def show_lines(self, number: int) -> None:
        """Set the number of lines, and draw them anew.

        The scrollbar has a column of its own, always, so nothing else moves: to have Textual lay
        out the whole screen again would take as long as drawing the lines.
        """
        self._strips.clear()
        self.set_reactive(DrawnLines.virtual_size, Size(self.line_width, number))
        self.vertical_scrollbar.window_virtual_size = number
        if self.scroll_y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)
        self.refresh()

    @property
    def line_width(self) -> int:
        """Cells of a line."""
        # Asked for with every line; Textual works it out anew each time.
        if self._line_width is None:
            self._line_width = self.scrollable_content_region.width
        return self._line_width

    def line(self, number: int) -> Strip:
        """Draw line ``number``."""
        raise NotImplementedError

    def strip(self, runs: Iterable[Run], look: str, ground: str = "") -> Strip:
        """Make a line of runs, filled up to its width in the style of ``look``.

        ``ground`` is a component class whose background lies below all but the matches.
        """
        segments = [
            Segment(run.text, self.style_of(run.look, run.emphasis, ground)) for run in runs
        ]
        return Strip(segments).adjust_cell_length(
            self.line_width, self.style_of(look, ground=ground)
        )

    def style_of(self, look: str, emphasis: str = "none", ground: str = "") -> Style:
        """Return the terminal style of a look, on a ground, with an emphasis on top.

        What is not a look has the widget's own style, which Textual works out anew at each call.
        """
        key = (look, emphasis, ground)
        if key not in self._styles:
            style = self.rich_style
            if look in self.LOOKS:
                style += self.get_component_rich_style(f"line--{look}", partial=True)
            if ground:
                style += self.get_component_rich_style(ground, partial=True)
            if emphasis in self.EMPHASES:
                style += self.get_component_rich_style(self.EMPHASES[emphasis], partial=True)
            self._styles[key] = style
        return self._styles[key]

    def forget(self) -> None:
        """Draw all lines anew, for what they show has changed."""
        self._strips.clear()
        self.refresh()

    # --- Textual's side -------------------------------------------------------------------------

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is first asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = DrawnScrollBar(name="vertical")
            bar.display = False
            self.app._start_widget(self, bar)  # noqa: SLF001  (as the property of the base does)
        return self._vertical_scrollbar

    def _scroll_update(self, virtual_size: Size) -> None:
        """Tell the scrollbar how much there is and how much is in view.

        It is drawn anew where that changed. Textual's own does so whenever the screen is laid out,
        and whatever is beside the bar is drawn with it.
        """
        self._refresh_scrollbars()
        self.vertical_scrollbar.window_virtual_size = virtual_size.height
        self.vertical_scrollbar.window_size = self.container_size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw a part of the visible region.

        Where nothing is around the lines they are on the screen as they are: Textual's way through
        borders, padding, tint and opacity takes longer than it takes to make them.
        """
        if self.styles.gutter != _NOTHING_AROUND:
            return super().render_lines(crop)
        _, background = self.background_colors
        ground = self.style_of("ground")
        # Ours are no colours of a terminal's own that had to be looked up in its theme.
        filters = [one for one in self.get_line_filters() if not isinstance(one, ANSIToTruecolor)]
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strips.append(strip.crop_extend(crop.x, crop.right, ground))
        return strips

    def render_line(self, y: int) -> Strip:
        """Draw the line at ``y`` of the visible region."""
        number = self.scroll_offset.y + y
        if self.line_width <= 0 or number >= self.virtual_size.height:
            return Strip.blank(max(0, self.size.width), self.style_of("ground"))
        return self.line(number)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Leave the styles as they are: none depends on the focus, and there are dozens."""

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self._line_width = None
        self.lay_out_again()

    def lay_out_again(self) -> None:
        """Make the lines anew after the width changed."""
        raise NotImplementedError
