"""Facets, periods and completions are what counting one by one gives."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields
from whoosh.analysis.analyzers import SimpleAnalyzer
from whoosh.query.qcore import Every
from whoosh.query.terms import Term

from index.columnar import completions as completions_module
from index.columnar import highest
from index.columnar.completions import completions
from index.columnar.evaluation.facets import most_frequent, per_period
from index.columnar.evaluation.search import ask
from index.columnar.index import ColumnarIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.query.qcore import Query

NO_DAY = -1

SCHEMA = fields.Schema(
    id=fields.ID(unique=True, stored=True),
    body=fields.TEXT(analyzer=SimpleAnalyzer()),
    title=fields.TEXT(analyzer=SimpleAnalyzer()),
    source=fields.ID(sortable=True, stored=True),
    day=fields.NUMERIC(int, sortable=True, stored=True),
)

words = st.lists(st.sampled_from(["a", "ab", "abc", "abd", "b", "bé", "c"]), min_size=1, max_size=6)
documents = st.fixed_dictionaries(
    {"body": words.map(" ".join)},
    optional={
        "title": words.map(" ".join),
        "source": st.sampled_from(["AP", "BBC", "Reuters"]),
        "day": st.integers(NO_DAY, 12),
    },
)
commits = st.lists(st.lists(documents, min_size=1, max_size=9), min_size=1, max_size=4)
asked = st.sampled_from([Every(), Term("body", "a"), Term("title", "b"), Term("body", "nothing")])


@pytest.fixture(autouse=True, scope="module")
def _few_are_many() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(highest, "_FEW", 2)
        patch.setattr(highest, "_BLOCK", 2)
        patch.setattr(completions_module, "_SPARE", 2)
        yield


@contextmanager
def index_of(commits: list[list[dict[str, Any]]], deleted: set[int]) -> Iterator[ColumnarIndex]:
    with tempfile.TemporaryDirectory() as folder:
        index = ColumnarIndex.create(Path(folder, "index"), SCHEMA)
        number = 0
        for added in commits:
            writer = index.writer()
            for document in added:
                writer.add_document(id=str(number), **document)
                number += 1
            writer.commit(merge=False)
        writer = index.writer()
        for number in deleted:
            writer.delete_by_term("id", str(number))
        writer.commit(merge=False)
        yield index


@settings(max_examples=60)
@given(
    commits=commits,
    deleted=st.sets(st.integers(0, 20), max_size=5),
    query=asked,
    limit=st.one_of(st.none(), st.integers(0, 4)),
    bounds=st.lists(st.integers(-3, 15), min_size=1, max_size=6, unique=True).map(sorted),
)
def test_facets_and_periods(
    commits: list[list[dict[str, Any]]],
    deleted: set[int],
    query: Query,
    limit: int | None,
    bounds: list[int],
) -> None:
    with index_of(commits, deleted) as index, index.searcher() as searcher:
        found = [hit.fields() for hit in searcher.search(query, limit=None)]
        answers = ask(searcher, query, scored=False)
        sources = Counter(hit.get("source", "").encode() for hit in found)
        expected = sorted(sources.items(), key=lambda pair: (-pair[1], pair[0]))
        assert most_frequent(answers, "source", limit) == expected[:limit]
        for _ in range(2):
            periods = per_period(answers, "day", bounds, undated=NO_DAY)
            days = [hit["day"] for hit in found if hit.get("day", NO_DAY) != NO_DAY]
            assert periods.undated == len(found) - len(days)
            assert periods.before == sum(day < bounds[0] for day in days)
            assert periods.behind == sum(day >= bounds[-1] for day in days)
            inside = pairwise(bounds)
            assert periods.counts == tuple(sum(a <= d < b for d in days) for a, b in inside)


def test_a_column_of_the_other_kind_is_refused() -> None:
    document = {"body": "a", "source": "AP", "day": 1}
    with index_of([[document]], set()) as index, index.searcher() as searcher:
        answers = ask(searcher, Every())
        with pytest.raises(TypeError, match="'day' holds numbers"):
            most_frequent(answers, "day")
        with pytest.raises(TypeError, match="'source' holds bytes"):
            per_period(answers, "source", [1, 2])


@settings(max_examples=60)
@given(
    commits=commits,
    names=st.lists(st.sampled_from(["body", "title"]), min_size=1, max_size=2, unique=True),
    prefix=st.sampled_from(["", "a", "ab", "b", "é"]),
    limit=st.integers(1, 5),
)
def test_completions(
    commits: list[list[dict[str, Any]]], names: list[str], prefix: str, limit: int
) -> None:
    with index_of(commits, set()) as index:
        counts: Counter[str] = Counter()
        for name in names:
            texts = [one.get(name, "").split() for added in commits for one in added]
            own = Counter(word for text in texts for word in set(text) if word.startswith(prefix))
            counts |= own
        expected = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].encode()))
        assert completions(index.reader(), names, prefix, limit) == expected[:limit]
