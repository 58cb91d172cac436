"""Containers that are nothing but the ground for what is in them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.containers import Horizontal, Vertical
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.color import Color
    from textual.filter import LineFilter
    from textual.geometry import Region
    from textual.widget import Widget as _Beside
else:
    # Textual takes the styles of a class from the first of its bases that is a widget.
    _Beside = object


class Ground(_Beside):
    """A widget of one colour, without a border.

    Textual draws each container whole, line by line, for every picture in which any line of it
    changes, though all but a line of it be covered.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw a part of the visible region."""
        _, background = self.background_colors
        line = _blank(crop.width, background, tuple(self.get_line_filters()))
        return [line] * crop.height


@lru_cache(maxsize=64)
def _blank(width: int, background: Color, filters: tuple[LineFilter, ...]) -> Strip:
    """Return the one strip of all such lines: it remembers how it is cut around what covers it."""
    line = Strip.blank(width, Style(bgcolor=background.rich_color))
    for line_filter in filters:
        line = line.apply_filter(line_filter, background)
    return line


class Row(Ground, Horizontal):
    """Children side by side."""


class Column(Ground, Vertical):
    """Children one below the other."""
