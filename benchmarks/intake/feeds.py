"""Feeds: what is read of the test suites of six feed readers, against what each expects."""

from __future__ import annotations

import re
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from benchmarks.corpora import news_folder
from benchmarks.intake.feed_checks import holds
from benchmarks.intake.feed_expectations import json_checks, python_checks
from benchmarks.intake.figures import Figure
from index.errors import UnreadableError
from index.intake.feed import is_feed, parse_feed, read_feed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from benchmarks.intake.feed_checks import Check
    from index.intake.feed_values import Said

SUITES = ("feedparser", "gofeed", "rssparser", "newsboat", "reader", "feedvalidator")

HOST = "http://127.0.0.1:8097/tests/"
"""Where feedparser's suite is served from; its expectations name it."""

MUST = "99 %"

_HEADER = re.compile(rb"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
_VALID = re.compile(rb"Expect:\s*(?:!Error|Valid)")
_INLINE_MARKUP = re.compile(rb"<(?:description|content)\b[^>]*>\s*<[a-z]")


class Outcome(NamedTuple):
    """What became of one case: the expectations that did not hold; None where it was no feed."""

    name: str
    checks: int
    failed: tuple[Check, ...]
    refused: str | None


def figures(folder: Path) -> list[Figure]:
    """Return a figure for each suite, and one of the whole, from the archives in ``folder``."""
    rows = []
    for suite in SUITES:
        outcomes = list(outcomes_of(folder, suite))
        telling = [one for one in outcomes if one.checks or suite in _MERELY_PARSED]
        right = sum(not one.failed and one.refused is None for one in telling)
        rows.append(
            Figure(
                what="feeds read as the suite expects",
                data=f"{suite}: {len(telling)} cases, {sum(one.checks for one in telling)} fields;"
                f" {len(outcomes) - len(telling)} more are of other fields",
                measured=f"{right} of {len(telling)} ({100 * right / max(1, len(telling)):.1f} %)",
                must=MUST,
            )
        )
    return rows


_MERELY_PARSED = frozenset({"newsboat", "reader", "feedvalidator"})
"""Suites whose expectations are not in the archive: each feed is to have all of its entries."""


def outcomes_of(folder: Path, suite: str) -> Iterator[Outcome]:
    """Give what became of each case of a suite."""
    [archive] = (folder / "feeds").glob(f"{suite}.*.tar.gz")
    with tarfile.open(archive) as opened:
        files = {
            member.name: file.read()
            for member in opened
            if member.isfile() and (file := opened.extractfile(member))
        }
    for name, raw in sorted(files.items()):
        if (checks := _checks(suite, name, raw, files)) is not None:
            yield _outcome(name, raw, checks)


def _checks(suite: str, name: str, raw: bytes, files: Mapping[str, bytes]) -> list[Check] | None:
    """Return what is expected of a file; None of one that is no case of its suite."""
    if suite == "feedparser":
        return python_checks(raw) if "/json/" not in name and is_feed(raw) else None
    if suite in _MERELY_PARSED:
        return [] if is_feed(raw) and (suite != "feedvalidator" or _VALID.search(raw)) else None
    if "/input/" in name:
        output = files.get(f"{suite}/output/{Path(name).stem}.json")
        checks = json_checks(output) if output and "xml2js-options" not in name else []
        # Of markup that is not escaped, rss-parser loses the words within further elements.
        loses = _INLINE_MARKUP.search(raw) is not None
        return [one for one in checks if one.field != "text" or not loses]
    expected = files.get(re.sub(r"(?:\.xml|\.json)$", ".json", name))
    return json_checks(expected) if name.endswith(".xml") and expected else None


def _outcome(name: str, raw: bytes, checks: list[Check]) -> Outcome:
    headers = {key.lower(): value for key, value in _HEADER.findall(raw)}
    location = headers.get(b"content-location", b"").decode("latin-1")
    address = urljoin(HOST + name, location)
    kind = headers[b"content-type"].decode("latin-1") if b"content-type" in headers else None
    try:
        said = read_feed(raw, address, kind)
        parse_feed(raw, address, content_type=kind)
    except UnreadableError as error:
        return Outcome(name, len(checks), (), error.reason)
    failed = tuple(check for check in checks if not holds(check, said, address))
    if not checks and (lost := _lost(raw, said)):
        return Outcome(name, 0, (), lost)
    return Outcome(name, len(checks), failed, None)


def _lost(raw: bytes, said: Said) -> str | None:
    """Say how many entries of a well-formed feed are missing, or None."""
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return None
    names = [etree.QName(one).localname.lower() for one in root.iter(etree.Element)]
    there = sum(name in {"item", "entry"} for name in names)
    return f"{len(said.entries)} of {there} entries" if there != len(said.entries) else None


def main() -> None:
    """Print the figures, and each case that is not as expected."""
    folder = news_folder(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for suite in SUITES:
        for one in outcomes_of(folder, suite):
            for failed in one.failed:
                print(one.name, failed)
            if one.refused:
                print(one.name, one.refused)
    for figure in figures(folder):
        print(figure.what, "|", figure.data, "|", figure.measured)


if __name__ == "__main__":
    main()
