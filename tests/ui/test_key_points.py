"""The key points of an open article: chosen, followed to their paragraphs, and come back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import NARROW, SIZES, reading

from reader.drawing.layout import NO_POINTS

if TYPE_CHECKING:
    from stage import Stage

    from index.library import Library


async def open_with_points(stage: Stage) -> None:
    """Open a sample that has four key points."""
    await stage.search("title:delivers has:points")
    await stage.press("enter")
    assert len(stage.main.article.key_points.points if stage.main.article else ()) == 4


@pytest.mark.parametrize("size", SIZES)
async def test_a_point_leads_to_its_paragraph_and_back(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        await open_with_points(stage)
        await stage.press(".")
        assert "Islamabad rejects" in stage.lit
        await stage.press("j", "j")
        assert "someone else’s agenda" in stage.lit
        await stage.press("enter")
        await stage.until(lambda: "illogical and detached" in stage.lit, "the paragraph")
        await stage.press(".")
        assert "someone else’s agenda" in stage.lit


async def test_the_key_goes_round_the_points(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await open_with_points(stage)
        seen = []
        for _ in range(5):
            await stage.press(".")
            seen.append(stage.lit[:16])
        assert len(set(seen)) == 4
        assert seen[0] == seen[4]


async def test_moving_on_leaves_the_points(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await open_with_points(stage)
        for key in ("escape", "space", "G", "}", "n", "k"):
            await stage.press("g", ".")
            assert stage.lit
            await stage.press(key)
            assert not stage.lit, key
            assert stage.main.reading, key


async def test_the_last_line_says_that_a_point_can_be_followed(library: Library) -> None:
    async with reading(library) as stage:
        await open_with_points(stage)
        assert "its paragraph" not in stage.status
        await stage.press(".")
        assert "Enter to its paragraph" in stage.status


@pytest.mark.parametrize("size", SIZES)
async def test_an_article_without_points_says_so(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size) as stage:
        await stage.search("-has:points")
        await stage.press("enter")
        assert NO_POINTS in stage.text
        await stage.press(".")
        assert NO_POINTS[:20] in stage.said
        assert not stage.lit
