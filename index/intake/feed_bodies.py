"""The texts that an entry of a feed carries: which of them is the story, and which a summary."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin

from index.intake.feed_entry import line, plain

HTML = frozenset({"text/html", "application/xhtml+xml"})

_ANY_TAG = re.compile(r"<[a-zA-Z/!]")
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|a|div|span|img|ul|ol|li|h[1-6])\b", re.IGNORECASE)
_OPENING_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_RELATIVE = re.compile(
    r"(\s(?:href|src)\s*=\s*)(?:\"(?![a-z][\w+.-]*:|#)([^\"]*)\""
    r"|'(?![a-z][\w+.-]*:|#)([^']*)')",
    re.IGNORECASE,
)
_BINARY = re.compile(r"[A-Za-z0-9+/=\s]*")
"""Base 64: what feedparser could not make text of."""


class Body(NamedTuple):
    """A text that an entry carries."""

    value: str
    is_html: bool
    is_content: bool
    """It is given as the content, and not as a summary."""

    length: int
    """Characters to be read, without markup."""

    @property
    def reading(self) -> str:
        """The text as one line without markup."""
        return plain(self.value) if self.is_html else line(self.value)


def read_bodies(told: dict[str, Any]) -> tuple[Body | None, Body | None]:
    """Return the fullest text of an entry, as feedparser tells it, and what stands beside it.

    Beside a content that is a summary. Where the summary is fuller, it is the content.
    """
    bodies = _bodies(told)
    fullest = max(bodies, key=lambda body: body.length, default=None)
    others = (one for one in bodies if fullest and one.is_content != fullest.is_content)
    return fullest, next(others, None)


def _bodies(told: dict[str, Any]) -> list[Body]:
    contents = dict.get(told, "content", ())
    bodies = [_body(one, is_content=True) for one in contents]
    summary = dict.get(told, "summary")
    # Feedparser gives a content for the summary where there is none.
    if all(summary != one.get("value") for one in contents):
        detail = dict.get(told, "summary_detail") or {}
        bodies.append(_body({**detail, "value": summary}, is_content=False))
    return [body for body in bodies if body]


def _body(told: dict[str, Any], *, is_content: bool) -> Body | None:
    """Return a text; of what is neither markup nor text, such as a picture, None."""
    kind, value = told.get("type", "text/html"), told.get("value")
    if not isinstance(value, str) or not value.strip() or not _is_readable(kind, value):
        return None
    is_html = kind != "text/plain"
    if is_html and not _ANY_TAG.search(value):
        if kind != "application/xhtml+xml" and _ESCAPED_TAG.search(value):
            value = unescape(value)  # Escaped once too often.
        elif "\n" in value:
            # Called markup, but its lines are those of a text.
            value, is_html = unescape(value), False
    if is_html:
        value = _resolved(value, told.get("base") or "")
    made = Body(value, is_html, is_content, 0)
    return made._replace(length=len(made.reading))


def _is_readable(kind: str, value: str) -> bool:
    """Tell whether a content is markup or text, also where it was packed as if it were binary."""
    if kind == "application/octet-stream":
        return not _BINARY.fullmatch(value)
    return kind in HTML or kind == "text/plain"


def _resolved(markup: str, base: str) -> str:
    """Make the addresses in ``markup`` absolute: they are relative to what is not kept."""

    def resolve(found: re.Match[str]) -> str:
        quote, href = ('"', found[2]) if found[2] is not None else ("'", found[3])
        try:
            return f"{found[1]}{quote}{urljoin(base, href)}{quote}"
        except ValueError:
            return found[0]

    if not base or not _RELATIVE.search(markup):
        return markup
    return _OPENING_TAG.sub(lambda tag: _RELATIVE.sub(resolve, tag[0]), markup)
