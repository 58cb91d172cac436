"""The engines that are compared: what each of them has to be able to do, and where each is.

An engine's own file imports what it needs; nothing else does, so that a process has in memory the
one engine that it measures.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index.article import Article

TOP = 20
"""Articles that an engine has to name."""

Shape = Literal["all", "any", "phrase", "prefix", "near", "typed", "shown"]
"""What is asked for: articles with all words, with any, with the words side by side, with a word
that begins so, with a word of which one letter is another, with all words of a text of which the
last may go on; and the same with everything that a screen shows of the first page of hits."""


class Question(NamedTuple):
    """What is asked of an engine: the ids of the best 20 articles, and the number of all."""

    shape: Shape
    words: tuple[str, ...]
    """Letters a to z in lower case; of what is typed, one text as it stands in the line."""

    first: int | None = None
    """Only articles of this day or later, as a proleptic Gregorian ordinal."""

    last: int | None = None
    """Only articles of this day or earlier; given if ``first`` is."""

    newest_first: bool = False
    """The newest 20, rather than the best."""


class Answer(NamedTuple):
    """What an engine found."""

    ids: tuple[str, ...]
    total: int


class Engine(ABC):
    """An index of articles in a folder of its own."""

    cannot: ClassVar[frozenset[Shape]] = frozenset({"shown"})
    """The shapes of questions that it has no answer to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    @abstractmethod
    def version() -> str:
        """Return the version that is measured."""

    @abstractmethod
    def build(self, articles: Iterable[Article]) -> None:
        """Make the index, in a folder that is empty but for what it is made from."""

    @abstractmethod
    def open(self) -> None:
        """Open the index for searching."""

    @abstractmethod
    def answer(self, question: Question) -> Answer:
        """Answer a question."""

    @abstractmethod
    def add(self, article: Article) -> None:
        """Add an article that is not there; it is on disk, and found, when this returns."""

    @abstractmethod
    def close(self) -> None:
        """Let go of all files."""

    def size(self) -> int:
        """Return the bytes of the index on disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


class Place(NamedTuple):
    """Where an engine is to be had, and up to how many articles."""

    title: str
    module: str
    name: str
    most: int | None = None
    """It takes too long with more articles."""

    def engine(self, folder: Path) -> Engine:
        """Return the engine on the index in a folder.

        Raises :class:`ImportError` where what it needs is not installed.
        """
        made: Engine = getattr(import_module(self.module), self.name)(folder)
        return made


OURS, TANTIVY, FTS5 = "broadsheet", "tantivy", "fts5"

ENGINES = {
    OURS: Place("Broadsheet", "benchmarks.engines.broadsheet", "Broadsheet"),
    TANTIVY: Place("Tantivy", "benchmarks.engines.tantivy", "Tantivy"),
    FTS5: Place("SQLite FTS5", "benchmarks.engines.fts5", "Fts5"),
    "xapian": Place("Xapian", "benchmarks.engines.xapian", "Xapian", most=100_000),
    "whoosh": Place("stock Whoosh", "benchmarks.engines.whoosh", "Whoosh", most=10_000),
}


def searched_text(article: Article) -> str:
    """Return all of an article but its title, as the engines with two fields take it."""
    return "\n".join(passage.text for passage in article.passages if passage.field != "title")


def day(article: Article) -> int:
    """Return an article's day as a proleptic Gregorian ordinal, or 0 where it has none."""
    return article.published.toordinal() if article.published is not None else 0


def typed_words(text: str) -> tuple[tuple[str, ...], str]:
    """Return the finished words of what is typed, and the beginning of the last one.

    A word is what lies between other characters than letters and digits, as most engines take it.
    """
    words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    if not words or not text[-1].isalnum():
        return tuple(words), ""
    return tuple(words[:-1]), words[-1]
