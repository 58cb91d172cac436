"""Lists of feeds as feed readers hand them on: OPML read, however broken, and written."""

from __future__ import annotations

import re
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from index.article import Frozen
from index.errors import UnreadableError
from index.intake.addresses import web_address
from index.intake.attributes import bound_tags, mend_attributes
from index.intake.feed_entry import line
from index.intake.xml_text import root_name, xml_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

OPML_LIMIT = 10 * 1024 * 1024
"""Bytes a list may have."""

MOST_TAGS = 20
"""Tags of one subscription."""

_LONGEST_TITLE = 500
_LONGEST_REFUSED = 200

_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed:(?=//)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Subscription(Frozen):
    """A feed that somebody reads."""

    address: str
    """http or https, absolute."""

    title: str | None = None
    home: str | None = None
    """The address of its site."""

    tags: tuple[str, ...] = ()
    """The folders it lies in, and its categories, in alphabetical order."""


class Refused(NamedTuple):
    """An address in a list that is none of a feed on the web."""

    address: str
    """As written, made harmless and cut short: to be shown, not to be followed."""

    title: str | None


class Subscriptions(NamedTuple):
    """What a list of feeds holds."""

    subscriptions: tuple[Subscription, ...]
    """Each feed once, in the order of the list, with the tags of all places it stands in."""

    refused: tuple[Refused, ...]


def is_opml(raw: bytes) -> bool:
    """Tell whether ``raw`` is a list of feeds in OPML, by its root element."""
    return root_name(raw) == "opml"


def read_opml(raw: bytes, origin: str) -> Subscriptions:
    """Return the subscriptions of the list in ``raw``, which came from ``origin``.

    Most lists are not well-formed; what can be made out is taken. Folders become tags, and so do
    categories (OPML 2.0, http://opml.org/spec2.opml). ``feed:`` addresses become http; those that
    would run a program, open a file or a script are refused.

    Raises UnreadableError for what is no such list, is empty, too large, or dangerous to read.
    """
    if len(raw) > OPML_LIMIT:
        limit = OPML_LIMIT // (1024 * 1024)
        raise UnreadableError(origin, f"is larger than the {limit} MB a list of feeds may have")
    if not raw.strip():
        raise UnreadableError(origin, "is empty")
    if not is_opml(raw):
        raise UnreadableError(origin, "is not a list of feeds in OPML")
    found: dict[str, tuple[Mapping[str, str], set[str]]] = {}
    refused: list[Refused] = []
    for told, folders in _outlines(bound_tags(xml_text(raw, origin))):
        written = told["xmlurl"]
        if address := _feed_address(written):
            _, tags = found.setdefault(address, (told, set()))
            tags.update((*folders, *_categories(told)))
        else:
            refused.append(Refused(line(written)[:_LONGEST_REFUSED], _title(told)))
    return Subscriptions(
        tuple(_subscription(address, told, tags) for address, (told, tags) in found.items()),
        tuple(dict.fromkeys(refused)),
    )


def write_opml(subscriptions: Iterable[Subscription], title: str, made: dt.datetime) -> bytes:
    """Return a list of ``subscriptions`` in OPML 2.0, in a folder for each tag.

    What has several tags is listed in each of their folders, as feed readers do. ``made`` is the
    moment to date it with, and has a zone. Reading the list gives the same subscriptions.
    """
    loose: list[Subscription] = []
    folders: dict[str, list[Subscription]] = {}
    for one in subscriptions:
        for tag in one.tags:
            folders.setdefault(tag, []).append(one)
        if not one.tags:
            loose.append(one)
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{escape(line(title))}</title>",
        f"    <dateCreated>{format_datetime(made)}</dateCreated>",
        "  </head>",
        "  <body>",
        *(f"    {_outline(one)}" for one in loose),
    ]
    for tag in sorted(folders, key=_alphabetically):
        name = escape(line(tag))
        rows.append(f'    <outline text="{name}" title="{name}">')
        rows += [f"      {_outline(one)}" for one in folders[tag]]
        rows.append("    </outline>")
    return "\n".join((*rows, "  </body>", "</opml>", "")).encode()


def _outline(one: Subscription) -> str:
    told = {
        "type": "rss",
        # OPML asks for a text; an empty one says that there is none.
        "text": one.title or "",
        "title": one.title,
        "xmlUrl": one.address,
        "htmlUrl": one.home,
    }
    attributes = (f' {name}="{escape(line(v))}"' for name, v in told.items() if v is not None)
    return f"<outline{''.join(attributes)}/>"


def _outlines(text: str) -> Iterator[tuple[Mapping[str, str], tuple[str, ...]]]:
    """Give the attributes of each outline that names a feed, and the folders it lies in."""
    # Imported here: lxml takes 20 ms, and hardly a command reads a list.
    from lxml import etree  # noqa: PLC0415

    # Most lists are well-formed by now. Of the others, what can be recovered.
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False)
    recovering = etree.XMLParser(encoding="utf-8", resolve_entities=False, recover=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        try:
            root = etree.fromstring(mend_attributes(text).encode(), recovering)
        except etree.XMLSyntaxError:
            return
    if root is None:
        return
    folders: list[str | None] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str) or _local(element.tag) != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        told = _attributes(element)
        if told.get("xmlurl", "").strip():
            yield told, tuple(dict.fromkeys(filter(None, folders)))[:MOST_TAGS]
            folders.append(None)
        else:
            folders.append(_title(told))


def _attributes(element: _Element) -> dict[str, str]:
    """Return the attributes by their names in small letters: some lists write ``xmlurl``."""
    return {_local(str(name)): str(value) for name, value in element.attrib.items()}


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _feed_address(written: str) -> str | None:
    address = _FEED_SCHEME.sub("", written.strip(), count=1)
    if address.startswith("//"):
        address = f"http:{address}"
    return web_address(address) if _SCHEME.match(address) else None


def _subscription(address: str, told: Mapping[str, str], tags: set[str]) -> Subscription:
    kept = sorted(tags, key=_alphabetically)[:MOST_TAGS]
    home = web_address(told.get("htmlurl"))
    return Subscription(address=address, title=_title(told), home=home, tags=tuple(kept))


def _title(told: Mapping[str, str]) -> str | None:
    for name in ("title", "text"):
        if title := line(told.get(name, ""))[:_LONGEST_TITLE].strip():
            return title
    return None


def _categories(told: Mapping[str, str]) -> list[str]:
    """Return the categories: ``/News/World,Talks`` are the tags News, World and Talks."""
    written = (line(part) for part in re.split("[,/]", told.get("category", "")))
    return list(dict.fromkeys(filter(None, written)))[:MOST_TAGS]


def _alphabetically(tag: str) -> tuple[str, str]:
    return tag.casefold(), tag
