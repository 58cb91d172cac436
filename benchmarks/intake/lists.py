"""Lists of feeds: how many feeds of real OPML are found, beside what parsers of XML find."""

from __future__ import annotations

import re
import tarfile
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from benchmarks.intake.figures import Figure
from index.errors import UnreadableError
from index.intake.addresses import web_address
from index.intake.opml import read_opml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WRITTEN = re.compile(r"\sxmlurl\s*=\s*\"([^\"]*)\"", re.IGNORECASE)


class Found(NamedTuple):
    """The different addresses of feeds in one list."""

    name: str
    written: frozenset[str]
    """By looking for the attribute in the bare text: right, and of no use for the rest."""

    ours: frozenset[str]
    recovering: frozenset[str]
    strict: frozenset[str]


def figures(folder: Path) -> list[Figure]:
    """Return how many of the feeds in the lists in ``folder`` are found, each rightly."""
    lists = list(found_in(folder))
    written, right, recovering, strict = (
        sum(map(len, sets))
        for sets in (
            (one.written for one in lists),
            (one.written & one.ours for one in lists),
            (one.written & one.recovering for one in lists),
            (one.written & one.strict for one in lists),
        )
    )
    wrong = sum(len(one.ours - one.written) for one in lists)
    return [
        Figure(
            what="feeds found in OPML",
            data=f"{len(lists)} lists with {written} different feeds",
            measured=f"{right} of {written}, {wrong} others",
            reference=f"lxml recovering {recovering}, strict {strict}",
            must="all",
        )
    ]


def found_in(folder: Path) -> Iterator[Found]:
    """Give what is found in each list that is OPML by its root element."""
    [archive] = (folder / "opml").glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        for member in opened:
            file = opened.extractfile(member) if member.isfile() else None
            if file is None:
                continue
            raw = file.read()
            try:
                found = read_opml(raw, member.name)
            except UnreadableError:
                continue
            text = _COMMENT.sub("", raw.decode("utf-8", "replace"))
            yield Found(
                member.name,
                _addresses(map(unescape, _WRITTEN.findall(text))),
                frozenset(one.address for one in found.subscriptions),
                _with_lxml(raw, recover=True),
                _with_lxml(raw, recover=False),
            )


def _with_lxml(raw: bytes, *, recover: bool) -> frozenset[str]:
    try:
        root = etree.fromstring(raw, etree.XMLParser(recover=recover, resolve_entities=False))
    except etree.XMLSyntaxError:
        return frozenset()
    outlines = [] if root is None else root.iter(etree.Element)
    told = ((name, value) for one in outlines for name, value in one.attrib.items())
    return _addresses(str(value) for name, value in told if str(name).lower() == "xmlurl")


def _addresses(written: Iterator[str]) -> frozenset[str]:
    return frozenset(address for one in written if (address := web_address(one)))
