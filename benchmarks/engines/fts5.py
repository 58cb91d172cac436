"""FTS5, the full-text index of SQLite: two columns without their text, prefixes indexed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from benchmarks.engines import TOP, Answer, Engine, Question, day, searched_text, typed_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.article import Article

_TABLES = """
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT, day INTEGER);
CREATE VIRTUAL TABLE texts USING fts5(
    title, body, content = '', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25(4.0, 1.0)');
INSERT INTO texts (texts, rank) VALUES ('hashsize', 67108864);
"""

_BUILDING = ("journal_mode = OFF", "synchronous = OFF")
"""A kill while it is built leaves nothing of use, which is no loss: it can be built again."""

_KEEPING = ("journal_mode = WAL", "synchronous = FULL", "mmap_size = 68719476736")

# Counting in the same pass costs nothing; counting by itself, a tenth more.
_BEST = f"SELECT rowid, count(*) OVER () FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {TOP}"  # noqa: S608
_NEWEST = f"""
SELECT number, count(*) OVER () FROM texts JOIN articles ON number = texts.rowid
WHERE texts MATCH ? ORDER BY day DESC LIMIT {TOP}
"""  # noqa: S608
_BEST_OF_DAYS = f"""
SELECT number, count(*) OVER () FROM texts JOIN articles ON number = texts.rowid
WHERE texts MATCH ? AND day BETWEEN ? AND ? ORDER BY rank LIMIT {TOP}
"""  # noqa: S608


class Fts5(Engine):
    """A database with an FTS5 table, and a table of ids and days."""

    cannot = frozenset({"shown", "near"})

    @staticmethod
    def version() -> str:
        """Return the version of SQLite."""
        return sqlite3.sqlite_version

    def build(self, articles: Iterable[Article]) -> None:
        """Write all articles in one transaction, and merge everything into one tree."""
        self._connect(_BUILDING)
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")
        for number, article in enumerate(articles):
            self._write(number, article)
        self._database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._database.execute("COMMIT")
        self.close()

    def open(self) -> None:
        """Open the database, its file mapped into memory."""
        self._connect(_KEEPING)

    def answer(self, question: Question) -> Answer:
        """Search and count, and look the ids up."""
        match = _match(question)
        if not match:
            return Answer((), 0)
        if question.first is not None:
            rows = self._ask(_BEST_OF_DAYS, match, question.first, question.last)
        else:
            rows = self._ask(_NEWEST if question.newest_first else _BEST, match)
        numbers = [number for number, _ in rows]
        holes = ", ".join("?" * len(numbers))
        named = self._ask(f"SELECT number, id FROM articles WHERE number IN ({holes})", *numbers)  # noqa: S608
        ids = dict(named)
        return Answer(tuple(ids[number] for number in numbers), rows[0][1] if rows else 0)

    def add(self, article: Article) -> None:
        """Write the article in a transaction of its own."""
        ((last,),) = self._ask("SELECT max(number) FROM articles")
        self._database.execute("BEGIN")
        self._write(last + 1, article)
        self._database.execute("COMMIT")

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _connect(self, settings: Iterable[str]) -> None:
        self._database = sqlite3.connect(self.folder / "fts5.db", isolation_level=None)
        for setting in settings:
            self._database.execute(f"PRAGMA {setting}")

    def _ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.execute(query, values).fetchall()

    def _write(self, number: int, article: Article) -> None:
        self._database.execute(
            "INSERT INTO articles VALUES (?, ?, ?)", (number, article.id, day(article))
        )
        self._database.execute(
            "INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)",
            (number, article.title, searched_text(article)),
        )


def _match(question: Question) -> str:
    words = [f'"{word}"' for word in question.words]
    match question.shape:
        case "any":
            return " OR ".join(words)
        case "phrase":
            return f'"{" ".join(question.words)}"'
        case "prefix":
            return f"{words[0]}*"
        case "typed":
            finished, begun = typed_words(question.words[0])
            parts = [f'"{word}"' for word in finished]
            return " ".join([*parts, f'"{begun}"*'] if begun else parts)
    return " ".join(words)
