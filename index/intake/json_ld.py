"""What a page says of its article in JSON-LD, the vocabulary of schema.org."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from index.phrases import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

LONGEST_SCRIPT = 2_000_000
"""Characters of a script that is read."""

MOST_NODES = 5_000
"""Values of a page's scripts that are looked at."""

_TYPES = table("""
    advertisercontentarticle, analysisnewsarticle, article, askpublicnewsarticle,
    backgroundnewsarticle, blogposting, liveblogposting, medicalwebpage, newsarticle,
    opinionnewsarticle, report, reportagenewsarticle, reviewnewsarticle, satiricalarticle,
    scholarlyarticle, socialmediaposting, techarticle, webpage
""")
_LESS_SAID = table("medicalwebpage, webpage")
"""Types that an article's page has beside the article: they count where there is no other."""

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


class LinkedData(NamedTuple):
    """What was said, as it was written; empty where nothing was."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    body: str = ""
    abstract: tuple[str, ...] = ()
    """The points of a summary that is a list."""


def read_json_ld(root: HtmlElement) -> LinkedData:
    """Return what the page says of the one article it is about; of several, of the first."""
    found = [node for node in _nodes(root) if _kinds(node) & _TYPES]
    found.sort(key=lambda node: not _kinds(node) - _LESS_SAID)
    if not found:
        return LinkedData()
    node = found[0]
    return LinkedData(
        headline=_text(node.get("headline") or node.get("name")),
        authors=tuple(_names(node.get("author") or node.get("creator"))),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        publisher=next(_names(node.get("publisher") or node.get("isPartOf")), ""),
        url=_address(node),
        language=_text(node.get("inLanguage")),
        body=_text(node.get("articleBody")),
        abstract=_list(node.get("abstract")) or _list(node.get("description")),
    )


def _nodes(root: HtmlElement) -> Iterator[dict[str, Any]]:
    scripts = (one for one in root.iter("script") if "ld+json" in one.get("type", "").lower())
    ahead = [_parsed(script.text or "") for script in scripts]
    ahead.reverse()
    for _ in range(MOST_NODES):
        if not ahead:
            return
        value = ahead.pop()
        if isinstance(value, dict):
            yield value
            ahead += reversed(list(value.values()))
        elif isinstance(value, list):
            ahead += reversed(value)


def _parsed(script: str) -> Any:
    if len(script) > LONGEST_SCRIPT:
        return None
    try:
        return json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def _kinds(node: dict[str, Any]) -> frozenset[str]:
    kinds = node.get("@type")
    several = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rpartition("/")[2].lower() for kind in several if isinstance(kind, str))


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and isinstance(one.get("name"), list):
            yield from _names(one["name"])
        elif name := _text(one):
            yield name


def _address(node: dict[str, Any]) -> str:
    page = node.get("mainEntityOfPage")
    if isinstance(page, dict):
        page = page.get("@id") or page.get("url")
    return _text(node.get("url")) or _text(page)


def _list(value: Any) -> tuple[str, ...]:
    """Return the lines of a value that is a list of several, else nothing."""
    if isinstance(value, str):
        lines = [line.strip() for line in value.split("\n") if line.strip()]
        bullets = [line for line in lines if line[:1] in "•*-–"]
        value = [line[1:] for line in lines] if len(bullets) == len(lines) else []
    if not isinstance(value, list):
        return ()
    points = [one.strip() for one in value if isinstance(one, str) and one.strip()]
    return tuple(points) if len(points) > 1 else ()
