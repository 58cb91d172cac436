"""Read and starred: set by keys and by reading, taken back, kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from stage import NARROW, SIZES, reading

from index.library import Library
from index.results import Marks

if TYPE_CHECKING:
    import pytest
    from stage import Stage

    from index.results import Results


def marks(stage: Stage) -> list[str]:
    """Return the marks in the rows of a narrow list, from top to bottom."""
    return [line[1] for line in stage.lines[1:-1] if line[1] in "●○★"]


async def test_opening_an_article_reads_it(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        assert marks(stage) == list("●●●●●")
        await stage.press("enter", "q")
        assert marks(stage) == list("○●●●●")
        assert library.marked("read") == {stage.results.ids[0]}


async def test_moving_on_within_the_article_pane_reads_too(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("l", "J", "J", "h")
        assert marks(stage) == list("○○○●●")
        assert stage.result_list.cursor == 2


async def test_stars_and_reading_are_set_taken_away_and_taken_back(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("s")
        assert "Starred" in stage.said
        await stage.press("j", "m", "j", "s", "s")
        assert "No longer starred" in stage.said
        await stage.press("j", "s")
        assert marks(stage) == list("★○●★●")
        await stage.press("U")
        assert marks(stage) == list("★○●●●")
        assert f"Undone: starred, {stage.titles[3][:20]}" in stage.said
        await stage.press("U", "U", "U")
        assert marks(stage) == list("★●●●●")
        await stage.press("U")
        assert marks(stage) == list("●●●●●")
        await stage.press("U")
        assert "There is nothing to undo." in stage.said


async def test_reading_is_no_step_of_undo(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("s", "j", "enter", "q", "U")
        assert marks(stage) == list("●○●●●")


async def test_what_was_read_can_be_made_unread_within_the_article(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", "m", "s")
        await stage.press("h")
        assert library.marks(stage.results.ids) == {stage.results.ids[0]: Marks(starred=True)}


async def test_all_results_are_marked_as_read_and_taken_back_in_one_step(
    library: Library,
) -> None:
    async with reading(library, NARROW) as stage:
        await stage.search("taliban ceasefire")
        total = stage.results.total
        await stage.press("j", "m", "A")
        assert f"Read: {total - 1} articles" in stage.said
        assert library.marked("read") == set(stage.results.ids)
        assert marks(stage) == ["○"] * total
        await stage.press("A")
        assert "All are read already." in stage.said
        await stage.press("U")
        assert f"Undone: read, {total - 1} articles" in stage.said
        assert marks(stage) == ["●", "○", *["●"] * (total - 2)]
        await stage.press("U")
        assert not library.marked("read")


async def test_tags_are_typed_shown_found_and_taken_back(library: Library) -> None:
    for size in SIZES:
        async with reading(library, size) as stage:
            first, second = stage.results.ids[:2]
            await stage.press("t", *"war, #[long] reads", "enter")
            assert "Tags: #[long] reads #war" in stage.said
            await stage.press("j", "t", *"wa", "tab", "enter")
            assert library.tags.counts() == {"war": 2, "[long] reads": 1}
            await stage.press("k", "enter")
            assert "#[long] reads  #war" in stage.text
            await stage.search("tag:war")
            assert set(stage.results.ids) == {first, second}
            await stage.press("t", "ctrl+u", "enter")
            assert "No tags" in stage.said
            await stage.press("U", "U", "U")
            assert "Undone: tags" in stage.said
            assert "#war" not in "\n".join(stage.lines[1:])
            assert not library.tags.counts()


async def test_nothing_is_marked_that_is_not_what_was_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, may_answer = library.search, threading.Event()

    def slow_search(*query: Any, **how: Any) -> Results:
        may_answer.wait()
        return search(*query, **how)

    async with reading(library, NARROW) as stage:
        monkeypatch.setattr(library, "search", slow_search)
        await stage.press("/", "d", "o", "h", "a", "enter", "A")
        assert "still on their way" in stage.said
        may_answer.set()
        assert not library.marked("read")


async def test_a_mark_set_while_a_search_goes_on_stays_on_the_screen(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = library.search

    def slow_search(*query: Any, **how: Any) -> Results:
        results = search(*query, **how)
        if results.query == "taliban":
            library.set_mark(results.ids[:1], "starred", on=True)
        return results

    async with reading(library, NARROW) as stage:
        monkeypatch.setattr(library, "search", slow_search)
        await stage.search("taliban")
        assert marks(stage) == list("★●●●●")


async def test_marks_survive_a_restart(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("s", "j", "enter", "q")
    again = Library(library.folder)
    async with reading(again, NARROW) as stage:
        assert marks(stage) == list("★○●●●")
        await stage.press("U")
        assert marks(stage) == list("●○●●●")
    again.close()
