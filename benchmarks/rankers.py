"""Engines that put articles into an order by a question, as well as each of them can.

All are asked for articles with any word of the question, as typed words would have to be in an
article all of them: a question in natural language is in none. All stem, all search title and text,
and no words are left out. What weighs how much is one setting for all collections, the best that
was found for each engine.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from whoosh.searching import Searcher

from benchmarks.engines import FTS5, OURS, TANTIVY, searched_text
from index import analysis
from index.columnar.index import ColumnarIndex
from index.ranking import MODEL
from index.schema import SCHEMA, document
from index.search import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.article import Article

    Rankings = dict[str, Sequence[str]]
    """By id of the question: the ids of all articles found, best first."""

    Ranker = Callable[[Sequence[Article], Mapping[str, str]], Rankings]
    """Ranks articles by questions, each a text under an id."""

FTS5_TITLE = 4.0
"""What the title weighs for FTS5, the text weighing 1: the best of 1, 2, 4 and 8."""

TANTIVY_TITLE = 0.5
"""The same for Tantivy: the best of 1/4, 1/2, 1, 2 and 4. It adds up the scores of the fields, and
takes the rarity of a word by field, so that anything more spoils it."""


def by_broadsheet(articles: Sequence[Article], questions: Mapping[str, str]) -> Rankings:
    """Rank as the library does, in its query language."""
    with TemporaryDirectory() as folder:
        # One below, as the lock stands beside.
        index = ColumnarIndex.create(Path(folder, "index"), SCHEMA)
        with index.writer() as writer:
            for article in articles:
                writer.add_document(**document(article))
        searcher = Searcher(index.reader(), weighting=MODEL)
        return {id_: tuple(rank(searcher, query(text)).ids) for id_, text in questions.items()}


def query(question: str) -> str:
    """Write a question in the query language: any of its words, a compound by its parts."""
    forms: dict[int, str] = {}
    for word in analysis.words(question):
        if not word.compound:
            forms.setdefault(word.position, word.form)
    return " OR ".join(forms.values())


def by_fts5(articles: Sequence[Article], questions: Mapping[str, str]) -> Rankings:
    """Rank with SQLite's ``bm25``, over Porter's stems."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize = 'porter unicode61')"
        )
        rows = ((article.title, searched_text(article)) for article in articles)
        database.executemany("INSERT INTO texts (title, body) VALUES (?, ?)", rows)

        def ranked(text: str) -> Iterable[str]:
            found = database.execute(
                "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, ?, 1.0), rowid",
                (_any_of(text), FTS5_TITLE),
            )
            return (articles[number - 1].id for (number,) in found)

        return {id_: tuple(ranked(text)) for id_, text in questions.items()}


def by_tantivy(articles: Sequence[Article], questions: Mapping[str, str]) -> Rankings:
    """Rank with Tantivy's BM25, over Snowball's English stems.

    Raises :class:`ImportError` where it is not installed.
    """
    import tantivy  # noqa: PLC0415  (not everybody has it)

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for article in articles:
        fields = {"id": article.id, "title": article.title, "body": searched_text(article)}
        writer.add_document(tantivy.Document(**fields))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ranked(text: str) -> Iterable[str]:
        asked = index.parse_query(
            _any_of(text), ["title", "body"], field_boosts={"title": TANTIVY_TITLE}
        )
        hits = searcher.search(asked, limit=len(articles), count=False).hits
        return (searcher.doc(address)["id"][0] for _, address in hits)

    return {id_: tuple(ranked(text)) for id_, text in questions.items()}


RANKERS: Mapping[str, Ranker] = {OURS: by_broadsheet, TANTIVY: by_tantivy, FTS5: by_fts5}
"""Under the names that the engines have elsewhere."""


def _any_of(question: str) -> str:
    """Write a question for the peers, which happen to have the same notation: any of its words.

    A word is what their tokenizers take for one. Compounds as they stand would be phrases to them,
    which is worse.
    """
    return " OR ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", question))
