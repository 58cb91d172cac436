"""Real news to measure with: collections of articles, mixed into one steady stream."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import random
import re
from hashlib import blake2b
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.article import Article, Block, KeyPoints, article_id
from index.cleaning import clean, clean_lines
from index.sentences import first_sentence
from index.store.incoming import Incoming, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VARIABLE = "BROADSHEET_CORPORA"

COLLECTIONS = (
    "allsides",
    "basil",
    "bbc2225",
    "cnn_story_highlights",
    "cnndm",
    "fnc1_bodies",
    "reuters21578",
    "senate_press",
)
"""The folders that are looked for: English news with bodies, as ``*.jsonl.gz``."""

VERSION = 2
"""Raised when the same files make other articles: libraries filled before are of no use then."""

_SEED = 1987

_PARAGRAPH_END = re.compile(r"\n\s*\n|\n(?= {3})")
"""An empty line; or, as wires and press offices write, an indented first line."""

_LONGEST_TITLE = 120

_STRIDE = 1_009
"""Articles from one that comes again to the one whose end it takes: another one every time."""


class CorporaError(Exception):
    """There are no articles where they were looked for."""


class Corpora:
    """The articles of a folder of collections, each as often as wanted.

    Raises :class:`CorporaError` where the folder holds none.
    """

    def __init__(self, folder: Path) -> None:
        self._paths = [
            path for name in COLLECTIONS for path in sorted((folder / name).glob("*.jsonl.gz"))
        ]
        if not self._paths:
            raise CorporaError(
                f"{folder} has none of the collections {', '.join(COLLECTIONS)}, as"
                f" COLLECTION/*.jsonl.gz; ${VARIABLE} or --corpora names another folder."
            )

    @property
    def identity(self) -> str:
        """What tells the articles of this folder from those of another."""
        files = [(path.name, path.stat().st_size) for path in self._paths]
        return blake2b(repr((VERSION, _SEED, files)).encode(), digest_size=8).hexdigest()

    def __len__(self) -> int:
        return len(self._mixed_lines())

    def articles(self, first: int, behind: int | None = None) -> Iterator[Incoming]:
        """Give articles ``first`` to ``behind`` of the stream, with the line each was made from.

        The stream is the same every time, and of a large library the beginning is that of a small
        one. It has no end: when all articles have been given they come again under other ids, and
        as a library would know a story that comes again, each ends as another one does.
        """
        lines = self._mixed_lines()
        places = ((time, place) for time in count() for place in range(len(lines)))
        for time, place in islice(places, first, behind):
            origin, line = lines[place]
            article = _article(json.loads(line), f"{origin}#{time}")
            if time:
                _, other = lines[(place + time * _STRIDE) % len(lines)]
                article = _spliced(article, _article(json.loads(other), origin))
            yield prepare(article, line)

    def _mixed_lines(self) -> Sequence[tuple[str, bytes]]:
        lines = []
        for path in self._paths:
            with gzip.open(path) as file:
                lines += [(f"{path.parent.name}/{n}", line) for n, line in enumerate(file, 1)]
        random.Random(_SEED).shuffle(lines)
        return lines


def corpora(given: Path | None) -> Corpora:
    """Return the collections in the folder that is given, or that the environment names.

    Raises :class:`CorporaError` where there is no such folder, or nothing in it.
    """
    return Corpora(news_folder(given))


def news_folder(given: Path | None) -> Path:
    """Return the folder that is given, or that the environment names.

    Raises :class:`CorporaError` where neither names one.
    """
    named = given or os.environ.get(VARIABLE)
    if not named:
        raise CorporaError(f"The articles to measure with: ${VARIABLE} or --corpora names them.")
    return Path(named)


def _article(told: dict[str, Any], origin: str) -> Article:
    """Make an article of one line of a collection."""
    body = clean_lines(told["body"])
    paragraphs = [text for text in map(clean, map(str.strip, _PARAGRAPH_END.split(body))) if text]
    title = clean(told["title"] or "").strip()
    points = tuple(clean(point).strip() for point in told.get("highlights") or ())
    return Article(
        id=article_id(origin),
        origin=origin,
        title=title or first_sentence(" ".join(paragraphs[:1]))[:_LONGEST_TITLE] or origin,
        title_from="article" if title else "first sentence",
        published=_date(told["date"]),
        source=told["source"],
        url=told["url"],
        key_points=KeyPoints(origin="article" if points else "none", points=points),
        blocks=tuple(Block(kind="paragraph", text=text) for text in paragraphs),
    )


def _spliced(article: Article, other: Article) -> Article:
    """Return a story that begins as one article and ends as another, as long as either."""
    half, rest = -(-len(article.blocks) // 2), len(other.blocks) // 2
    blocks = (*article.blocks[:half], *other.blocks[rest:])
    return article.model_copy(update={"blocks": blocks, "url": None})


def _date(told: str | None) -> dt.date | dt.datetime | None:
    if told is None:
        return None
    return dt.datetime.fromisoformat(told) if "T" in told else dt.date.fromisoformat(told)
