"""Completions while a query is typed: offered with counts, taken by Tab, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import NARROW, SMALL, WIDE, Stage, reading

if TYPE_CHECKING:
    from index.library import Library


async def typed(stage: Stage, query: str, offered: str) -> None:
    """Type a query and wait for what is offered."""
    await stage.press("/", *query)
    await stage.until(lambda: offered in stage.lines[1], f"{offered!r} to be offered")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_tab_takes_what_is_offered_and_goes_on_to_the_next(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        await typed(stage, "tal", "taliban 5 · talks")
        await stage.press("tab")
        await stage.until(lambda: stage.answered == "taliban ", "the first")
        assert "taliban 5 · talks" in stage.lines[1]
        await stage.press("tab")
        await stage.until(lambda: stage.answered == "talks ", "the second")
        await stage.press("shift+tab", "shift+tab")
        await stage.until(lambda: stage.answered == "tal", "what was typed")
        await stage.press("tab", *"doh")
        await stage.until(lambda: "doha" in stage.lines[1], "offers for the next word")
        await stage.press("tab")
        await stage.until(lambda: stage.answered == "taliban doha ", "both")
        await stage.press("enter")
        assert "doha" not in stage.lines[1].split("│")[0].replace("Doha", "")


async def test_places_are_offered_whole_and_counted_among_what_is_found(library: Library) -> None:
    async with reading(library) as stage:
        await typed(stage, "taliban place:", "ISLAMABAD")
        await stage.press("tab")
        await stage.until(lambda: stage.answered == "taliban place:ISLAMABAD ", "the place")


async def test_without_an_offer_tab_leads_to_the_next_pane(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("/", *"qqq")
        await stage.until(lambda: stage.answered == "qqq", "an answer")
        await stage.press("tab")
        assert stage.app.focused is stage.result_list
        await stage.press("tab")
        assert stage.main.focused is not stage.result_list


async def test_what_is_typed_in_a_burst_is_never_changed(library: Library) -> None:
    async with reading(library) as stage:
        for key in ("/", *"taliban istanbul", "enter"):
            stage.app.post_message(stage.key(key))
        await stage.until(lambda: stage.answered == "taliban istanbul", "an answer")
        assert stage.app.focused is stage.result_list


async def test_what_is_taken_away_in_a_burst_was_typed_before(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("/", *"doha")
        for key in ("ctrl+u", *"talibax", "backspace", "n", "home", *"in ", "left", "delete", " "):
            stage.app.post_message(stage.key(key))
        await stage.until(lambda: stage.answered == "in taliban", "an answer")


async def test_on_the_smallest_screen_nothing_is_offered(library: Library) -> None:
    async with reading(library, SMALL) as stage:
        await stage.press("/", *"tal")
        await stage.until(lambda: stage.answered == "tal", "an answer")
        assert "⇥" not in stage.text
        await stage.press("tab")
        assert stage.main.pane.query_text == "tal"


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL])
async def test_nothing_moves_when_typing_begins(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size) as stage:
        before = stage.place_of(stage.titles[0][:20])
        await stage.press("/")
        assert stage.place_of(stage.titles[0][:20]) == before
