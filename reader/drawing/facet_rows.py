"""How a value that results have is drawn in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from index.cleaning import mask
from index.narrowing import NONE
from reader import narrowing_wording as wording
from reader.drawing.render import Run
from reader.drawing.wrap import shorten

if TYPE_CHECKING:
    from index.narrowing import Field
    from index.results import Facet

_FIELD_WIDTH = 9
_COUNT_WIDTH = 10
_BAR_WIDTH = 12
_WIDE = 56
"""Cells from which on there is a bar."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def facet_row(field: Field, facet: Facet, part: float, width: int, *, named: bool) -> list[Run]:
    """Draw a value on one line: its field, if ``named``; the value, and how many articles have it.

    ``part``: of all results. The cursor's bar is left to whoever shows it.
    """
    bar_width = _BAR_WIDTH if width >= _WIDE else 0
    room = max(1, width - 2 - _FIELD_WIDTH - _COUNT_WIDTH - bar_width)
    text = shorten(mask(wording.value(field, facet.value)), room)
    gap = " " * max(1, room - cell_len(text))
    return [
        Run(f" {field if named else '':<{_FIELD_WIDTH}}", "facet-field"),
        Run(text, "facet-none" if facet.value == NONE else "facet-value"),
        Run(gap + _bar(part, bar_width), "facet-bar"),
        Run(f"{facet.articles:>{_COUNT_WIDTH - 1},}", "facet-count"),
    ]


def _bar(part: float, width: int) -> str:
    """Draw a part of the whole as a bar, in eighths of a cell; however little it is, it is seen."""
    eighths = max(1, round(min(part, 1.0) * width * 8)) if width else 0
    bar = "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
    return f"{bar:<{width}}"
