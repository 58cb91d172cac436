"""Files of articles, and the command line, for tests that come in by the front door."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.library import Library
from index.results import Marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CHECKOUT = Path(__file__).parent.parent

PATIENCE = 120
"""Seconds after which a process that should have ended has hung."""

_TOPICS = ("harbour", "glacier", "orchard", "ferry", "lantern", "quarry", "meadow", "violin")


def story(topic: str, *paragraphs: str) -> str:
    """Write a short news story with a title."""
    lead = f"The council met on Monday to talk about the {topic}, and agreed on nothing at all."
    return "\n\n".join([f"Council at odds over the {topic}", lead, *paragraphs]) + "\n"


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file below a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def write_stories(folder: Path, number: int, word: str = "") -> list[Path]:
    """Write files of different stories, all of which have ``word``."""
    return [
        write(
            folder,
            f"{place:04}.txt",
            story(
                f"{_TOPICS[place % len(_TOPICS)]} number {place}",
                f"It is {word} again in {folder.name}.",
            ),
        )
        for place in range(number)
    ]


def titles(library: Library, query: str) -> list[str]:
    """Return the titles of what a query finds, sorted."""
    ids = library.search(query, limit=0).ids
    return sorted(article.title for article in library.articles(ids))


def rankings(library: Library, queries: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return the id and score of each article that each query finds."""
    found = {query: library.search(query, limit=0) for query in queries}
    return {
        query: dict(zip(results.ids, (round(score, 6) for score in results.scores), strict=True))
        for query, results in found.items()
    }


QUERIES = ("quiet", "glacier", "council", '"number 1"', "ferr*", "-orchard", "quiet OR loud")
"""Of each kind one, about the stories."""


def reindexed(library: Library, folder: Path) -> dict[str, dict[str, float]]:
    """Return what a library of the same record with a new index finds."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in library.folder.glob("library.db*"):
        shutil.copy(path, folder)
    fresh = Library(folder)
    fresh.sync()
    found = rankings(fresh, QUERIES)
    fresh.close()
    return found


def about(found: dict[str, dict[str, float]]) -> dict[str, Any]:
    """Compare equal to rankings whose scores are the same but for Whoosh's rounding.

    It keeps the length of a text in one byte, and a merged segment knows no other: the mean length
    of all texts, and with it each score, is then a little different.
    """
    return {query: pytest.approx(scores, rel=0.03) for query, scores in found.items()}


def everything(library: Library) -> dict[str, tuple[str, bytes, Marks]]:
    """Return what a library knows of each listed article."""
    ids = library.ids()
    marks = library.marks(ids)
    return {
        article.id: (article.model_dump_json(), library.raw(article.id), marks.get(id_, Marks()))
        for id_, article in zip(ids, library.articles(ids), strict=True)
    }


def broadsheet(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, with environment variables on top."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        env=surroundings(settings),
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
    )


def command(*arguments: str | Path) -> list[str]:
    """Return the words by which the program is started."""
    return [sys.executable, "-m", "reader", *(os.fspath(one) for one in arguments)]


def python(source: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python source in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", source, *(os.fspath(one) for one in arguments)],
        capture_output=True,
        text=True,
        env=surroundings({}),
        timeout=PATIENCE,
    )


def surroundings(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process that has this checkout's modules."""
    paths = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "tests")])
    return {**os.environ, "PYTHONPATH": paths, **settings}


def files_below(folder: Path) -> Iterator[Path]:
    """Give all files in a folder and below, in a steady order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
