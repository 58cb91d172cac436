"""Broadsheet itself, asked through the library as everybody asks it.

Its folder is a library whose record is filled; the index is made from that.
"""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

from benchmarks.engines import TOP, Answer, Engine, Question
from index.errors import QueryError
from index.intake.files import origin_of
from index.library import RECORD, Library
from index.results import PAGE
from index.store import Store
from reader import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index.article import Article
    from index.results import Sort


class Broadsheet(Engine):
    """The library in its folder."""

    cannot = frozenset()

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._added: list[Path] = []

    @staticmethod
    def version() -> str:
        """Return the version of this checkout."""
        return __version__

    @property
    def _index(self) -> Path:
        return self.folder / "index"

    def build(self, articles: Iterable[Article]) -> None:  # noqa: ARG002
        """Make the index of what is in the record, which has the articles."""
        shutil.rmtree(self._index, ignore_errors=True)
        library = Library(self.folder)
        library.sync()
        library.close()

    def open(self) -> None:
        """Open the library."""
        self._library = Library(self.folder)

    def answer(self, question: Question) -> Answer:
        """Search, with the hits of a screen's first page only where these are asked for."""
        sort: Sort = "newest" if question.newest_first else "relevance"
        try:
            found = self._library.search(
                query(question),
                typing=question.shape in ("typed", "shown"),
                sort=sort,
                limit=PAGE if question.shape == "shown" else 0,
            )
        except QueryError:
            # A headline need not be a query that can be understood.
            return Answer((), 0)
        return Answer(tuple(found.ids[:TOP]), found.total)

    def add(self, article: Article) -> None:
        """Take the article in from a text file, as it would come."""
        path = self.folder / f"{article.id}.txt"
        text = "\n\n".join(passage.text for passage in article.passages)
        path.write_text(text, encoding="utf-8")
        self._added.append(path)
        self._library.add([path])

    def close(self) -> None:
        """Close the library; its record lists what it listed before something was added."""
        self._library.close()
        if self._added:
            store = Store(self.folder / RECORD)
            store.articles.withdraw(origin_of(path) for path in self._added)
            store.close()
        while self._added:
            self._added.pop().unlink()

    def size(self) -> int:
        """Return the bytes of the index; the record is not one."""
        return sum(path.stat().st_size for path in self._index.rglob("*") if path.is_file())


def query(question: Question) -> str:
    """Write a question in the query language."""
    match question.shape:
        case "any":
            asked = " OR ".join(question.words)
        case "phrase":
            asked = f'"{" ".join(question.words)}"'
        case "prefix":
            asked = f"{question.words[0]}*"
        case "near":
            asked = f"{question.words[0]}~"
        case _:
            asked = " ".join(question.words)
    if question.first is None or question.last is None:
        return asked
    first, last = map(dt.date.fromordinal, (question.first, question.last))
    return f"{asked} date:{first}..{last}"
