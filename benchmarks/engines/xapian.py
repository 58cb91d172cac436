"""Xapian, a library in C++: one field of plain words, in which those of the title count more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xapian
from xapian import Query

from benchmarks.engines import TOP, Answer, Engine, Question, day, searched_text, typed_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.article import Article

_TITLE_WEIGHT = 4
_DAY = 0
"""The number of the value that holds the day."""


class Xapian(Engine):
    """A database of Xapian. Its counts are made exact, as those of the others are."""

    cannot = frozenset({"shown", "near"})

    @staticmethod
    def version() -> str:
        """Return the version of the library."""
        return str(xapian.version_string())

    def build(self, articles: Iterable[Article]) -> None:
        """Write all articles, not caring what a kill would leave."""
        flags = xapian.DB_CREATE | xapian.DB_NO_SYNC | xapian.DB_DANGEROUS
        database = xapian.WritableDatabase(str(self.folder), flags)
        for article in articles:
            database.add_document(_document(article))
        database.commit()
        database.close()

    def open(self) -> None:
        """Open the database."""
        self._database = xapian.Database(str(self.folder))
        self._writer: Any = None

    def answer(self, question: Question) -> Answer:
        """Search, looking at every document that matches."""
        enquire = xapian.Enquire(self._database)
        enquire.set_query(_query(question))
        if question.newest_first:
            enquire.set_sort_by_value(_DAY, True)  # noqa: FBT003
        found = enquire.get_mset(0, TOP, self._database.get_doccount())
        ids = tuple(hit.document.get_data().decode() for hit in found)
        return Answer(ids, found.get_matches_estimated())

    def add(self, article: Article) -> None:
        """Commit the article, and look at what is committed."""
        if self._writer is None:
            self._writer = xapian.WritableDatabase(str(self.folder), xapian.DB_OPEN)
        self._writer.add_document(_document(article))
        self._writer.commit()
        self._database.reopen()

    def close(self) -> None:
        """Close the database."""
        self._database.close()
        if self._writer is not None:
            self._writer.close()


def _document(article: Article) -> Any:
    document = xapian.Document()
    document.set_data(article.id)
    document.add_value(_DAY, xapian.sortable_serialise(day(article)))
    words = xapian.TermGenerator()
    words.set_document(document)
    words.index_text(article.title, _TITLE_WEIGHT)
    words.increase_termpos()
    words.index_text(searched_text(article))
    return document


def _query(question: Question) -> Any:
    found = _words(question)
    if question.first is None:
        return found
    first, last = map(xapian.sortable_serialise, (question.first, question.last))
    return Query(Query.OP_FILTER, found, Query(Query.OP_VALUE_RANGE, _DAY, first, last))


def _words(question: Question) -> Any:
    words = [Query(word) for word in question.words]
    match question.shape:
        case "any":
            return Query(Query.OP_OR, words)
        case "phrase":
            return Query(Query.OP_PHRASE, words, len(words))
        case "prefix":
            return _prefix(question.words[0])
        case "typed":
            finished, begun = typed_words(question.words[0])
            parts = [Query(word) for word in finished]
            return Query(Query.OP_AND, [*parts, _prefix(begun)] if begun else parts)
    return Query(Query.OP_AND, words)


def _prefix(beginning: str) -> Any:
    return Query(Query.OP_WILDCARD, beginning, 0, Query.OP_OR)
