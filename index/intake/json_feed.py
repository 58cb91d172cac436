"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org), to what a feed says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableError
from index.intake.addresses import web_address
from index.intake.decoding import decode
from index.intake.feed_dates import read_date
from index.intake.feed_entry import Entry, line, plain
from index.intake.feed_values import Said, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.intake.teaser import GivenAs

_MOST_TAGS = 100


def read_json_feed(raw: bytes, address: str) -> Said:
    """Return what the feed in ``raw`` says.

    Raises UnreadableError when it is not sound JSON, or nested beyond reason.
    """
    try:
        feed = json.loads(decode(raw, address))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(address, "is a JSON feed that breaks off or is damaged") from error
    if not isinstance(feed, dict):
        raise UnreadableError(address, "is JSON, but not a feed")
    inherited = tuple(_authors(feed))
    language = language_tag(feed.get("language"))
    return Said(
        title=_line(feed, "title"),
        home=_address(feed, "home_page_url", address),
        language=language,
        moved_to=None,
        ttl_minutes=None,
        entries=tuple(
            _entry(one, address, language, inherited)
            for one in _list(feed, "items")
            if isinstance(one, dict)
        ),
    )


def _entry(
    told: Mapping[str, Any], address: str, language: str | None, inherited: tuple[str, ...]
) -> Entry:
    html, text, summary = _text(told, "content_html"), _text(told, "content_text"), None
    given_as: GivenAs = "content"
    if html or text:
        summary = _line(told, "summary")
    else:
        text, given_as = _text(told, "summary"), "summary"
    dates = (read_date(told.get(name)) for name in ("date_published", "date_modified"))
    return Entry(
        id=_id(told.get("id")),
        url=_address(told, "url", address) or _address(told, "external_url", address),
        title=_line(told, "title"),
        html=html,
        text=None if html else text,
        given_as="whole" if _list(told, "attachments") else given_as,
        summary=summary,
        published=next(filter(None, dates), None),
        authors=tuple(_authors(told)) or inherited,
        language=language_tag(told.get("language")) or language,
        tags=tuple(dict.fromkeys(_tags(told))),
    )


def _authors(told: Mapping[str, Any]) -> Iterator[str]:
    """Give the names of version 1.1's authors, or of version 1's one author."""
    for one in _list(told, "authors") or [told.get("author")]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and (name := line(name)):
            yield name


def _tags(told: Mapping[str, Any]) -> Iterator[str]:
    for one in _list(told, "tags")[:_MOST_TAGS]:
        if isinstance(one, str) and (tag := line(one)):
            yield tag


def _id(said: object) -> str | None:
    """Return an id. It is to be a string; of a number, its digits are taken for one."""
    if isinstance(said, int | float) and not isinstance(said, bool):
        said = str(said)
    return (line(said) or None) if isinstance(said, str) else None


def _line(told: Mapping[str, Any], name: str) -> str | None:
    """Return a value that is to be plain text; markup that is in it all the same is taken out."""
    return plain(_text(told, name) or "") or None


def _text(told: Mapping[str, Any], name: str) -> str | None:
    said = told.get(name)
    return said if isinstance(said, str) and said.strip() else None


def _address(told: Mapping[str, Any], name: str, base: str) -> str | None:
    return web_address(_text(told, name), base)


def _list(told: Mapping[str, Any], name: str) -> list[Any]:
    said = told.get(name)
    return said if isinstance(said, list) else []
