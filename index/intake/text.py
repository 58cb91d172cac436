"""Plain text to an article."""

from __future__ import annotations

from index.article import Article, Block, article_id
from index.cleaning import clean_lines
from index.dateline import is_labelled, read_dateline
from index.errors import UnreadableError
from index.furniture import separate
from index.intake.decoding import decode
from index.intake.head import made_title, read_head
from index.intake.headings import mark_headings
from index.intake.lines import to_blocks
from index.key_points import NumberedItem, find

_PLACE_BLOCKS = 3
"""Blocks of a body among which the dateline is looked for: a byline may stand before it."""


def parse_text(raw: bytes, origin: str) -> Article:
    """Return the article in ``raw``, the bytes of a plain text.

    Raises UnreadableError when they are not text, or hold no visible character.
    """
    blocks = to_blocks(clean_lines(decode(raw, origin)))
    if not blocks:
        raise UnreadableError(origin, "is empty")
    page = separate(blocks)
    head = read_head(page.story)
    summary = find(head.rest)
    body = mark_headings(_settled(summary.rest))
    return Article(
        id=article_id(origin),
        title=head.title or made_title(body),
        title_from="article" if head.title else "first sentence",
        published=head.published,
        place=_place(body),
        source=head.source,
        url=head.url,
        origin=origin,
        key_points=summary.key_points,
        blocks=body,
        furniture=page.furniture,
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
