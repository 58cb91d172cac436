"""RSS, RDF and Atom to what a feed says, through feedparser."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from index.intake.addresses import web_address
from index.intake.feed_dates import read_date
from index.intake.feed_entry import Entry, line, plain
from index.intake.feed_values import Said, language_tag, rest

if TYPE_CHECKING:
    import datetime as dt

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_TEXT = frozenset({"text/plain"})

_ANY_TAG = re.compile(r"<[a-zA-Z/!]")
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|a|div|span|img|ul|ol|li|h[1-6])\b", re.IGNORECASE)
_OPENING_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_RELATIVE = re.compile(
    r"(\s(?:href|src)\s*=\s*)(?:\"(?![a-z][\w+.-]*:|#)([^\"]*)\""
    r"|'(?![a-z][\w+.-]*:|#)([^']*)')",
    re.IGNORECASE,
)

_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
"""The periods of RSS 1.0's module Syndication."""


class _Body(NamedTuple):
    """A text that an entry carries: markup or text, and whether it is given as the content."""

    value: str
    is_html: bool
    is_content: bool

    @property
    def reading(self) -> str:
        return plain(self.value) if self.is_html else line(self.value)


def read_xml_feed(text: str, address: str) -> Said:
    """Return what the feed in ``text``, from its root element on, says."""
    # Imported here: feedparser takes 50 ms, and hardly a command reads a feed.
    from index.intake.feed_parser import read  # noqa: PLC0415

    feed, entries, version = read(text, address)
    inherited = _authors(feed) if version.startswith("atom") else ()
    language = language_tag(dict.get(feed, "language"))
    return Said(
        title=_title(feed),
        home=_link(feed, address),
        language=language,
        moved_to=_moved_to(feed, address),
        ttl_minutes=_rest(feed),
        entries=tuple(_entry(one, address, language, inherited) for one in entries),
    )


def _entry(
    told: dict[str, Any], address: str, language: str | None, inherited: tuple[str, ...]
) -> Entry:
    bodies = _bodies(told)
    fullest = max(bodies, key=lambda body: len(body.reading), default=None)
    summary = next((body for body in bodies if not body.is_content and body != fullest), None)
    source = dict.get(told, "source") or {}
    enclosed = any(link.get("rel") == "enclosure" for link in dict.get(told, "links", ()))
    return Entry(
        id=line(dict.get(told, "id") or "") or None,
        url=_link(told, address),
        title=_title(told),
        html=fullest.value if fullest and fullest.is_html else None,
        text=fullest.value if fullest and not fullest.is_html else None,
        is_content=enclosed or fullest is None or fullest.is_content,
        summary=(summary.reading or None) if summary else None,
        published=_published(told),
        authors=_authors(told) or inherited,
        language=language_tag(_language(told)) or language,
        source=_title(source),
        tags=_tags(told),
    )


def _title(told: dict[str, Any]) -> str | None:
    title = dict.get(told, "title")
    if not isinstance(title, str):
        return None
    detail = dict.get(told, "title_detail") or {}
    return (plain(title) if detail.get("type") in _HTML else line(title)) or None


def _link(told: dict[str, Any], address: str) -> str | None:
    """Return the address of the page: the link, else what an id that is an address says.

    Of an episode without a page it is the address of the recording.
    """
    link = dict.get(told, "link")
    if dict.get(told, "guidislink") and link == dict.get(told, "id"):
        # A bare number is no address within the site, though the format would have it so.
        return web_address(link)
    if found := web_address(link, address):
        return found
    for wanted in ("alternate", "enclosure"):
        for one in dict.get(told, "links", ()):
            if one.get("rel") == wanted and (found := web_address(one.get("href"), address)):
                return found
    return None


def _published(told: dict[str, Any]) -> dt.datetime | dt.date | None:
    for name in ("published", "created", "updated"):
        said, utc = dict.get(told, name), dict.get(told, f"{name}_parsed")
        if (said or utc) and (found := read_date(said, utc)):
            return found
    return None


def _authors(told: dict[str, Any]) -> tuple[str, ...]:
    authors = dict.get(told, "authors") or ()
    names = [plain(one.get("name") or one.get("email") or "") for one in authors]
    return tuple(dict.fromkeys(name for name in names if name))


def _tags(told: dict[str, Any]) -> tuple[str, ...]:
    """Return the tags as a person reads them; addresses that programs sort by are left out."""
    tags = [plain(one.get("label") or one.get("term") or "") for one in dict.get(told, "tags", ())]
    return tuple(dict.fromkeys(tag for tag in tags if tag and "://" not in tag))


def _language(told: dict[str, Any]) -> object:
    details = (*dict.get(told, "content", ()), dict.get(told, "summary_detail") or {})
    said = (dict.get(told, "language"), *(one.get("language") for one in details))
    return next(filter(None, said), None)


def _bodies(told: dict[str, Any]) -> list[_Body]:
    """Return the texts of an entry. What is neither markup nor text, such as a picture, is none."""
    bodies = []
    detail = dict.get(told, "summary_detail") or {"type": "text/html"}
    summary = {**detail, "value": dict.get(told, "summary")}
    contents = dict.get(told, "content", ())
    for one, is_content in (*((one, True) for one in contents), (summary, False)):
        kind, value = one.get("type", "text/html"), one.get("value")
        if not isinstance(value, str) or not value.strip() or kind not in _HTML | _TEXT:
            continue
        if any(value == other.get("value") for other in contents) and not is_content:
            continue  # Feedparser gives a content for the summary where there is none.
        bodies.append(_body(value, kind in _HTML, is_content, one.get("base") or ""))
    return bodies


def _body(value: str, is_html: bool, is_content: bool, base: str) -> _Body:
    if is_html and not _ANY_TAG.search(value):
        if _ESCAPED_TAG.search(value):
            value = unescape(value)  # Escaped once too often.
        elif "\n" in value:
            # Called markup, but its lines are those of a text.
            return _Body(unescape(value), is_html=False, is_content=is_content)
    return _Body(_resolved(value, base) if is_html else value, is_html, is_content)


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


def _moved_to(feed: dict[str, Any], address: str) -> str | None:
    for name in ("itunes_new-feed-url", "newlocation"):
        said = dict.get(feed, name)
        found = web_address(said, address) if isinstance(said, str) else None
        if found and found != address:
            return found
    return None


def _rest(feed: dict[str, Any]) -> int | None:
    """Return the minutes of ``<ttl>``, else those between updates by the module Syndication."""
    if found := rest(dict.get(feed, "ttl")):
        return found
    period = _MINUTES.get(str(dict.get(feed, "sy_updateperiod")).strip().lower())
    often = rest(dict.get(feed, "sy_updatefrequency")) or 1
    return rest(max(1, period // often)) if period else None
