"""The oracle: stock Whoosh over the same documents finds the same and scores it the same.

Three answers are compared for random schemas, documents, deletions, segments and query trees: the
fast path, a stock ``Searcher`` over our reader, and a stock index. Stock Whoosh rounds the length
of a field into one of 256 steps; here it is made to keep lengths exactly, so that all three are the
exact formula. Merges are made to go by small slices, and by way of the disk.

Left out is what stock Whoosh gets wrong by itself:

- ``AndNot``: where the excluded part begins before the other one, its matcher still finds the
  first document of the segment.
- ``AndMaybe`` below another node: leaping over documents, its matcher loses the optional part.
- ``DisjunctionMax``: its matcher takes the highest score of all parts, wherever they stand.
- ``Not`` but beside other parts of an ``And``: alone, its matcher finds some deleted documents.
- ``Or`` of parts that score 0: on a small index it takes these for not found.

These are compared with what their parts find.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import fields, formats
from whoosh.analysis.analyzers import SimpleAnalyzer
from whoosh.codec import whoosh3
from whoosh.filedb.filestore import RamStorage
from whoosh.query.compound import And, AndMaybe, AndNot, DisjunctionMax, Or, Otherwise, Require
from whoosh.query.positional import Phrase, Sequence
from whoosh.query.qcore import Every, NullQuery, Query
from whoosh.query.ranges import DateRange, NumericRange, TermRange
from whoosh.query.spans import SpanFirst, SpanNear2
from whoosh.query.terms import FuzzyTerm, Prefix, Regex, Term, Variations, Wildcard
from whoosh.query.wrappers import ConstantScoreQuery, Not
from whoosh.scoring import BM25F

from index.columnar import encoding, highest, merging, spool
from index.columnar.evaluation import contenders, ranking
from index.columnar.evaluation import phrases as phrase_evaluation
from index.columnar.evaluation.search import ask, find
from index.columnar.index import ColumnarIndex
from index.query.nodes import (
    AnyMatching,
    AnyNear,
    AnyOf,
    AnyPrefixed,
    PrefixSpans,
    Unscored,
    Without,
)
from index.ranking import MODEL
from index.schema import WordTokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = ["a", "b", "ab", "abc", "abcd", "bcd", "cd", "c", "d", "ba", "é", "ét"]
DAYS = [dt.datetime(2024, month, day) for month in (1, 2, 12) for day in (1, 2, 28)]

words = st.sampled_from(WORDS)
texts = st.lists(words, min_size=1, max_size=14).map(" ".join)


class Case(NamedTuple):
    schema: fields.Schema
    commits: list[tuple[list[dict[str, Any]], list[str]]]
    """For each commit the documents it adds, and the ids it deletes before."""


@st.composite
def schemas(draw: st.DrawFn) -> fields.Schema:
    def maybe() -> bool:
        return draw(st.booleans())

    schema = fields.Schema(id=fields.ID(unique=True, stored=True, sortable=True))
    simple = SimpleAnalyzer()
    schema.add("words", fields.TEXT(analyzer=WordTokenizer(), phrase=True))
    schema.add("counts", fields.TEXT(analyzer=WordTokenizer(), phrase=False))
    schema.add("text", fields.TEXT(analyzer=simple, phrase=True, chars=maybe(), sortable=maybe()))
    boosting = formats.PositionBoosts if maybe() else formats.Positions
    schema.add("boosted", fields.FieldType(boosting(), simple, scorable=True))
    schema.add("tags", fields.KEYWORD(scorable=maybe(), lowercase=maybe(), stored=maybe()))
    schema.add("name", fields.ID(sortable=True, stored=maybe()))
    kind = draw(st.sampled_from([int, float]))
    step = draw(st.sampled_from([0, 4, 8]))
    schema.add("number", fields.NUMERIC(kind, bits=32, sortable=maybe(), shift_step=step))
    schema.add("date", fields.DATETIME(sortable=maybe(), stored=True))
    return schema


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for name in ("words", "counts", "text", "boosted", "tags"):
        if draw(st.integers(0, 9)):
            document[name] = draw(texts)
    if draw(st.booleans()):
        document["name"] = draw(words)
    if draw(st.booleans()):
        document["number"] = draw(st.integers(-20, 20))
    if draw(st.booleans()):
        document["date"] = draw(st.sampled_from(DAYS))
    if not draw(st.integers(0, 4)):
        document["_words_boost"] = 2.0
    return document


@st.composite
def cases(draw: st.DrawFn) -> Case:
    commits = []
    ids: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        deleted = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
        added = draw(st.lists(documents(), min_size=1, max_size=8))
        for document in added:
            document["id"] = f"{len(ids):02}"
            ids.append(document["id"])
        commits.append((added, deleted))
    return Case(draw(schemas()), commits)


# --- queries --------------------------------------------------------------------------------------

scored_names = st.sampled_from(["words", "counts", "text", "boosted", "tags"])
placed_names = st.sampled_from(["words", "text", "boosted"])
boosts = st.sampled_from([1.0, 0.5, 2.0])


def _range(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    start, end = draw(st.one_of(st.none(), values)), draw(st.one_of(st.none(), values))
    return (end, start) if start is not None and end is not None and end < start else (start, end)


@st.composite
def many_terms(draw: st.DrawFn) -> Query:
    name, word = draw(scored_names), draw(words)
    match draw(st.integers(0, 9)):
        case 0:
            return Prefix(name, word, boost=draw(boosts))
        case 1:
            return Wildcard(name, f"{word}*" if draw(st.booleans()) else f"?{word[1:]}*")
        case 2:
            return Regex(name, f"{word}.?")
        case 3:
            return FuzzyTerm(name, word, maxdist=draw(st.integers(1, 2)), prefixlength=0)
        case 4:
            start, end = _range(draw, words)
            return TermRange(name, start, end, draw(st.booleans()), draw(st.booleans()))
        case 5:
            return AnyPrefixed(name, word)
        case 6:
            return AnyMatching(name, f"*{word}")
        case 7:
            return AnyNear(name, word, maxdist=1, prefixlength=1)
        case 8:
            start, end = _range(draw, st.integers(-20, 20))
            return NumericRange("number", start, end, boost=draw(boosts))
    start, end = _range(draw, st.sampled_from(DAYS))
    return DateRange("date", start, end)


@st.composite
def phrases(draw: st.DrawFn) -> Query:
    name, slop = draw(placed_names), draw(st.integers(1, 3))
    steps = draw(st.lists(words, min_size=1, max_size=3))
    if len(steps) > 1 and draw(st.booleans()):
        parts: list[Query] = [Term(name, step) for step in steps]
        return Sequence([*parts, PrefixSpans(name, draw(words)[:1])], slop, boost=2.0)
    return Phrase(name, steps, slop=slop, boost=draw(boosts))


terms = st.builds(Term, scored_names, words, boosts)
everything = st.one_of(st.just(Every()), st.builds(Every, scored_names, boosts), st.just(NullQuery))


def _near(name: str, one: str, other: str) -> Query:
    return SpanNear2([Term(name, one), Term(name, other)], slop=3, ordered=False)


leaves = st.one_of(terms, terms, many_terms(), phrases(), everything)
slow = st.one_of(
    st.builds(_near, placed_names, words, words),
    st.builds(lambda n, a: SpanFirst(Term(n, a), limit=2), placed_names, words),
    st.builds(Variations, scored_names, words),
    st.builds(Otherwise, terms, terms),
)  # fmt: skip


def _compounds(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    lists = st.lists(children, min_size=1, max_size=4)
    return st.one_of(
        st.builds(And, lists, boosts),
        st.builds(Or, lists, boosts),
        st.builds(AnyOf, lists, boosts),
        st.builds(Require, children, children),
        st.builds(Without, children, children),
        st.builds(ConstantScoreQuery, children, st.sampled_from([1.0, 2.5])),
        st.builds(lambda part, kept: And([part, Unscored(kept)]), children, children),
    )


trees = st.recursive(leaves, _compounds, max_leaves=8)
queries = st.one_of(
    trees,
    slow,
    st.builds(AndMaybe, leaves, leaves),
    st.builds(lambda a, b: And([a, Not(b)]), terms, terms),
)


class AmongFields(BM25F):
    """An idf that looks at another field than the one that is scored."""

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        index = searcher.get_parent()
        frequency: int = index.doc_frequency(fieldname, text) + index.doc_frequency("words", text)
        count: int = index.doc_count_all()
        return 1 + count / (1 + frequency)


models = st.sampled_from([BM25F(), MODEL, AmongFields(B=0.3, K1=2.0, text_B=1.0)])


# --- the comparison -------------------------------------------------------------------------------


@contextmanager
def _indexes(case: Case) -> Iterator[tuple[ColumnarIndex, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        ours = ColumnarIndex.create(Path(folder, "index"), case.schema)
        theirs = RamStorage().create_index(case.schema)
        for added, deleted in case.commits:
            for index in (ours, theirs):
                writer = index.writer()
                for id_ in deleted:
                    writer.delete_by_term("id", id_)
                for document in added:
                    writer.add_document(**document)
                writer.commit(merge=False)
        # What is looked for in files that somebody else wrote must not be found in ours.
        ours.verify()
        yield ours, theirs


@pytest.fixture(autouse=True, scope="module")
def _exact_lengths() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh3, "length_to_byte", lambda length: length)
        patch.setattr(whoosh3, "byte_to_length", lambda byte: byte)
        patch.setattr(merging, "_SLICE", 5)
        patch.setattr(spool, "_IN_MEMORY", 40)
        patch.setattr(spool, "_ROWS", 7)
        patch.setattr(encoding, "LONG", 1)
        patch.setattr(contenders, "_WORTH_IT", 1)
        patch.setattr(contenders, "_FEW", 2)
        patch.setattr(ranking, "_FEW", 1)
        patch.setattr(ranking, "_MANY", 2)
        patch.setattr(highest, "_FEW", 2)
        patch.setattr(phrase_evaluation, "_MANY", 1)
        patch.setattr(highest, "_BLOCK", 2)
        yield


def _by_whoosh(searcher: Any, asked: Query) -> dict[int, float]:
    return dict(searcher.search(asked, limit=None, optimize=False).items())


def _by_fast_path(searcher: Any, asked: Query) -> dict[int, float]:
    found = find(searcher, asked)
    return dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True))


@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(case=cases(), asked=st.lists(queries, min_size=5, max_size=15), model=models)
def test_all_three_agree(case: Case, asked: list[Query], model: BM25F) -> None:
    with (
        _indexes(case) as (ours, theirs),
        ours.searcher(weighting=model) as mine,
        theirs.searcher(weighting=model) as stock,
    ):
        for one in asked:
            expected = _by_whoosh(stock, one)
            assert _by_whoosh(mine, one) == pytest.approx(expected, rel=1e-6), one
            found = _by_fast_path(mine, one)
            assert found == pytest.approx(expected, rel=1e-6), one
            unscored = find(mine, one, scored=False).documents.tolist()
            assert unscored == sorted(expected)
            order = sorted(found, key=lambda number: (-found[number], number))
            for limit in (1, 3, 10):
                top = ranking.best(ask(mine, one), limit)
                assert top.documents.tolist() == order[:limit]
                assert top.scores.tolist() == [found[number] for number in order[:limit]]


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(), parts=st.lists(trees, min_size=2, max_size=4), boost=boosts)
def test_what_stock_whoosh_gets_wrong(case: Case, parts: list[Query], boost: float) -> None:
    with _indexes(case) as (ours, _), ours.searcher() as mine:
        found = [_by_fast_path(mine, part) for part in parts]
        one, other, *_ = found
        best_of = {n: max(part.get(n, 0.0) for part in found) for n in set().union(*found)}
        expected: list[tuple[Query, dict[int, float]]] = [
            (DisjunctionMax(parts, boost), {n: boost * score for n, score in best_of.items()}),
            (AndNot(*parts[:2]), {n: score for n, score in one.items() if n not in other}),
            (AndMaybe(*parts[:2]), {n: score + other.get(n, 0.0) for n, score in one.items()}),
            (Not(parts[0]), {n: 1.0 for n in mine.reader().all_doc_ids() if n not in one}),
            (Or([Unscored(part) for part in parts]), dict.fromkeys(best_of, 0.0)),
        ]
        for asked, answer in expected:
            assert _by_fast_path(mine, asked) == pytest.approx(answer), asked


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases())
def test_readers_tell_the_same(case: Case) -> None:
    with _indexes(case) as (ours, theirs):
        mine, stock = ours.reader(), theirs.reader()
        assert list(mine.all_terms()) == list(stock.all_terms())
        assert list(mine.all_stored_fields()) == list(stock.all_stored_fields())
        assert list(mine.all_doc_ids()) == list(stock.all_doc_ids())
        for name, term in stock.all_terms():
            own, other = mine.term_info(name, term), stock.term_info(name, term)
            assert own.doc_frequency() == other.doc_frequency()
            assert own.weight() == other.weight() == mine.frequency(name, term)
            assert (own.max_weight(), own.min_id(), own.max_id()) == (
                other.max_weight(), other.min_id(), other.max_id(),
            )  # fmt: skip
            _compare_postings(case.schema[name].format, mine, stock, name, term)
        for name in ("words", "counts", "text", "boosted"):
            assert mine.field_length(name) == stock.field_length(name)
        mine.close()


def _compare_postings(format_: Any, mine: Any, stock: Any, name: str, term: bytes) -> None:
    kinds = ("frequency", "weight", "positions", "characters", "position_boosts")
    supported = [kind for kind in kinds if format_.supports(kind)]
    own, other = mine.postings(name, term), stock.postings(name, term)
    while other.is_active():
        assert (own.id(), own.weight()) == (other.id(), other.weight())
        for kind in supported:
            assert own.value_as(kind) == other.value_as(kind), kind
        own.next()
        other.next()
    assert not own.is_active()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(), reverse=st.booleans(), name=st.sampled_from(["name", "number", "date", "id"]))
def test_sorting_by_a_column(case: Case, reverse: bool, name: str) -> None:
    if not case.schema[name].column_type:
        return
    with _indexes(case) as (ours, theirs), ours.searcher() as mine, theirs.searcher() as stock:
        answers, order = ask(mine, Every(), scored=False), [ranking.By(name, reverse)]
        fast = ranking.best(answers, mine.doc_count_all(), order, scored=False).documents.tolist()
        values = _values(mine, name)
        for searcher in (mine, stock):
            results = searcher.search(Every(), sortedby=name, reverse=reverse, limit=None)
            numbers = [hit.docnum for hit in results]
            # In reverse, Whoosh gives equals in reverse, too.
            assert [values[number] for number in numbers] == [values[number] for number in fast]
            assert reverse or numbers == fast


def _values(searcher: Any, name: str) -> list[Any]:
    """Return what each document has in a column."""
    return [
        reader.column_reader(name, translate=False)[number]
        for reader, _ in searcher.reader().leaf_readers()
        for number in range(reader.doc_count_all())
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(), asked=queries, limit=st.integers(1, 8), scored=st.booleans(), data=st.data())
def test_equals_are_ordered_by_columns(
    case: Case, asked: Query, limit: int, scored: bool, data: st.DataObject
) -> None:
    columns = [name for name, field in case.schema.items() if field.column_type]
    by = st.builds(ranking.By, st.sampled_from(columns), st.booleans())
    order = data.draw(st.lists(by, max_size=3))
    with _indexes(case) as (ours, _), ours.searcher() as mine:
        expected = find(mine, asked, scored=scored)
        documents, scores = expected.documents.tolist(), expected.scores.tolist()
        for name, descending in reversed(order):
            documents.sort(key=_values(mine, name).__getitem__, reverse=descending)
        known = dict(zip(expected.documents.tolist(), scores, strict=True))
        documents.sort(key=lambda number: -known[number])
        found = ranking.best(ask(mine, asked, scored=scored), limit, order, scored=scored)
        assert found.documents.tolist() == documents[:limit]


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(), asked=st.lists(queries, min_size=3, max_size=6))
def test_merging_changes_no_answer(case: Case, asked: list[Query]) -> None:
    with _indexes(case) as (ours, theirs):
        ours.optimize()
        theirs.optimize()
        with ours.searcher() as mine, theirs.searcher() as stock:
            assert mine.doc_count_all() == stock.doc_count_all()
            assert list(mine.reader().all_terms()) == list(stock.reader().all_terms())
            for one in asked:
                expected = _by_whoosh(stock, one)
                assert _by_fast_path(mine, one) == pytest.approx(expected, rel=1e-6), one
        ours.verify()
