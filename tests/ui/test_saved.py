"""Saved searches on the screen: saved, opened, what is new in them, changed and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import story, write
from stage import NARROW, SMALL, WIDE, Stage, reading

from reader.config import Config
from reader.screens.saved import SavedScreen
from reader.widgets.saved_list import SavedList

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library


async def save(stage: Stage, query: str, name: str) -> None:
    """Search for something, and save that."""
    await stage.search(query)
    await stage.press("+", "ctrl+u", *name, "enter")
    await stage.until(lambda: name in stage.said, "the search is saved")


async def open_saved(stage: Stage) -> SavedList:
    await stage.press("=")
    await stage.until(lambda: isinstance(stage.app.screen, SavedScreen), "the saved searches")
    list_ = stage.app.screen.query_one(SavedList)
    await stage.until(lambda: list_.message, "the counts")
    return list_


def names(stage: Stage) -> list[str]:
    list_ = stage.app.screen.query_one(SavedList)
    return [counted.search.name for counted in list_.things]


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL])
async def test_a_search_is_saved_and_opened_by_its_key_with_its_order_and_filter(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        await stage.search("taliban")
        await stage.press("S", "f")
        await stage.until(lambda: stage.main.scope == "unread", "the filter")
        await save(stage, "taliban", "Kabul")
        await stage.search("doha")
        await stage.press("f", "f")
        await open_saved(stage)
        await stage.until(lambda: names(stage) == ["Kabul"], "the search")
        assert "5 unread" in stage.text
        await stage.press("1")
        await stage.until(lambda: stage.answered == "taliban", "its results")
        assert (stage.main.sort, stage.main.scope) == ("newest", "unread")
        assert stage.app.focused is stage.result_list


async def test_what_is_new_is_counted_exactly_and_can_be_seen_alone(
    library: Library, tmp_path: Path
) -> None:
    async with reading(library) as stage:
        await save(stage, "taliban", "Kabul")
        await open_saved(stage)
        await stage.until(lambda: "nothing new" in stage.text, "the state")
        new = story("A ferry", "The Taliban took a ferry.")
        library.add([write(tmp_path, "a.txt", new), write(tmp_path, "b.txt", "Nothing of it.\n")])
        await stage.until(lambda: "1 new" in stage.text, "the new article, without a key")
        await stage.press("enter")
        await stage.until(lambda: stage.results.total == 6, "all results")
        assert "1 new since you looked last" in stage.said
        await stage.press("f")
        await stage.until(lambda: "new (5 hidden)" in stage.lines[0], "only what is new")
        assert stage.results.total == 1
        assert "A ferry" in stage.title
        await stage.press("h")
        await stage.until(lambda: stage.answered == "", "no query")
        assert stage.main.scope == "all"
        await open_saved(stage)
        await stage.until(lambda: "nothing new" in stage.text, "it was looked at")


async def test_n_shows_only_what_is_new(library: Library, tmp_path: Path) -> None:
    library.searches.save("Kabul", "taliban", "relevance", "all")
    library.add([write(tmp_path, "a.txt", story("A ferry", "The Taliban took a ferry."))])
    async with reading(library) as stage:
        await open_saved(stage)
        await stage.until(lambda: "1 new" in stage.text, "the count")
        await stage.press("n")
        await stage.until(lambda: stage.results.total == 1, "the new article")
        assert "new (5 hidden)" in stage.lines[0]


async def test_it_is_renamed_given_a_key_removed_and_all_that_taken_back(
    library: Library,
) -> None:
    for name, key in (("Doha", "7"), ("Kabul", "k")):
        library.searches.save(name, name, "relevance", "all", key)
    async with reading(library) as stage:
        await open_saved(stage)
        await stage.until(lambda: names(stage) == ["Doha", "Kabul"], "both")
        await stage.press("e", "ctrl+u", *"Qatar", "enter")
        await stage.until(lambda: names(stage) == ["Kabul", "Qatar"], "the other name")
        assert stage.app.screen.query_one(SavedList).cursor == 1
        await stage.press("K", "ctrl+u", "j", "enter")
        assert "does something else" in stage.text
        await stage.press("backspace", "k", "enter")
        assert "“k” does something else" in stage.text
        await stage.press("backspace", "8", "9", "enter")
        assert "more than one" in stage.text
        await stage.press("backspace", "enter")
        await stage.until(lambda: library.searches.find("Qatar").key == "8", "the other key")
        await stage.press("x")
        await stage.until(lambda: names(stage) == ["Kabul"], "one left")
        await stage.press("U", "U", "U")
        await stage.until(lambda: names(stage) == ["Doha", "Kabul"], "as before")
        assert [search.key for search in library.searches.all()] == ["7", "k"]
        await stage.press("q")
        assert stage.app.screen is stage.main


async def test_without_any_the_screen_says_how_to_save_one(library: Library) -> None:
    async with reading(library) as stage:
        await open_saved(stage)
        assert "No saved searches yet" in stage.text
        await stage.press("enter", "n", "e", "K", "x", "U", "j", "1")
        assert isinstance(stage.app.screen, SavedScreen)


async def test_a_name_that_is_taken_is_refused(library: Library) -> None:
    library.searches.save("Kabul", "taliban", "relevance", "all")
    async with reading(library) as stage:
        await stage.search("doha")
        await stage.press("+", "ctrl+u", *"Kabul", "enter")
        await stage.until(lambda: "already" in stage.said, "the refusal")
        assert [search.query for search in library.searches.all()] == ["taliban"]


async def test_a_hostile_name_steers_nothing(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await save(stage, "taliban", "[/][b]x[@click=app.quit]y[/]")
        list_ = await open_saved(stage)
        assert "[/][b]x[@click=app.quit]y[/]" in stage.text
        await stage.press("K", "backspace", "enter")
        await stage.until(lambda: list_.things[0].search.key is None, "no key any more")
        await stage.press("1", "K", "[", "enter")
        await stage.until(lambda: list_.things[0].search.key == "[", "a key")
        await stage.press("[")
        await stage.until(lambda: stage.app.screen is stage.main, "its results")


async def test_no_search_takes_a_key_that_the_configuration_gives_to_an_action(
    library: Library,
) -> None:
    library.searches.save("Doha", "doha", "relevance", "all")
    config = Config(keys={"saved.remove": "D"})
    async with reading(library, config=config) as stage:
        list_ = await open_saved(stage)
        await stage.press("K", "ctrl+u", "D", "enter")
        assert "“D” does something else" in stage.text
        await stage.press("backspace", "x", "enter")
        await stage.until(lambda: list_.things[0].search.key == "x", "a key that is free")
