"""Tantivy, a library in Rust: two fields of plain words, the ids stored."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import Document, FieldType, Occur, Order, Query, SchemaBuilder

from benchmarks.engines import (
    TOP,
    Answer,
    Engine,
    Question,
    day,
    searched_text,
    typed_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.article import Article

_WEIGHTS = {"title": 4.0, "body": 1.0}
_THREADS = 2


def _schema() -> Any:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in _WEIGHTS:
        builder.add_text_field(field)
    builder.add_unsigned_field("day", indexed=True, fast=True)
    return builder.build()


_SCHEMA = _schema()


class Tantivy(Engine):
    """An index of Tantivy, written with two threads and the heap it takes by itself."""

    @staticmethod
    def version() -> str:
        """Return the version of the binding, which is that of the library."""
        return version("tantivy")

    def build(self, articles: Iterable[Article]) -> None:
        """Write all articles in one commit, and wait for what is merged behind it."""
        writer = tantivy.Index(_SCHEMA, str(self.folder)).writer(num_threads=_THREADS)
        for article in articles:
            writer.add_document(_document(article))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open the index."""
        self._index = tantivy.Index.open(str(self.folder))
        self._searcher = self._index.searcher()
        self._writer: Any = None

    def answer(self, question: Question) -> Answer:
        """Search, count, and read the stored ids."""
        order = {"order_by_field": "day", "order": Order.Desc} if question.newest_first else {}
        found = self._searcher.search(_query(question), limit=TOP, count=True, **order)
        ids = tuple(str(self._searcher.doc(address)["id"][0]) for _, address in found.hits)
        return Answer(ids, found.count)

    def add(self, article: Article) -> None:
        """Commit the article, and look at what is committed."""
        if self._writer is None:
            self._writer = self._index.writer(num_threads=_THREADS)
        self._writer.add_document(_document(article))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Wait for merges, if something was added."""
        if self._writer is not None:
            self._writer.wait_merging_threads()


def _document(article: Article) -> Any:
    document = Document()
    document.add_text("id", article.id)
    document.add_text("title", article.title)
    document.add_text("body", searched_text(article))
    document.add_unsigned("day", day(article))
    return document


def _query(question: Question) -> Any:
    found = _words(question)
    if question.first is None:
        return found
    days = Query.range_query(_SCHEMA, "day", FieldType.Unsigned, question.first, question.last)
    return _joined(Occur.Must, [found, Query.const_score_query(days, 0.0)])


def _words(question: Question) -> Any:
    words = question.words
    match question.shape:
        case "all":
            return _joined(Occur.Must, map(_word, words))
        case "any":
            return _joined(Occur.Should, map(_word, words))
        case "phrase":
            return _in_fields(lambda field: Query.phrase_query(_SCHEMA, field, list(words)))
        case "prefix":
            return _prefix(words[0])
        case "near":
            return _in_fields(lambda field: Query.fuzzy_term_query(_SCHEMA, field, words[0]))
    finished, begun = typed_words(words[0])
    parts = [*map(_word, finished), *([_prefix(begun)] if begun else [])]
    return _joined(Occur.Must, parts) if parts else Query.empty_query()


def _word(word: str) -> Any:
    return _in_fields(lambda field: Query.term_query(_SCHEMA, field, word))


def _prefix(beginning: str) -> Any:
    # A phrase prefix would be faster, but finds the first 50 words alone.
    return _in_fields(lambda field: Query.regex_query(_SCHEMA, field, f"{beginning}.*"))


def _in_fields(query_in: Any) -> Any:
    weighted = (Query.boost_query(query_in(field), n) for field, n in _WEIGHTS.items())
    return _joined(Occur.Should, weighted)


def _joined(occur: Any, queries: Iterable[Any]) -> Any:
    queries = list(queries)
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(occur, query) for query in queries])
