"""Searching as one types: results, totals, what is wrong, what was meant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from desk import write
from stage import SIZES, SMALL, WIDE, Stage, reading

from reader.drawing.layout import texts_of
from reader.drawing.matches import find

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library


async def type_query(stage: Stage, text: str) -> None:
    """Type into the search line and wait for the answer."""
    await stage.press("/", *text)
    await stage.until(lambda: stage.answered == text, f"an answer to {text!r}")


@pytest.mark.parametrize("size", SIZES)
async def test_results_follow_every_keystroke(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size) as stage:
        await stage.press("/")
        totals = []
        typed = ""
        for letter in "taliban istanbul":
            typed += letter
            await stage.press(letter)
            await stage.until(lambda: stage.answered == typed, typed)  # noqa: B023
            totals.append(stage.result_list.total)
        assert totals[0] == 5
        assert 0 < totals[-1] < 5
        assert f"1 of {totals[-1]}" in stage.text
        await stage.press(*["backspace"] * len(" istanbul"))
        await stage.until(lambda: stage.answered == "taliban", "the shorter query")
        assert stage.result_list.total == 5


async def test_nothing_found_is_said(library: Library) -> None:
    async with reading(library) as stage:
        await type_query(stage, "qqqqzzzz")
        assert "Nothing found." in stage.text
        assert "none" in stage.lines[0]
        await stage.press("enter")
        assert "next" not in stage.lines[-1]
        assert "star" not in stage.lines[-1]
        assert stage.title == ""
        await stage.press("enter", "j", "G", "enter", "n", "J", "s", "o", "y", "Y", "space")
        assert stage.app.is_running


@pytest.mark.parametrize("size", SIZES)
async def test_where_nothing_is_found_the_list_says_which_word_costs_how_much(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        await type_query(stage, "taliban place:islamabad qqqzzz")
        await stage.until(lambda: "without" in stage.text, "the reason")
        costs = [line for line in stage.lines if "without" in line]
        assert len(costs) == 3
        assert " without qqqzzz" in costs[0]
        assert size == SMALL or "in no article" in costs[0]
        assert "Enter" in costs[0]
        await stage.press("enter")
        without = "taliban place:islamabad "
        await stage.until(lambda: stage.answered == without, "the query without it")
        assert stage.results.total > 0
        assert "qqqzzz" not in stage.text


async def test_what_was_meant_comes_before_what_it_would_cost(library: Library) -> None:
    async with reading(library) as stage:
        await type_query(stage, "talibam ceasefire ")
        await stage.until(lambda: "without talibam" in stage.text, "the reason")
        assert next(line for line in stage.lines if "without" in line).count("Enter") == 0
        await stage.press("enter")
        await stage.until(lambda: stage.answered == "taliban ceasefire ", "what was meant")


async def test_a_hostile_query_is_explained_as_text(library: Library) -> None:
    async with reading(library) as stage:
        await type_query(stage, "[/]x [b]qq ")
        await stage.until(lambda: "without [/]x" in stage.text, "the reason")


async def test_the_query_that_was_meant_is_taken_by_enter(library: Library) -> None:
    async with reading(library) as stage:
        await type_query(stage, "talibam")
        assert "Did you mean: taliban" in stage.text
        assert "(Enter)" in stage.text
        await stage.press("enter")
        await stage.until(lambda: stage.answered == "taliban", "the suggested query")
        assert stage.result_list.total == 5
        assert "Did you mean" not in stage.text
        assert "taliban" in stage.lines[0]


async def test_a_wrong_query_is_explained_at_its_place_and_forgotten_when_mended(
    library: Library,
) -> None:
    async with reading(library) as stage:
        await type_query(stage, "taliban date:nonsense ")
        message = stage.lines[1]
        assert "▔" in message
        assert message.index("▔") == stage.lines[0].index("nonsense")
        assert stage.result_list.total == 0
        await stage.press(*["backspace"] * len(" date:nonsense "))
        await stage.until(lambda: stage.answered == "taliban", "the mended query")
        assert "▔" not in stage.text
        assert stage.result_list.total == 5


async def test_on_a_narrow_screen_the_error_is_said_without_its_place(library: Library) -> None:
    async with reading(library, (40, 12)) as stage:
        await type_query(stage, "one two three four date:nonsense ")
        assert stage.results.total == 0
        first, second = stage.lines[1:3]
        assert first[:4] == "   " + first.strip()[0]
        assert second[:4] == "   " + second.strip()[0]


async def test_enter_leads_to_the_results_and_the_query_stays(library: Library) -> None:
    async with reading(library) as stage:
        await type_query(stage, "doha")
        await stage.press("enter")
        assert stage.app.focused is stage.result_list
        assert "doha" in stage.lines[0]
        await stage.press("/", *"istanbul")
        await stage.until(lambda: stage.answered == "istanbul", "a new query in place of the old")


async def test_the_library_is_searched_from_anywhere_with_backslash(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("enter")
        assert stage.main.reading
        await stage.press("\\", *"qatar")
        await stage.until(lambda: stage.answered == "qatar", "an answer")
        await stage.press("enter")
        assert stage.app.focused is stage.result_list


async def test_slash_in_an_article_finds_in_it(library: Library) -> None:
    async with reading(library) as stage:
        await stage.search("taliban")
        await stage.press("enter", "/")
        of_query = len(stage.results.ids)
        assert "find in this article" in stage.text
        await stage.press(*"pakistan")
        texts = texts_of(library.article(stage.results.ids[0]))
        found = sum(len(spans) for spans in find(texts, "pakistan"))
        await stage.until(lambda: f"match 1/{found}" in stage.status, "the first match")
        await stage.press("enter", "n")
        assert f"match 2/{found}" in stage.status
        assert stage.app.focused is stage.article_view
        await stage.press(*"n" * found)
        assert f"match {found}/{found}" in stage.status
        assert "article 1/" in stage.status
        assert "That was the last match." in stage.said
        await stage.press("escape")
        assert not stage.finding
        assert stage.main.reading
        assert len(stage.results.ids) == of_query


async def test_escape_while_finding_forgets_it(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("enter", "/", *"pakistan")
        assert "match 1/" in stage.status
        await stage.press("escape")
        assert not stage.finding
        assert stage.app.focused is stage.article_view
        assert "find in this article" not in stage.text
        await stage.press("/")
        assert "find in this article" in stage.text


async def test_a_find_ends_with_its_article(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("enter", "/", *"pakistan", "enter", "J")
        assert not stage.finding
        assert stage.article_view.article is not None
        assert stage.title == stage.titles[1]


async def test_keys_in_the_search_line_are_text(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("/", *"qQ?nJs.[]/\\{}")
        await stage.until(lambda: stage.answered == "qQ?nJs.[]/\\{}", "an answer")
        assert stage.app.is_running
        assert not library.marked("starred")
        await stage.press("escape")
        assert stage.app.focused is stage.result_list


def dated_library(library: Library, folder: Path) -> Library:
    """Add articles of several days and sources."""
    lines = [
        {"title": f"Ferry {day}", "body": "The ferry left.", "date": day, "source": source}
        for day, source in (("2025-03-01", "Dawn"), ("2025-01-01", "BBC"), ("2025-02-01", "Dawn"))
    ]
    library.add([write(folder, "ferries.jsonl", "\n".join(map(json.dumps, lines)))])
    return library


async def test_without_a_query_all_articles_are_sorted_in_each_order_but_relevance(
    empty_library: Library, tmp_path: Path
) -> None:
    async with reading(dated_library(empty_library, tmp_path)) as stage:
        orders = ("newest first", "321"), ("oldest first", "123"), ("by source", "132")
        for said, months in (*orders, orders[0]):
            titles = [f"Ferry 2025-0{month}-01" for month in months]
            await stage.until(lambda: stage.titles == titles, said)  # noqa: B023
            assert said in stage.lines[0]
            assert stage.result_list.cursor == 0
            await stage.press("S")


async def test_sorting_keeps_the_article_that_is_being_read(
    empty_library: Library, tmp_path: Path
) -> None:
    async with reading(dated_library(empty_library, tmp_path)) as stage:
        await stage.press("enter")
        assert stage.title == "Ferry 2025-03-01"
        await stage.press("S")
        await stage.until(lambda: stage.result_list.cursor == 2, "its place in the other order")
        assert stage.title == "Ferry 2025-03-01"


async def test_results_are_sorted_by_relevance_or_by_date(library: Library) -> None:
    async with reading(library) as stage:
        await stage.search("second round istanbul taliban")
        assert "relevance" in stage.lines[0]
        best = stage.titles
        await stage.press("S")
        await stage.until(lambda: "newest first" in stage.lines[0], "the other order")
        newest = [id_ for id_ in library.ids() if id_ in stage.results.ids]
        await stage.until(lambda: list(stage.results.ids) == newest, "the newest first")
        assert sorted(stage.titles) == sorted(best)
        await stage.press("S", "S", "S")
        await stage.until(lambda: "relevance" in stage.lines[0], "the first order again")


async def test_the_filter_goes_through_unread_and_starred_and_says_what_it_hides(
    library: Library,
) -> None:
    async with reading(library) as stage:
        await stage.press("s", "m")
        await stage.press("f")
        await stage.until(lambda: "unread (1 hidden)" in stage.lines[0], "only the unread")
        assert stage.result_list.total == 4
        await stage.press("f")
        await stage.until(lambda: "starred (4 hidden)" in stage.lines[0], "only the starred")
        assert stage.result_list.total == 1
        await stage.search("qqqq OR doha")
        await stage.press("escape")
        await stage.until(lambda: stage.answered == "", "no query")
        await stage.press("escape")
        await stage.until(lambda: "all articles" in stage.lines[0], "no filter")
        assert stage.result_list.total == 5


async def test_an_empty_filter_says_how_much_is_outside(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("f", "f")
        await stage.until(lambda: "5 outside the filter" in stage.text, "the hint")
        assert "sample" not in stage.text
