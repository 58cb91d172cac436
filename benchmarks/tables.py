"""Figures as they are read: few digits, in tables of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NONE = "–"
"""Stands where there is no figure."""


def rounded(figure: float) -> str:
    """Return a figure with two digits that count, or as a whole number: 0.031, 4.7, 12,345."""
    if figure >= 9.95:
        return f"{figure:,.0f}"
    digits = 1
    while 0 < figure * 10**digits < 9.95 and digits < 4:
        digits += 1
    return f"{figure:.{digits}f}".removesuffix(".0")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, the first column to the left and the others to the right."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))
