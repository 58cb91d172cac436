"""A feed's bytes to what it says: itself, and a document for each of its entries."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from index.article import Frozen
from index.errors import UnreadableError
from index.intake.document import Document
from index.intake.feed_entry import document
from index.intake.feed_links import find_feeds, is_page
from index.intake.feed_xml import read_xml_feed
from index.intake.json_feed import read_json_feed
from index.intake.xml_text import root_name, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.intake.feed_entry import Entry
    from index.intake.feed_values import Said

__all__ = ["ENTRY_LIMIT", "FEED_LIMIT", "Feed", "find_feeds", "is_feed", "parse_feed"]

FEED_LIMIT = 10 * 1024 * 1024
"""Bytes a feed may have."""

ENTRY_LIMIT = 5000
"""Entries of one feed that become documents: the newest of more."""

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_RSS_IN_RDF = (b"purl.org/rss", b"netscape.com/rdf")
_JSON_VERSION = b"jsonfeed.org/version/1"


class Feed(Frozen):
    """What a feed document says."""

    title: str | None = None
    home: str | None = None
    """The address of its site: http or https, absolute."""

    language: str | None = None
    moved_to: str | None = None
    """The new address that the feed itself names."""

    ttl_minutes: int | None = None
    """How long it asks to be left alone."""

    documents: tuple[Document, ...] = ()
    """Its entries, in the order of the feed."""

    left_out: int = 0
    """Entries beyond ENTRY_LIMIT, the oldest ones, which are not among the documents.

    Of a feed of more than ten thousand the last are counted without being read, whatever their age.
    """


def is_feed(raw: bytes) -> bool:
    """Tell whether ``raw`` is a feed, by how it begins; if a sound one, parsing tells."""
    if _looks_like_json(raw):
        return _JSON_VERSION in raw.replace(b"\\/", b"/")
    name = root_name(raw)
    if name == "rdf":
        return any(sign in raw.replace(b"\x00", b"") for sign in _RSS_IN_RDF)
    return name in _ROOTS


def parse_feed(
    raw: bytes, address: str, *, key: str | None = None, content_type: str | None = None
) -> Feed:
    """Return what the feed in ``raw``, which came from ``address``, says.

    ``key`` is what the feed is known by, where its address may change: the documents' origins
    begin with it. ``content_type`` is what the server said.

    Raises UnreadableError for what is no feed, is empty, too large, or dangerous to read.
    """
    said = read_feed(raw, address, content_type)
    telling = [entry for entry in said.entries if entry.says_something]
    kept = _newest(telling)
    return Feed(
        title=said.title,
        home=said.home,
        language=said.language,
        moved_to=said.moved_to,
        ttl_minutes=said.ttl_minutes,
        documents=tuple(_documents(kept, said, key or address)),
        left_out=len(telling) - len(kept) + said.unread,
    )


def read_feed(raw: bytes, address: str, content_type: str | None = None) -> Said:
    """Return all that is kept of the feed in ``raw``, as parse_feed does before documents are made.

    Raises UnreadableError as parse_feed does.
    """
    _require_feed(raw, address)
    if _looks_like_json(raw):
        return read_json_feed(raw, address)
    return read_xml_feed(xml_text(raw, address, content_type), address)


def _looks_like_json(raw: bytes) -> bool:
    return raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _require_feed(raw: bytes, address: str) -> None:
    if len(raw) > FEED_LIMIT:
        limit = FEED_LIMIT // (1024 * 1024)
        raise UnreadableError(address, f"is larger than the {limit} MB a feed may have")
    if not raw.strip():
        raise UnreadableError(address, "is empty")
    if not is_feed(raw):
        reason = "is a web page, not a feed" if is_page(raw) else "is not a feed"
        raise UnreadableError(address, reason)


def _newest(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return the newest of ``entries``, in their order; of undated ones the first are newest."""
    if len(entries) <= ENTRY_LIMIT:
        return entries
    by_age = sorted(range(len(entries)), key=lambda n: entries[n].moment, reverse=True)
    return [entries[n] for n in sorted(by_age[:ENTRY_LIMIT])]


def _documents(entries: Sequence[Entry], said: Said, origin: str) -> Iterator[Document]:
    """Give a document for each entry; of two versions of one entry, the newer.

    An id that entries with other addresses have, too, tells nothing, and is not gone by.
    """
    addresses = {(entry.id, entry.url) for entry in entries}
    holders = Counter(id_ for id_, _ in addresses)
    newest: dict[str, tuple[Entry, Document]] = {}
    for entry in entries:
        made = document(entry, said.title, origin, by_id=holders[entry.id] == 1)
        known = newest.get(made.origin)
        if known is None or entry.moment > known[0].moment:
            newest[made.origin] = (entry, made)
    for _, made in newest.values():
        yield made
