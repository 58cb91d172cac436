"""Narrowing what was found, by time and by what it has in common, and back again."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from desk import write
from stage import NARROW, SIZES, SMALL, WIDE, Stage, reading

from index.narrowing import Having
from index.store import KeptFeed

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library

STORIES = (
    ("Ferry at dawn", "2025-03-12", "The Sun"),
    ("Ferry at noon", "2025-10-03", "The Sun"),
    ("Ferry at dusk", "2025-10-20", "Sun [/] \x1b[2J"),
    ("Ferry at night", "2025-12-24", "The Sun"),
    ("A ferry of old", None, None),
    ("Glacier", "2025-12-31", "The Sun"),
)


@pytest.fixture
def news(empty_library: Library, tmp_path: Path) -> Library:
    lines = [
        {"title": title, "date": day, "source": source, "body": f"{title} and nothing else. " * 5}
        for title, day, source in STORIES
    ]
    write(tmp_path, "news.jsonl", "\n".join(map(json.dumps, lines)))
    empty_library.add([tmp_path / "news.jsonl"])
    return empty_library


async def counted(stage: Stage, unread: int) -> None:
    await stage.until(lambda: f"{unread} unread" in stage.text, f"{unread} that are unread")


async def narrowed(stage: Stage, *narrowings: object, total: int) -> None:
    await stage.until(lambda: stage.results.narrowed == narrowings, "what it is narrowed to")
    assert stage.result_list.total == total
    await counted(stage, total)


async def facets(stage: Stage) -> None:
    await stage.press("v")
    await stage.until(lambda: "Narrow to" in stage.text, "the list")
    await stage.until(lambda: "Counting" not in stage.text, "the counts")


async def test_results_are_narrowed_to_a_bar_and_back(news: Library) -> None:
    async with reading(news) as stage:
        await stage.search("ferry")
        await counted(stage, 5)
        assert "Mar – Dec 2025" in stage.lines[1]
        assert "1 undated" in stage.lines[1]
        await stage.press("T")
        assert "Dec 2025 · 1 article" in stage.lines[1]
        await stage.press("left")
        assert "Oct 2025 · 2 articles" in stage.lines[1], "there is none of November"
        await stage.press("enter")
        await stage.until(lambda: "Oct 2025 ×" in stage.lines[1], "the chip")
        assert sorted(stage.titles) == ["Ferry at dusk", "Ferry at noon"]
        assert "3 hidden" in stage.lines[0]
        await counted(stage, 2)
        await stage.press("home", "enter")
        await stage.until(lambda: stage.titles == ["Ferry at noon"], "the day")
        await stage.press("q")
        assert stage.app.focused is stage.result_list
        await stage.press("q")
        await stage.until(lambda: len(stage.titles) == 2, "the month")
        await stage.press("escape")
        await stage.until(lambda: len(stage.titles) == 5, "all of the query")
        assert stage.answered == "ferry"
        await stage.press("h")
        await stage.until(lambda: stage.answered == "", "no query")
        assert "×" not in stage.lines[1]


@pytest.mark.parametrize("size", SIZES)
async def test_results_are_narrowed_to_values_one_after_another(
    news: Library, size: tuple[int, int]
) -> None:
    async with reading(news, size) as stage:
        await stage.search("ferry")
        await facets(stage)
        await stage.press("enter")
        sun, winter = Having("source", "The Sun"), Having("year", "2025")
        await narrowed(stage, sun, total=3)
        assert "2 hidden" in stage.lines[0]
        assert "The Sun ×" in stage.lines[1]
        await stage.press("enter")
        assert stage.main.reading
        await stage.press("q", "q")
        await stage.until(lambda: stage.result_list.total == 5, "all again")
        await facets(stage)
        await stage.press("/", *"2025", "enter", "enter")
        await stage.until(lambda: stage.results.narrowed == (winter,), "the year")
        assert stage.result_list.total == 4


async def test_hostile_names_are_narrowed_to_as_they_are(news: Library) -> None:
    async with reading(news) as stage:
        await facets(stage)
        await stage.press("j", "j", "enter")
        await stage.until(lambda: stage.titles == ["Ferry at dusk"], "the one of a hostile source")
        assert "Sun [/]" in stage.lines[1]
        assert "\x1b" not in stage.text


async def test_a_chip_is_taken_away_by_key_and_by_mouse(news: Library) -> None:
    async with reading(news) as stage:
        for key in ("backspace", "enter", "mouse", "first"):
            sun = Having("source", "The Sun")
            stage.main.narrow(sun)
            stage.main.narrow(Having("read", "unread"))
            await narrowed(stage, sun, Having("read", "unread"), total=4)
            if key == "mouse":
                await stage.pilot.click(offset=stage.place_of("The Sun ×"))
            elif key == "first":
                await stage.press("T", "G", "left", "backspace")
            else:
                await stage.press("T", "G", key)
            left = Having("read", "unread") if key in ("mouse", "first") else sun
            await narrowed(stage, left, total=6 if key in ("mouse", "first") else 4)
            stage.main.lift()
            await stage.until(lambda: not stage.results.narrowed, "all again")
            stage.main.set_focus(stage.result_list)


async def test_a_click_on_a_bar_narrows_to_it(news: Library) -> None:
    async with reading(news) as stage:
        await stage.search("ferry")
        await counted(stage, 5)
        await stage.pilot.click(offset=(2, 1))
        await stage.until(lambda: stage.titles == ["Ferry at dawn"], "March")


async def test_the_query_and_the_filter_go_on_within_what_is_narrowed(news: Library) -> None:
    async with reading(news) as stage:
        stage.main.narrow(Having("source", "The Sun"))
        await counted(stage, 4)
        await stage.search("glacier")
        assert stage.titles == ["Glacier"]
        await stage.search("old")
        await stage.until(lambda: "1 outside what is narrowed" in stage.text, "what there is else")
        await stage.search("ferry")
        await stage.press("m", "f")
        await stage.until(lambda: "unread (3 hidden)" in stage.lines[0], "both, counted as one")
        assert stage.result_list.total == 2


async def test_reading_is_counted(news: Library) -> None:
    async with reading(news) as stage:
        await counted(stage, 6)
        await stage.press("enter")
        await counted(stage, 5)
        await stage.press("U", "m")
        await counted(stage, 6)


async def test_what_was_just_marked_counts_in_a_narrowing(news: Library) -> None:
    may_write = threading.Event()
    read = Having("read", "read")
    async with reading(news, NARROW) as stage:
        stage.app.record.put(may_write.wait, stage.app.call_later)
        stage.app.post_message(stage.key("m"))
        await stage.settle()
        stage.main.narrow(read)
        await stage.settle()
        may_write.set()
        await stage.until(lambda: stage.results.narrowed == (read,), "what is read")
        assert stage.result_list.total == 1


async def test_tab_leads_through_the_histogram(news: Library) -> None:
    async with reading(news) as stage:
        await counted(stage, 6)
        await stage.press("/", "tab")
        assert stage.main.overview_line.has_focus
        assert "only this" in stage.status
        await stage.press("tab")
        assert stage.app.focused is stage.result_list
        await stage.press("shift+tab", "/", *"glacier")
        await stage.until(lambda: stage.answered == "glacier", "what is typed then")
        await stage.press("tab", "down")
        assert stage.app.focused is stage.result_list
        await stage.press("T", "Q")
        assert stage.app._exit


async def test_the_line_goes_where_there_is_little_room(news: Library) -> None:
    async with reading(news, SMALL) as stage:
        assert not stage.main.overview_line.display
        await stage.press("T", "tab", "tab", "tab")
        assert stage.app.focused is stage.result_list
        await stage.resize(NARROW)
        await stage.until(lambda: "5 unread" in stage.lines[1], "the line")
        await stage.press("enter")
        assert "unread" not in stage.lines[1]
        await stage.resize(WIDE)
        await stage.until(lambda: "5 unread" in stage.lines[1], "the line")


async def test_the_list_says_where_there_is_nothing_to_choose_and_can_be_left(
    news: Library,
) -> None:
    async with reading(news) as stage:
        await stage.search("glacier")
        await facets(stage)
        assert "Nothing tells these results apart" in stage.text
        await stage.press("enter", "j", "tab", "/", "z", "enter")
        await stage.until(lambda: "No value is like that." in stage.text, "nothing found")
        await stage.press("q", "v")
        assert "Narrow to" not in stage.text
        assert stage.app.focused is stage.result_list
        await stage.search("nothinglikeit")
        await stage.press("v")
        assert "Narrow to" not in stage.text


async def test_keys_in_a_burst_act_one_by_one(news: Library) -> None:
    async with reading(news) as stage:
        sun, unread = Having("source", "The Sun"), Having("read", "unread")
        stage.main.narrow(sun)
        stage.main.narrow(unread)
        await narrowed(stage, sun, unread, total=4)
        for key in "TqqT":
            stage.app.post_message(stage.key(key))
        await narrowed(stage, sun, total=4)
        assert stage.main.overview_line.has_focus
        for key in ("v", "/", *"vq", "enter", "q", "q", "q", "q"):
            stage.app.post_message(stage.key(key))
        await stage.until(lambda: not stage.results.narrowed, "all again")
        assert stage.app.screen is stage.main


@pytest.mark.parametrize("query", ["zeppelin", "ferry date:soon "])
async def test_nothing_old_stays_on_the_line_where_nothing_is_found(
    news: Library, query: str
) -> None:
    async with reading(news) as stage:
        await stage.search("ferry")
        await counted(stage, 5)
        await stage.press("/", *query)
        await stage.until(lambda: stage.answered == query, "nothing")
        assert not stage.results.total
        line = next(number for number, line in enumerate(stage.lines) if "Nothing" in line)
        assert not "".join(stage.lines[line - 2 : line]).strip()
        await stage.press("tab")
        assert stage.app.focused is stage.result_list


async def test_a_single_bar_is_left_out(news: Library) -> None:
    async with reading(news) as stage:
        await stage.search("glacier")
        await counted(stage, 1)
        assert stage.lines[1].split() == ["31", "Dec", "2025", "1", "unread"]
        await stage.press("T")
        assert stage.app.focused is stage.result_list


async def test_tags_of_feeds_and_going_to_a_feed(news: Library) -> None:
    news._store.feeds.add([KeptFeed("https://sun.example", "https://sun.example", tags=("war",))])
    news._store.feeds.note("https://sun.example", news.ids()[:2])
    async with reading(news) as stage:
        await facets(stage)
        await stage.press("/", *"#war", "enter", "enter")
        await narrowed(stage, Having("tag", "war"), total=2)
        assert "#war ×" in stage.lines[1]
        await stage.press("F")
        await stage.until(lambda: "sun.example" in stage.text, "the feed")
        await stage.press("enter")
        await stage.until(lambda: not stage.results.narrowed, "all of the feed")


async def test_where_there_is_one_time_alone_the_key_says_so(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("T")
        assert "no different times" in stage.status
        await stage.press("q")
        assert not stage.app.is_running
