"""The outline and the links of an article: a list to choose from, by keys and by numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import NARROW, SIZES, WIDE, reading

from index.library import Library
from reader import browser, clipboard
from reader.screens.choose import ChooseScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = """
<html><head><title>Harbour talks fail</title></head><body><article><h1>Harbour talks fail</h1>
<p>The port of <a href="https://port.example/">Harbour City</a> stays closed after talks between
the <a href="https://union.example/said">dock workers’ union</a> and the city failed on Tuesday.</p>
<p>A <a href="https://court.example/case">judge</a> will look at the complaint of the shipping
companies on Friday, and nobody knows what the ministry is going to do before that day.</p>
</article></body></html>
"""


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Library]:
    """A library of one article, with three links."""
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    library = Library(tmp_path / "linked")
    library.add([tmp_path / "page.html"])
    yield library
    library.close()


@pytest.mark.parametrize("size", SIZES)
async def test_the_outline_leads_to_points_and_headings(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        await stage.search("title:dismantle has:points")
        await stage.press("O")
        assert isinstance(stage.app.screen, ChooseScreen)
        assert "Regional powers" in stage.text
        await stage.press("j", "j", "j", "enter")
        assert stage.main.reading
        assert "Regional powers" in stage.lit
        await stage.press("O", "g", "enter")
        assert "Defence Minister asks" in stage.lit


async def test_the_outline_opens_where_the_reader_is(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.search("title:dismantle has:points")
        await stage.press("enter", "O", "j", "j", "j", "j", "enter", "O", "enter")
        assert "position and expectations" in stage.lit


async def test_an_article_without_headings_says_so(linked: Library) -> None:
    async with reading(linked) as stage:
        await stage.press("O")
        assert "no headings" in stage.said
        assert stage.app.screen is stage.main


@pytest.mark.parametrize("size", SIZES)
async def test_a_link_is_opened_by_its_number(
    linked: Library, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(browser, "open_link", opened.append)
    async with reading(linked, size) as stage:
        await stage.press("enter", "L", "3", "enter")
        await stage.until(lambda: opened, "the browser")
    assert opened == ["https://court.example/case"]


async def test_a_link_is_copied_by_its_number(
    linked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    def copy(text: str) -> str:
        copied.append(text)
        return "the clipboard"

    monkeypatch.setattr(clipboard, "copy", copy)
    async with reading(linked, NARROW) as stage:
        await stage.press("L", "2", "y")
        await stage.until(lambda: "Link copied" in stage.said, "the copy")
    assert copied == ["https://union.example/said"]


async def test_a_number_that_is_none_begins_anew(linked: Library) -> None:
    async with reading(linked, NARROW) as stage:
        await stage.press("L", "2", "9", "3", "1")
        assert stage.app.screen.query_one("#choices").cursor == 0  # type: ignore[attr-defined]


async def test_an_article_without_links_says_so(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("L")
        assert "leads nowhere" in stage.said


async def test_a_choice_is_left_by_each_way_back(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.search("has:points")
        await stage.press("enter")
        for key in ("q", "h", "left", "escape"):
            await stage.press("O", key)
            assert stage.app.screen is stage.main
            assert stage.main.reading
