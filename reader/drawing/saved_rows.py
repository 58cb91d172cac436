"""How a saved search is drawn in a list, as lines of styled runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from index.cleaning import mask
from reader import saved_wording
from reader.drawing.render import MARGIN
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten

if TYPE_CHECKING:
    from index.searches import CountedSearch

HEIGHT = 2
"""Lines of a saved search."""

_GAP = 2


def saved_rows(counted: CountedSearch, width: int) -> list[list[Run]]:
    """Draw a search on :data:`HEIGHT` lines: its key, its name and what is new; what it is.

    The cursor's bar is left to whoever shows it.
    """
    search, counts = counted.search, counted.counts
    room = max(1, width - MARGIN)
    new, unread = saved_wording.fresh(counts), saved_wording.unread(counts)
    if new and unread:
        unread = f" · {unread}"
    taken = cell_len(new) + cell_len(unread)
    if taken + _GAP >= room:
        unread, taken = "", cell_len(new)
    name = shorten(mask(search.name), max(1, room - taken - _GAP))
    gap = " " * max(1, room - cell_len(name) - taken)
    key = mask(search.key or " ")
    look = "saved-trouble" if counted.error else "saved-summary"
    return [
        [
            Run(key + " " * max(0, 2 - cell_len(key)), "saved-key"),
            Run(name, "saved-fresh" if new else "saved-name"),
            Run(gap + new, "saved-new"),
            Run(unread, "saved-summary"),
        ],
        [Run("  ", "saved-name"), Run(shorten(mask(saved_wording.summary(counted)), room), look)],
    ]
