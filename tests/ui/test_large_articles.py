"""An article as long as several books: opened beside the screen, which goes on meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from stage import NARROW, WIDE, reading

from index.highlights import anchor_in, whole_text
from index.library import Library
from reader.beside import opening
from reader.screens import opening_screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = "Nothing much was said about the harbour on that day, and less on the next one. " * 6

SHORT = "A ferry was late this morning, and the people of the island waited for an hour. "


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Library]:
    """A library of a small article, and a large one below it."""
    paragraphs = "\n\n".join([WORDS.strip()] * (opening.LARGE // len(WORDS) + 2))
    (tmp_path / "large.md").write_text(
        f"---\ntitle: A long story\ndate: 2025-01-01\n---\n\nThe ferry came.\n\n{paragraphs}"
    )
    (tmp_path / "small.md").write_text(f"---\ntitle: A ferry\ndate: 2025-10-09\n---\n\n{SHORT}")
    library = Library(tmp_path / "library")
    library.add([tmp_path / "large.md", tmp_path / "small.md"])
    yield library
    library.close()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold up the opening of a large article until the gate is open."""
    gate, opened = threading.Event(), opening.opened

    def slowly(*of: Any) -> Any:
        gate.wait(10)
        return opened(*of)

    monkeypatch.setattr(opening_screen, "opened", slowly)
    yield gate
    gate.set()


async def test_the_screen_goes_on_while_a_large_article_is_opened(
    large: Library, gate: threading.Event
) -> None:
    async with reading(large, WIDE) as stage:
        assert stage.title == "A ferry"
        await stage.press("j")
        assert stage.title == ""
        assert "Opening…" in stage.said
        await stage.press("enter")
        assert stage.main.reading
        await stage.press("q", "k")
        assert stage.title == "A ferry"
        await stage.press("j")
        gate.set()
        await stage.until(lambda: stage.title == "A long story", "the article")
        assert "The ferry came." in stage.text


async def test_a_large_article_that_is_left_does_not_come_back(
    large: Library, gate: threading.Event
) -> None:
    async with reading(large, WIDE) as stage:
        await stage.press("j", "k")
        gate.set()
        await stage.app.workers.wait_for_complete()
        assert stage.title == "A ferry"


async def test_a_large_article_is_read_and_gone_on_with(large: Library) -> None:
    async with reading(large, NARROW) as stage:
        await stage.press("j", "enter")
        await stage.until(lambda: stage.title == "A long story", "the article")
        await stage.press("space", "space")
        here = stage.article_view.scroll_offset.y
        assert here > 0
        await stage.press("K", "J")
        await stage.until(lambda: stage.title == "A long story", "the article")
        assert stage.article_view.scroll_offset.y == here
        assert large.marked("read") == set(large.ids())


async def test_matches_run_on_into_a_large_article_as_soon_as_it_is_open(
    large: Library, gate: threading.Event
) -> None:
    async with reading(large, WIDE) as stage:
        await stage.search("ferry")
        assert stage.title == "A ferry"
        await stage.press("n", "n", "n")
        assert stage.title == ""
        gate.set()
        await stage.until(lambda: "match 1/1 · article 2/2" in stage.status, "the match")
        await stage.press("N")
        assert stage.title == "A ferry"
        await stage.press("n")
        await stage.until(lambda: "match 1/1 · article 2/2" in stage.status, "the match")


async def test_what_comes_in_does_not_open_it_anew(large: Library) -> None:
    async with reading(large, WIDE) as stage:
        await stage.press("j", "enter")
        await stage.until(lambda: stage.title == "A long story", "the article")
        await stage.press("space")
        here, results = stage.article_view.scroll_offset.y, stage.main.results
        stage.main.ask(keep_place=True)
        await stage.until(lambda: stage.main.results is not results, "new results")
        assert stage.title == "A long story"
        assert stage.article_view.scroll_offset.y == here


async def test_a_large_article_is_opened_at_a_highlight(large: Library) -> None:
    long = next(one for one in large.articles(large.ids()) if one.title == "A long story")
    end = len(whole_text(long))
    kept = anchor_in(long, (end - 40, end))
    assert kept is not None
    large.highlights.add(long.id, kept)
    async with reading(large, NARROW) as stage:
        await stage.press("M")
        await stage.press("enter")
        await stage.until(lambda: stage.title == "A long story", "the article")
        assert stage.main.reading
        assert "no longer listed" not in stage.said
        await stage.until(lambda: stage.article_view.at_hand is not None, "the highlight")


async def test_what_could_not_be_opened_is_opened_the_next_time(
    large: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults, opened = [ZeroDivisionError("a fault of ours")], opening.opened

    def once_faulty(*of: Any) -> Any:
        if faults:
            raise faults.pop()
        return opened(*of)

    monkeypatch.setattr(opening_screen, "opened", once_faulty)
    async with reading(large, NARROW) as stage:
        await stage.press("j")
        await stage.until(lambda: "a fault of ours" in stage.said, "the fault")
        assert stage.title == ""
        await stage.press("enter")
        await stage.until(lambda: stage.title == "A long story", "the article")
