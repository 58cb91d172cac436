"""Feedparser, kept from growing beyond all bounds. Imported only when there is a feed to read.

Feedparser reads whatever has ever been called a feed. But of some things it looks through all
that came before each time another comes, so a feed made for it would keep it busy for days. Here
each of these has a limit that no honest feed comes near.
"""

from __future__ import annotations

import io
import re
import xml.sax
from contextlib import suppress
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple
from xml.parsers import expat
from xml.sax.handler import feature_external_ges, feature_external_pes, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from feedparser import mixin
from feedparser.api import LooseFeedParser, StrictFeedParser
from lxml.html import defs

MOST_TAGS = 100
"""Tags of one entry: each is compared with those before it."""

MOST_NAMESPACES = 100
"""Namespaces of a feed: at each element of an unknown one all are looked through."""

LONGEST_NAME = 500
"""Characters of an author."""

MOST_ATTRIBUTES = 200
"""Attributes of an element: each is looked for among those before it."""

DEEPEST_BASE = 10
"""Elements within one another that may change the base of addresses: each lengthens it."""

MOST_ENTRIES = 10_000
MOST_ELEMENTS = 150_000
"""Entries, and elements, of a feed: what comes behind is counted, and not read."""

# Feedparser asks it at each element, nearly always the same, which takes two thirds of its time.
mixin.make_safe_absolute_uri = lru_cache(maxsize=1024)(mixin.make_safe_absolute_uri)

_USUAL_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
_ENTRIES = frozenset({"item", "entry"})
_BASES = frozenset({"xml:base", "base"})
_MAIL = re.compile(r"[^\s<>()\"@:]{1,64}@[^\s<>()\"@]{1,250}")
_BRACKETS = re.compile(r"\(\s*\)|<\s*>|&lt;\s*&gt;|\bmailto:")
_PREFIX = re.compile(r"<([a-z]{2,10}):")
_ROOT = re.compile(r"<[^\s/>]+")


class Told(NamedTuple):
    """What a feed document says, as feedparser tells it: dictionaries by feedparser's names."""

    feed: dict[str, Any]
    entries: list[dict[str, Any]]
    version: str
    """The format, ``rss20`` or ``atom10``; or ``""``."""

    unread: int
    """Entries that were counted only, as there were too many of them."""


class _Bounded:
    """The limits, for either of the parsers: put before it among the bases of a class."""

    can_be_relative_uri = StrictFeedParser.can_be_relative_uri - {"id"}
    """An id is a name, not an address: it stays when the feed moves."""

    resolve_relative_uris = False
    sanitize_html = False
    """Markup stays as it came: what becomes of it is the matter of whoever makes blocks of it."""

    unread = 0
    _elements = 0
    _reads_on = True

    def unknown_starttag(self, tag: str, attributes: list[tuple[str, str]]) -> None:
        """Read an element, or count an entry where too much was read already."""
        is_entry = tag in _ENTRIES
        self._elements += 1
        if self._elements > MOST_ELEMENTS or (is_entry and len(self.entries) >= MOST_ENTRIES):  # type: ignore[attr-defined]
            self._reads_on = False
        if self._reads_on:
            if self.depth > DEEPEST_BASE:  # type: ignore[attr-defined]
                attributes = [one for one in attributes if one[0] not in _BASES]
            super().unknown_starttag(tag, attributes)  # type: ignore[misc]
        elif is_entry:
            self.unread += 1

    def unknown_endtag(self, tag: str) -> None:
        """Read the end of an element."""
        if self._reads_on:
            super().unknown_endtag(tag)  # type: ignore[misc]

    def handle_data(self, text: str, escape: int = 1) -> None:
        """Read text."""
        if self._reads_on:
            super().handle_data(text, escape)  # type: ignore[misc]

    def _start_link(self, attributes: dict[str, str]) -> None:
        # Feedparser takes any address for the link's, and then not the one that is its text.
        for name in ("uri", "url"):
            if not attributes.get(name, "http").startswith("http"):
                del attributes[name]
        super()._start_link(attributes)  # type: ignore[misc]

    def _add_tag(self, term: str, scheme: str, label: str) -> None:
        if len(self._get_context().get("tags", ())) < MOST_TAGS:  # type: ignore[attr-defined]
            super()._add_tag(term, scheme, label)  # type: ignore[misc]

    def _sync_author_detail(self, key: str = "author") -> None:
        """Take an author that is given as one text apart: name and mail address.

        Feedparser's own way knows no domain such as ``.media``, and goes through long names often.
        """
        context: Any = self._get_context()  # type: ignore[attr-defined]
        authors, text = dict.get(context, "authors"), dict.get(context, "author")
        if key == "author" and authors and not authors[-1] and isinstance(text, str):
            mail = _MAIL.search(text[:LONGEST_NAME])
            name = _BRACKETS.sub(" ", text[:LONGEST_NAME].replace(mail[0], "") if mail else text)
            name = name.strip()[:LONGEST_NAME]
            # Of "jane@news.example (Jane Doe)" the brackets belong to the form, not to the name.
            if mail and name.startswith("(") and name.endswith(")"):
                name = name[1:-1].strip()
            authors[-1].update({"name": name, "email": mail[0] if mail else ""})

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        if len(self.namespaces_in_use) < MOST_NAMESPACES:  # type: ignore[attr-defined]
            super().track_namespace(prefix, uri)  # type: ignore[misc]


