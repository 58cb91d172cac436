"""All that is found, drawn on one line: when it was published, and what it is narrowed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from index.cleaning import mask
from index.results import Period
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten
from reader.wording import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEIGHTS = "▁▂▃▄▅▆▇█"
"""The first is for nothing at all, so that one article among thousands is seen."""

_TAKE_AWAY = " ×"
_WIDEST_CHIP = 28
_WIDEST_BAR = 3
_BARS_PART = 0.4
"""Of the line that bars take at most, unless they are but one cell wide."""

_GAP = 2

_WIDE = 60
"""Cells from which on there is room for all bars."""

_CELLS_A_BAR = 4
"""Of a narrower line that are there for each bar."""


class Shown(NamedTuple):
    """What is to be on the line."""

    counts: tuple[int, ...] = ()
    """Articles of each period."""

    chips: tuple[str, ...] = ()
    """What the articles are narrowed to."""

    said: str = ""
    """Which time this is."""

    facts: tuple[str, ...] = ()
    """What matters most comes first."""

    current: int | None = None
    """At which of the bars and chips, counted through, the cursor is."""


class OverviewRow(NamedTuple):
    """The line, and what lies where on it."""

    runs: tuple[Run, ...]
    places: tuple[range, ...]
    """The cells of each bar and each chip; of one for which there is no room, none."""

    def at(self, cell: int) -> int | None:
        """Return which bar or chip is at a cell."""
        return next((number for number, own in enumerate(self.places) if cell in own), None)


def merged(periods: Sequence[Period], width: int) -> tuple[Period, ...]:
    """Put periods together, so many that a narrow line has room for more than them."""
    together = 1 if width >= _WIDE else -(-len(periods) * _CELLS_A_BAR // max(width, 1)) or 1
    groups = [periods[at : at + together] for at in range(0, len(periods), together)]
    return tuple(
        Period(group[0].first, group[-1].behind, sum(period.articles for period in group))
        for group in groups
    )


def overview_row(shown: Shown, width: int) -> OverviewRow:
    """Draw the line: with little room the facts go first, then the time, then older chips.

    Where the cursor is at a bar, its time goes last. Bars are where they are, whatever the cursor
    does: the mouse points at them.
    """
    room, bars = width - 2, len(shown.counts)
    bar = _bar_width(bars, room)
    is_at_bar = shown.current is not None and shown.current < bars
    chips = [_chip(text, room // 2) for text in shown.chips]
    room -= bar * bars + _GAP if bar else 0
    said = shorten(shown.said, room - _GAP) if is_at_bar and room > _GAP else ""
    chips = _fitting(chips, room - cell_len(said) - _GAP if said else room)
    room -= sum(cell_len(chip) + 1 for chip in chips if chip)
    if not is_at_bar and cell_len(shown.said) + _GAP <= room:
        said = shown.said
    room -= cell_len(said) + _GAP if said else 0
    facts = list(shown.facts)
    while facts and cell_len(joined(facts)) > room:
        facts.pop()
    return _row(list(_parts(shown, bar, said, chips)), joined(facts), width)


def _chip(text: str, room: int) -> str:
    return f" {mask(shorten(mask(text), max(1, min(room, _WIDEST_CHIP))))}{_TAKE_AWAY} "


def _fitting(chips: Sequence[str], room: int) -> list[str]:
    """Empty those for which there is no room: the newest, which going back takes away, stay."""
    fitting: list[str] = []
    for chip in reversed(chips):
        room -= cell_len(chip) + 1
        fitting.insert(0, chip if room >= 0 else "")
    return fitting


def _bar_width(bars: int, room: int) -> int:
    """Return how many cells each of some bars has; 0 where there is no room."""
    if not bars or bars + _GAP > room:
        return 0
    return max(1, min(_WIDEST_BAR, int(room * _BARS_PART) // bars))


class _Part(NamedTuple):
    run: Run
    is_place: bool = False
    """The cursor can be there, and so can the mouse."""


def _parts(shown: Shown, bar: int, said: str, chips: Sequence[str]) -> Iterator[_Part]:
    """Give all but what stands at the right edge."""
    yield _Part(Run(" ", "glance"))
    for run in _bars(shown, bar):
        yield _Part(run, is_place=True)
    yield _Part(Run(" " * _GAP if bar else "", "glance"))
    yield _Part(Run(said, "period" if shown.current is None else "period-current"))
    yield _Part(Run(" " * _GAP if said else "", "glance"))
    for number, chip in enumerate(chips, len(shown.counts)):
        yield _Part(Run(chip, "chip-current" if number == shown.current else "chip"), is_place=True)
        yield _Part(Run(" " if chip else "", "glance"))


def _row(parts: Sequence[_Part], facts: str, width: int) -> OverviewRow:
    """Put the parts side by side, and the facts to the right of them."""
    places, x = [], 0
    for run, is_place in parts:
        end = x + cell_len(run.text)
        if is_place:
            places.append(range(x, end))
        x = end
    right = " " * max(0, width - 1 - x - cell_len(facts)) + facts
    return OverviewRow((*(run for run, _ in parts), Run(right, "glance")), tuple(places))


def _bars(shown: Shown, width: int) -> Iterator[Run]:
    """Give the bars, the highest as high as the line."""
    highest = max(shown.counts, default=0)
    steps = len(_HEIGHTS) - 2
    for number, count in enumerate(shown.counts):
        height = 1 + count * steps // highest if count else 0
        look = "bar-current" if number == shown.current else "bar" if count else "bar-none"
        yield Run(_HEIGHTS[height] * width, look)
