"""The help and the palette: made from the live keys, whatever the configuration changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stage import NARROW, Stage, reading
from textual.widgets import Static

from reader.config import Config
from reader.keymap import bindings, display
from reader.panes import PANES

if TYPE_CHECKING:
    from textual.binding import Binding

    from index.library import Library


def of(*titles: str) -> list[Binding]:
    return [
        one for title, nodes in PANES if title in titles for of in nodes for one in bindings(of)
    ]


HERE = of("Everywhere", "In the list", "In the article")
ALL = [*HERE, *of("In the outline, and the links"), *of("In the feeds")]


def page(stage: Stage) -> str:
    """Return the whole help, scrolled or not."""
    return "\n".join(str(part.content) for part in stage.app.screen.query(Static))


async def test_the_help_lists_every_key_with_its_explanation(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("?")
        lines = page(stage).replace("\n" + " " * 10, " ")
        for binding in ALL:
            said = " ".join((binding.tooltip or binding.description).split())
            assert said in " ".join(lines.split()), binding.id
            for key in binding.key.split(","):
                assert display(key) in lines, binding.id
        await stage.press("j", "k", "q")
        assert stage.app.screen is stage.main
        assert stage.app.is_running


async def test_the_help_shows_the_keys_as_they_were_changed(library: Library) -> None:
    config = Config(keys={"list.down": "ctrl+n,i", "article.points": "p"})
    async with reading(library, config=config) as stage:
        await stage.press("i", "ctrl+n", "j")
        assert stage.result_list.cursor == 2
        await stage.press("enter")
        assert "p key points" in stage.status
        await stage.press("f1")
        assert "ctrl+n i" in page(stage)
        await stage.press("escape")
        assert stage.app.screen is stage.main


async def test_every_way_out_of_the_help(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        for key in ("q", "escape", "h", "left", "?", "f1"):
            await stage.press("?")
            assert stage.app.screen is not stage.main
            await stage.press(key)
            assert stage.app.screen is stage.main, key


async def test_the_palette_has_every_action_that_is_possible_now(library: Library) -> None:
    async with reading(library) as stage:
        await stage.search("taliban")
        await stage.press("enter")
        screen: Any = stage.main
        commands = {command.title for command in stage.app.get_system_commands(screen)}
        elsewhere = ("list.", "line.", "search.results", "search.leave", "find.", "back.quit")
        impossible = ("article.full", "article.follow_point", "narrow.time")
        for binding in HERE:
            # What is in view is all there is of it.
            if not str(binding.id).startswith((*elsewhere, *impossible)):
                said = binding.tooltip or binding.description
                assert f"{said} ({binding.id})" in commands, binding.id


async def test_an_action_is_found_in_the_palette_and_done(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("ctrl+p", *"star")
        await stage.until(lambda: "Star" in stage.text.replace("Starred", ""), "the command")
        await stage.press("enter")
        await stage.until(lambda: library.marked("starred"), "the star")


async def test_another_theme_is_chosen_in_the_palette(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("ctrl+p", *"change the theme")
        await stage.until(lambda: "Light, dark and others" in stage.text, "the command")
        await stage.press("enter")
        await stage.until(lambda: "broadsheet-light" in stage.text, "the list of themes")
        await stage.press(*"broadsheet-light")
        await stage.press("enter")
        await stage.until(lambda: stage.app.theme == "broadsheet-light", "the other theme")
        assert stage.title
