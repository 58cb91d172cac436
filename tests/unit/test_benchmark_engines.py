"""The engines that are compared find the same, and are measured from a process of their own."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from pressroom import collections, line

from benchmarks.corpora import Corpora
from benchmarks.engines import ENGINES, FTS5, OURS, Place, Question
from benchmarks.library import articles, fill
from benchmarks.measuring import Measuring
from benchmarks.processes import EngineError, Process
from benchmarks.queries import questions
from benchmarks.worker import Worker, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.engines import Engine
    from index.article import Article

HARBOUR, GLACIER, FERRY, LAST = range(4)

STORIES = (
    line("Harbour closed", "The harbour froze again. A ferry waited.", date="2014-05-06"),
    line("Glacier", "A glacier melts near the harbour.", date="2015-05-06"),
    line("Ferries", "Ferry and train; the train is late. And the ferry waited.", date="2016-05-06"),
    line("Strike", "Nothing sails", date="2016-05-07"),
)

ASKED: tuple[tuple[Question, set[int]], ...] = (
    (Question("all", ("harbour",)), {HARBOUR, GLACIER}),
    (Question("all", ("harbour", "melts")), {GLACIER}),
    (Question("any", ("glacier", "train")), {GLACIER, FERRY}),
    (Question("phrase", ("the", "harbour")), {HARBOUR, GLACIER}),
    (Question("phrase", ("harbour", "the")), set()),
    (Question("prefix", ("gla",)), {GLACIER}),
    (Question("prefix", ("s",)), {LAST}),
    (Question("near", ("hartour",)), {HARBOUR, GLACIER}),
    (Question("typed", ("Ferry wai",)), {HARBOUR, FERRY}),
    (Question("typed", ("harbour fr",)), {HARBOUR}),
    (Question("shown", ("harbour fr",)), {HARBOUR}),
    (Question("shown", ("titel:x harbour",)), set()),
    (Question("all", ("harbour",), first=735_600, last=736_000), {GLACIER}),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of the stories, without an index."""
    folder = tmp_path_factory.mktemp("benchmark")
    fill(folder / "library", Corpora(collections(folder, *STORIES)), len(STORIES))
    return folder


@pytest.fixture(scope="module")
def ids(filled: Path) -> list[str]:
    """The ids of the stories, in the order in which they were told."""
    by_title = {article.title: article.id for article in articles(filled / "library", 9)}
    return [by_title[str(story["title"])] for story in STORIES]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, filled: Path) -> Iterator[Engine]:
    """Each engine that is installed, with an index of the stories."""
    folder = filled / ("library" if request.param == OURS else request.param)
    folder.mkdir(exist_ok=True)
    try:
        engine = ENGINES[request.param].engine(folder)
    except ImportError as error:
        pytest.skip(str(error))
    engine.build(articles(filled / "library", len(STORIES)))
    engine.open()
    yield engine
    engine.close()


def following(filled: Path) -> Article:
    """Return an article that is in none of the indexes."""
    stream = Corpora(filled).articles(len(STORIES), len(STORIES) + 1)
    (article,) = (incoming.article for incoming in stream)
    return article.model_copy(update={"title": "Zqxjkv"})


def test_all_engines_find_the_same(engine: Engine, ids: list[str]) -> None:
    for question, expected in ASKED:
        if question.shape not in engine.cannot:
            answer = engine.answer(question)
            assert set(answer.ids) == {ids[place] for place in expected}, question
            assert answer.total == len(expected), question


def test_the_newest_come_first_where_this_is_asked(engine: Engine, ids: list[str]) -> None:
    answer = engine.answer(Question("any", ("harbour", "nothing"), newest_first=True))
    assert answer.ids == (ids[LAST], ids[GLACIER], ids[HARBOUR])


def test_an_index_has_a_size_and_an_engine_a_version(engine: Engine) -> None:
    assert engine.size() > 0
    assert engine.version()


def test_what_is_added_is_found_and_the_record_is_as_before(engine: Engine, filled: Path) -> None:
    known = len(list(articles(filled / "library", 9)))
    engine.add(following(filled))
    assert engine.answer(Question("all", ("zqxjkv",))).total == 1
    engine.close()
    assert len(list(articles(filled / "library", 9))) == known
    engine.open()


