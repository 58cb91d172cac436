"""What a search gives back: frozen values, in which a highlight is a span and never markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

from pydantic import Field, SkipValidation

from index.article import Frozen
from index.narrowing import Narrowing

Sort = Literal["relevance", "newest", "oldest", "source"]
"""How results are ordered; those of one source are from new to old."""

SORTS: tuple[Sort, ...] = get_args(Sort)

PAGE = 10
"""Hits that are made together: with the answer to a query, and as they come into view."""

NamedScope = Literal["all", "unread", "starred"]


class Since(NamedTuple):
    """Only articles that came for the first time after a change of the record."""

    change: int
    within: NamedScope = "all"
    """Of these, only such."""


Scope = NamedScope | Since
"""Which articles a search is about, whatever its query says."""

Span = tuple[int, int]
"""Where a match lies in a text: the offsets of its first character and behind its last."""

Spans = tuple[Span, ...]
"""Sorted, disjoint, not empty, inside the text they belong to."""


class Excerpt(Frozen):
    """A stretch of one passage that shows why an article was found."""

    field: Literal["title", "points", "body"]
    text: str
    spans: Spans = ()
    leads_in: bool = Field(default=False, exclude=True)
    """The passage has text before the excerpt: a screen draws an ellipsis there."""

    leads_out: bool = Field(default=False, exclude=True)
    """The passage has text behind the excerpt."""


class Marks(Frozen):
    """What the reader noted on an article."""

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()


class Hit(Frozen):
    """One found article, with all that a row of a result list shows of it."""

    id: str
    title: str
    source: str | None
    published: dt.datetime | dt.date | None
    place: str | None
    score: float
    """BM25F; 0 where the order is not by relevance."""

    excerpt: Excerpt
    title_spans: Spans = Field(default=(), exclude=True)
    points: tuple[str, ...] = Field(default=(), exclude=True)
    points_spans: tuple[Spans, ...] = Field(default=(), exclude=True)
    """The match spans of each of ``points``."""

    words: int = Field(default=0, exclude=True)
    marks: Marks = Field(default=Marks(), exclude=True)


class Results(Frozen):
    """The answer to one query: how many, in which order, and the hits of one page of it."""

    query: str
    typing: bool = Field(default=False, exclude=True)
    """The query was still being typed: its last word was taken for the beginning of one."""

    total: int
    hidden: int = Field(default=0, exclude=True)
    """How many more the query finds outside the scope."""

    narrowed: SkipValidation[tuple[Narrowing, ...]] = Field(default=(), exclude=True)
    """What the articles of the scope were narrowed to."""

    outside: int = Field(default=0, exclude=True)
    """How many more the query finds in the scope, outside what it was narrowed to."""

    highlights: bool = Field(default=False, exclude=True)
    """The query has words whose matches can be shown, and run through."""

    suggestion: str | None = None
    """The query with an unknown word replaced by a known one: *did you mean*."""

    hits: tuple[Hit, ...] = ()
    ids: SkipValidation[Sequence[str]] = Field(default=(), exclude=True)
    """The ids of all found articles, in order; ``hits`` shows a page of them. Not looked through
    here: each may be made only when somebody looks at it."""

    scores: SkipValidation[Sequence[float]] = Field(default=(), exclude=True)

    @property
    def library_is_empty(self) -> bool:
        """Whether no query would find anything: none is asked here, and nothing is left out."""
        return not (self.total or self.hidden or self.query or self.narrowed)


class Ranking(NamedTuple):
    """All that a query found, in order."""

    total: int
    ids: Sequence[str]
    """Of all articles; each is made when it is looked at."""

    scores: Sequence[float]
    """BM25F of each article; zeros where the order is not by relevance."""

    hidden: int = 0
    """How many more were found outside the scope."""

    outside: int = 0
    """How many more were found in the scope, outside what it is narrowed to."""

    suggestion: str | None = None
    """The query with unknown words replaced by known ones, if that finds something."""


NOTHING = Ranking(0, (), ())
"""No article."""


class Facet(NamedTuple):
    """A value that found articles have, and how many have it."""

    value: str
    """As it stands in the articles; empty for those that have none."""

    articles: int


class Period(NamedTuple):
    """A stretch of days, and how many found articles were published in it."""

    first: dt.date
    behind: dt.date
    """The first day that is not of it any more."""

    articles: int


class Timeline(NamedTuple):
    """When the articles that a query finds were published."""

    periods: tuple[Period, ...]
    """Consecutive, from the oldest to the newest article; none where all are undated."""

    undated: int


class SearchCounts(NamedTuple):
    """How many articles a query finds, and how many of these are unread, and new."""

    found: int
    unread: int
    new: int


class Glance(NamedTuple):
    """What is told at a glance of the articles that a query finds."""

    timeline: Timeline
    unread: int
    """How many of them were not read."""


class Completion(NamedTuple):
    """A word that begins as asked, and how many articles have it."""

    word: str
    articles: int


class Cost(NamedTuple):
    """A query that finds nothing, without some of its parts."""

    left_out: tuple[str, ...]
    """As they are written in the query."""

    alone: int
    """How many articles have what is left out; of several parts, the most that one of them has."""

    found: int
    """How many articles the query finds without it."""

    query: str
    """The query without it."""


class Offer(NamedTuple):
    """How what is being typed may go on: with a word, or with a whole value of a field."""

    value: str
    articles: int
    """How many have it; of a source or a place, of those that the rest of the query finds."""

    query: str
    """The query with it."""
