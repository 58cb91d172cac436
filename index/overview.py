"""What all that a query finds has in common, and how words may go on: counted, never ranked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.analysis import fold
from index.columnar.completions import completions
from index.columnar.evaluation.facets import per_period
from index.costs import costs
from index.facets import days_of, unread, values_of
from index.narrowing import FIELDS
from index.query.unfinished import unfinished
from index.results import Completion, Cost, Glance, Offer, Period, SearchCounts, Timeline
from index.schema import TEXT_FIELDS, words_field
from index.search import count, found, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from whoosh.searching import Searcher

    from index.columnar.arrays import Array
    from index.columnar.evaluation.answer import Answer
    from index.narrowing import Field, Narrowing
    from index.query.recorded import Recorded
    from index.query.unfinished import Unfinished
    from index.results import Facet, Scope, Since

_MOST_VALUES = 1_000
"""Values that are looked through for those that begin as typed."""

_MOST_NAMES = 50
"""Feeds or tags of which the articles are counted."""

Unit = Literal["day", "week", "month", "year"]


class Step(NamedTuple):
    """How long a period is."""

    unit: Unit
    units: int
    least: int
    """Days that it has at the least."""


_YEAR = Step("year", 1, 365)
_STEPS = (
    Step("day", 1, 1), Step("week", 1, 7), Step("month", 1, 28), _YEAR,
    *(Step("year", years, 365 * years) for years in (2, 5, 10, 20, 50, 100, 1_000, 10_000)),
)  # fmt: skip
"""The lengths of periods, from the shortest to one that holds all years there are."""


class Overview:
    """Counts over the index of a library; see the methods.

    ``searcher`` lends one over the index; ``recorded`` tells what the record knows. All methods
    that take a ``query`` count what it finds in a scope, within all that this is ``narrowed`` to;
    they raise QueryError where it can't be understood.
    """

    def __init__(
        self, searcher: Callable[[], AbstractContextManager[Searcher]], recorded: Recorded
    ) -> None:
        self._searcher, self._recorded = searcher, recorded

    def facets(
        self,
        query: str,
        field: Field,
        *,
        typing: bool = False,
        scope: Scope = "all",
        narrowed: Sequence[Narrowing] = (),
        limit: int = 20,
    ) -> tuple[Facet, ...]:
        """Return the values of a field that most of the found articles have, and how many have it.

        The most frequent come first, equals by their names; years from new to old.
        """
        answers = self._answers(query, typing, scope, narrowed)
        return values_of(field, answers, self._recorded, limit)

    def all_facets(
        self,
        query: str,
        *,
        typing: bool = False,
        scope: Scope = "all",
        narrowed: Sequence[Narrowing] = (),
        limit: int = 20,
    ) -> Mapping[Field, tuple[Facet, ...]]:
        """Return the same of every field."""
        answers = self._answers(query, typing, scope, narrowed)
        return {field: values_of(field, answers, self._recorded, limit) for field in FIELDS}

    def glance(
        self,
        query: str,
        *,
        typing: bool = False,
        scope: Scope = "all",
        narrowed: Sequence[Narrowing] = (),
        most: int = 60,
    ) -> Glance:
        """Return the :meth:`timeline`, and how many of the found articles are unread."""
        answers = self._answers(query, typing, scope, narrowed)
        return Glance(_timeline(answers, most), unread(answers, self._recorded))

    def timeline(
        self,
        query: str,
        *,
        typing: bool = False,
        scope: Scope = "all",
        narrowed: Sequence[Narrowing] = (),
        most: int = 60,
    ) -> Timeline:
        """Return how many of the found articles were published in each of some periods.

        There are at most so many periods; they are as short as that allows: days, weeks, months,
        years, several years.
        """
        return _timeline(self._answers(query, typing, scope, narrowed), most)

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


def _timeline(answers: list[Answer], most: int) -> Timeline:
    days = [own for answer in answers if len(own := _days(answer))]
    if not days:
        return Timeline((), sum(len(answer.documents) for answer in answers))
    first = dt.date.fromordinal(min(int(own.min()) for own in days))
    last = dt.date.fromordinal(max(int(own.max()) for own in days))
    bounds = _bounds(first, last, max(most, 1))
    counted = per_period(answers, "day", [day.toordinal() for day in bounds])
    periods = map(Period, bounds, bounds[1:], counted.counts)
    return Timeline(tuple(periods), counted.undated)


def _days(answer: Answer) -> Array:
    """Return the days on which the articles of a segment were published, as ordinals."""
    days = days_of(answer.leaf)[answer.documents.numbers]
    own: Array = days[days > 0]
    return own


def _bounds(first: dt.date, last: dt.date, most: int) -> list[dt.date]:
    """Return where periods begin, and where the last one ends."""
    bounds: list[dt.date] = []
    for step in _STEPS:
        if (last - first).days // step.least <= most:
            bounds = list(_beginnings(first, last, step))
            if len(bounds) - 1 <= most:
                break
    return bounds


def _beginnings(first: dt.date, last: dt.date, step: Step) -> Iterator[dt.date]:
    """Yield the beginnings of periods, from that of the first day to behind the last.

    Where a period has several years, the first and the last one have none before or after all.
    """
    day = _beginning(first, step)
    while day <= last and day < dt.date.max:
        yield max(day, _beginning(first, _YEAR)) if step.unit == "year" else day
        day = _next(day, step)
    yield min(day, _next(last, _YEAR)) if step.unit == "year" else day


def _beginning(day: dt.date, step: Step) -> dt.date:
    match step.unit:
        case "day":
            return day
        case "week":
            return dt.date.fromordinal(max(day.toordinal() - day.weekday(), 1))
        case "month":
            return day.replace(day=1)
    return dt.date(max(day.year // step.units * step.units, 1), 1, 1)


def _next(day: dt.date, step: Step) -> dt.date:
    """Return the beginning of the next period; the last day there is where there is none."""
    if step.unit == "year":
        year = day.year // step.units * step.units + step.units
        return dt.date(year, 1, 1) if year <= dt.MAXYEAR else dt.date.max
    days = {"day": 1, "week": 7, "month": 31}[step.unit]
    behind = dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))
    return behind.replace(day=1) if step.unit == "month" else behind
