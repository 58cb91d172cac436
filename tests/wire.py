"""Feeds to test with, made of what their entries hold, and what becomes of them."""

from __future__ import annotations

import json
from typing import Any

from index.intake.feed import parse_feed

ADDRESS = "https://news.example/feed"


def told(raw: str | bytes, **options: str) -> list[dict[str, Any]]:
    """Parse a feed and give what its documents say."""
    source = raw.encode() if isinstance(raw, str) else raw
    return [json.loads(one.raw) for one in parse_feed(source, ADDRESS, **options).documents]


def rss(*items: str, head: str = "", version: str = "2.0", namespaces: str = "") -> str:
    """A feed in RSS of these items."""
    return (
        f'<rss version="{version}" {namespaces}><channel><title>The Example</title>{head}'
        f"{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )


def atom(*entries: str, head: str = "", attributes: str = "") -> str:
    """A feed in Atom of these entries."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>The Example</title>{head}'
        f"{''.join(f'<entry>{entry}</entry>' for entry in entries)}</feed>"
    )


def json_feed(*items: dict[str, Any], **head: object) -> str:
    """A JSON feed of these items."""
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "The Example", "items": items, **head})


def one(raw: str | bytes, **options: str) -> dict[str, Any]:
    """Parse a feed of one entry and give what its document says."""
    [found] = told(raw, **options)
    return found


def item(number: int, text: str | None = None, **told: str) -> str:
    """What an item of RSS holds: a story told in full, in words that no other has."""
    told = {
        "guid": f"story-{number}",
        "title": f"Story {number} from the harbour",
        "link": f"https://news.example/story/{number}",
        **told,
    }
    words = text or " ".join(f"{word}{number}" for word in _WORDS)
    elements = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
    return f"{elements}<description>{words}</description>"


_WORDS = tuple(f"{first}{second}o" for first in "bdfglmnprstvz" for second in ("ak", "in", "ul"))
