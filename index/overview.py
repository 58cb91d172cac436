"""What all that a query finds has in common, and how words may go on: counted, never ranked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from index.analysis import fold
from index.columnar.completions import completions
from index.costs import costs
from index.facets import unread, values_of
from index.narrowing import FIELDS
from index.query.unfinished import unfinished
from index.results import Completion, Cost, Glance, Offer, SearchCounts
from index.schema import TEXT_FIELDS, words_field
from index.search import count, found, within
from index.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from whoosh.searching import Searcher

    from index.columnar.evaluation.answer import Answer
    from index.narrowing import Field, Narrowing
    from index.query.recorded import Recorded
    from index.query.unfinished import Unfinished
    from index.results import Facet, Scope, Since, Timeline

_MOST_VALUES = 1_000
"""Values that are looked through for those that begin as typed."""

_MOST_NAMES = 50
"""Feeds or tags of which the articles are counted."""


class Tally:
    """Counts over all that was found by one query, which was answered once."""

    def __init__(self, answers: Sequence[Answer], recorded: Recorded) -> None:
        self._answers, self._recorded = answers, recorded

    def facets(self, field: Field, limit: int = 20) -> tuple[Facet, ...]:
        """Return the values of a field that most articles have, and how many have it.

        The most frequent come first, equals by their names; years from new to old.
        """
        return values_of(field, self._answers, self._recorded, limit)

    def all_facets(self, limit: int = 20) -> Mapping[Field, tuple[Facet, ...]]:
        """Return the same of every field."""
        return {field: self.facets(field, limit) for field in FIELDS}

    def timeline(self, most: int = 60) -> Timeline:
        """Return how many articles were published in each of at most so many periods."""
        return timeline(self._answers, most)

    def glance(self, most: int = 60) -> Glance:
        """Return the :meth:`timeline`, and how many of the articles are unread."""
        return Glance(self.timeline(most), unread(self._answers, self._recorded))


class Overview:
    """Counts over the index of a library; see the methods.

    ``searcher`` lends one over the index; ``recorded`` tells what the record knows. All methods
    that take a ``query`` are about what it finds in a scope, within all that this is ``narrowed``
    to; they raise QueryError where it can't be understood.
    """

    def __init__(
        self, searcher: Callable[[], AbstractContextManager[Searcher]], recorded: Recorded
    ) -> None:
        self._searcher, self._recorded = searcher, recorded

    def of(
        self,
        query: str,
        *,
        typing: bool = False,
        scope: Scope = "all",
        narrowed: Sequence[Narrowing] = (),
    ) -> Tally:
        """Find what a query finds, to be counted."""
        return Tally(self._answers(query, typing, scope, narrowed), self._recorded)

    def completions(
        self, beginning: str, field: str | None = None, *, limit: int = 8
    ) -> tuple[Completion, ...]:
        """Return the words that begin so, those that most articles have first.

        ``field``: one of those a query can name; None for anywhere in the text. The count is that
        of the one field in which the word is in the most articles.
        """
        names = [field] if field is not None else TEXT_FIELDS
        with self._searcher() as searcher:
            found = completions(searcher.reader(), map(words_field, names), fold(beginning), limit)
        return tuple(Completion(*completion) for completion in found)

    def offers(
        self,
        query: str,
        *,
        scope: Scope = "all",
        narrowed: Sequence[Narrowing] = (),
        limit: int = 8,
    ) -> tuple[Offer, ...]:
        """Return how the word or the value at the end of a query may go on, most articles first."""
        typed = unfinished(query)
        if typed is None:
            return ()
        values = self._values(typed, scope, narrowed, limit)
        return tuple(Offer(*value, typed.completed(value[0])) for value in values)

    def _values(
        self, typed: Unfinished, scope: Scope, narrowed: Sequence[Narrowing], limit: int
    ) -> list[tuple[str, int]]:
        """Return words or values that begin as typed, and how many articles have each."""
        recorded = self._recorded
        match typed.field:
            case "source" | "place" as field:
                answers = self._answers(typed.asked, typing=True, scope=scope, narrowed=narrowed)
                found = _merged(values_of(field, answers, recorded, _MOST_VALUES))
            case "tag":
                found = _most_first((tag, len(ids)) for tag, ids in recorded.by_tag().items())
            case "feed":
                named = [name for name in recorded.feed_names if typed.begins(name)]
                came = ((name, recorded.of_feed(name, begins=False)) for name in named)
                found = _most_first((name, len(ids)) for name, ids in islice(came, _MOST_NAMES))
            case field:
                words = self.completions(typed.beginning, field, limit=limit + 1)
                own = fold(typed.beginning)
                return [(one.word, one.articles) for one in words if one.word != own][:limit]
        return [one for one in found if typed.begins(one[0])][:limit]

    def costs(
        self, query: str, *, scope: Scope = "all", narrowed: Sequence[Narrowing] = ()
    ) -> tuple[Cost, ...]:
        """Return what a query, as it is being typed, finds without each of its parts."""

        def finds(one: str) -> int:
            return count(self._answers(one, typing=True, scope=scope, narrowed=narrowed))

        return costs(query, finds)

    def counts(self, query: str, *, scope: Scope = "all", since: Since) -> SearchCounts:
        """Return how many articles a query finds in a scope, how many unread, how many new ones."""
        answers = self._answers(query, typing=False, scope=scope, narrowed=())
        new = count(within(since, answer, self._recorded) for answer in answers)
        return SearchCounts(count(answers), unread(answers, self._recorded), new)

    def _answers(
        self, query: str, typing: bool, scope: Scope, narrowed: Sequence[Narrowing]
    ) -> list[Answer]:
        with self._searcher() as searcher:
            return found(
                searcher,
                query,
                typing=typing,
                scope=scope,
                narrowed=narrowed,
                today=dt.datetime.now().astimezone().date(),
                recorded=self._recorded,
            )


def _most_first(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counted, key=lambda one: (-one[1], one[0]))


def _merged(facets: Iterable[Facet]) -> list[tuple[str, int]]:
    """Return values as a query tells them apart: in the form of which there are most."""
    first: dict[str, str] = {}
    articles: Counter[str] = Counter()
    for value, number in facets:
        form = " ".join(map(fold, value.split()))
        if form:
            articles[first.setdefault(form, value)] += number
    return articles.most_common()
