"""The page of figures is made of the runs that were kept, and says where one was not measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pressroom import collections, made_up

from benchmarks.__main__ import main
from benchmarks.engines import FTS5, OURS, TANTIVY
from benchmarks.figures import Asked, EngineFigures, Machine, Run, kept_runs
from benchmarks.goals import goals, paces
from benchmarks.measures import keystroke, ratio
from benchmarks.memory import Memory, interpreter_memory, own_memory
from benchmarks.page import HEAD, PAGE, page
from benchmarks.queries import SHOWN, TYPED
from benchmarks.ranking import Figure, keep, kept
from benchmarks.sections import growth, section
from benchmarks.tables import rounded, table

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = Machine(
    system="Linux 6", processor="a fast one", cores=2, memory_bytes=8 * 10**9, python="3.11.7",
    load=(0.1, 1.9),
)  # fmt: skip


def answers(*times: float, hits: tuple[int, ...] = (4, 5, 6)) -> Asked:
    """Return answers for which the process worked half of the time."""
    return Asked(times=times, processor=tuple(time / 2 for time in times), hits=hits)


def figures(*, scale: float, kinds: tuple[str, ...]) -> EngineFigures:
    """Return figures of an engine that takes ``scale`` times as long as another."""
    return EngineFigures(
        version=f"1.{scale}",
        build_seconds=10 * scale,
        index_bytes=int(3_000_000 * scale),
        imports=(40.0, 60.0, 50.0),
        openings=(4 * scale, 6 * scale, 5 * scale),
        adding=(7 * scale, 9 * scale, 8 * scale),
        memory=Memory(resident=90_000_000, private=50_000_000),
        asked={kind: answers(scale, 2 * scale, 3 * scale) for kind in kinds},
    )


def run(articles: int, **engines: float) -> Run:
    """Return a run in which engines took so many times as long as another."""
    kinds = {OURS: ("rare word", "one letter wrong", TYPED, SHOWN)}
    return Run(
        articles=articles,
        published=articles // 2,
        text_bytes=6_000_000,
        reading_seconds=2.0,
        day="2025-10-09",
        revision="abc1234+",
        machine=MACHINE,
        interpreter=Memory(resident=10_000_000, private=5_000_000),
        engines={
            name: figures(scale=scale, kinds=kinds.get(name, ("rare word", TYPED)))
            for name, scale in engines.items()
        },
    )


def cells(table: str, beginning: str) -> list[str]:
    """Return the cells of the one row of a page that begins so."""
    (row,) = (row for row in table.splitlines() if row.startswith(f"| {beginning}"))
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


LARGE = run(100_000, broadsheet=1.0, tantivy=0.4, fts5=20.0)
SMALL = run(10_000, broadsheet=0.5, tantivy=0.2, fts5=4.0, whoosh=40.0)


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (0.0, "0"), (0.00312, "0.0031"), (0.0314, "0.031"), (0.314, "0.31"), (1.0, "1"),
        (3.14, "3.1"), (9.96, "10"), (31.4, "31"), (12_345.6, "12,346"),
    ],
)  # fmt: skip
def test_figures_have_two_digits_that_count(figure: float, told: str) -> None:
    assert rounded(figure) == told


def test_a_table_is_one_of_markdown() -> None:
    assert table(["a", "b"], [["c", "1"]]) == "| a | b |\n| --- | ---: |\n| c | 1 |\n"


def test_goals_stand_beside_what_was_measured() -> None:
    told = goals([SMALL, LARGE])
    assert cells(told, "index / text") == ["100,000", "≤ 1.2", "≤ 0.6", "0.50", "0.20", "10"]
    assert cells(told, "articles indexed") == [
        "100,000", "≥ FTS5’s", "≥ Tantivy’s", "10,000", "25,000", "500",
    ]  # fmt: skip
    assert cells(told, "private memory")[3:] == ["45", "45", "45"]
    assert cells(told, "opening")[3:] == ["5", "2", "100"]
    assert cells(told, "one article more")[3:] == ["8", "3.2", "160"]


def test_what_was_not_measured_at_the_size_of_a_goal_is_left_open() -> None:
    rows = [row for row in goals([LARGE]).splitlines() if "1,000,000" in row]
    assert len(rows) == 1
    assert rows[0].endswith("| – | – | – |")


def test_a_keystroke_is_broadsheets_with_excerpts_and_the_others_without() -> None:
    asked = {**LARGE.engines[OURS].asked, SHOWN: answers(7.0)}
    ours = LARGE.engines[OURS].model_copy(update={"asked": asked})
    changed = LARGE.model_copy(update={"engines": {**LARGE.engines, OURS: ours}})
    assert keystroke(changed, OURS) == 7.0
    assert keystroke(changed, TANTIVY) == pytest.approx(1.2)


def test_the_pace_counts_kinds_that_both_engines_answer() -> None:
    told = paces(LARGE)
    assert cells(told, "against Tantivy")[:4] == ["≤ 2 ×", "0 of 2", "≤ 1 ×", "0 of 2"]
    assert cells(told, "against Tantivy")[4].endswith("2.5 ×")
    assert cells(told, "against SQLite FTS5")[:4] == ["≤ 1/10", "2 of 2", "≤ 1/50", "0 of 2"]


def test_only_questions_that_both_have_answered_are_compared() -> None:
    slow = answers(4.0, 4.0)
    tantivy = LARGE.engines[TANTIVY].model_copy(update={"asked": {"rare word": slow}})
    changed = LARGE.model_copy(update={"engines": {**LARGE.engines, TANTIVY: tantivy}})
    assert ratio(changed, OURS, TANTIVY, "rare word") == pytest.approx(1.5 / 4)
    assert ratio(changed, OURS, TANTIVY, TYPED) is None


def test_an_engine_that_bears_less_is_shown_with_what_it_bears() -> None:
    told = section(LARGE, [SMALL, LARGE])
    head = next(row for row in told.splitlines() if row.startswith("| query"))
    assert "stock Whoosh, 10,000" in head
    assert "Tantivy |" in head
    assert cells(told, "rare word | 2 ·")[:4] == ["2 · 3", "0.80 · 1.2", "40 · 60", "80 · 120"]
    assert cells(told, "one letter wrong")[1:4] == ["–", "–", "–"]
    assert "stock Whoosh, 10,000" not in section(SMALL, [SMALL, LARGE])


def test_hits_are_told_as_shares() -> None:
    hits = answers(1.0, 1.0, 1.0, hits=(8, 10, 12))
    ours = LARGE.engines[OURS].model_copy(update={"asked": {"rare word": hits}})
    changed = LARGE.model_copy(update={"engines": {**LARGE.engines, OURS: ours}})
    assert cells(section(changed, [changed]), "rare word | 2.00") == ["2.00", "1.00", "1.00"]


def test_growth_has_a_column_for_each_size() -> None:
    told = growth([SMALL, LARGE])
    assert cells(told, "rare word") == ["1 / 0.40 / 8", "2 / 0.80 / 40"]
    assert cells(told, "one letter wrong") == ["1 / – / –", "2 / – / –"]
    assert cells(told, "index / text") == ["0.25 / 0.10 / 2", "0.50 / 0.20 / 10"]


def test_the_page_tells_machine_versions_and_what_is_left_out() -> None:
    lacking = SMALL.model_copy(update={"missing": {"xapian": "No module named 'xapian'"}})
    told = page([lacking, LARGE])
    assert told.startswith(HEAD)
    for said in (
        "a fast one", "Python 3.11.7", "`abc1234+`", "50,000 as they were published", "2025-10-09",
        "Tantivy 1.0.4", "Xapian is left out: No module named 'xapian'", "## 100,000 articles",
    ):  # fmt: skip
        assert said in told


def test_a_page_can_be_made_of_one_engine_alone() -> None:
    told = page([run(1_000, fts5=1.0)])
    assert cells(told, "rare word | 2 · 3") == ["2 · 3", "–", "–"]


def test_the_page_of_the_documentation_is_of_this_form() -> None:
    assert PAGE.read_text(encoding="utf-8").startswith(HEAD)


def test_runs_are_kept(tmp_path: Path) -> None:
    for one in (LARGE, SMALL):
        one.write(tmp_path)
    (tmp_path / "5.json").write_text('{"articles": 5}')
    assert kept_runs(tmp_path) == [SMALL, LARGE]
    assert kept_runs(tmp_path / "nowhere") == []


def test_memory_is_that_of_the_process() -> None:
    own, bare = own_memory(), interpreter_memory()
    if own is None or bare is None:
        pytest.skip("the system does not tell")
    assert own.resident > bare.resident > bare.private > 0


# --- the command ----------------------------------------------------------------------------------


def test_the_command_measures_and_writes_the_page(tmp_path: Path) -> None:
    news = collections(tmp_path / "news", *made_up(40))
    written = tmp_path / "page.md"
    folders = ["--corpora", str(news), "--folder", str(tmp_path / "kept"), "--page", str(written)]
    main(["30", "--engines", FTS5, *folders])
    told = written.read_text(encoding="utf-8")
    assert "## 30 articles" in told
    assert "30 as they were published" in told
    written.unlink()
    main(folders)
    assert written.read_text(encoding="utf-8") == told, "without sizes, of what is kept"


def test_the_command_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, reason in ((["9", "--corpora", str(tmp_path)], "allsides"), ([], "Nothing")):
        with pytest.raises(SystemExit) as end:
            main([*arguments, "--folder", str(tmp_path / "kept")])
        assert end.value.code == 2
        assert reason in capsys.readouterr().err


def test_how_well_they_rank_is_told_where_it_was_measured(tmp_path: Path) -> None:
    assert "How well it ranks" not in page([run(1_000)])
    figure = Figure("time", "others", 41, OURS, 0.75, 0.5)
    keep([figure], tmp_path / "ranking.json")
    assert kept(tmp_path / "ranking.json") == [figure]
    assert kept(tmp_path / "none.json") == []
    assert "| time | others | 41 | 0.750 / 0.500 |" in page([run(1_000)], [figure])
