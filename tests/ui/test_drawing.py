"""What is drawn: the article's own text, its key points, and its matches wherever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import NARROW, SIZES, WIDE, Stage, reading

from reader.config import Config
from reader.themes import THEMES

if TYPE_CHECKING:
    from rich.style import Style

    from index.article import Article
    from index.library import Library

_MOST_PAGES = 50

LIT = ("match", "current")


def lit(stage: Stage) -> list[str]:
    """Return what is drawn as a match, word by word, with the background it has."""
    grounds = {stage.article_view.style_of("title", emphasis).bgcolor for emphasis in LIT}
    return [drawn.text for drawn in stage.drawn() if drawn.style.bgcolor in grounds]


async def leaf_through(stage: Stage) -> str:
    """Return everything that an open article shows, from its top to its end."""
    lines: list[str] = []
    await stage.press("g")
    view = stage.article_view
    for _ in range(_MOST_PAGES):
        top = view.region.y
        shown = stage.lines[top : top + view.region.height]
        lines += shown[len(lines) - view.scroll_offset.y :]
        if view.scroll_offset.y >= view.max_scroll_y:
            return "\n".join(lines)
        await stage.press(" ")
    raise AssertionError(f"no end after {_MOST_PAGES} pages")


def words(text: str) -> list[str]:
    """Return the words of a text without what decorates its lines."""
    return [word for word in text.split() if word.strip("┃▐│•─▁▂▃▄▅▆▇█")]


@pytest.mark.parametrize("size", SIZES[1:])
async def test_the_screen_shows_just_what_was_indexed(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        await stage.press("enter")
        for place, id_ in enumerate(stage.results.ids):
            article = library.article(id_)
            shown = words(await leaf_through(stage))
            for passage in article.passages:
                wanted = "".join(words(passage.text))
                assert wanted in "".join(_without_numbers(shown, article)), passage
            if place < 4:
                await stage.press("J")


def _without_numbers(shown: list[str], article: Article) -> list[str]:
    numbers = {str(n) for n in range(1, len(article.key_points.points) + 1)}
    known = {word for passage in article.passages for word in words(passage.text)}
    return [word for word in shown if word not in numbers or word in known]


@pytest.mark.parametrize("size", SIZES)
async def test_key_points_are_a_panel_where_the_article_has_some(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as stage:
        await stage.press("enter")
        for id_ in stage.results.ids:
            points = library.article(id_).key_points.points
            shown = await leaf_through(stage)
            assert shown.count("KEY POINTS") == bool(points)
            for number, point in enumerate(points, 1):
                assert f"┃ {number}  {point[:15]}" in shown
            await stage.press("J")


async def test_the_panel_stands_out_from_the_text_on_all_its_lines(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter")
        ground = stage.article_view.style_of("point").bgcolor
        assert ground != stage.article_view.rich_style.bgcolor
        panel = [drawn for drawn in stage.drawn() if drawn.style.bgcolor == ground]
        rows = sorted({drawn.y for drawn in panel})
        assert rows == list(range(rows[0], rows[-1] + 1))
        assert stage.lines[rows[0]].strip().startswith("┃ KEY POINTS")
        ends = {max(drawn.x + len(drawn.text) for drawn in panel if drawn.y == row) for row in rows}
        assert len(ends) == 1


async def test_matches_are_lit_in_title_points_and_body_and_in_the_list(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.search("pakistan attacks")
        assert {text.lower() for text in lit(stage)} >= {"pakistan", "attacks"}
        point = stage.place_of("prevent cross-border")[1] + 1
        assert point in {drawn.y for drawn in stage.drawn() if drawn.text == "attacks"}
        title = {drawn.y for drawn in stage.drawn() if drawn.text == "Pakistan"}
        assert stage.article_view.region.y in title
        columns = {
            drawn.x < stage.article_view.region.x
            for drawn in stage.drawn()
            if drawn.text.lower() in ("pakistan", "attacks")
        }
        assert columns == {True, False}
        await stage.press("\\", "ctrl+u")
        await stage.until(lambda: stage.answered == "", "no query")
        assert not lit(stage)


async def test_fields_light_only_what_they_searched(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.search("points:attacks")
        await stage.press("enter")
        matches = stage.article_view.matches
        texts = library.article(stage.results.ids[0]).key_points.points
        assert len(matches) == sum(point.lower().count("attacks") for point in texts)


@pytest.mark.parametrize("theme", [*(theme.name for theme in THEMES), "nord", "textual-light"])
async def test_each_theme_lights_the_matches_and_sets_off_the_panel(
    library: Library, theme: str
) -> None:
    async with reading(library, config=Config(theme=theme)) as stage:
        await stage.search("pakistan")
        await stage.press("n")
        view = stage.article_view
        styles = [view.style_of("paragraph", emphasis) for emphasis in ("none", *LIT)]
        assert len({style.bgcolor for style in styles}) == 3
        for style in [*styles, view.style_of("point")]:
            assert _contrast(style) >= 4.5, (theme, style)


def _contrast(style: Style) -> float:
    """Return the contrast of a style's colours as WCAG counts it; 4.5 is good to read."""
    assert style.color is not None
    assert style.bgcolor is not None
    shades = [_luminance(colour.get_truecolor()) for colour in (style.color, style.bgcolor)]
    return (max(shades) + 0.05) / (min(shades) + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_a_theme_is_taken_on_at_once(library: Library) -> None:
    async with reading(library) as stage:
        before = {drawn.style.bgcolor for drawn in stage.drawn()}
        text = stage.text
        stage.app.theme = "broadsheet-light"
        await stage.settle()
        await stage.until(
            lambda: not before & {drawn.style.bgcolor for drawn in stage.drawn()}, "new colours"
        )
        assert stage.text == text


async def test_without_colours_matches_are_told_apart(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(library, NARROW) as stage:
        await stage.search("pakistan")
        await stage.press("enter", "n", "n")
        view = stage.article_view
        for look in ("paragraph", "point"):
            attributes = {
                (style.bold, style.underline, style.reverse, style.italic)
                for style in (view.style_of(look, emphasis) for emphasis in ("none", *LIT))
            }
            assert len(attributes) == 3, look
