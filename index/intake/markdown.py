"""Markdown to an article: its front matter, and the text as it reads when it is rendered."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from index.article import Block
from index.cleaning import clean, clean_lines
from index.errors import UnreadableError
from index.intake.addresses import web_address
from index.intake.decoding import decode
from index.intake.dom import html_blocks
from index.intake.front_matter import split
from index.intake.head import read_head
from index.intake.lines import to_blocks
from index.intake.markdown_marks import without_marks
from index.intake.markdown_rendering import may_be_rendered, render, render_line
from index.intake.moments import read_moment
from index.intake.story import Known, article_from_lines, article_from_marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article

_TITLE = ("title", "headline")
_PUBLISHED = (
    "date", "published", "publishdate", "pubdate", "date_published", "published_at", "created",
    "modified", "updated", "lastmod",
)  # fmt: skip
_SOURCE = ("source", "publisher", "publication", "outlet", "site", "site_name", "website")
_AUTHORS = ("authors", "author", "byline", "creator")
_LANGUAGE = ("language", "lang", "locale")
_URL = ("url", "canonical", "canonical_url", "canonicalurl", "source_url", "source", "link",
        "original_url", "original", "external_url")  # fmt: skip
_SUMMARY = ("summary", "description", "excerpt", "abstract", "deck")
_POINTS = ("key_points", "key points", "keypoints", "key-points", "highlights", "takeaways",
           "key_takeaways", "summary", "summary_points", "tldr")  # fmt: skip

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def parse_markdown(raw: bytes, origin: str) -> Article:
    """Return the article in ``raw``, the bytes of a Markdown text, with or without front matter.

    Raises UnreadableError when they are not text, or hold no visible character.
    """
    matter = split(clean_lines(decode(raw, origin)))
    known = _known(matter.fields)
    text = without_marks(matter.body, has_modules=origin.lower().endswith(".mdx"))
    rendered = may_be_rendered(text)
    blocks: Sequence[Block] = html_blocks(render(text), known.url) if rendered else to_blocks(text)
    blocks = blocks or _of_front_matter(matter.fields, known)
    if not blocks:
        raise UnreadableError(origin, "is empty")
    if not rendered:
        return article_from_lines(blocks, origin, known)
    if not matter.fields:
        known, blocks = _headed(blocks)
    return article_from_marked(blocks, origin, known)


def _headed(blocks: Sequence[Block]) -> tuple[Known, Sequence[Block]]:
    """Read the head of a text without front matter: its first heading, a date, an address."""
    if blocks[0].kind != "heading" or len(blocks) == 1:
        return Known(), blocks
    head = read_head(blocks[1:], blocks[0].text)
    return Known(head.title, head.published, head.source, url=head.url), head.rest


def _of_front_matter(fields: dict[str, Any], known: Known) -> tuple[Block, ...]:
    """Return what front matter says by itself: the summary, or the title, of a link elsewhere."""
    said = next(filter(None, (_line(fields.get(name)) for name in _SUMMARY)), known.title)
    return (Block(kind="paragraph", text=said),) if said else ()


# --- front matter ---------------------------------------------------------------------------------


def _known(fields: dict[str, Any]) -> Known:
    if not fields:
        return Known()
    source = next(filter(None, (_name(fields.get(name)) for name in _SOURCE)), None)
    return Known(
        title=next(filter(None, (_line(fields.get(name)) for name in _TITLE)), None),
        published=next(filter(None, (_moment(fields.get(name)) for name in _PUBLISHED)), None),
        source=None if web_address(source) else source,
        authors=next(filter(None, (_names(fields.get(name)) for name in _AUTHORS)), ()),
        language=next(filter(None, (_language(fields.get(name)) for name in _LANGUAGE)), None),
        url=next(filter(None, (_address(fields.get(name)) for name in _URL)), None),
        points=next(filter(None, (_points(fields.get(name)) for name in _POINTS)), ()),
    )


def _line(said: object) -> str:
    """Return a text as one line, without the markup and the marks that some write into it."""
    if not isinstance(said, str | int | float) or isinstance(said, bool):
        return ""
    text = str(said)
    if may_be_rendered(text) and any(sign in text for sign in "<&*_`["):
        text = " ".join(block.text for block in html_blocks(render_line(text)))
    return " ".join(clean(text).split())


def _moment(said: object) -> dt.datetime | dt.date | None:
    if isinstance(said, dt.datetime):
        return said if said.tzinfo else said.date()
    if isinstance(said, dt.date):
        return said
    return read_moment(said)


def _name(said: object) -> str:
    if isinstance(said, list):
        said = said[0] if said else None
    if isinstance(said, dict):
        said = said.get("name") or said.get("title")
    return _line(without_marks(said) if isinstance(said, str) else said)


def _names(said: object) -> tuple[str, ...]:
    each = said if isinstance(said, list) else [said]
    return tuple(dict.fromkeys(filter(None, map(_name, each))))


def _language(said: object) -> str | None:
    text = _line(said)
    return text if _LANGUAGE_TAG.fullmatch(text) else None


def _address(said: object) -> str | None:
    return web_address(said) if isinstance(said, str) else None


def _points(said: object) -> tuple[str, ...]:
    """Return key points: a list of texts. A text alone is a summary."""
    return tuple(filter(None, map(_line, said))) if isinstance(said, list) else ()
