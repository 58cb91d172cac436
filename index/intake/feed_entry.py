"""An entry of a feed to a document: one line of JSON, the same bytes whenever the entry is."""

from __future__ import annotations

import datetime as dt
import json
import re
from hashlib import blake2b
from html import unescape
from typing import NamedTuple

from index.cleaning import clean
from index.intake.document import Document
from index.intake.teaser import GivenAs, is_teaser

_LONGEST_NAME = 1000
"""Characters of what tells an entry from others: of a longer one its digest stands for it."""

_MIDNIGHT = dt.time(0, tzinfo=dt.UTC)
_TAG = re.compile(
    # A comment, a script or a style without an end takes the rest along, as in a browser.
    r"<!--(?:(?!-->).)*+(?:-->)?"
    r"|<(?P<unseen>script|style)\b(?:(?!</(?P=unseen)).)*+(?:</(?P=unseen)[^<>]*>)?"
    r"|</?[a-zA-Z](?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,100}+>"
    r"|</?[a-zA-Z][^<>]*>|<![^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u|wbr)\b",
    re.IGNORECASE,
)
"""Elements whose tags separate no words."""

_SURROGATES = re.compile("[\ud800-\udfff]")


class Entry(NamedTuple):
    """What one entry of a feed says, whatever the format of the feed."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    html: str | None = None
    """The fullest text there is, as markup; or, where it has no markup, …"""

    text: str | None = None
    """… as text."""

    given_as: GivenAs = "content"
    """What the feed calls that text."""

    summary: str | None = None
    """The summary that the entry has beside its text, without markup."""

    published: dt.datetime | dt.date | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    source: str | None = None
    """Who published it, if not the feed itself."""

    tags: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is anything to read, or an address to read it at."""
        return any((self.title, self.html, self.text, self.summary, self.url))

    @property
    def moment(self) -> dt.datetime:
        """When it was published, to sort by; what has no date is older than all that has one."""
        if isinstance(self.published, dt.datetime):
            return self.published
        if self.published:
            return dt.datetime.combine(self.published, _MIDNIGHT)
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def document(entry: Entry, feed_title: str | None, origin: str, *, by_id: bool = True) -> Document:
    """Return ``entry`` of the feed that ``origin`` names as a document.

    ``by_id`` says that no other entry of the feed has its id.
    """
    content = plain(entry.html) if entry.html else entry.text or ""
    given_as = entry.given_as if entry.title else "whole"
    told = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": entry.text,
        "summary": entry.summary,
        "date_published": entry.published and entry.published.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "language": entry.language,
        "source": entry.source or feed_title,
        "tags": list(entry.tags),
        "is_teaser": is_teaser(content, given_as=given_as, has_address=bool(entry.url)),
    }
    raw = _line({name: value for name, value in told.items() if value not in (None, [], "")})
    names = (entry.id if by_id else None, entry.url)
    return Document(raw, f"{origin}#{next(filter(None, map(_name, names)), _digest(raw))}")


def plain(markup: str) -> str:
    """Return the text of a title or a teaser without its markup, as one harmless line.

    What only looks like markup stays: ``if a < b``.
    """
    if "<" in markup:
        markup = _TAG.sub(lambda tag: "" if _WITHIN_WORDS.match(tag[0]) else " ", markup)
    return line(unescape(markup))


def line(text: str) -> str:
    """Return ``text`` as one harmless line, its words a space apart."""
    return " ".join(clean(text).split())


def _line(told: dict[str, object]) -> bytes:
    """Return JSON on one line. Half a character, which UTF-8 has no bytes for, is replaced."""
    written = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", written).encode()


def _name(said: str | None) -> str | None:
    """Return what an id or an address adds to the origin, or None where it says nothing."""
    name = line(said or "")
    return _digest(name.encode()) if len(name) > _LONGEST_NAME else name or None


def _digest(raw: bytes) -> str:
    return blake2b(raw, digest_size=10).hexdigest()
