"""Whoosh in files of its own: the fields of this project, asked as Whoosh offers it."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from whoosh.index import create_in, open_dir
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.ranges import NumericRange
from whoosh.query.terms import FuzzyTerm, Prefix, Term

from benchmarks.engines import TOP, Answer, Engine, Question, typed_words
from index.schema import SCHEMA, WHOLE, document, stem, words_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whoosh.query.qcore import Query

    from index.article import Article

_WEIGHTS = {"title": 4.0, "points": 2.5, "headings": 1.5, "body": 1.0}
_MEGABYTES = 256


class Whoosh(Engine):
    """An index of Whoosh."""

    @staticmethod
    def version() -> str:
        """Return the version of the distribution."""
        return version("whoosh3")

    def build(self, articles: Iterable[Article]) -> None:
        """Write all articles in one commit."""
        index = create_in(str(self.folder), SCHEMA)
        writer = index.writer(limitmb=_MEGABYTES)
        for article in articles:
            writer.add_document(**document(article))
        writer.commit()
        index.close()

    def open(self) -> None:
        """Open the index."""
        self._index = open_dir(str(self.folder))
        self._searcher: Any = self._index.searcher()

    def answer(self, question: Question) -> Answer:
        """Search, and count."""
        order = {"sortedby": "published", "reverse": True} if question.newest_first else {}
        found = self._searcher.search(_words(question), limit=TOP, filter=_days(question), **order)
        return Answer(tuple(hit["id"] for hit in found), len(found))

    def add(self, article: Article) -> None:
        """Commit the article, and look at what is committed."""
        writer = self._index.writer()
        writer.add_document(**document(article))
        writer.commit()
        self._searcher = self._searcher.refresh()

    def close(self) -> None:
        """Close the index."""
        self._searcher.close()
        self._index.close()


def _days(question: Question) -> Query | None:
    if question.first is None:
        return None
    return NumericRange("day", question.first, question.last)


def _words(question: Question) -> Query:
    words = question.words
    match question.shape:
        case "all":
            return And(list(map(_word, words)))
        case "any":
            return Or(list(map(_word, words)))
        case "phrase":
            return Or([Phrase(words_field(f), list(words), boost=n) for f, n in _WEIGHTS.items()])
        case "prefix":
            return _prefix(words[0])
        case "near":
            return Or(
                [FuzzyTerm(words_field(field), words[0], prefixlength=1) for field in _WEIGHTS]
            )
    finished, begun = typed_words(words[0])
    parts = [*map(_word, finished), *([Or([_word(begun), _prefix(begun)])] if begun else [])]
    return And(parts)


def _word(word: str) -> Query:
    return Term(WHOLE, stem(word))


def _prefix(beginning: str) -> Query:
    return Or([Prefix(words_field(field), beginning, boost=n) for field, n in _WEIGHTS.items()])
