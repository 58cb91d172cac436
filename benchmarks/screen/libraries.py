"""The libraries that the screen is measured over: filled once, with a long article in them."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.library import fill
from index.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from benchmarks.corpora import Corpora
    from index.article import Article
    from index.progress import Listener

_TYPED = re.compile(r"[A-Za-z ]{30,60}")

LONG_WORDS = 50_000
LONG_TITLE = "Zqxjkvian chronicle of everything that happened"
"""The title of the long article; no other has its first word."""


class Filled(NamedTuple):
    """A library of news."""

    place: Path
    taken: int
    """How many of the stream of news were taken for it: it has none of those that follow."""


def library(folder: Path, news: Corpora, size: int, progress: Listener) -> Filled:
    """Make sure that a folder has a library of ``size`` articles, and its index."""
    place = folder / str(size) / "library"
    taken = fill(place, news, size, progress)
    with closing(Library(place)) as filled:
        filled.sync(progress)
    return Filled(place, taken)


def with_long_article(source: Path, place: Path) -> Path:
    """Copy a library to ``place``, and add an article of fifty thousand words."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place)
    with closing(Library(place)) as copied:
        paragraphs: list[str] = []
        words = 0
        for article in copied.articles(copied.ids()):
            for block in article.blocks:
                paragraphs.append(block.text)
                words += len(block.text.split())
            if words >= LONG_WORDS:
                break
        file = place / "long.md"
        file.write_text(f"# {LONG_TITLE}\n\n" + "\n\n".join(paragraphs), encoding="utf-8")
        copied.add([file])
    return place


def headlines(articles: Iterable[Article], number: int) -> list[str]:
    """Return titles of articles that can be typed: letters and spaces, of some length."""
    titles = dict.fromkeys(article.title for article in articles)
    typed = [title.lower() for title in titles if _TYPED.fullmatch(title)]
    return typed[:number]
