"""Past queries in the search line, and the order in which each is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stage import Stage, reading

if TYPE_CHECKING:
    from index.library import Library


async def line(stage: Stage, query: str) -> None:
    """Wait for a query in the line, and the answer to it."""
    await stage.until(lambda: stage.main.pane.query_text == query, f"{query!r} in the line")
    await stage.until(lambda: stage.answered == query, f"an answer to {query!r}")


async def test_up_goes_through_past_queries_and_down_comes_back(library: Library) -> None:
    async with reading(library) as stage:
        for query in ("doha", "taliban", "doha talks"):
            await stage.search(query)
        await stage.press("/", "d", "up")
        await line(stage, "doha talks")
        await stage.press("up")
        await line(stage, "doha")
        await stage.press("up")
        await line(stage, "doha")
        await stage.press("down", "down")
        await line(stage, "d")
        assert stage.app.focused is not stage.result_list
        await stage.press("down")
        assert stage.app.focused is stage.result_list
        await stage.press("k", "up")
        assert stage.main.pane.query_text == "d", "in the list, the arrow is the list’s"


async def test_only_what_was_gone_into_is_remembered_also_by_the_next_reader(
    library: Library,
) -> None:
    async with reading(library) as stage:
        await stage.press("/", *"doha", "escape")
        await stage.search("taliban")
        await stage.press("\\", *"istanbul")
        await stage.until(lambda: stage.answered == "istanbul", "an answer")
        await stage.press("escape")
        assert {past.query for past in library.queries.all()} == {"taliban"}
    async with reading(library) as stage:
        await stage.press("/", "up")
        await line(stage, "taliban")
        await stage.press("escape", "enter")
        await stage.press("\\", *"istanbul")
        await stage.until(lambda: stage.answered == "istanbul", "an answer")
        await stage.press("escape", "enter")
        assert [past.query for past in library.queries.all()] == ["istanbul", "taliban"]


async def test_a_query_is_asked_again_in_the_order_chosen_for_it(library: Library) -> None:
    async with reading(library) as stage:
        await stage.search("taliban")
        await stage.press("S", "S")
        await stage.until(lambda: "oldest first" in stage.lines[0], "the order")
        await stage.search("taliban doha")
        await stage.until(lambda: "relevance" in stage.lines[0], "the usual order")
        await stage.search("taliban")
        await stage.until(lambda: "oldest first" in stage.lines[0], "its own order")
    async with reading(library) as stage:
        await stage.press("/", "up")
        await line(stage, "taliban")
        await stage.until(lambda: "oldest first" in stage.lines[0], "its own order")
