"""The fast path where the oracle's small indexes do not lead: many documents, other models."""

from __future__ import annotations

import gc
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
from whoosh.query.wrappers import ConstantScoreQuery
from whoosh.scoring import BM25F, TF_IDF

from index.columnar.evaluation.documents import Documents, intersection, union
from index.columnar.evaluation.parts import Constant, Given, Highest, Part, Sum, any_of
from index.columnar.evaluation.ranking import By, best
from index.columnar.evaluation.search import ask, find
from index.columnar.highest import highest_places
from index.columnar.identities import identities
from index.columnar.index import ColumnarIndex
from index.query.nodes import Among
from index.schema import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh.query.qcore import Query

    from index.columnar.arrays import Indices

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
        writer.add_document(id="a", text="two words")
    with index.searcher() as searcher, pytest.raises(QueryError, match="no positions"):
        find(searcher, Phrase("text", ["two", "word"]))


def test_ids_that_are_known_outside(tmp_path: Path) -> None:
    index = ColumnarIndex.create(tmp_path, SCHEMA)
    with index.writer() as writer:
        for id_ in "cab":
            writer.add_document(id=id_, text="some words")
    with index.searcher() as searcher:
        assert find(searcher, Among(frozenset("bcx"))).documents.tolist() == [0, 2]


@pytest.mark.parametrize("strange", ["ü", "a line\nand another"])
def test_few_and_many_ids_that_are_known_outside(tmp_path: Path, strange: str) -> None:
    index = ColumnarIndex.create(tmp_path, SCHEMA)
    ids = [*map(str, range(300)), strange]
    with index.writer() as writer:
        for id_ in ids:
            writer.add_document(id=id_, text="some words")
    with index.searcher() as searcher:
        for wanted in ({strange, "7", "none"}, {*ids[50:], "none"}, set(), {*ids}):
            found = find(searcher, Among(frozenset(wanted))).documents.tolist()
            assert [ids[number] for number in found] == [id_ for id_ in ids if id_ in wanted]


def test_a_set_of_ids_is_looked_up_once_and_forgotten_with_whoever_keeps_it(tmp_path: Path) -> None:
    index = ColumnarIndex.create(tmp_path, SCHEMA)
    with index.writer() as writer:
        for id_ in "abc":
            writer.add_document(id=id_, text="some words")
    with index.searcher() as searcher:
        [(reader, _)] = searcher.reader().leaf_readers()
        known = identities(reader.columns)
        kept, other = frozenset("ab"), frozenset("c")
        mask = known.mask(kept)
        assert mask.tolist() == [True, True, False]
        assert known.mask(other).tolist() == [False, False, True]
        assert known.mask(kept) is mask
        del other
        gc.collect()
        for letters in ("a", "bc", "", "ac"):
            # Each may lie where the one before has lain in memory.
            wanted = [letter in letters for letter in "abc"]
            assert known.mask(frozenset(letters)).tolist() == wanted
        assert known.mask(kept) is mask
        assert len(known._masks) <= 3


# --- parts ----------------------------------------------------------------------------------------


def some(choose: np.random.Generator, size: int, share: float) -> Part:
    documents = np.flatnonzero(choose.random(size) < share)
    return Given(size, documents, choose.integers(0, 3, len(documents)).astype(np.float64))


def as_dict(part: Part, asked: Indices | None = None) -> dict[int, float]:
    documents = part.documents.numbers if asked is None else asked
    scores = np.zeros(len(documents))
    part.add_scores(scores, documents, all_found=asked is None)
    return dict(zip(documents.tolist(), scores.tolist(), strict=True))


@pytest.mark.parametrize(
    "shares", [(0.01, 0.02), (0.5, 0.01, 0.9), (0.0, 0.3), (0.001, 0.001, 0.8)]
)
@pytest.mark.parametrize("share", [0.002, 0.1, 1.0])
def test_parts_score_the_same_however_many_are_asked_for(
    shares: tuple[float, ...], share: float
) -> None:
    size, choose = 1000, np.random.default_rng(7)
    parts = [some(choose, size, share) for share in shares]
    known = [as_dict(part) for part in parts]
    one, other, *_ = known
    sets = [part.documents for part in parts]
    anywhere = dict.fromkeys(union(sets, size).numbers.tolist(), 0.0)
    everywhere = dict.fromkeys(intersection(sets).numbers.tolist(), 0.0)
    sums = {n: sum(part.get(n, 0.0) for part in known) for n in anywhere}
    rest = sets[0].without(sets[1])
    expected: list[tuple[Part, dict[int, float]]] = [
        (any_of(parts, size), sums),
        (Highest(parts, size), {n: max(part.get(n, 0.0) for part in known) for n in anywhere}),
        (Sum(intersection(sets), required=parts), {n: sums[n] for n in everywhere}),
        (Sum(rest, required=parts[:1]), {n: one[n] for n in one if n not in other}),
        (
            Sum(sets[0], required=parts[:1], optional=parts[1:2]),
            {n: score + other.get(n, 0.0) for n, score in one.items()},
        ),
        (Constant(sets[0], 2.0), dict.fromkeys(one, 2.0)),
    ]
    asked = np.flatnonzero(choose.random(size) < share)
    for part, scores in expected:
        assert as_dict(part) == scores
        assert as_dict(part, asked) == {n: scores.get(n, 0.0) for n in asked.tolist()}


