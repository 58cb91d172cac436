"""Which values found articles have in common, and which articles have one of them.

Both are here side by side: who narrows to a value finds as many articles as were counted for it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.columns import BytesColumn, NumberColumn
from index.columnar.evaluation.documents import Documents, intersection
from index.columnar.evaluation.facets import most_frequent
from index.columnar.identities import identities
from index.narrowing import NONE, READ, UNREAD, Having
from index.results import Facet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.columnar.arrays import Array, Mask
    from index.columnar.evaluation.answer import Answer
    from index.columnar.evaluation.leaf import Leaf
    from index.narrowing import Field, Narrowing
    from index.query.recorded import Recorded

_EPOCH = dt.date(1970, 1, 1).toordinal()


# --- which articles have a value ------------------------------------------------------------------


def narrow(answer: Answer, narrowed: Iterable[Narrowing], recorded: Recorded) -> Answer:
    """Return what a segment found that is within all of some narrowings."""
    size = answer.leaf.size
    masks = [_those_within(answer.leaf, narrowing, recorded) for narrowing in narrowed]
    parts = [answer.documents, *(Documents(size, mask=mask) for mask in masks)]
    return answer._replace(documents=intersection(parts)) if masks else answer


def _those_within(leaf: Leaf, narrowing: Narrowing, recorded: Recorded) -> Mask:
    """Return which documents of a segment are within a narrowing, bool ``[documents]``."""
    if isinstance(narrowing, Having):
        return _those_with(leaf, *narrowing, recorded)
    return _published(leaf, narrowing.first.toordinal(), narrowing.behind.toordinal())


def _those_with(leaf: Leaf, field: Field, value: str, recorded: Recorded) -> Mask:
    match field:
        case "year" if value == NONE:
            return ~_published(leaf, 0, dt.date.max.toordinal() + 1)
        case "year":
            last = dt.date(int(value), 12, 31)
            return _published(leaf, last.replace(month=1, day=1).toordinal(), last.toordinal() + 1)
        case "tag":
            return _known_by(leaf, recorded.tagged(value, begins=False))
        case "read":
            read = _known_by(leaf, recorded.read)
            return read if value == READ else ~read
    return _named(leaf, field, value)


def _named(leaf: Leaf, field: str, value: str) -> Mask:
    """Return which documents have a name in a column of names."""
    column = leaf.segment.column(field)
    if not isinstance(column, BytesColumn):
        return np.full(leaf.size, value == NONE)
    place = column.terms.find(value.encode("utf-8", "surrogatepass"))
    if place is None:
        return np.zeros(leaf.size, np.bool_)
    mask: Mask = column.ranks == place
    return mask


def _published(leaf: Leaf, first: int, behind: int) -> Mask:
    """Return which documents were published on some days, given as ordinals."""
    days = days_of(leaf)
    mask: Mask = (days >= max(first, 1)) & (days < behind)
    return mask


def days_of(leaf: Leaf) -> Array:
    """Return the ordinals of the days on which the documents of a segment were published.

    Int64 ``[documents]``; 0 where there is none.
    """
    column = leaf.segment.column("day")
    if not isinstance(column, NumberColumn):
        return np.zeros(leaf.size, np.int64)
    field = leaf.schema["day"]
    # Whoosh keeps numbers in a form that sorts; the first of them tells how far it is off.
    days: Array = column.values.astype(np.int64) - int(field.to_column_value(0))
    days[column.values == field.column_type.default_value()] = 0
    return days


def _known_by(leaf: Leaf, ids: frozenset[str]) -> Mask:
    return identities(leaf.segment).mask(ids)


# --- which values there are -----------------------------------------------------------------------


def values_of(
    field: Field, answers: Sequence[Answer], recorded: Recorded, limit: int
) -> tuple[Facet, ...]:
    """Return the values that articles have in a field, and how many have each.

    Those that most articles have come first, equals by their names; years from new to old.
    """
    match field:
        case "year":
            return _years(answers)[:limit]
        case "tag":
            return tuple(_tags(answers, recorded)[:limit])
        case "read":
            marks = (Facet(mark, _count(answers, field, mark, recorded)) for mark in (UNREAD, READ))
            return tuple(mark for mark in marks if mark.articles)
    values = most_frequent(answers, field, limit)
    return tuple(Facet(value.value.decode(), value.documents) for value in values)


def unread(answers: Sequence[Answer], recorded: Recorded) -> int:
    """Return how many articles were not read."""
    return _count(answers, "read", UNREAD, recorded)


def _count(answers: Sequence[Answer], field: Field, value: str, recorded: Recorded) -> int:
    having = (Having(field, value),)
    return sum(len(narrow(answer, having, recorded).documents) for answer in answers)


def _tags(answers: Sequence[Answer], recorded: Recorded) -> list[Facet]:
    """Return the tags of articles. There may be many: the articles are looked up once for all."""
    by_tag = recorded.by_tag()
    tagged = frozenset[str]().union(*by_tag.values())
    found: set[str] = set()
    for answer in answers if tagged else ():
        leaf = answer.leaf
        documents = Documents(leaf.size, mask=_known_by(leaf, tagged))
        own = intersection([answer.documents, documents])
        found.update(identities(leaf.segment).ids(own.numbers))
    counts = (Facet(tag, len(found.intersection(ids))) for tag, ids in by_tag.items())
    return sorted((tag for tag in counts if tag.articles), key=lambda tag: (-tag.articles, tag))


def _years(answers: Sequence[Answer]) -> tuple[Facet, ...]:
    """Return the years of articles, from new to old; what is undated comes last."""
    counts: Counter[int] = Counter()
    undated = 0
    for answer in answers:
        days = days_of(answer.leaf)[answer.documents.numbers]
        dated = days[days > 0] - _EPOCH
        undated += len(days) - len(dated)
        years = dated.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        found, times = np.unique(years, return_counts=True)
        counts.update(dict(zip(found.tolist(), times.tolist(), strict=True)))
    newest_first = (Facet(str(year), n) for year, n in sorted(counts.items(), reverse=True))
    return (*newest_first, *([Facet(NONE, undated)] if undated else []))
