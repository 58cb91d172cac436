"""Expectations of test suites in their own forms, Python expressions and JSON, as checks."""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Any

from benchmarks.intake.feed_checks import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.intake.feed_checks import Field

_EXPECTED = re.compile(rb"Expect:\s*(.+?)\s*(?:-->|[\r\n])")

_OF_FEED: dict[str, Field] = {"title": "title", "link": "link", "language": "language"}
_OF_ENTRY: dict[str, Field] = {
    "title": "title",
    "link": "link",
    "id": "id",
    "guid": "id",
    "author": "author",
    "author_detail.name": "author",
    "authors.0.name": "author",
    "authors.1.name": "author",
    "summary": "text",
    "description": "text",
    "content.0": "text",
    "content.1": "text",
    "language": "language",
    "category": "tag",
    "tags.0.term": "tag",
    "source.title": "source",
    "published_parsed": "published",
    "issued_parsed": "published",
    "created_parsed": "published",
    "updated_parsed": "published",
    "modified_parsed": "published",
    "date_parsed": "published",
}
_READABLE = frozenset({None, "", "text", "html", "xhtml", "text/plain", "text/html"})
_LATER = frozenset({"updated_parsed", "modified_parsed", "date_parsed", "created_parsed"})
_PUBLISHED = re.compile(rb"<(?:\w+:)?(?:published|issued|pubdate)\b", re.IGNORECASE)


def python_checks(raw: bytes) -> list[Check]:
    """Return what feedparser's suite expects in the comment of a feed, as far as it is kept."""
    found = _EXPECTED.search(raw.replace(b"\x00", b""))
    try:
        tree = ast.parse(found[1].decode("latin-1") if found else "", mode="eval")
    except SyntaxError:
        return []
    terms = tree.body.values if isinstance(tree.body, ast.BoolOp) else [tree.body]
    return [check for term in terms if (check := _check(term, raw))]


def _check(term: ast.expr, raw: bytes) -> Check | None:
    match term:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            path = _path(left)
        case _:
            return None
    expected = _literal(right)
    names = {"feed": _OF_FEED, "channel": _OF_FEED, "entries": _OF_ENTRY, "items": _OF_ENTRY}
    if expected is None or not path or path[0] not in names:
        return None
    place = int(path[1]) if names[path[0]] is _OF_ENTRY else None
    name = re.sub(r"_detail\.value$|\.value$", "", ".".join(path[1 if place is None else 2 :]))
    field = names[path[0]].get(name)
    # Of the moments of an entry that of its publication is kept, and others where it is missing.
    if field is None or (name in _LATER and _PUBLISHED.search(raw)):
        return None
    # Of a tag its label is kept, where it has one.
    if field == "tag" and b"label=" in raw:
        return None
    return Check(field, place, expected)


def _path(node: ast.expr) -> list[str]:
    """Return ``entries[0]['title']``, or ``entries[0].title``, as its names and numbers."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=value, attr=name):
            return [*_path(value), name]
        case ast.Subscript(value=value, slice=ast.Constant(value=key)):
            return [*_path(value), str(key)]
    return []


def _literal(node: ast.expr) -> str | None:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    if isinstance(value, tuple) and len(value) == 9:
        year, month, day, hour, minute, second = value[:6]
        return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    return value if isinstance(value, str) else None


def json_checks(raw: bytes) -> list[Check]:
    """Return what gofeed's, or rss-parser's, suite expects of a feed, as far as it is kept."""
    told = json.loads(raw)
    feed = told.get("feed", told)
    link = feed.get("link") or feed.get("home_page_url")
    checks = [*_strings("title", None, feed.get("title")), *_strings("link", None, link)]
    checks += _strings("language", None, feed.get("language"))
    for place, one in enumerate(feed.get("items") or feed.get("entries") or ()):
        checks += _entry_checks(place, one)
    return checks


def _entry_checks(place: int, one: dict[str, Any]) -> Iterator[Check]:
    yield from _strings("title", place, one.get("title"))
    yield from _strings("link", place, one.get("link") or one.get("url"))
    yield from _strings("id", place, one.get("guid") or one.get("id"))
    dates = ("publishedParsed", "pubDateParsed", "isoDate", "date_published", "updatedParsed")
    yield from _strings("published", place, next(filter(None, map(one.get, dates)), None))
    for author in one.get("authors") or [one.get("creator")]:
        name = author.get("name") or author.get("email") if isinstance(author, dict) else author
        yield from _strings("author", place, name)
    content = one.get("content")
    content = content if isinstance(content, dict) else {"value": content}
    if content.get("type") in _READABLE:
        yield from _strings("text", place, one.get("content:encoded") or content.get("value"))
    yield from _strings("text", place, one.get("description"))
    yield from _strings("text", place, one.get("content_html") or one.get("content_text"))


def _strings(field: Field, place: int | None, value: object) -> Iterator[Check]:
    if isinstance(value, str) and value.strip():
        yield Check(field, place, value)
