"""The place in an article: remembered when it is left, and gone back to when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import NARROW, SIZES, WIDE, reading

from index.library import Library

if TYPE_CHECKING:
    from stage import Stage


def first_line(stage: Stage) -> str:
    """Return what stands on the first line of the article."""
    x, y = stage.article_view.region.offset
    return stage.lines[y][x:].strip(" ▐▁▂▃▄▅▆▇█")


@pytest.mark.parametrize("size", SIZES)
async def test_an_article_is_gone_on_with_where_it_was_left(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        await stage.press("enter", "d", "d", "j")
        there = first_line(stage)
        await stage.press("J")
        assert first_line(stage) != there
        await stage.press("K")
        assert first_line(stage) == there
        await stage.press("q", "j", "k", "enter")
        assert first_line(stage) == there


@pytest.mark.parametrize("leave", ["Q", "q"])
async def test_the_place_survives_a_restart(library: Library, leave: str) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", "d", "d", *"jj")
        there = first_line(stage)
        await stage.press(*({"Q": ["Q"], "q": ["q", "q"]}[leave]))
    again = Library(library.folder)
    async with reading(again, NARROW) as stage:
        await stage.press("enter")
        assert first_line(stage) == there
    again.close()


async def test_the_place_is_that_of_the_text_whatever_the_width(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", "d", "d")
        words = first_line(stage)[:20]
        await stage.press("q")
        await stage.resize((60, 24))
        await stage.press("enter")
        assert words in " ".join(stage.lines[1:4])


async def test_what_is_merely_shown_begins_at_its_top_and_keeps_its_place(
    library: Library,
) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("enter", "G", "q", "j", "k")
        assert stage.article_view.scroll_offset.y == 0
        await stage.press("j", "k", "enter")
        assert stage.article_view.scroll_offset.y == stage.article_view.max_scroll_y > 0


async def test_back_at_the_top_nothing_is_remembered(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        id_ = stage.results.ids[0]
        await stage.press("enter", "d", "q")
        assert library.positions.of(id_) is not None
        await stage.press("enter", "g", "q")
        assert library.positions.of(id_) is None


async def test_new_results_do_not_move_the_reader(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", "d")
        there = first_line(stage)
        stage.main.ask(keep_place=True)
        results = stage.main.results
        await stage.until(lambda: stage.main.results is not results, "new results")
        assert first_line(stage) == there


async def test_a_match_is_gone_to_whatever_the_place(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", "G", "q")
        await stage.search(stage.titles[0].split()[0])
        await stage.press("n")
        assert "match 1/" in stage.status


async def test_the_last_line_says_how_much_is_left(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter")
        assert "min left" in stage.status
        await stage.press("G")
        assert "100 %" in stage.status
        assert "left" not in stage.status
