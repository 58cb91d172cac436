"""What goes wrong with the record is told, and the reader goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from desk import write_stories
from stage import NARROW, WIDE, nothing_to_do, reading

from index.errors import IndexDoubtedError, LibraryBusyError
from reader import app as reader_app
from reader.config import Config
from reader.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.library import Library
    from index.results import Results


def failing(times: int, usual: Callable[..., Any]) -> Callable[..., Any]:
    """Return what fails so many times, and does as usual from then on."""
    left = [LibraryBusyError("The library is busy: another program is writing.")] * times

    def fails(*of: Any, **how: Any) -> Any:
        if left:
            raise left.pop()
        return usual(*of, **how)

    return fails


class DoubtedIds(tuple[str, ...]):
    """Ids of which only the first can be told."""

    __slots__ = ()

    def __getitem__(self, place: Any) -> Any:
        if place:
            raise IndexDoubtedError("The index is damaged.")
        return super().__getitem__(place)


def record(library: Library) -> sqlite3.Connection:
    return sqlite3.connect(library.folder / "library.db", isolation_level=None)


async def test_typing_a_query_reads_no_article_that_was_not_opened(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("enter")
        opened = stage.results.ids[0]
        await stage.search("ceasefire")
        assert library.marked("read") == {opened}


async def test_sorting_and_filtering_stay_with_the_article_that_is_read(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("G", "enter")
        title = stage.title
        for key in ("S", "S"):
            await stage.press(key)
            await stage.until(lambda: stage.title == title, f"{title} after {key}")
            assert stage.main.reading


async def test_a_filter_that_leaves_nothing_says_so_instead_of_an_empty_pane(
    library: Library,
) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", "f", "f")
        await stage.until(lambda: "outside the filter" in stage.text, "the message")
        assert not stage.main.reading


async def test_marks_wait_for_another_program_and_the_screen_does_not(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        with closing(record(library)) as other:
            other.execute("BEGIN IMMEDIATE")
            stage.app.post_message(stage.key("s"))
            stage.app.post_message(stage.key("j"))
            await stage.until(lambda: stage.result_list.cursor == 1, "the cursor to move")
            assert not library.marked("starred")
            other.execute("ROLLBACK")
        await stage.until(lambda: library.marked("starred") == {stage.results.ids[0]}, "the star")
        await stage.until(lambda: "★" in stage.lines[2], "the star on the screen")


async def test_marks_made_just_before_leaving_are_kept(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        first = stage.results.ids[0]
        stage.app.post_message(stage.key("s"))
        stage.app.post_message(stage.key("Q"))
        await stage.until(lambda: not stage.app.is_running, "the end")
    assert library.marked("starred") == {first}


async def test_a_damaged_article_is_told_of_and_the_others_can_be_read(library: Library) -> None:
    second, third = library.ids()[1:3]
    with closing(record(library)) as db:
        db.execute("UPDATE articles SET parsed = '{', raw = x'00' WHERE id = ?", (second,))
    async with reading(library, NARROW) as stage:
        await stage.press("j")
        await stage.until(lambda: "damaged" in stage.said, "a warning")
        await stage.press("j", "enter")
        assert stage.main.article is not None
        assert stage.main.article.id == third


async def test_a_fault_in_a_search_is_told_and_the_next_query_answered(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = library.search

    def faulty(query: str, **how: Any) -> Results:
        if query == "d":
            raise TypeError("a fault of ours")
        return search(query, **how)

    async with reading(library, NARROW) as stage:
        monkeypatch.setattr(library, "search", faulty)
        await stage.press("/", "d")
        await stage.until(lambda: "Something went wrong" in stage.said, "the fault")
        await stage.press("o", "h", "a")
        await stage.until(lambda: stage.answered == "doha", "an answer")


async def test_articles_of_a_doubted_index_are_not_gone_to(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        doubted = stage.results.model_copy(update={"ids": DoubtedIds(stage.results.ids)})
        stage.main.results = doubted
        await stage.press("J", "n", "j")
        assert "The index is damaged." in stage.said
        assert stage.app.is_running


async def test_hits_that_did_not_come_are_asked_for_when_they_are_seen_again(
    empty_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_library.add(write_stories(tmp_path, 45))
    async with reading(empty_library, NARROW) as stage:
        monkeypatch.setattr(empty_library, "hits", failing(1, empty_library.hits))
        await stage.press("G")
        await stage.until(lambda: "busy" in stage.said, "what is wrong")
        await stage.press("k")
        await stage.until(lambda: "   …" not in stage.text, "the hits")


async def test_results_that_stay_can_be_counted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library, WIDE) as stage:
        monkeypatch.setattr(library, "search", failing(1, library.search))
        stage.main.ask(keep_place=True)
        await stage.until(lambda: "busy" in stage.said, "what is wrong")
        await stage.press("v")
        await stage.until(lambda: "ISLAMABAD  " in stage.text, "the counts")
        await stage.press("q")
        monkeypatch.setattr(library.overview, "of", failing(9, library.overview.of))
        await stage.press("v")
        await stage.until(lambda: "can't be counted" in stage.text, "that there are none")


async def test_what_ends_before_there_are_panes_ends_in_order(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = MainScreen.compose

    def ended(screen: MainScreen) -> Any:
        # As a signal does that comes now.
        screen.app.exit()
        return compose(screen)

    monkeypatch.setattr(MainScreen, "compose", ended)
    app = reader_app.BroadsheetApp(library, Config(), nothing_to_do)
    await app.run_async(headless=True)
    assert app.return_code == 0


def test_a_screen_that_breaks_down_ends_with_an_exit_code(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(self: reader_app.BroadsheetApp) -> None:
        self._return_code = 1

    monkeypatch.setattr(reader_app.BroadsheetApp, "run", break_down)
    with pytest.raises(SystemExit) as ended:
        reader_app.run(library, Config(), nothing_to_do, "seeds")
    assert ended.value.code == 1
