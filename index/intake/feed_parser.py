"""Feedparser, kept from growing beyond all bounds. Imported only when there is a feed to read.

Feedparser reads whatever has ever been called a feed. But of some things it looks through all
that came before each time another comes, so a feed made for it would keep it busy for days. Here
each of these has a limit that no honest feed comes near.
"""

from __future__ import annotations

import io
import xml.sax
from contextlib import suppress
from typing import Any, NamedTuple
from xml.sax.handler import feature_external_ges, feature_external_pes, feature_namespaces

from feedparser.api import LooseFeedParser, StrictFeedParser

MOST_TAGS = 100
"""Tags of one entry: each is compared with those before it."""

MOST_NAMESPACES = 100
"""Namespaces of a feed: at each element of an unknown one all are looked through."""

LONGEST_NAME = 500
"""Characters of an author: an address is looked for in it, from each character to the end."""


class Told(NamedTuple):
    """What a feed document says, as feedparser tells it: dictionaries by feedparser's names."""

    feed: dict[str, Any]
    entries: list[dict[str, Any]]
    version: str
    """The format, ``rss20`` or ``atom10``; or ``""``."""


class _Bounded:
    """The limits, for either of the parsers: put before it among the bases of a class."""

    can_be_relative_uri = StrictFeedParser.can_be_relative_uri - {"id"}
    """An id is a name, not an address: it stays when the feed moves."""

    resolve_relative_uris = False
    sanitize_html = False
    """Markup stays as it came: what becomes of it is the matter of whoever makes blocks of it."""

    def _add_tag(self, term: str, scheme: str, label: str) -> None:
        if len(self._get_context().get("tags", ())) < MOST_TAGS:  # type: ignore[attr-defined]
            super()._add_tag(term, scheme, label)  # type: ignore[misc]

    def _sync_author_detail(self, key: str = "author") -> None:
        context = self._get_context()  # type: ignore[attr-defined]
        if isinstance(name := dict.get(context, key), str):
            context[key] = name[:LONGEST_NAME]
        super()._sync_author_detail(key)  # type: ignore[misc]

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        if len(self.namespaces_in_use) < MOST_NAMESPACES:  # type: ignore[attr-defined]
            super().track_namespace(prefix, uri)  # type: ignore[misc]


class _Strict(_Bounded, StrictFeedParser):  # type: ignore[misc]
    """For XML."""


class _Loose(_Bounded, LooseFeedParser):  # type: ignore[misc]
    """For what is no XML, but would like to be."""


def read(text: str, address: str) -> Told:
    """Return what the feed in ``text`` says, its addresses resolved against ``address``.

    ``text`` begins with its root element and has no entities but those of XML.
    """
    parser = _Strict(address, None, "utf-8")
    try:
        _read_strictly(text, parser)
    except (xml.sax.SAXException, *_FAULTS):
        parser = _Loose(address, None, "utf-8", {})
        # Where it stops, what was read until there stands.
        with suppress(*_FAULTS):
            parser.feed(text)
    return Told(parser.feeddata, parser.entries, parser.version)


_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip
"""What feedparser's own code raises at input that nobody thought of."""


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
