"""The fast path where the oracle's small indexes do not lead: many documents, other models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from whoosh import fields
from whoosh.analysis.analyzers import SimpleAnalyzer
from whoosh.filedb.filestore import RamStorage
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import QueryError
from whoosh.query.terms import Prefix, Term, Wildcard
from whoosh.scoring import BM25F, TF_IDF

from index.columnar.evaluation.found import Found, intersection, union, with_bonus, within
from index.columnar.evaluation.search import best, find
from index.columnar.index import ColumnarIndex
from index.query.nodes import Among
from index.schema import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh.query.qcore import Query

SIZE = 5_200
"""Above 5,000 documents Whoosh evaluates an ``Or`` in another way."""


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> tuple[ColumnarIndex, Any]:
    schema = fields.Schema(text=fields.TEXT(analyzer=SimpleAnalyzer(), phrase=True))
    ours = ColumnarIndex.create(tmp_path_factory.mktemp("index"), schema)
    theirs = RamStorage().create_index(schema)
    for index in (ours, theirs):
        with index.writer() as writer:
            for number in range(SIZE):
                writer.add_document(text=f"word{'abcd'[number % 4]} x{'y' * (number % 7)}")
    return ours, theirs


@pytest.mark.parametrize(
    "query",
    [
        Prefix("text", "word", boost=2.0), Prefix("text", "wordb"), Wildcard("text", "x*y"),
        Prefix("text", "word", constantscore=False), Phrase("text", ["worda", "xy"]),
        Or([Term("text", "worda"), Prefix("text", "xyy"), Term("text", "nothing")], boost=0.5),
        And([Prefix("text", "word"), Term("text", "xyyy")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("model", [BM25F(), BM25F(B=0.3, K1=2.0, text_B=1.0), TF_IDF()])
def test_many_documents(indexes: Any, query: Query, model: Any) -> None:
    ours, theirs = indexes
    with ours.searcher(weighting=model) as mine, theirs.searcher(weighting=model) as stock:
        expected = dict(stock.search(query, limit=None, optimize=False).items())
        found = find(mine, query)
        fast = dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True))
        assert fast == pytest.approx(expected)


def test_a_phrase_needs_positions(tmp_path: Path) -> None:
    index = ColumnarIndex.create(tmp_path, SCHEMA)
    with index.writer() as writer:
        writer.add_document(id="a", body="two words")
    with index.searcher() as searcher, pytest.raises(QueryError, match="no positions"):
        find(searcher, Phrase("body", ["two", "word"]))


def test_ids_that_are_known_outside(tmp_path: Path) -> None:
    index = ColumnarIndex.create(tmp_path, SCHEMA)
    with index.writer() as writer:
        for id_ in "cab":
            writer.add_document(id=id_, body="some words")
    with index.searcher() as searcher:
        assert find(searcher, Among(frozenset("bcx"))).documents.tolist() == [0, 2]


# --- what was found -------------------------------------------------------------------------------


def some(choose: np.random.Generator, size: int, share: float) -> Found:
    documents = np.flatnonzero(choose.random(size) < share)
    return Found(documents, choose.integers(0, 3, len(documents)).astype(np.float64))


def as_dict(found: Found) -> dict[int, float]:
    return dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True))


@pytest.mark.parametrize(
    "shares", [(0.01, 0.02), (0.5, 0.01, 0.9), (0.0, 0.3), (0.001, 0.001, 0.8)]
)
def test_combining_is_the_same_however_much_was_found(shares: tuple[float, ...]) -> None:
    size, choose = 1000, np.random.default_rng(7)
    parts = [some(choose, size, share) for share in shares]
    known = [as_dict(part) for part in parts]
    everywhere = set.intersection(*map(set, known))
    anywhere = set().union(*known)
    sums = {n: sum(part.get(n, 0.0) for part in known) for n in sorted(anywhere)}
    assert as_dict(union(parts, size)) == sums
    highest = {n: max(part.get(n, 0.0) for part in known) for n in sums}
    assert as_dict(union(parts, size, highest=True)) == highest
    assert as_dict(intersection(parts, size)) == {n: sums[n] for n in sums if n in everywhere}
    (first, second, *_), (one, other, *_) = parts, known
    both = {n: score for n, score in one.items() if n in other}
    assert as_dict(within(first, second, size)) == both
    rest = {n: score for n, score in one.items() if n not in other}
    assert as_dict(within(first, second, size, outside=True)) == rest
    bonus = {n: score + other.get(n, 0.0) for n, score in one.items()}
    assert as_dict(with_bonus(first, second, size)) == bonus


@pytest.mark.parametrize("limit", [0, 1, 5, 37, 500, 2000, None])
def test_the_best_come_first_and_equals_in_their_order(limit: int | None) -> None:
    found = some(np.random.default_rng(3), 1000, 0.6)
    expected = sorted(as_dict(found).items(), key=lambda pair: (-pair[1], pair[0]))
    assert list(as_dict(best(found, limit)).items()) == expected[:limit]
