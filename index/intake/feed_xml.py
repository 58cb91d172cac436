"""RSS, RDF and Atom to what a feed says, through feedparser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.intake.addresses import web_address
from index.intake.feed_bodies import HTML, read_bodies
from index.intake.feed_dates import read_date
from index.intake.feed_entry import Entry, line, plain
from index.intake.feed_values import Said, language_tag, rest

if TYPE_CHECKING:
    import datetime as dt

    from index.intake.feed_bodies import Body
    from index.intake.teaser import GivenAs

MOST_AUTHORS = 100
"""Authors of one entry that are kept."""

_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
"""The periods of RSS 1.0's module Syndication."""


def read_xml_feed(text: str, address: str) -> Said:
    """Return what the feed in ``text``, from its root element on, says."""
    # Imported here: feedparser takes 50 ms, and hardly a command reads a feed.
    from index.intake.feed_parser import read  # noqa: PLC0415

    feed, entries, version, unread = read(text, address)
    inherited = _authors(feed) if version.startswith("atom") else ()
    language = language_tag(dict.get(feed, "language"))
    return Said(
        title=_title(feed),
        home=_link(feed, address),
        language=language,
        moved_to=_moved_to(feed, address),
        ttl_minutes=_rest(feed),
        entries=tuple(_entry(one, address, language, inherited) for one in entries),
        unread=unread,
    )


def _entry(
    told: dict[str, Any], address: str, language: str | None, inherited: tuple[str, ...]
) -> Entry:
    fullest, summary = read_bodies(told)
    source = dict.get(told, "source") or {}
    return Entry(
        id=line(dict.get(told, "id") or "") or None,
        url=_link(told, address),
        title=_title(told),
        html=fullest.value if fullest and fullest.is_html else None,
        text=fullest.value if fullest and not fullest.is_html else None,
        given_as=_given_as(told, fullest),
        summary=(summary.reading or None) if summary else None,
        published=_published(told),
        authors=_authors(told) or inherited,
        language=language_tag(_language(told)) or language,
        source=_title(source),
        tags=_tags(told),
    )


def _given_as(told: dict[str, Any], fullest: Body | None) -> GivenAs:
    if any(link.get("rel") == "enclosure" for link in dict.get(told, "links", ())):
        return "whole"
    return "content" if fullest is None or fullest.is_content else "summary"


def _title(told: dict[str, Any]) -> str | None:
    title = dict.get(told, "title")
    if not isinstance(title, str):
        return None
    detail = dict.get(told, "title_detail") or {}
    return (plain(title) if detail.get("type") in HTML else line(title)) or None


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
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_AUTHORS]


def _tags(told: dict[str, Any]) -> tuple[str, ...]:
    """Return the tags as a person reads them; addresses that programs sort by are left out."""
    tags = [plain(one.get("label") or one.get("term") or "") for one in dict.get(told, "tags", ())]
    return tuple(dict.fromkeys(tag for tag in tags if tag and "://" not in tag))


def _language(told: dict[str, Any]) -> object:
    details = (*dict.get(told, "content", ()), dict.get(told, "summary_detail") or {})
    said = (dict.get(told, "language"), *(one.get("language") for one in details))
    return next(filter(None, said), None)


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
