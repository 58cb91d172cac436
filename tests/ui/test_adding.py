"""Adding from within the reader: a path is typed, completed, and its articles come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import story, write
from pages import TITLE, page
from server import Server, said
from stage import NARROW, Stage, reading
from textual.widgets import Input

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library


def line(stage: Stage) -> Input:
    return stage.app.screen.query_one(Input)


async def enter(stage: Stage, typed: str) -> None:
    await stage.press("a")
    await stage.until(lambda: stage.app.screen is not stage.main)
    line(stage).value = typed


@pytest.mark.parametrize("size", [(120, 40), NARROW])
async def test_what_is_added_comes_in_without_moving_what_one_reads(
    library: Library, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = write(tmp_path, "ferry.txt", story("ferry"))
    async with reading(library, size) as stage:
        await stage.press("j", "j")
        before = stage.title
        await enter(stage, str(path)[:-5])
        await stage.until(lambda: line(stage)._suggestion == str(path), "the path is suggested")
        await stage.press("tab")
        assert line(stage).value == str(path)
        await stage.press("enter")
        await stage.until(lambda: "1 added" in stage.status, "what came of it is said")
        await stage.until(lambda: stage.result_list.total == 6)
        assert stage.title == before
        assert stage.app.screen is stage.main


async def test_what_came_of_it_is_said_while_the_next_is_typed(
    library: Library, tmp_path: Path
) -> None:
    path = write(tmp_path, "ferry.txt", story("ferry"))
    async with reading(library) as stage:
        await enter(stage, str(path))
        await stage.press("enter", "a")
        await stage.until(lambda: "1 added" in stage.status, "what came of it is said")
        assert stage.app.screen.is_modal


async def test_a_page_of_the_web_is_added(library: Library, server: Server) -> None:
    server.pages["/story"] = said(page(), content_type="text/html")
    async with reading(library) as stage:
        await enter(stage, server.url("/story"))
        await stage.press("enter")
        await stage.until(lambda: "1 added" in stage.status, "what came of it is said")
        await stage.until(lambda: TITLE in stage.titles)


async def test_what_cannot_be_read_is_said(library: Library, tmp_path: Path) -> None:
    async with reading(library) as stage:
        await enter(stage, str(tmp_path / "[nothing]"))
        await stage.press("enter")
        await stage.until(lambda: "no such file or folder" in stage.said)
        assert "[nothing]" in stage.said


async def test_there_is_a_way_back(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("a")
        await stage.until(lambda: stage.app.screen is not stage.main)
        await stage.press("escape")
        assert stage.app.screen is stage.main
        await stage.press("a")
        await stage.until(lambda: stage.app.screen is not stage.main)
        await stage.press("enter")
        assert stage.app.screen is stage.main, "nothing was typed"


async def test_an_a_that_is_typed_is_an_a(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("slash", "a")
        assert stage.app.screen is stage.main
        assert stage.main.pane.query_text == "a"
