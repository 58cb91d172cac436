"""Plain text to an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.cleaning import clean_lines
from index.errors import UnreadableError
from index.intake.decoding import decode
from index.intake.lines import to_blocks
from index.intake.story import article_from_lines

if TYPE_CHECKING:
    from index.article import Article


def parse_text(raw: bytes, origin: str) -> Article:
    """Return the article in ``raw``, the bytes of a plain text.

    Raises UnreadableError when they are not text, or hold no visible character.
    """
    blocks = to_blocks(clean_lines(decode(raw, origin)))
    if not blocks:
        raise UnreadableError(origin, "is empty")
    return article_from_lines(blocks, origin)
