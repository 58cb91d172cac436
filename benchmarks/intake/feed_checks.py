"""What a test suite expects of a feed, in fields that are kept, held against what is read."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from lxml import html

from index.intake.addresses import web_address
from index.intake.feed_dates import read_date
from index.intake.feed_entry import line, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.intake.feed_entry import Entry
    from index.intake.feed_values import Said

Field = Literal["title", "link", "language", "id", "published", "author", "text", "tag", "source"]

_UNSEEN = ("script", "style", "head")


class Check(NamedTuple):
    """One expectation: of a field of the feed itself, or of its entry of that number."""

    field: Field
    entry: int | None
    expected: str


def holds(check: Check, said: Said, address: str) -> bool:
    """Tell whether what was read of the feed from ``address`` is what ``check`` expects."""
    if check.entry is None:
        return _holds_for_feed(check, said, address)
    if check.entry >= len(said.entries):
        return False
    entry = said.entries[check.entry]
    if check.field == "link":
        return _same_address(entry.url, check.expected, address)
    return _TESTS[check.field](entry, check.expected)


def _holds_for_feed(check: Check, said: Said, address: str) -> bool:
    if check.field == "link":
        return _same_address(said.home, check.expected, address)
    if check.field == "language":
        return (said.language or "") == check.expected.replace("_", "-")
    return _same_title(said.title, check.expected)


def _same_address(found: str | None, expected: str, base: str) -> bool:
    """Tell whether an address is right; what is none of the web is to be left out."""
    return found == web_address(expected, base) or found == web_address(line(expected))


def _same_title(found: str | None, expected: str) -> bool:
    return (found or "") in {plain(expected), line(expected)}


def _same_moment(entry: Entry, expected: str) -> bool:
    wanted = read_date(expected)
    return wanted is not None and _moment(wanted) == entry.moment


def _moment(date: dt.datetime | dt.date) -> dt.datetime:
    if isinstance(date, dt.datetime):
        return date.replace(microsecond=0)
    return dt.datetime.combine(date, dt.time(0, tzinfo=dt.UTC))


def _names_author(entry: Entry, expected: str) -> bool:
    """Tell whether an author is among those read, with or without the mail address."""
    return any(line(expected) == name or name in line(expected) for name in entry.authors)


def _has_text(entry: Entry, expected: str) -> bool:
    """Tell whether the text, or the summary, is what a reader would see of ``expected``."""
    readings = (entry.html and seen(entry.html), entry.text and _squeezed(entry.text))
    found = {one for one in (*readings, _squeezed(entry.summary or "")) if one is not None}
    return bool({seen(expected), _squeezed(expected)} & found)


def seen(markup: str) -> str:
    """Return the text that a browser would show of ``markup``, without any white space."""
    if "<" not in markup and "&" not in markup:
        return _squeezed(markup)
    tree = html.document_fromstring(f"<div>{_sound(markup)}</div>")
    for unseen in list(tree.iter(*_UNSEEN)):
        unseen.drop_tree()
    return _squeezed(str(tree.text_content()))


def _sound(markup: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", markup)


def _squeezed(text: str) -> str:
    return "".join(text.split())


_TESTS: dict[str, Callable[[Entry, str], bool]] = {
    "title": lambda entry, expected: _same_title(entry.title, expected),
    # An id that is a relative address is kept as it is: it is a name, and stays if the feed moves.
    "id": lambda entry, expected: bool(entry.id) and line(expected).endswith(entry.id or ""),
    "published": _same_moment,
    "author": _names_author,
    "text": _has_text,
    "tag": lambda entry, expected: plain(expected) in entry.tags,
    "source": lambda entry, expected: _same_title(entry.source, expected),
    "language": lambda entry, expected: (entry.language or "") == expected.replace("_", "-"),
}
