"""A library that another process writes to while it is read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from stage import WIDE, reading

from index.gather import Report
from index.library import Library
from reader.app import BroadsheetApp
from reader.screens.main import MainScreen

if TYPE_CHECKING:
    from pathlib import Path

    from index.gather import Listener


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.app._LOOK_SECONDS", 0.05)


def _write(folder: Path, day: int) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{day}.txt"
    path.write_text(
        f"News of the day {day}\n\nThu Oct {day} 2025\n\n"
        "KABUL: Something new was said about a ceasefire on Thursday, and it was long enough.\n"
    )
    return path


async def test_new_articles_appear_by_themselves_and_the_place_is_kept(
    library: Library, tmp_path: Path
) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("j", "enter", *"jjjjj")
        title = stage.title
        other = Library(library.folder)
        other.add([_write(tmp_path / "news", 23)])
        other.close()
        await stage.until(lambda: stage.result_list.total == 6, "the new article")
        assert stage.titles[0] == "News of the day 23"
        assert stage.title == title
        assert stage.result_list.cursor == 2
        assert stage.article_view.scroll_offset.y == 5
        assert stage.main.reading


async def test_nothing_is_asked_again_where_nothing_came(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    looks = 0
    has_changed, ask = BroadsheetApp._has_changed, MainScreen.ask

    def count_look(app: BroadsheetApp) -> bool:
        nonlocal looks
        looks += 1
        return has_changed(app)

    def note_ask(screen: MainScreen, *, keep_place: bool = False) -> None:
        asked.append(screen.pane.query_text)
        ask(screen, keep_place=keep_place)

    def open_index(library: Library, _: Listener) -> Report:
        library.search("")
        return Report()

    monkeypatch.setattr(BroadsheetApp, "_has_changed", count_look)
    monkeypatch.setattr(MainScreen, "ask", note_ask)
    async with reading(library, WIDE, update=open_index) as stage:
        await stage.until(lambda: looks > 2, "looks at what came")
        # By the screen when it opened, and when the library was up to date.
        assert len(asked) == 2


async def test_a_new_article_is_found_by_the_query_that_stands(
    library: Library, tmp_path: Path
) -> None:
    async with reading(library, WIDE) as stage:
        await stage.search("ceasefire")
        total = stage.result_list.total
        other = Library(library.folder)
        other.add([_write(tmp_path / "news", 24)])
        other.close()
        await stage.until(lambda: stage.result_list.total == total + 1, "the new article")
        assert stage.answered == "ceasefire"


async def test_a_new_query_begins_at_the_top_whatever_comes_in_meanwhile(
    library: Library,
) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("j", "j", "enter", "q")
        stage.main.pane.set_query("pakistan")
        await stage.settle()
        stage.main.ask(keep_place=True)
        await stage.until(lambda: stage.answered == "pakistan", "the answer")
        assert stage.result_list.cursor == 0


async def test_no_key_is_lost_where_the_answer_comes_before_the_article_is_in_view(
    library: Library,
) -> None:
    async with reading(library, WIDE) as stage:
        stage.result_list.cursor = 2
        stage.main.show_results(stage.results, keep_place=True)
        assert stage.result_list.cursor == 2
        assert stage.title == stage.titles[2]


async def test_what_is_found_in_the_article_is_kept_as_well(
    library: Library, tmp_path: Path
) -> None:
    async with reading(library, WIDE) as stage:
        await stage.search("taliban")
        await stage.press("enter", "/", *"pakistan", "enter", "n")
        place = stage.status.split("article")[0].split("match")[-1]
        other = Library(library.folder)
        other.add([_write(tmp_path / "news", 25)])
        other.close()
        await stage.until(lambda: stage.main.library.version == stage.app._seen, "the look")
        await stage.settle()
        assert stage.finding
        assert f"match{place}" in stage.status


async def test_an_index_that_vanishes_is_built_anew_while_reading_goes_on(
    library: Library,
) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("enter")
        shutil.rmtree(library.folder / "index")
        await stage.search("ceasefire")
        # Until it is built, nothing or what is still open answers; then the screen asks again.
        await stage.until(lambda: stage.titles, "what the new index finds")
        await stage.press("enter", "n")
        await stage.until(lambda: "match 1/" in stage.status, "the first match")
