"""How offers to complete a word are drawn: side by side on one line, under what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from index.cleaning import mask
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten
from reader.wording import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.results import Offer

LEAD = " ⇥ "
"""The key that takes them over, where the sign before the query stands."""

_MOST_CELLS = 32
"""Cells of one value."""


def offer_line(offers: Sequence[Offer], place: int | None, width: int, begin: int = 0) -> list[Run]:
    """Draw as many offers as fit, from the column ``begin`` on or before it; lit: that taken."""
    shown: list[list[Run]] = []
    room, used = width - cell_len(LEAD) - 1, 0
    for number, offer in enumerate(offers):
        gap = SEPARATOR if shown else ""
        value, count = shorten(mask(offer.value), _MOST_CELLS), f" {offer.articles:,}"
        used += cell_len(gap + value + count)
        if used > room and shown:
            break
        look = "offer-taken" if number == place else "offer"
        shown.append([Run(gap, "offer-count"), Run(value, look), Run(count, "offer-count")])
    if not shown:
        return []
    runs = [run for one in shown for run in one if run.text]
    free = room - sum(cell_len(run.text) for run in runs)
    return [Run(LEAD + " " * max(0, min(begin, free)), "offer-lead"), *runs]
