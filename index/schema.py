"""The Whoosh schema: which fields an article has in the full-text index, and how it fills them.

Each text is indexed twice. The stems carry the ranking and know frequencies alone; those of all
texts of an article are in one field, so that a word is looked up once and not field by field. Of
the unstemmed words (``…_words``) the positions are known, for phrases, prefixes, wildcards and
fuzzy words.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from Stemmer import Stemmer
from whoosh import fields, formats
from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer

from index import analysis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from index.article import Article, PassageField

SCHEMA_VERSION = 3
"""Raised with every change of fields, analysis or stemmer: an older index is rebuilt."""

TEXT_FIELDS: tuple[PassageField, ...] = ("title", "points", "headings", "body")
"""What an article's text consists of, named as the passages."""

WHOLE = "text"
"""The field with the stems of the whole text."""

TIMES: Mapping[PassageField, int] = {"title": 2, "points": 2, "headings": 1, "body": 1}
"""How many times as much a word counts in each of them: so often the whole text has it."""

STEM_FIELDS: tuple[PassageField, ...] = ("title", "points", "headings")
"""Texts whose stems have a field of their own, too. What is left of the whole is the body."""

NAME_FIELDS = ("source", "place")
"""Fields of names: unstemmed."""

UNDATED = -(1 << 62)
"""The ``published`` of an undated article: before every date."""

SHORT_PREFIX = 2
"""Prefixes of up to this many letters are terms of the field ``starts``."""


def words_field(field: str) -> str:
    """Return the unstemmed field with positions that belongs to ``field``."""
    return field if field in NAME_FIELDS else f"{field}_words"


_stemmer: Any = Stemmer("english", 0)


def stem(form: str) -> str:
    """Return the stem of a form: Snowball's English stemmer, known as Porter 2.

    Those that come with Whoosh are older ones: to Porter 2, ``emergency`` is ``emerge``, and to
    ``lang.porter``, ``running`` is ``runn``, which ``runs`` does not find.
    """
    return str(_stemmer.stemWord(form))


class WordTokenizer(Tokenizer):
    """Gives the forms of a text to Whoosh, unstemmed, compounds and their parts alike."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield one token over and over, as Whoosh's own tokenizers do, for each form."""
        options.setdefault("positions", False)
        token = Token(**options)
        token.boost, token.stopped = 1.0, False
        for word, text in self.terms_of(analysis.words(value)):
            token.text = text
            token.pos = word.position
            token.startchar, token.endchar = word.start, word.end
            yield token

    def terms_of(self, words: Iterable[analysis.Word]) -> Iterable[tuple[analysis.Word, str]]:
        """Yield each of some words with the terms by which it is indexed.

        These depend on the word alone, so they may be worked out once for each.
        """
        return ((word, word.form) for word in words)


class StemTokenizer(WordTokenizer):
    """Gives stems; compounds by their parts alone, as a query looks for them."""

    def terms_of(self, words: Iterable[analysis.Word]) -> Iterable[tuple[analysis.Word, str]]:
        """Yield each word with its stem."""
        return ((word, stem(word.form)) for word in words if not word.compound)


class StartTokenizer(WordTokenizer):
    """Gives the first letter and the first two letters of each word."""

    def terms_of(self, words: Iterable[analysis.Word]) -> Iterable[tuple[analysis.Word, str]]:
        """Yield each word with each of its short prefixes."""
        for word in words:
            for length in range(1, min(SHORT_PREFIX, len(word.form)) + 1):
                yield word, word.form[:length]


def _schema() -> fields.Schema:
    schema = fields.Schema()
    schema.add("id", fields.ID(stored=True, unique=True, sortable=True))
    for field in (WHOLE, *STEM_FIELDS):
        schema.add(field, fields.TEXT(analyzer=StemTokenizer(), phrase=False))
    for field in TEXT_FIELDS:
        schema.add(words_field(field), fields.TEXT(analyzer=WordTokenizer(), phrase=True))
    for name in NAME_FIELDS:
        schema.add(name, fields.TEXT(analyzer=WordTokenizer(), phrase=True, sortable=True))
    for name, analyzer in {"starts": StartTokenizer(), "has": WordTokenizer()}.items():
        schema.add(name, fields.FieldType(formats.Existence(), cast("Any", analyzer)))
    schema.add("day", fields.NUMERIC(int, bits=32, sortable=True))
    schema.add("published", fields.NUMERIC(int, bits=64, sortable=True, shift_step=0))
    return schema


SCHEMA = _schema()
"""The fields:

========================================  =========================================================
``id``                                    the article's id
``text``                                  stems of the whole text, with frequencies: those of title
                                          and key points twice
``title points headings``                 stems of these alone, with frequencies
``title_words`` … ``body_words``          forms, with positions
``starts``                                the first one and two letters of all these words
``source place``                          forms, with positions; the whole as a column
``has``                                   what the article has: ``date``, ``points``, ``headings``,
                                          ``body``, ``source``, ``place``
``day``                                   the calendar day as published, as a proleptic Gregorian
                                          ordinal (1 is 1 January of the year 1); none if undated
``published``                             seconds since 1970 in UTC, or :data:`UNDATED`
========================================  =========================================================
"""


def document(article: Article) -> dict[str, object]:
    """Return the article as Whoosh's ``add_document`` takes it, one keyword a field."""
    passages: dict[PassageField, list[str]] = {field: [] for field in TEXT_FIELDS}
    for name, passage in article.passages:
        passages[name].append(passage)
    texts = {field: analysis.join(found) for field, found in passages.items() if found}
    names = {"source": article.source, "place": article.place}
    document: dict[str, object] = {
        "id": article.id,
        "published": _seconds(article.published),
        "starts": analysis.join(texts.values()),
        WHOLE: analysis.join(text for field in texts for text in TIMES[field] * [texts[field]]),
    }
    for field, text in texts.items():
        document[words_field(field)] = text
        if field in STEM_FIELDS:
            document[field] = text
    document.update({field: name for field, name in names.items() if name})
    if article.published is not None:
        document["day"] = article.published.toordinal()
    document["has"] = " ".join(_possessions(article, document))
    return document


def _possessions(article: Article, document: dict[str, object]) -> Iterator[str]:
    """Yield the words of the field ``has`` that are true of the article."""
    if article.published is not None:
        yield "date"
    yield from (field for field in (*TEXT_FIELDS, *NAME_FIELDS) if words_field(field) in document)


def _seconds(published: dt.datetime | dt.date | None) -> int:
    """Return the sort key of a date: a day begins at midnight, and no zone means UTC."""
    if published is None:
        return UNDATED
    if not isinstance(published, dt.datetime):
        published = dt.datetime.combine(published, dt.time())
    if published.tzinfo is None:
        published = published.replace(tzinfo=dt.UTC)
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return (published - epoch) // dt.timedelta(seconds=1)
