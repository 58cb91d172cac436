"""From pane to pane, back, and out."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from stage import NARROW, SIZES, SMALL, WIDE, Stage, reading

if TYPE_CHECKING:
    from index.library import Library


def where(stage: Stage) -> str:
    """Say which pane has the attention, as the screen and the focus agree on it."""
    if stage.main.pane.has_focus_within:
        return "search"
    name = "article" if stage.app.focused is stage.article_view else "list"
    assert stage.main.reading is (name == "article")
    shown = {"list": stage.result_list.region.width, "article": stage.article_view.region.width}
    assert shown[name] > 0
    if stage.app.size.width < WIDE[0]:
        assert [pane for pane, width in shown.items() if width] == [name]
    return name


@pytest.mark.parametrize("size", SIZES)
async def test_deeper_and_back(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size) as stage:
        assert where(stage) == "list"
        for deeper, back in product(("l", "right", "enter"), ("h", "left", "escape", "q")):
            await stage.press(deeper)
            assert where(stage) == "article", deeper
            await stage.press(back)
            assert where(stage) == "list", back
        assert stage.app.is_running


@pytest.mark.parametrize("size", SIZES)
async def test_tab_goes_round_the_panes(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size) as stage:
        visited = [where(stage)]
        for key in ("tab", "tab", "tab", "shift+tab", "shift+tab", "shift+tab"):
            await stage.press(key)
            visited.append(where(stage))
        assert visited == ["list", "article", "search", "list", "search", "article", "list"]


async def test_back_undoes_one_step_at_a_time_and_quits_at_the_root(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("f")
        await stage.search("taliban")
        await stage.press("enter", "/", *"pakistan", "enter")
        assert "q back" in stage.status
        await stage.press("q")
        assert not stage.finding
        assert where(stage) == "article"
        await stage.press("q")
        assert where(stage) == "list"
        await stage.press("q")
        await stage.until(lambda: stage.answered == "", "no query")
        assert "unread" in stage.lines[0]
        await stage.press("q")
        await stage.until(lambda: "all articles" in stage.lines[0], "no filter")
        assert "q quit" in stage.status
        await stage.press("q")
        assert stage.app._exit


@pytest.mark.parametrize("key", ["h", "left", "escape"])
async def test_only_q_quits_at_the_root(library: Library, key: str) -> None:
    async with reading(library) as stage:
        await stage.press(key, key)
        assert not stage.app._exit
        await stage.press("q")
        assert stage.app._exit


async def test_capital_q_quits_from_anywhere(library: Library) -> None:
    async with reading(library) as stage:
        await stage.search("taliban")
        await stage.press("enter", "Q")
        assert stage.app._exit


async def test_z_leaves_only_the_article(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("z")
        assert stage.main.reading
        assert stage.article_view.region.width == 120
        assert "search the library" not in stage.text
        await stage.press("J")
        assert stage.title == stage.titles[1]
        await stage.press("z")
        assert "search the library" in stage.text
        assert where(stage) == "article"
        await stage.press("z", "q")
        assert where(stage) == "list"
        assert "search the library" in stage.text
        await stage.press("z", "\\")
        assert where(stage) == "search"
        assert "search the library" in stage.text


@pytest.mark.parametrize("size", SIZES)
async def test_keys_in_a_burst_act_one_by_one(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size) as stage:
        for key in ("/", *"doha", "enter", "enter"):
            stage.app.post_message(stage.key(key))
        await stage.until(lambda: stage.answered == "doha", "the query")
        await stage.settle()
        assert where(stage) == "article"
        for key in ("q", "tab", "tab", "enter", "s"):
            stage.app.post_message(stage.key(key))
        await stage.until(lambda: library.marked("starred"), "the star")
        await stage.settle()
        assert where(stage) == "list"


async def test_the_last_line_says_where_one_is(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.search("taliban")
        assert "match –/" in stage.status
        assert "article 1/5" in stage.status
        await stage.press("enter")
        assert "0 % · 3 min left" in stage.status
        await stage.press("G")
        assert stage.status.rstrip().endswith("100 %")
        await stage.press("n", "J")
        assert "article 2/5" in stage.status


async def test_the_smallest_screen_says_what_matters(library: Library) -> None:
    async with reading(library, SMALL) as stage:
        assert "1 of 5" in stage.lines[0]
        await stage.search("taliban")
        await stage.press("enter", "n")
        assert "1/18 · 1/5" in stage.status
        assert "q back" in stage.status
        assert all(len(line) == 40 for line in stage.lines)


async def test_where_an_article_is_read_the_last_line_tells_the_way_through_it(
    library: Library,
) -> None:
    async with reading(library, NARROW) as stage:
        await stage.search("taliban")
        assert "v narrow" in stage.status
        await stage.press("enter")
        assert "n next match" in stage.status
        assert "v narrow" not in stage.status


async def test_back_in_the_list_nothing_is_told_of_how_far_one_read(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter")
        assert "%" in stage.status
        await stage.press("q")
        assert "%" not in stage.status


async def test_what_is_said_stays_until_a_key_leads_elsewhere(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", "space", "s")
        before = stage.status
        assert "Starred" in before
        # The article has other lines now, of which another share is above.
        await stage.resize((60, NARROW[1]))
        assert "Starred" in stage.status
        assert stage.status.split("·")[1] != before.split("·")[1]
        await stage.press("space")
        assert "Starred" not in stage.status
