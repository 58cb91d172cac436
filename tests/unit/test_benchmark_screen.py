"""What is said of the screen's speed, and where on the page it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.figures import Machine
from benchmarks.memory import Memory
from benchmarks.page import screen_of, with_screen
from benchmarks.screen.figures import MEGABYTE, Figure, memory, stalls, starts, waits
from benchmarks.screen.libraries import headlines
from benchmarks.screen.probe import Tick, process_of, ticks
from benchmarks.screen.section import section
from index.article import Article, article_id

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "# Benchmarks\n\n## Goals\n\ngoals\n"
PART = "## The screen\n\nquick\n"


def test_the_part_about_the_screen_is_put_there_and_replaced() -> None:
    assert screen_of(PAGE) == ""
    page = with_screen(PAGE, PART)
    assert page == f"{PAGE}\n{PART}"
    assert screen_of(page) == PART
    assert with_screen(page, "## The screen\n\nquicker\n") == f"{PAGE}\n## The screen\n\nquicker\n"


def test_the_part_may_stand_between_others() -> None:
    page = f"{PAGE}\n{PART}\n## Growth\n\ngrows\n"
    assert screen_of(page) == PART
    assert "## Growth\n\ngrows" in with_screen(page, PART)


def test_figures() -> None:
    assert waits("keys", [1.0, 2.0, 30.0], "50 ms", "16 ms").measured == (
        "30 ms; median 2 ms, longest 30 ms; 3 keys"
    )
    assert stalls("", [Tick(1, 3), Tick(2, 17.4)]).measured == "17 ms; 1 times more than 16 ms"
    assert stalls("", []).measured.startswith("0 ms")
    assert starts([100, 200, 300], [220, 220, 220]).measured == "1.1 ×: 220 ms against 200 ms"
    at = [Memory(100 * MEGABYTE, private * MEGABYTE) for private in (60, 61, 63)]
    told = memory("", at).measured
    assert told.startswith("63 MB (60 MB at the beginning, 61 MB half-way); 100 MB")


def test_late_ticks_are_read_back(tmp_path: Path) -> None:
    file = tmp_path / "ticks"
    file.write_text("4711\n1.0 3.5\n2.0 9.0\n3.0 4.0\n", encoding="utf-8")
    assert process_of(file) == 4711
    assert ticks(file, 1.5, 3.0) == [Tick(2.0, 9.0), Tick(3.0, 4.0)]


def test_headlines_can_be_typed() -> None:
    titles = (
        "Too short",
        "Council keeps the old ferry for years",
        "Ünïcode is typed by nobody at all",
    )
    articles = [Article(id=article_id(title), title=title, origin=title) for title in titles]
    assert headlines(articles, 5) == ["council keeps the old ferry for years"]


def test_the_section_has_every_figure() -> None:
    machine = Machine(
        system="Linux", processor="a fast one", cores=2, memory_bytes=1, python="3.11", load=(0, 1)
    )
    part = section([Figure("key to results", "9 ms", "50 ms", "16 ms")], "5 articles.", machine)
    assert part.startswith("## The screen\n")
    assert "| key to results | 9 ms | 50 ms | 16 ms |" in part
    assert screen_of(with_screen(PAGE, part)) == part