# --- in a process of its own ----------------------------------------------------------------------


def told(folder: Path, *commands: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a worker replies to commands."""
    replies = io.StringIO()
    lines = io.StringIO("".join(f"{json.dumps(command)}\n" for command in commands))
    serve(Worker(FTS5, folder), lines, replies)
    return [json.loads(reply) for reply in replies.getvalue().splitlines()]


def test_a_worker_does_what_it_is_told(filled: Path, tmp_path: Path) -> None:
    harbour, near = Question("all", ("harbour",)), Question("near", ("harbour",))
    added = following(filled).model_dump_json()
    second = added.replace("Zqxjkv", "Second").replace('"id":"', '"id":"0')
    start, built, opened, asked, adding, memory = told(
        tmp_path,
        {"do": "start", "modules": ["json", "no.such.module"]},
        {"do": "build", "library": str(filled / "library"), "most": len(STORIES)},
        {"do": "open", "question": harbour},
        {"do": "ask", "warm_up": [harbour], "questions": [near, harbour, harbour], "seconds": 60},
        {"do": "add", "articles": [added, second], "words": ["zqxjkv", "second"]},
        {"do": "memory"},
    )
    assert start["done"]["imports"] > 0
    assert built["done"]["bytes"] == (tmp_path / "fts5.db").stat().st_size
    assert "benchmarks.engines.fts5" in opened["done"]["modules"]
    assert asked["done"]["hits"] == [2, 2], "FTS5 has no answer to a misspelt word"
    assert len(asked["done"]["times"]) == len(asked["done"]["processor"]) == 2
    assert len(adding["done"]["times"]) == 1, "the first is not timed"
    assert memory["done"] is None or memory["done"]["resident"] > memory["done"]["private"] > 0


def test_no_more_is_asked_when_the_time_is_over(filled: Path, tmp_path: Path) -> None:
    harbour = Question("all", ("harbour",))
    *_, asked = told(
        tmp_path,
        {"do": "start"},
        {"do": "build", "library": str(filled / "library"), "most": len(STORIES)},
        {"do": "open"},
        {"do": "ask", "warm_up": [], "questions": [harbour] * 9, "seconds": 0},
    )
    assert asked["done"]["hits"] == [2]


def test_a_word_that_is_found_before_is_no_proof_of_adding(filled: Path, tmp_path: Path) -> None:
    *_, adding = told(
        tmp_path,
        {"do": "start"},
        {"do": "build", "library": str(filled / "library"), "most": len(STORIES)},
        {"do": "open"},
        {"do": "add", "articles": [following(filled).model_dump_json()], "words": ["harbour"]},
    )
    assert "harbour is found before" in adding["failed"]


def test_what_fails_in_a_process_is_told(tmp_path: Path) -> None:
    with Process(FTS5, tmp_path / "nowhere") as process:
        process.tell("start")
        with pytest.raises(EngineError, match="unable to open"):
            process.tell("open")
        assert "version" in process.tell("start"), "it goes on"


def test_engines_are_measured_and_those_that_fail_are_left_out(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "broken", Place("Broken", "nowhere", "Nothing"))
    monkeypatch.setitem(ENGINES, "small", Place("Small", "nowhere", "Nothing", most=1))
    measuring = Measuring(filled, len(STORIES), lambda _: None)
    kinds = questions(articles(filled / "library", len(STORIES)))
    article = following(filled)
    added = {"zqxjkv": article, "second": article.model_copy(update={"id": "0", "title": "Second"})}
    figures = measuring.measure([FTS5, "broken", "small"], kinds, added)
    assert figures.keys() == {FTS5}
    assert measuring.missing.keys() == {"broken"}
    asked = figures[FTS5].asked
    assert asked.keys() == {kind for kind in kinds if kinds[kind][0].shape not in ("near", "shown")}
    assert all(len(answers.times) == len(answers.hits) > 0 for answers in asked.values())
    assert len(figures[FTS5].adding) == 1
    assert len(figures[FTS5].openings) == len(figures[FTS5].imports) > 0
