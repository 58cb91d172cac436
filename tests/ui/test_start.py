"""Opening the reader: what it shows at first, and how the library fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import SIZES, reading

from index.errors import LibraryError
from reader.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from index.gather import Listener, Report
    from index.library import Library

DATED = "Pakistan Urges Taliban to Dismantle Terror"


@pytest.mark.parametrize("size", SIZES)
async def test_the_start_shows_all_articles_newest_first(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        assert len(stage.titles) == 5
        assert stage.titles[0].startswith(DATED)
        assert [hit.published is None for hit in stage.results.hits] == [False] + [True] * 4
        assert "1 of 5" in stage.text
        assert "1/5" in stage.status
        assert stage.app.focused is stage.result_list
        assert DATED[:20] in stage.text


async def test_the_article_at_the_cursor_is_shown_but_not_read(library: Library) -> None:
    async with reading(library) as stage:
        assert stage.title.startswith(DATED)
        await stage.press("j")
        assert stage.title == stage.titles[1]
        assert not library.marked("read")


async def test_an_empty_library_offers_the_samples(empty_library: Library) -> None:
    async with reading(empty_library, (80, 24)) as stage:
        assert "This library is empty. Enter adds five sample articles" in stage.text
        assert stage.title == ""
        await stage.press("j", "n", "J", "s", "m", "y", "f", "f", "f", ".", ".")
        await stage.press("enter")
        await stage.until(lambda: len(stage.titles) == 5, "the samples in the list")
        assert stage.title.startswith(DATED)
        await stage.until(lambda: "indexing" not in stage.status, "the end of the job")


async def test_a_folder_appears_while_the_reader_is_open(
    empty_library: Library, seeds: Path
) -> None:
    def mirror(library: Library, progress: Listener) -> Report:
        return library.mirror([seeds], progress)

    async with reading(empty_library, update=mirror) as stage:
        await stage.until(lambda: len(stage.titles) == 5, "the articles of the folder")
        await stage.search("ceasefire")
        assert stage.titles


async def test_what_could_not_be_read_is_told_and_the_rest_is_shown(
    empty_library: Library, seeds: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "bro[bold]ken.txt"
    broken.write_bytes(b"")

    def add(library: Library, progress: Listener) -> Report:
        return library.add([seeds, broken], progress)

    async with reading(empty_library, update=add) as stage:
        await stage.until(lambda: "bro[bold]ken.txt" in stage.said, "the problem")
        await stage.until(lambda: len(stage.titles) == 5, "the other articles")


async def test_a_job_that_fails_is_told(library: Library) -> None:
    def fail(library: Library, progress: Listener) -> Report:
        raise LibraryError("The disk is [/] full.")

    async with reading(library, update=fail) as stage:
        await stage.until(lambda: "The disk is [/] full." in stage.said, "the failure")
        assert len(stage.titles) == 5


async def test_settings_that_mean_nothing_are_told(library: Library) -> None:
    config = Config(theme="no[/]ne", keys={"list.dwn": "n"})
    async with reading(library, config=config) as stage:
        await stage.until(lambda: "There is no theme “no[/]ne”." in stage.said, "the theme")
        assert "There is no action “list.dwn”" in stage.said
        assert stage.app.theme == "broadsheet-dark"


async def test_the_measure_and_the_order_are_as_configured(library: Library) -> None:
    async with reading(library, config=Config(measure=40, sort="newest")) as stage:
        texts = [line[52:].strip() for line in stage.lines[2:-1]]
        assert max(len(text.strip("▐▁▂▃▄▅▆▇ ")) for text in texts) <= 40
        await stage.search("pakistan")
        assert "newest first" in stage.lines[0]
        assert stage.titles[0].startswith(DATED)
