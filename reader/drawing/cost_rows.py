"""How it is drawn which part of a query costs how much, where with all of them nothing is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from index.cleaning import mask
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten
from reader.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.results import Cost

_WITHOUT = " without "

_GAP = 2
_WIDEST_NOTES = len("  in 1,234 articles")


def cost_rows(costs: Sequence[Cost], width: int, *, takes_first: bool) -> list[list[Run]]:
    """Draw each on a line: how many articles are found without what; how many have that at all.

    ``takes_first``: Enter asks the first of them.
    """
    digits = max(len(f"{cost.found:,}") for cost in costs)
    room = max(1, width - digits - len(_WITHOUT))
    written = [shorten(mask(" or ".join(cost.left_out)), room) for cost in costs]
    widest = max(map(cell_len, written))
    # Below one another where there is room for that.
    column = widest if widest + _WIDEST_NOTES <= room else 0
    rows = []
    for place, (cost, left_out) in enumerate(zip(costs, written, strict=True)):
        look = "cost-found" if cost.found else "message"
        found = Run(f"{cost.found:,}".rjust(digits), look)
        row, used = [found, Run(_WITHOUT, "message"), Run(left_out, look)], cell_len(left_out)
        notes = _notes(cost, takes_it=takes_first and place == 0)
        if used + sum(_GAP + len(note.text) for note in notes) > room:
            # The key is worth more.
            notes = notes[-1:]
        for note in notes:
            text = " " * (max(0, column - used) + _GAP) + note.text
            if used + len(text) <= room:
                row.append(note._replace(text=text))
                used += len(text)
        rows.append(row)
    return rows


def _notes(cost: Cost, *, takes_it: bool) -> list[Run]:
    alone = count(cost.alone, "article") if cost.alone else "no article"
    notes = [Run(f"in {alone}", "message")] if len(cost.left_out) == 1 else []
    key = [Run("Enter", "cost-key")] if takes_it and cost.found else []
    return [*notes, *key]
