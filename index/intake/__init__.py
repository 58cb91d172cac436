"""From bytes to articles: files are found, read, decoded, cleaned and understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.intake.text import parse_text

if TYPE_CHECKING:
    from index.article import Article

__all__ = ["parse"]


def parse(raw: bytes, origin: str) -> Article:
    """Return the article in ``raw``, which came from the path or address ``origin``.

    Raises UnreadableError when there is none.
    """
    return parse_text(raw, origin)
