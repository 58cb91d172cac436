"""What there is to choose from in an article: its outline, and its links, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from index.cleaning import mask
from reader.drawing.layout import POINTS_BAR, text_of_block, text_of_point
from reader.drawing.links import links_of
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten

if TYPE_CHECKING:
    from index.article import Article

_LEAST_DETAIL = 12
"""Cells from which on what is known beside a choice is worth its room."""


class Choice(NamedTuple):
    """One row."""

    lead: str
    """What stands before it: a number, an indent."""

    label: str
    look: str
    detail: str = ""
    """What is known beside it, said where there is room."""


class Stop(NamedTuple):
    """A place of the outline: the text to go to, and its row."""

    text: int
    choice: Choice


def outline_of(article: Article) -> tuple[Stop, ...]:
    """Return the key points and headings of an article, in reading order."""
    points = article.key_points.points
    digits = len(str(len(points)))
    return (
        *(
            Stop(text_of_point(n), Choice(_numbered(n + 1, digits), point, "choice-point"))
            for n, point in enumerate(points)
        ),
        *(
            Stop(text_of_block(article, n), Choice("", block.text, "choice-heading"))
            for n, block in enumerate(article.blocks)
            if block.kind == "heading"
        ),
    )


def _numbered(number: int, digits: int) -> str:
    return f"{POINTS_BAR}{number:>{digits}}  "


def link_choices(article: Article) -> tuple[Choice, ...]:
    """Return a row for each address that an article leads to, number 1 first."""
    links = links_of(article)
    digits = len(str(len(links.addresses))) + 2
    return tuple(
        Choice(f"{f'[{number}]':>{digits}}  ", name, "choice-link", address)
        for number, (name, address) in enumerate(zip(links.names, links.addresses, strict=True), 1)
    )


def choice_row(choice: Choice, width: int) -> list[Run]:
    """Draw a row within ``width`` cells; what is known beside it takes half of them at the most."""
    label_room = width - cell_len(choice.lead)
    if choice.detail:
        label_room -= min(cell_len(choice.detail) + 2, width // 2)
    label = shorten(mask(choice.label), max(1, label_room))
    runs = [Run(choice.lead, "choice-lead"), Run(label, choice.look)]
    room = width - sum(cell_len(run.text) for run in runs) - 2
    if choice.detail and room >= _LEAST_DETAIL:
        runs.append(Run("  " + shorten(mask(choice.detail), room), "choice-detail"))
    return runs
