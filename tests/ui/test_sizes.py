"""Terminals of all sizes, and from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import NARROW, SMALL, WIDE, Stage, reading

if TYPE_CHECKING:
    from index.library import Library

TINY, VAST = (1, 1), (200, 60)


def top(stage: Stage) -> tuple[int, int]:
    """Return which text is at the top of the article, and where it begins there."""
    layout = stage.article_view._layout
    assert layout is not None
    row = layout.rows[stage.article_view.scroll_offset.y]
    return row.text, row.start


async def test_resizing_keeps_the_article_the_place_and_the_cursor(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.search("taliban")
        place = stage.titles.index(next(t for t in stage.titles if "final warning" in t))
        await stage.press(*"j" * place, "enter", *"jjjjjjjjjjjjjjjj")
        title, query = stage.title, stage.answered
        text, _ = top(stage)
        for size in (NARROW, SMALL, TINY, VAST, WIDE, SMALL, NARROW, WIDE):
            await stage.resize(size)
            assert stage.title == title
            assert stage.main.reading
            assert stage.result_list.cursor == place
            assert stage.answered == query
            if size != TINY:
                assert top(stage)[0] == text, size


async def test_resizing_the_list_keeps_the_cursor_in_view(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("G")
        for size in (SMALL, TINY, NARROW, SMALL, VAST):
            await stage.resize(size)
            assert stage.result_list.cursor == 4
            assert not stage.main.reading
            if size != TINY:
                assert any(line.startswith("▌") for line in stage.lines), size


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 40), (120, 1), (3, 3), (10, 3), (20, 6)])
async def test_no_size_is_too_small_to_go_on(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size) as stage:
        await stage.search("taliban")
        for key in ("j", ".", ".", "enter", " ", "n", "n", ".", "}", "G", "/", "x", "escape", "?",
                    "j", "q", "z", "q", "s", "U", "S", "f"):  # fmt: skip
            await stage.press(key)
            assert all(len(line) <= size[0] for line in stage.lines)
        await stage.resize(NARROW)
        assert len(stage.lines) == 24


async def test_the_panes_stand_side_by_side_where_there_is_room(library: Library) -> None:
    async with reading(library, (110, 30)) as stage:
        assert stage.article_view.region.width
        assert stage.result_list.region.width
        await stage.resize((109, 30))
        assert not stage.article_view.region.width
        await stage.resize(VAST)
        assert stage.article_view.region.x >= stage.result_list.region.right
