"""Text that would steer the terminal or pass for markup is drawn as the text it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import SIZES, reading, strips

from index.errors import LibraryError
from index.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKUP = "[/] [bold] [@click=app.quit]x[/] [link=http://evil]y[/] [$accent] \\"
STEERING = "\x1b]2;owned\x07\x1b]52;c;b3duZWQ=\x1b\\\x1b[?1049l\x1bc\x9b2J\x07\x08\u202egnp\u2066"

STORY = f"""{MARKUP} headline {STEERING}

KEY POINTS

 • A point {MARKUP} {STEERING}
 • Another hostile point {STEERING}

{MARKUP.upper()}: A hostile paragraph {STEERING} goes on {MARKUP} for a while, and then it ends.

A heading {MARKUP}

“A hostile quotation,” {MARKUP} said.{STEERING}
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Library]:
    """A library of one hostile article in a folder with a hostile name."""
    folder = tmp_path / "[bold]\x1b]2;owned\x07"
    folder.mkdir()
    (folder / "[@click=app.quit]x.txt").write_text(STORY, encoding="utf-8")
    library = Library(tmp_path / "hostile")
    library.add([folder])
    yield library
    library.close()


def is_harmless(text: str) -> bool:
    return all(character.isprintable() or character == " " for character in text)


@pytest.mark.parametrize("size", SIZES)
async def test_a_hostile_article_is_plain_text_everywhere(
    hostile: Library, size: tuple[int, int]
) -> None:
    async with reading(hostile, size) as stage:
        for keys in (
            (),
            (".",),
            ("enter",),
            ("s", "m", "U"),
            ("o",),
            ("y",),
            ("/", *"hostile", "enter"),
            ("n", "n"),
            ("?",),
            ("q",),
            ("ctrl+p", *"star"),
            ("escape",),
        ):
            await stage.press(*keys)
            for strip in strips(stage.app):
                assert is_harmless(strip.text), (keys, strip.text)
                for segment in strip:
                    assert segment.style is None or not segment.style.link
        await stage.press("g")
        assert stage.app.is_running
        assert "[/] [bold] [@click" in stage.text


async def test_a_click_on_what_looks_like_an_action_does_nothing(hostile: Library) -> None:
    async with reading(hostile) as stage:
        x, y = stage.place_of("[@click")
        await stage.pilot.click(offset=(x + 20, y))
        await stage.pilot.click(offset=(stage.article_view.region.x + 25, y))
        await stage.settle()
        assert not stage.app._exit


@pytest.mark.parametrize(
    "query", ["[/]", "[@click=app.quit]x[/]", "[bold", "date:[/]", "a\\", "]]"]
)
async def test_a_query_that_looks_like_markup_is_only_a_query(hostile: Library, query: str) -> None:
    async with reading(hostile) as stage:
        await stage.search(query)
        assert query in stage.lines[0]
        assert stage.app.is_running


async def test_pasted_control_characters_do_not_reach_the_screen(hostile: Library) -> None:
    async with reading(hostile) as stage:
        await stage.press("/")
        stage.main.pane.set_query(f"x{STEERING} date:{STEERING}z")
        await stage.settle()
        await stage.until(lambda: stage.results.query.startswith("x"), "an answer")
        for strip in strips(stage.app):
            assert is_harmless(strip.text), strip.text


async def test_what_an_error_says_is_plain_text(hostile: Library) -> None:
    def fail(library: Library, progress: object) -> None:
        raise LibraryError(f"{MARKUP} {STEERING} failed")

    async with reading(hostile, update=fail) as stage:  # type: ignore[arg-type]
        await stage.until(lambda: "[bold]" in stage.said, "the error")
        for strip in strips(stage.app):
            assert is_harmless(strip.text), strip.text
