"""Figures of the intake of web pages, beside trafilatura on the same pages in the same run."""

from __future__ import annotations

import json
import logging
import tarfile
from collections import defaultdict
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.intake.figures import Figure
from benchmarks.intake.scores import (
    day_agrees,
    mean,
    percentile,
    same_words,
    shingle_f1,
    squeezed,
    word_f1,
)
from index.errors import UnreadableError
from index.intake.html import parse_html

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.article import Article

MODES: dict[str, dict[str, bool]] = {
    "default": {},
    "precision": {"favor_precision": True},
    "recall": {"favor_recall": True},
    "default, no comments": {"include_comments": False},
    "precision, no comments": {"favor_precision": True, "include_comments": False},
    "recall, no comments": {"favor_recall": True, "include_comments": False},
}
"""The ways that trafilatura is asked in. Comments are never ours, so the fair ones are the last."""

KEY_POINTS = {
    ("aeb", "f81c6c05d9cbc93316992fa23ef74ec405194e292611f2e94f6a"): 6,
    ("newspaper4k", "cnn_article"): 3,
    ("postlight", "timesofindia.indiatimes.com"): 2,
    ("postlight", "www.bloomberg.com--news"): 2,
    ("postlight", "www.bloomberg.com.html"): 2,
    ("postlight", "www.cnbc.com--redesign"): 3,
    ("trafilatura", "cducsu.de-wasserstoff"): 3,
    ("trafilatura", "dailymail.co.uk.food"): 3,
    ("trafilatura", "gruene-bundestag.de-COP26"): 3,
    ("trafilatura", "kirche-und-leben.de-"): 3,
    ("trafilatura", "sueddeutsche.de.flixtrain"): 2,
}
"""Pages that were found, by looking, to have key points: how their names begin, and how many."""


class Page(NamedTuple):
    """A page with what it is said to hold."""

    name: str
    raw: bytes
    gold: dict[str, object]


def figures(folder: Path) -> list[Figure]:
    """Measure the intake of pages on the collections in ``folder``, the folder of corpora."""
    logging.disable(logging.CRITICAL)
    try:
        pages = folder / "html_extraction"
        timer = _Timer()
        return [
            *_text_figures(pages, timer),
            *_string_figures(pages, timer),
            *_said_figures(pages, timer),
            *_point_figures(pages, timer),
            *timer.figures(),
        ]
    finally:
        logging.disable(logging.NOTSET)


class _Timer:
    """Reads pages, and keeps how long each took."""

    def __init__(self) -> None:
        self._milliseconds: list[float] = []

    def read(self, page: Page) -> Article | None:
        start = perf_counter()
        try:
            return parse_html(page.raw, page.name)
        except UnreadableError:
            return None
        finally:
            self._milliseconds.append(1000 * (perf_counter() - start))

    def figures(self) -> Iterator[Figure]:
        data = f"html_extraction, {len(self._milliseconds)} pages read"
        for name, share in (("median", 0.5), ("p95", 0.95)):
            measured = percentile(self._milliseconds, share)
            yield Figure(f"time a page, {name}", data, f"{measured:.0f} ms")


def _pages(folder: Path, collection: str) -> Iterator[Page]:
    with (folder / f"{collection}.dev.gold.jsonl").open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    with tarfile.open(folder / f"{collection}.dev.tar.gz") as archive:
        files = {
            member.name.removeprefix("./").removesuffix("/source.html"): file.read()
            for member in archive
            if member.isfile() and (file := archive.extractfile(member))
        }
    for told in gold:
        name = told.get("file") or told["id"]
        found = next((files[key] for key in (name, f"{name}.html") if key in files), None)
        if found is not None:
            yield Page(name, found, told)


# --- the text -------------------------------------------------------------------------------------


def _text_figures(folder: Path, timer: _Timer) -> Iterator[Figure]:
    words: defaultdict[str, list[float]] = defaultdict(list)
    shingles: defaultdict[str, list[float]] = defaultdict(list)
    for page in _pages(folder, "aeb"):
        gold = str(page.gold["body"])
        texts = {mode: _peer_text(page, options) for mode, options in MODES.items()}
        for name, text in (*texts.items(), ("ours", _body(timer.read(page)))):
            words[name].append(word_f1(text, gold))
            shingles[name].append(shingle_f1(text, gold))
    data = f"aeb, {len(words['ours'])} pages"
    for what, scores in (("F1 of words", words), ("F1 of runs of four words", shingles)):
        best = max(MODES, key=lambda mode: mean(scores[mode]))
        reference = f"trafilatura {mean(scores[best]):.4f} ({best})"
        yield Figure(what, data, f"{mean(scores['ours']):.4f}", reference, f"≥ {reference}")


