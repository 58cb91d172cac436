"""A JSON object to an article: a line of a collection, an entry of a feed, a chapter of a book.

Its fields go by the names that programs commonly give them; those of JSON Feed 1.1 come first.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from index.cleaning import clean, clean_lines
from index.errors import UnreadableError
from index.intake.decoding import decode
from index.intake.lines import to_blocks
from index.intake.moments import read_moment
from index.intake.story import Known, article_from_lines, article_from_marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article, Block

_TITLE = ("title", "headline", "name")
_MARKUP = ("content_html", "contentHtml", "body_html", "html", "articleHtml")
_BODY = (
    "content_text", "body", "content", "text", "articleBody", "article", "content_original",
    "full_text", "fulltext", "maintext", "story", "description", "summary", "abstract", "excerpt",
)  # fmt: skip
_PUBLISHED = (
    "date_published", "datePublished", "published", "published_at", "publishedAt", "publish_date",
    "publication_date", "published_parsed", "pubDate", "pubdate", "date", "datetime", "created_at",
    "createdAt", "timestamp", "time", "date_modified", "updated", "updated_at",
)  # fmt: skip
_SOURCE = (
    "source", "publisher", "outlet", "site", "site_name", "siteName", "publication", "source_name",
    "newspaper", "domain",
)  # fmt: skip
_AUTHORS = ("authors", "author", "byline", "creator", "writer")
_LANGUAGE = ("language", "lang", "inLanguage")
_URL = ("url", "link", "external_url", "canonical_url", "permalink", "source_url", "web_url")
_POINTS = ("highlights", "key_points", "keyPoints", "key_takeaways", "summary_points", "bullets")

_WITH_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|ul|ol|li|h[1-6]|span|blockquote|table|figure|article)>|<br\s*/?>",
    re.IGNORECASE,
)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_BULLET = re.compile(r"^[•●▪‣*–-]\s+")


def parse_json_article(raw: bytes, origin: str) -> Article:
    """Return the article in ``raw``, a JSON object.

    Raises UnreadableError when it is no object, or has no field with a text.
    """
    told = _object(raw, origin)
    known = _known(told)
    blocks, has_markup = _blocks(told, known.url)
    if not blocks:
        if known.title is None:
            raise UnreadableError(origin, "has neither a title nor a text")
        blocks = to_blocks(known.title)
    article = article_from_marked if has_markup else article_from_lines
    return article(blocks, origin, known)


def _object(raw: bytes, origin: str) -> dict[str, Any]:
    try:
        told = json.loads(decode(raw, origin))
    except ValueError as error:
        raise UnreadableError(origin, "is not JSON") from error
    except RecursionError as error:
        raise UnreadableError(origin, "is nested too deeply") from error
    if not isinstance(told, dict):
        raise UnreadableError(origin, "is JSON, but no object")
    return told


def _known(told: dict[str, Any]) -> Known:
    return Known(
        title=_plain(_first(told, _TITLE)) or None,
        published=next(filter(None, map(read_moment, _all(told, _PUBLISHED))), None),
        source=_name(_first(told, _SOURCE)),
        authors=_authors(_first(told, _AUTHORS)),
        language=_matching(_LANGUAGE_TAG, told, _LANGUAGE),
        url=_matching(_ADDRESS, told, _URL),
        is_teaser=told.get("is_teaser") is True,
        points=_points(_first(told, _POINTS)),
    )


def _blocks(told: dict[str, Any], url: str | None) -> tuple[Sequence[Block], bool]:
    """Return the blocks of the fullest text, and whether markup told what they are."""
    for name in (*_MARKUP, *_BODY):
        text = told.get(name)
        if isinstance(text, list) and all(isinstance(part, str) for part in text):
            text = "\n\n".join(text)
        if not isinstance(text, str) or not text.strip():
            continue
        if name in _MARKUP or _WITH_MARKUP.search(text):
            # The parser of markup takes long to import, and most collections are plain text.
            from index.intake.dom import html_blocks  # noqa: PLC0415

            blocks: Sequence[Block] = html_blocks(text, url)
            if blocks:
                return blocks, True
        elif blocks := to_blocks(clean_lines(text.replace("\r\n", "\n").replace("\r", "\n"))):
            return blocks, False
    return (), False


def _first(told: dict[str, Any], names: Sequence[str]) -> Any:
    return next(iter(_all(told, names)), None)


def _all(told: dict[str, Any], names: Sequence[str]) -> list[Any]:
    return [told[name] for name in names if told.get(name) not in (None, "", [], {})]


def _plain(said: object) -> str:
    """Return what a field says in a line, without the markup that some put into titles."""
    if not isinstance(said, str):
        return ""
    if "<" in said or "&" in said:
        from index.intake.feed_entry import plain  # noqa: PLC0415  (few titles need it)

        return plain(said)
    return " ".join(clean(said).split())


def _name(said: object) -> str | None:
    """Return a name that is told as it is, or as an object with one."""
    if isinstance(said, dict):
        said = said.get("name") or said.get("title") or said.get("id")
    return _plain(said) or None


def _authors(said: object) -> tuple[str, ...]:
    each = said if isinstance(said, list) else [said]
    names = [name for name in map(_name, each) if name]
    return tuple(dict.fromkeys(names))


def _matching(shape: re.Pattern[str], told: dict[str, Any], names: Sequence[str]) -> str | None:
    """Return the first field that has a shape, harmless."""
    said = (_plain_address(value) for value in _all(told, names) if isinstance(value, str))
    return next((text for text in said if shape.fullmatch(text)), None)


def _plain_address(said: str) -> str:
    return clean(said).strip()


def _points(said: object) -> tuple[str, ...]:
    if isinstance(said, str):
        said = said.splitlines()
    if not isinstance(said, list):
        return ()
    points = (_BULLET.sub("", _plain(point)) for point in said)
    return tuple(point for point in points if point)
