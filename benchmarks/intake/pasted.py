"""What is left of pages pasted whole: the words of their stories, the strings that matter, titles.

The collection ``pasted_text`` holds the visible text of real pages, with all that stood around the
story: what *select all, copy, paste* yields. The same pages are in ``html_extraction`` with their
markup, from which trafilatura takes the story in the same run.
"""

from __future__ import annotations

import gzip
import json
import tarfile
from collections import Counter
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.intake.figures import Figure
from index.intake.text import parse_text
from index.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from index.article import Article

COLLECTION = "pasted_text"
MARKUP = "html_extraction"

_LONG_LINE = 80
"""Characters of the lines that the simplest way to find a story takes, where they end so."""

_MUST = {"words": "0.92", "kept": "0.95", "gone": "0.85"}


class Page(NamedTuple):
    """A page as pasted, and what is known of its story."""

    id: str
    text: str
    body: str | None
    """The words of the story, where somebody marked them."""

    must_have: tuple[str, ...]
    must_not_have: tuple[str, ...]
    title: str | None


def figures(folder: Path) -> list[Figure]:
    """Measure on the collection below the ``folder`` of all news; nothing where it has none."""
    pages = _pages(folder / COLLECTION)
    if not pages:
        return []
    markup = _markup(folder / MARKUP)
    marked = [page for page in pages if page.body is not None]
    stringed = [page for page in pages if page.body is None]
    return [*_words(marked, markup), *_strings(stringed, markup), _titles(stringed)]


def agreement(found: str, wanted: str) -> float:
    """Return F1, 0 to 1, of the words found: lower-cased, each as often as it stands there."""
    ours, theirs = Counter(found.lower().split()), Counter(wanted.lower().split())
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0


def _words(pages: Sequence[Page], markup: Mapping[str, bytes]) -> list[Figure]:
    def mean(story: Callable[[Page], str]) -> str:
        return f"{fmean(agreement(story(page), page.body or '') for page in pages):.3f}"

    reference = (
        f"{mean(lambda page: page.text)} as pasted, {mean(_long_lines)} long lines that end as"
        f" sentences, {mean(lambda page: _extracted(page, markup))} trafilatura with the markup"
    )
    data = f"{COLLECTION}, {len(pages)} pages of news"
    found = mean(lambda page: _body(_parsed(page)))
    return [Figure("words of the story, F1", data, found, reference, _MUST["words"])]


def _strings(pages: Sequence[Page], markup: Mapping[str, bytes]) -> list[Figure]:
    ours = [_plain(f"{article.title} {_body(article)}") for article in map(_parsed, pages)]
    peers = [_plain(_extracted(page, markup)) for page in pages]
    kept = [page.must_have for page in pages]
    gone = [page.must_not_have for page in pages]
    return [
        Figure(
            "strings of the story that are kept",
            f"{COLLECTION}, {sum(map(len, kept))} strings",
            f"{_share_within(kept, ours):.3f}",
            f"{_share_within(kept, peers):.3f} trafilatura with the markup",
            _MUST["kept"],
        ),
        Figure(
            "strings around the story that are gone",
            f"{COLLECTION}, {sum(map(len, gone))} strings",
            f"{1 - _share_within(gone, ours):.3f}",
            f"{1 - _share_within(gone, peers):.3f} trafilatura with the markup",
            _MUST["gone"],
        ),
    ]


def _titles(pages: Sequence[Page]) -> Figure:
    titled = [page for page in pages if page.title]
    right = sum(_same(_parsed(page).title, page.title or "") for page in titled)
    there = sum(_plain(page.title or "").lower() in _plain(page.text).lower() for page in titled)
    return Figure(
        "titles that are the page's own",
        f"{COLLECTION}, {len(titled)} pages, {there} of which show it",
        f"{right / len(titled):.3f}",
    )


def _share_within(strings: Iterable[Sequence[str]], texts: Iterable[str]) -> float:
    found = [
        _plain(string) in text
        for of_page, text in zip(strings, texts, strict=True)
        for string in of_page
    ]
    return sum(found) / len(found)


def _same(one: str, other: str) -> bool:
    return _plain(one).lower() == _plain(other).lower()


def _plain(text: str) -> str:
    return " ".join(text.split())


def _parsed(page: Page) -> Article:
    return parse_text(page.text.encode(), page.id)


def _body(article: Article) -> str:
    return " ".join((*article.key_points.points, *(block.text for block in article.blocks)))


def _long_lines(page: Page) -> str:
    lines = page.text.split("\n")
    return " ".join(line for line in lines if len(line) >= _LONG_LINE and ends_sentence(line))


def _extracted(page: Page, markup: Mapping[str, bytes]) -> str:
    """Return what trafilatura takes from the page with its markup, set to be precise."""
    import trafilatura  # noqa: PLC0415  heavy, and of no use to who has no such collection

    raw = markup.get(page.id)
    text = trafilatura.extract(raw, favor_precision=True, include_comments=False) if raw else None
    return str(text or "")


def _pages(folder: Path) -> list[Page]:
    pages = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            pages += [_page(json.loads(line)) for line in lines]
    return pages


def _page(told: dict[str, Any]) -> Page:
    return Page(
        told["id"],
        told["text"],
        told.get("gold_body"),
        tuple(told.get("must_have") or ()),
        tuple(told.get("must_not_have") or ()),
        told.get("gold_title"),
    )


def _markup(folder: Path) -> dict[str, bytes]:
    """Return the pages with their markup, by the ids of the pasted ones: ``<set>-<name>``."""
    found = {}
    for path in sorted(folder.glob("*.tar.gz")):
        collection = path.name.split(".")[0]
        with tarfile.open(path) as pages:
            for member in pages:
                file = pages.extractfile(member) if member.isfile() else None
                if file:
                    raw = file.read()
                    found[f"{collection}-{member.name}"] = raw
                    found[f"{collection}-{member.name.removesuffix('.html')}"] = raw
    return found