def _peer_text(page: Page, options: dict[str, bool]) -> str:
    from trafilatura import extract  # noqa: PLC0415 - heavy, and for these figures alone.

    return extract(page.raw, **options) or ""  # type: ignore[arg-type]


def _body(article: Article | None) -> str:
    if article is None:
        return ""
    return "\n".join([*article.key_points.points, *(block.text for block in article.blocks)])


# --- strings that stay, and that go ---------------------------------------------------------------


def _string_figures(folder: Path, timer: _Timer) -> Iterator[Figure]:
    stayed: defaultdict[str, list[float]] = defaultdict(list)
    gone: defaultdict[str, list[float]] = defaultdict(list)
    for page in _pages(folder, "trafilatura"):
        article = timer.read(page)
        texts = {mode: squeezed(_peer_text(page, options)) for mode, options in MODES.items()}
        texts["ours"] = squeezed(f"{article.title if article else ''}\n{_body(article)}")
        for name, text in texts.items():
            stayed[name] += (float(squeezed(one) in text) for one in _strings(page, "with"))
            gone[name] += (float(squeezed(one) not in text) for one in _strings(page, "without"))
    for what, scores, other, must in (
        ("strings that stay", stayed, gone, "≥ 0.95"),
        ("strings that go", gone, stayed, "≥ 0.85"),
    ):
        best = max(MODES, key=lambda mode: mean(scores[mode]))
        reference = f"trafilatura {mean(scores[best]):.3f} ({best}, other {mean(other[best]):.3f})"
        data = f"trafilatura, {len(scores['ours'])} strings"
        yield Figure(what, data, f"{mean(scores['ours']):.3f}", reference, must)


def _strings(page: Page, key: str) -> list[str]:
    told = page.gold[key]
    return [str(one) for one in told] if isinstance(told, list) else []


# --- what pages say of their articles ------------------------------------------------------------


class _Said(NamedTuple):
    title: str
    published: dt.datetime | dt.date | str | None
    source: str


_KEYS = {
    "postlight": ("title", "date_published", ""),
    "trafilatura": ("title", "date", "sitename"),
    "readability": ("title", "publishedTime", "siteName"),
}
_CHECKS: dict[str, Callable[[_Said, str], bool]] = {
    "titles": lambda said, gold: same_words(said.title, gold),
    "dates": lambda said, gold: day_agrees(said.published, gold),
    "sources": lambda said, gold: same_words(said.source, gold),
}


def _said_figures(folder: Path, timer: _Timer) -> Iterator[Figure]:
    for collection, keys in _KEYS.items():
        ours: defaultdict[str, list[float]] = defaultdict(list)
        peers: defaultdict[str, list[float]] = defaultdict(list)
        for page in _pages(folder, collection):
            gold = page.gold.get("metadata", page.gold)
            if not isinstance(gold, dict):
                continue
            said, peer = _said(timer.read(page)), _peer_said(page)
            for (what, check), key in zip(_CHECKS.items(), keys, strict=True):
                if wanted := gold.get(key):
                    ours[what].append(float(check(said, str(wanted))))
                    peers[what].append(float(check(peer, str(wanted))))
        for what in ours:
            reference = f"trafilatura {mean(peers[what]):.3f}"
            data = f"{collection}, {len(ours[what])} pages"
            yield Figure(what, data, f"{mean(ours[what]):.3f}", reference, f"≥ {reference}")


def _said(article: Article | None) -> _Said:
    if article is None:
        return _Said("", None, "")
    return _Said(article.title, article.published, article.source or "")


def _peer_said(page: Page) -> _Said:
    from trafilatura import extract_metadata  # noqa: PLC0415 - heavy, and for these figures alone.

    try:
        found = extract_metadata(page.raw)
    except Exception:  # noqa: BLE001 - what it stumbles over, it has not read.
        return _Said("", None, "")
    return _Said(found.title or "", found.date, found.sitename or "")


# --- key points -----------------------------------------------------------------------------------


def _point_figures(folder: Path, timer: _Timer) -> Iterator[Figure]:
    found = right = claimed = pages = 0
    collections = sorted({collection for collection, _ in KEY_POINTS})
    for collection in collections:
        wanted = {name: count for (of, name), count in KEY_POINTS.items() if of == collection}
        for page in _pages(folder, collection):
            pages += 1
            article = timer.read(page)
            points = len(article.key_points.points) if article else 0
            count = next((n for name, n in wanted.items() if page.name.startswith(name)), 0)
            claimed += points > 0
            found += count > 0 and points > 0
            right += count > 0 and points == count
    data = f"{', '.join(collections)}, {len(KEY_POINTS)} of {pages} pages have some"
    yield Figure("pages whose key points are found", data, f"{found} of {len(KEY_POINTS)}")
    yield Figure("… all of them, and no more", data, f"{right} of {len(KEY_POINTS)}")
    yield Figure("pages with key points that are none", data, f"{claimed - found} of {pages}")
