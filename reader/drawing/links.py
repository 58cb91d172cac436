"""The links of an article: numbered in the order of the text, each address once.

A number is drawn behind the text that leads somewhere. It is decoration and no part of the text,
so that all offsets stay those of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.drawing.runs import Run
from reader.drawing.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.article import Article, Block


class NumberedLink(NamedTuple):
    """A stretch of a block's text, and the number of the address that it leads to."""

    start: int
    end: int
    number: int

    @property
    def label(self) -> str:
        """What is drawn behind the stretch."""
        return f"[{self.number}]"


class Links(NamedTuple):
    """All links of an article."""

    addresses: tuple[str, ...]
    """Number 1 first."""

    names: tuple[str, ...]
    """The text that leads to each address first."""

    of_blocks: Mapping[int, tuple[NumberedLink, ...]]
    """By the number of the block; one without links is left out."""


def links_of(article: Article) -> Links:
    """Find the links of an article, and give each address a number."""
    numbers: dict[str, int] = {}
    names: list[str] = []
    of_blocks = {}
    for place, block in enumerate(article.blocks):
        links = []
        for start, end, address in _shown(block):
            number = numbers.setdefault(address, len(numbers) + 1)
            if number > len(names):
                names.append(block.text[start:end])
            links.append(NumberedLink(start, end, number))
        if links:
            of_blocks[place] = tuple(links)
    return Links(tuple(numbers), tuple(names), of_blocks)


def _shown(block: Block) -> Iterable[tuple[int, int, str]]:
    """Give the links of a block in order, without the white space at their ends."""
    behind = 0
    for link in sorted(block.links, key=lambda link: link.start):
        stretch = block.text[max(behind, link.start) : link.end]
        start = max(behind, link.start) + len(stretch) - len(stretch.lstrip())
        behind = start + len(stretch.strip())
        if start < behind:
            yield start, behind, link.url


def wrap_with_links(text: str, links: Sequence[NumberedLink], width: int) -> list[tuple[int, int]]:
    """Break a text as :func:`~reader.drawing.wrap.wrap` does, with room for the links' numbers."""
    if not links:
        return wrap(text, width)
    pieces, position = [], 0
    for link in links:
        pieces += [text[position : link.end], link.label]
        position = link.end
    pieces.append(text[position:])
    # Every other piece is a number, and takes nothing of the text.
    begins = [0, *accumulate(map(len, pieces))]
    in_text = [0, *accumulate(0 if n % 2 else len(piece) for n, piece in enumerate(pieces))]

    def offset_of(place: int) -> int:
        piece = bisect_right(begins, place) - 1
        return in_text[piece] + (0 if piece % 2 else place - begins[piece])

    return [(offset_of(start), offset_of(end)) for start, end in wrap("".join(pieces), width)]


def with_links(
    runs: Sequence[Run], links: Sequence[NumberedLink], row: tuple[int, int]
) -> list[Run]:
    """Cut the runs of a line where links begin and end, and put the numbers in.

    ``row`` is the stretch of the text that is on the line.
    """
    start, end = row
    here = [link for link in links if link.start < end and link.end > start]
    cut: list[Run] = []
    for run in runs:
        behind = run.offset + len(run.text)
        edges = {edge for link in here for edge in (link.start, link.end)}
        places = sorted({run.offset, behind, *(e for e in edges if run.offset < e < behind)})
        for first, last in pairwise(places):
            linked = any(link.start <= first < link.end for link in here)
            text = run.text[first - run.offset : last - run.offset]
            cut.append(run._replace(text=text, offset=first, look="link" if linked else run.look))
            cut += [Run(link.label, "link-number") for link in here if link.end == last]
    return cut
