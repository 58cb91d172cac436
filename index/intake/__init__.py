"""From bytes to articles: files are found, read, decoded, cleaned and understood."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from index.errors import UnreadableError
from index.intake.files import bound_text
from index.intake.recognition import START_SIZE, Format, recognise
from index.intake.text import parse_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.article import Article

    Parser = Callable[[bytes, str], Article]

__all__ = ["parse"]

_PARSERS = {
    Format.HTML: "index.intake.html.parse_html",
    Format.MHTML: "index.intake.mhtml.parse_mhtml",
    Format.MARKDOWN: "index.intake.markdown.parse_markdown",
    Format.EMAIL: "index.intake.email.parse_email",
    Format.JSON_ARTICLE: "index.intake.json_article.parse_json_article",
    # One line of such a file, kept under a name that ends like that of the file.
    Format.JSON_LINES: "index.intake.json_article.parse_json_article",
}
"""Who makes an article of what: imported when first needed, for some of them take long to."""

_HOLD_MORE_THAN_TEXT = frozenset({Format.HTML, Format.MHTML, Format.EMAIL})
"""Pictures, attachments: their parsers look at how much text there is."""


def parse(raw: bytes, origin: str) -> Article:
    """Return the article in ``raw``, which came from the path or address ``origin``.

    Raises UnreadableError when there is none, or when there may be several: what holds any number
    of articles is taken apart by :func:`index.intake.unpack.unpack` first.
    """
    format_ = recognise(raw[:START_SIZE], origin)
    if format_ not in _HOLD_MORE_THAN_TEXT:
        bound_text(len(raw), origin)
    if format_ is Format.TEXT:
        return parse_text(raw, origin)
    if format_ not in _PARSERS:
        raise UnreadableError(origin, f"is {format_.value}, not an article")
    return _parser(_PARSERS[format_])(raw, origin)


@cache
def _parser(name: str) -> Parser:
    module, _, function = name.rpartition(".")
    return cast("Parser", getattr(import_module(module), function))
