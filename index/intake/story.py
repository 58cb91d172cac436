"""Blocks to an article: furniture, head, key points, headings and dateline are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.article import Article, Block, KeyPoints, article_id
from index.dateline import is_labelled, read_dateline
from index.errors import UnreadableError
from index.furniture import separate
from index.intake.files import MOST_BLOCKS
from index.intake.head import made_title, read_head
from index.intake.headings import mark_headings
from index.key_points import NumberedItem, find
from index.phrases import phrase

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_PLACE_BLOCKS = 3
"""Blocks of a body among which the dateline is looked for: a byline may stand before it."""

_TITLE_BLOCKS = 3
"""Blocks of a body among which its title may stand once more."""


class Known(NamedTuple):
    """What is known of a story besides its blocks: it counts for more than what these say."""

    title: str | None = None
    published: dt.datetime | dt.date | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    is_teaser: bool = False
    points: tuple[str, ...] = ()


NOTHING = Known()


def article_from_lines(blocks: Sequence[Block], origin: str, known: Known = NOTHING) -> Article:
    """Return the article that the lines of a text make, of which nothing tells what they are.

    There has to be at least one block. A title that is ``known`` is dropped from the blocks.
    Raises UnreadableError when there are more of them than any article has.
    """
    require_bounds(blocks, origin)
    page = separate(blocks)
    head = read_head(without_title(page.story, known.title), known.title)
    points, rest = _points(head.rest, known.points)
    found = known._replace(
        title=head.title,
        published=known.published or head.published,
        source=known.source or head.source,
        url=known.url or head.url,
    )
    return _article(mark_headings(_settled(rest)), origin, found, points, page.furniture)


def article_from_marked(
    blocks: Sequence[Block], origin: str, known: Known = NOTHING, furniture: tuple[str, ...] = ()
) -> Article:
    """Return the article of blocks whose markup told what they are: none is furniture or head.

    There has to be at least one block. The first one is the title if it is a heading and there is
    no other title. Raises UnreadableError when there are more of them than any article has.
    """
    require_bounds(blocks, origin)
    if known.title is None and len(blocks) > 1 and blocks[0].kind == "heading":
        known = known._replace(title=blocks[0].text)
    points, rest = _points(without_title(blocks, known.title), known.points)
    return _article(_settled(rest), origin, known, points, furniture)


def require_bounds(blocks: Sequence[Block], origin: str) -> None:
    """Raise UnreadableError when there are more blocks than any article has."""
    if len(blocks) > MOST_BLOCKS:
        raise UnreadableError(origin, f"has more than {MOST_BLOCKS:,} paragraphs")


def without_title(blocks: Sequence[Block], title: str | None) -> tuple[Block, ...]:
    """Return ``blocks`` without a first one that says the title again, unless it is the only one.

    A short line, such as a section's name or a date, may stand before it.
    """
    wanted = phrase(title or "")
    if wanted and len(blocks) > 1:
        for place, block in enumerate(blocks[:_TITLE_BLOCKS]):
            if phrase(block.text) == wanted:
                return (*blocks[:place], *blocks[place + 1 :])
            if len(block.text) > len(wanted):
                break
    return tuple(blocks)


def _points(
    blocks: tuple[Block, ...], known: tuple[str, ...]
) -> tuple[KeyPoints, tuple[Block, ...]]:
    """Return the key points, and the blocks without them.

    Beside points that are known, a box in the body goes only where it says nothing else.
    """
    summary = find(blocks)
    if not known:
        return summary.key_points, summary.rest
    said = {phrase(point) for point in known}
    found = summary.key_points
    repeats = all(phrase(point) in said for point in found.points)
    heading = found.heading if repeats else None
    key_points = KeyPoints(origin="article", heading=heading, points=known)
    return key_points, summary.rest if repeats else blocks


def _article(
    body: tuple[Block, ...],
    origin: str,
    known: Known,
    key_points: KeyPoints,
    furniture: tuple[str, ...],
) -> Article:
    return Article(
        id=article_id(origin),
        title=known.title or made_title(body),
        title_from="article" if known.title else "first sentence",
        published=known.published,
        place=_place(body),
        source=known.source,
        authors=known.authors,
        language=known.language,
        url=known.url,
        is_teaser=known.is_teaser,
        origin=origin,
        key_points=key_points,
        blocks=body,
        furniture=furniture,
    )


def _settled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block.settled() if isinstance(block, NumberedItem) else block for block in blocks)


def _place(body: tuple[Block, ...]) -> str | None:
    """Return the place in the dateline of a body, unless it is one of the speakers of a talk."""
    for place, block in enumerate(body[:_PLACE_BLOCKS]):
        dateline = read_dateline(block.text)
        if dateline:
            others = (*body[:place], *body[place + 1 :])
            is_talk = is_labelled(block.text) and any(is_labelled(other.text) for other in others)
            return None if is_talk else dateline.place
    return None