def test_sets_of_documents() -> None:
    choose = np.random.default_rng(5)
    masks = [choose.random(200) < share for share in (0.0, 0.02, 0.4, 1.0)]
    sets = [Documents(200, mask=mask) for mask in masks]
    sets += [Documents(200, numbers=np.flatnonzero(mask)) for mask in masks]
    for own, one in zip(masks * 2, sets, strict=True):
        assert len(one) == own.sum()
        assert one.others().numbers.tolist() == np.flatnonzero(~own).tolist()
        for its, other in zip(masks * 2, sets, strict=True):
            assert union([one, other], 200).mask.tolist() == (own | its).tolist()
            assert intersection([one, other]).numbers.tolist() == np.flatnonzero(own & its).tolist()
            assert one.without(other).numbers.tolist() == np.flatnonzero(own & ~its).tolist()


@pytest.mark.parametrize("count", [1, 5, 37, 500, 4999])
@pytest.mark.parametrize("most", [1, 3, 1 << 20])
def test_the_highest_numbers(count: int, most: int) -> None:
    numbers = np.random.default_rng(3).integers(0, most, 5000)
    last = np.sort(numbers)[-count]
    above, equal = highest_places(numbers, count)
    assert above.tolist() == np.flatnonzero(numbers > last).tolist()
    assert equal.tolist() == np.flatnonzero(numbers == last).tolist()


# --- the best of many -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> ColumnarIndex:
    """Several segments of which the best documents are few: those with a word in the title."""
    choose = np.random.default_rng(11)
    schema = fields.Schema(
        title=fields.TEXT(analyzer=SimpleAnalyzer()),
        text=fields.TEXT(analyzer=SimpleAnalyzer()),
        day=fields.NUMERIC(sortable=True),
    )
    index = ColumnarIndex.create(tmp_path_factory.mktemp("articles"), schema)
    words = np.array(["one", "two", "three", "four"])
    for size in (SIZE, SIZE // 2):
        with index.writer() as writer:
            for _ in range(size):
                title, body = choose.choice(words, 1), choose.choice(words, 9)
                title = title if choose.random() < 0.02 else np.array(["none"])
                day = int(choose.integers(0, 30))
                writer.add_document(title=title.item(), text=" ".join(body), day=day)
    return index


def weighted(word: str) -> Query:
    return Or([Term("title", word, boost=4.0), Term("text", word)])


@pytest.mark.parametrize(
    "query",
    [
        weighted("one"), And([weighted("one"), weighted("two")]), Term("text", "three"),
        Or([weighted("one"), weighted("four")]), And([weighted("two"), Prefix("text", "f")]),
        Or([And([weighted("one"), Term("text", "two")]), weighted("three")]),
        ConstantScoreQuery(Term("text", "one"), 2.0), Term("title", "two"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("limit", [0, 1, 20, 3000, 20000])
@pytest.mark.parametrize("order", [(), (By("day", descending=True),)])
def test_the_best_come_first_and_equals_in_their_order(
    articles: ColumnarIndex, query: Query, limit: int, order: tuple[By, ...]
) -> None:
    with articles.searcher() as searcher:
        found = find(searcher, query)
        readers = [reader for reader, _ in searcher.reader().leaf_readers()]
        columns = [reader.column_reader("day", translate=False).load() for reader in readers]
        days = np.concatenate(columns).astype(np.int64)[found.documents]
        keys = [found.documents, *([-days] if order else []), -found.scores]
        expected = np.lexsort(keys)[:limit]
        top = best(ask(searcher, query), limit, order)
        assert top.documents.tolist() == found.documents[expected].tolist()
        assert top.scores.tolist() == found.scores[expected].tolist()
