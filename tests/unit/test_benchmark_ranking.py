"""How well engines rank: the measures by hand, collections as they are read, and the figures."""

from __future__ import annotations

import gzip
import json
import os
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.corpora import VARIABLE, CorporaError
from benchmarks.engines import FTS5, OURS, TANTIVY
from benchmarks.judged import FOLDER, halves, judged
from benchmarks.metrics import average_precision, ndcg
from benchmarks.rankers import RANKERS, query
from benchmarks.ranking import CHOSEN_BY, OTHERS, Figure, figures, main, ranking_table
from index.query.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.article import Article

# --- measures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ranking", "relevant", "gain", "precision"),
    [
        ("a", "a", 1.0, 1.0),
        ("ab", "ab", 1.0, 1.0),
        ("ba", "a", 1 / log2(3), 1 / 2),
        ("xaxb", "ab", (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3)), (1 / 2 + 2 / 4) / 2),
        ("a", "ab", 1 / (1 + 1 / log2(3)), 1 / 2),
        ("xyz", "a", 0.0, 0.0),
        ("", "a", 0.0, 0.0),
        ("abcdefghijk", "k", 0.0, 1 / 11),
        ("abcdefghijk", "abcdefghijk", 1.0, 1.0),
    ],
)
def test_measures(ranking: str, relevant: str, gain: float, precision: float) -> None:
    assert ndcg(ranking, frozenset(relevant)) == pytest.approx(gain)
    assert average_precision(ranking, frozenset(relevant)) == pytest.approx(precision)


# --- collections ----------------------------------------------------------------------------------

DOCUMENTS = (
    {"id": "1", "title": None, "text": "The harbour froze again. A ferry\nwaited.\n\nIt sank."},
    {"id": "2", "title": "Glaciers", "text": "A glacier melts near the harbour-side."},
    {"id": "3", "title": "Strike", "text": "Trains and ferries stand still for a week."},
    {"id": "4", "title": None, "text": ""},
)
QUESTIONS = {
    "a": "Which ferry waited in the harbour, and when?",
    "b": "MELTING GLACIERS?",
    "c": "Nothing is relevant to this.",
    "d": "What of trains?",
    "e": '"Strike"',
}
JUDGEMENTS = (
    ("a", "1", 1),
    ("a", "2", 0),
    ("b", "2", 4),
    ("c", "1", -1),
    ("d", "3", 1),
    ("e", "3", 2),
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of news with one collection."""
    folder = tmp_path / FOLDER / "little"
    folder.mkdir(parents=True)
    with gzip.open(folder / "docs.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(document) + "\n" for document in DOCUMENTS)
    lines = (json.dumps({"id": id_, "text": text}) for id_, text in QUESTIONS.items())
    (folder / "queries.dev.jsonl").write_text("\n".join(lines))
    judgements = (f"{asked}\t0\t{found}\t{value}\n" for asked, found, value in JUDGEMENTS)
    (folder / "qrels.dev.tsv").write_text("".join(judgements))
    return tmp_path


def test_a_collection_is_read(news: Path) -> None:
    (little,) = judged(news)
    assert (little.name, little.part) == ("little", "dev")
    first, second, _, empty = little.articles
    assert [block.text for block in first.blocks] == [
        "The harbour froze again. A ferry waited.", "It sank.",
    ]  # fmt: skip
    assert (first.title, first.title_from) == ("The harbour froze again.", "first sentence")
    assert (second.title, second.title_from) == ("Glaciers", "article")
    assert (empty.title, empty.blocks) == ("4", ())
    assert {id_: question.relevant for id_, question in little.questions.items()} == {
        "a": {"1"}, "b": {"2"}, "d": {"3"}, "e": {"3"},
    }  # fmt: skip


def test_halves_are_always_the_same_and_make_a_whole() -> None:
    ids = [str(number) for number in range(31)]
    chosen, others = halves(ids)
    assert (len(chosen), len(others)) == (15, 16)
    assert chosen | others == set(ids)
    assert halves(reversed(ids)) == (chosen, others)


# --- figures --------------------------------------------------------------------------------------


def at_best(articles: Sequence[Article], questions: Mapping[str, str]) -> dict[str, Sequence[str]]:
    assert len(articles) == len(DOCUMENTS)
    return {id_: {"a": "1", "b": "2"}.get(id_, "3") for id_ in questions}


def missing(articles: Sequence[Article], questions: Mapping[str, str]) -> dict[str, Sequence[str]]:
    raise ImportError


def test_figures_are_those_of_all_questions_and_of_each_half(news: Path) -> None:
    found = figures(news, {OURS: at_best, TANTIVY: missing})
    assert found == [
        Figure("little", "dev", 4, OURS, 1.0, 1.0),
        Figure("little", CHOSEN_BY, 2, OURS, 1.0, 1.0),
        Figure("little", OTHERS, 2, OURS, 1.0, 1.0),
        Figure("little", "dev", 4, TANTIVY, None, None),
        Figure("little", CHOSEN_BY, 2, TANTIVY, None, None),
        Figure("little", OTHERS, 2, TANTIVY, None, None),
    ]
    assert ranking_table(found).splitlines()[2] == "| little | dev | 4 | 1.000 / 1.000 | – |"


@pytest.mark.parametrize("engine", [OURS, FTS5, TANTIVY])
def test_an_engine_ranks(news: Path, engine: str) -> None:
    if engine == TANTIVY:
        pytest.importorskip("tantivy")
    (little,) = judged(news)
    rankings = RANKERS[engine](little.articles, QUESTIONS)
    assert [rankings[id_][0] for id_ in "bde"] == ["2", "3", "3"]
    assert set(rankings["a"]) == {"1", "2", "3"}
    assert rankings["c"] == ()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who rules Kabul?", "who OR rules OR kabul"),
        ("THIS OR THAT, AND NOT U.S. -aid", "this OR or OR that OR and OR not OR u.s. OR aid"),
        ('the "Al-Qaeda" title:x (2,600)', "the OR al OR qaeda OR title OR x OR 2600"),
        ("?!", ""),
    ],
)
def test_a_question_is_asked_by_any_of_its_words(question: str, asked: str) -> None:
    assert query(question) == asked
    parse(asked)


def test_the_command_prints_figures_or_a_table(
    news: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "benchmarks.ranking.figures", lambda folder: figures(folder, {OURS: at_best})
    )
    main(["--corpora", str(news), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told[0] == {
        "collection": "little", "part": "dev", "questions": 4, "engine": OURS,
        "ndcg": 1.0, "map": 1.0,
    }  # fmt: skip
    main(["--corpora", str(news)])
    assert "| little | others | 2 | 1.000 / 1.000 |" in capsys.readouterr().out


def test_without_collections_the_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CorporaError):
        figures(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(SystemExit):
        main([])
    assert VARIABLE in capsys.readouterr().err


@pytest.mark.skipif(VARIABLE not in os.environ, reason=f"{VARIABLE} is not set")
def test_news_and_abstracts_are_ranked_no_worse_than_by_the_peers() -> None:
    found = [one for one in figures(Path(os.environ[VARIABLE])) if one.part == "dev"]
    assert {"time", "cranfield"} <= {one.collection for one in found}
    ours = {one.collection: one for one in found if one.engine == OURS}
    for peer in found:
        if peer.collection in ("time", "cranfield") and peer.ndcg is not None:
            own = ours[peer.collection]
            assert own.ndcg is not None
            assert own.ndcg >= peer.ndcg
            assert (own.map or 0) >= (peer.map or 0)
