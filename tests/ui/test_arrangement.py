"""Which panes are shown, and how wide the lines are: changed by keys, and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import NARROW, WIDE, reading

from reader.config import Config

if TYPE_CHECKING:
    from stage import Stage

    from index.library import Library


def panes(stage: Stage) -> str:
    """Say which panes are shown."""
    shown = {"search": stage.main.pane, "list": stage.result_list, "article": stage.article_view}
    return " ".join(name for name, pane in shown.items() if pane.region.width)


def measure(stage: Stage) -> int:
    """Return the width of the article's lines."""
    layout = stage.article_view._layout
    assert layout is not None
    return layout.width


async def test_the_article_alone_is_remembered(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        assert panes(stage) == "search list article"
        await stage.press("z")
        assert panes(stage) == "article"
        await stage.press("q")
        assert panes(stage) == "search list article"
        await stage.press("enter")
        assert panes(stage) == "article"
    async with reading(library, WIDE) as stage:
        assert panes(stage) == "search list article"
        await stage.press("enter")
        assert panes(stage) == "article"
        await stage.press("z")
        assert panes(stage) == "search list article"
        assert stage.main.reading


async def test_the_list_alone_is_remembered(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("Z")
        assert panes(stage) == "search list"
        assert "min left" not in stage.status
        await stage.press("enter")
        assert panes(stage) == "search article"
        await stage.press("q")
    async with reading(library, WIDE) as stage:
        assert panes(stage) == "search list"
        await stage.press("Z")
        assert panes(stage) == "search list article"


@pytest.mark.parametrize("key", ["z", "Z"])
async def test_a_narrow_screen_has_one_pane_at_a_time_anyway(library: Library, key: str) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", key, key, "q")
        assert panes(stage) == "search list"
        await stage.press("enter")
        assert panes(stage) == "search article"


async def test_what_a_narrow_screen_can_not_show_is_said(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("Z")
        assert "only the list" in stage.said
        await stage.press("Z")
        assert "side by side" in stage.said


async def test_the_measure_is_changed_and_remembered(library: Library) -> None:
    async with reading(library, (160, 48)) as stage:
        assert measure(stage) == 72
        await stage.press(">", ">")
        assert measure(stage) == 80
        assert "80 columns" in stage.said
        await stage.press("<")
    async with reading(library, (160, 48)) as stage:
        assert measure(stage) == 76
    async with reading(library, (160, 48), Config(measure=60)) as stage:
        assert measure(stage) == 60


async def test_the_measure_has_limits(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", *">>>>")
        assert measure(stage) == 72 + 3
        assert "No wider" in stage.said
        await stage.press(*"<" * 20)
        assert measure(stage) == 20
        assert "No narrower" in stage.said


async def test_the_place_stays_when_the_measure_changes(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter", "d", "j")
        here = stage.article_view.text_in_view
        await stage.press("<", "<", ">")
        assert stage.article_view.text_in_view == here


async def test_the_keys_of_the_measure_are_characters_of_a_query(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("/", *"a<b>c|d")
        assert stage.main.pane.query_text == "a<b>c|d"
        await stage.press("ctrl+u", "escape")
        await stage.until(lambda: stage.results.total, "the results of no query")
        await stage.press("enter", "/", *"a<b>c|d")
        assert stage.app.focused is not stage.article_view
        assert stage.article_view.finding
        assert "a<b>c|d" in stage.text
