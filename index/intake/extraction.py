"""Take the story out of a page: trafilatura says which text it is, our blocks say how it stands.

Trafilatura reads a page in several ways, of which none is the best on all pages. Its text tells
which blocks of the page are the story; what it loses between them (a quoted tweet, a standfirst)
is added, and what is no story by its place or its links goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.intake.coverage import covered
from index.intake.dom import PlacedBlock, tree_blocks
from index.intake.peer import read_story
from index.intake.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

MOST_BLOCKS = 20_000
"""Blocks of a page that is looked at for its story."""

_LEAST_SHOWN = 0.6
"""Of the story: where less is visible, scripts show the rest."""


class Story(NamedTuple):
    """Where the story stands among the blocks of its page."""

    blocks: Sequence[PlacedBlock]
    places: frozenset[int]
    """Places of the story's blocks, the title not among them; none where no story was found."""

    headline: int | None
    """The place of the headline above the story."""


def find_story(root: HtmlElement, base: str | None, title: str | None) -> Story:
    """Find the story of the page whose tree is ``root``, called ``title``."""
    readings = read_story(root)
    blocks = tree_blocks(root, base)[:MOST_BLOCKS]
    chosen = _covered(blocks, readings.best)
    shown = sum(len(blocks[place].block.text) for place in chosen)
    if shown < _LEAST_SHOWN * len(readings.best):
        blocks = tree_blocks(root, base, hidden=True)[:MOST_BLOCKS]
        chosen = _covered(blocks, readings.best)
    if not chosen:
        return Story(blocks, frozenset(), None)
    surroundings = Surroundings(blocks, chosen, title)
    story = surroundings.corrected(_covered(blocks, readings.balanced))
    return Story(blocks, frozenset(story), surroundings.headline)


def _covered(blocks: Sequence[PlacedBlock], text: str) -> frozenset[int]:
    return covered([placed.block.text for placed in blocks], text) if text else frozenset()
