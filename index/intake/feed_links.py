"""The feeds that a web page advertises, and the page's own marks as a page."""

from __future__ import annotations

import re
from html import unescape

from index.intake.addresses import web_address

MOST_FEEDS = 50
"""Feeds that a page may advertise."""

_HEAD = 1024 * 1024
"""Characters of a page among which its links are looked for."""

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(r"<(?:link|base)\s[^<>]{1,4000}>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->)?")
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)


def is_page(raw: bytes) -> bool:
    """Tell whether ``raw`` looks like a web page, by how it begins."""
    return _PAGE.search(raw[:4096].replace(b"\x00", b"")) is not None


def find_feeds(markup: str, address: str) -> tuple[str, ...]:
    """Return the addresses of the feeds that the page at ``address`` advertises, in its order.

    These are in ``<link rel="alternate" type="application/rss+xml" href="…">``, or with the
    types of Atom and JSON Feed (https://www.rssboard.org/rss-autodiscovery).
    """
    base, found = address, []
    for tag in _TAG.finditer(_COMMENT.sub("", markup[:_HEAD])):
        told = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(tag[0])
        }
        if tag[0][1:5].lower() == "base":
            base = web_address(told.get("href"), address) or base
        elif tag[0][1:5].lower() == "link" and _is_feed_link(told):
            found.append(web_address(told.get("href"), base))
    return tuple(dict.fromkeys(filter(None, found)))[:MOST_FEEDS]


def _is_feed_link(told: dict[str, str]) -> bool:
    kinds = told.get("rel", "").lower().split()
    kind = told.get("type", "").lower().split(";")[0].strip()
    return "alternate" in kinds and "stylesheet" not in kinds and kind in _FEED_TYPES
