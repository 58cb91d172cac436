"""Containers whose children take up all of their room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region

if TYPE_CHECKING:
    from textual.strip import Strip
    from textual.widget import Widget as _Beside
else:
    # Textual takes the styles of a class from the first of its bases that is a widget.
    _Beside = object


class Covered(_Beside):
    """A widget that need not be drawn below what covers it: all but the room above its children.

    Textual draws each container whole, for every picture in which any line of it changes.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is seen."""
        above = crop.intersection(Region(0, 0, crop.right, self.styles.padding.top))
        return super().render_lines(above) if above else []


class Row(Covered, Horizontal):
    """Children side by side."""


class Column(Covered, Vertical):
    """Children one below the other."""