class _Strict(_Bounded, StrictFeedParser):  # type: ignore[misc]
    """For XML."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._pieces: list[str] = []

    def characters(self, text: str) -> None:
        """Gather text, which comes in small pieces, and each costs feedparser dear."""
        self._pieces.append(text)

    def _hand_over(self) -> None:
        if self._pieces:
            super().characters("".join(self._pieces))
            self._pieces.clear()

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        """Read the end of an element."""
        self._hand_over()
        super().endElementNS(name, qname)

    def startElementNS(  # noqa: N802  (as SAX has it)
        self, name: tuple[str | None, str], qname: str | None, attributes: AttributesNSImpl
    ) -> None:
        """Read an element, or no more than its name where somebody heaped attributes on it."""
        self._hand_over()
        if len(attributes) > MOST_ATTRIBUTES:
            attributes = AttributesNSImpl({}, {})
        super().startElementNS(name, qname, attributes)


class _Loose(_Bounded, LooseFeedParser):  # type: ignore[misc]
    """For what is no XML, but would like to be."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._opened: set[str] = set()

    def unknown_starttag(self, tag: str, attributes: list[tuple[str, str]]) -> None:
        """Note what was opened, so that a misspelt end of it is known."""
        self._opened.add(tag)
        super().unknown_starttag(tag, attributes)

    def unknown_endtag(self, tag: str) -> None:
        """Take an end of nothing that was ever opened for that of the element at hand."""
        if tag not in self._opened and tag not in defs.tags and self.elementstack:
            tag = self.elementstack[-1][0]
        super().unknown_endtag(tag)

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        """Resolve the references in a link, where feedparser leaves half of each."""
        if element == "link" and self.elementstack and self.elementstack[-1][0] == element:
            pieces = self.elementstack[-1][2]
            text = [one.decode() if isinstance(one, bytes) else one for one in pieces]
            pieces[:] = [unescape("".join(text))]
        return super().pop(element, strip_whitespace)


def read(text: str, address: str) -> Told:
    """Return what the feed in ``text`` says, its addresses resolved against ``address``.

    ``text`` begins with its root element and has no entities but those of XML.
    """
    text = _with_prefixes(text)
    parser = _Strict(address, None, "utf-8")
    try:
        # What breaks off late would be read nearly whole, and then once more.
        _require_well_formed(text)
        _read_strictly(text, parser)
    except (expat.ExpatError, xml.sax.SAXException, *_FAULTS):
        parser = _Loose(address, None, "utf-8", {})
        # Where it stops, what was read until there stands.
        with suppress(*_FAULTS):
            parser.feed(text)
    return Told(parser.feeddata, parser.entries, parser.version, parser.unread)


_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip
"""What feedparser's own code raises at input that nobody thought of."""


def _with_prefixes(text: str) -> str:
    """Declare the prefixes that the feed uses as everybody does, and forgot to declare."""
    used = set(_PREFIX.findall(text)) & _USUAL_PREFIXES.keys()
    missing = sorted(prefix for prefix in used if f"xmlns:{prefix}" not in text)
    declared = "".join(f' xmlns:{prefix}="{_USUAL_PREFIXES[prefix]}"' for prefix in missing)
    return _ROOT.sub(lambda root: root[0] + declared, text, count=1) if declared else text


def _require_well_formed(text: str) -> None:
    expat.ParserCreate("utf-8", " ").Parse(text.encode("utf-8"), True)  # noqa: FBT003


def _read_strictly(text: str, parser: Any) -> None:
    reader = xml.sax.make_parser()  # noqa: S317  (nothing is declared in the text any more)
    reader.setFeature(feature_namespaces, True)  # noqa: FBT003
    reader.setFeature(feature_external_ges, False)  # noqa: FBT003
    reader.setFeature(feature_external_pes, False)  # noqa: FBT003
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(text.encode("utf-8")))
    source.setEncoding("utf-8")
    reader.parse(source)
