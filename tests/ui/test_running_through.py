"""From match to match, article to article, heading to heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stage import NARROW, SMALL, WIDE, Stage, reading

if TYPE_CHECKING:
    from index.library import Library


def current(stage: Stage) -> list[str]:
    """Return what is lit as the current match."""
    lit = stage.article_view.style_of("title", "current").bgcolor
    return [drawn.text for drawn in stage.drawn() if drawn.style.bgcolor == lit]


async def test_n_runs_through_all_matches_into_the_next_article_and_back(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.search("istanbul")
        places = []
        while "That was the last match." not in stage.said:
            await stage.press("n")
            places.append((stage.title, stage.article_view.matches.current))
        assert stage.main.reading
        expected = []
        for title in stage.titles:
            article = next(a for a in library.articles(library.ids()) if a.title == title)
            number = sum(map(len, library.spans(article, stage.results)))
            assert number
            expected += [(title, place) for place in range(number)]
        assert places[:-1] == expected
        assert places[-1] == expected[-1]
        back = []
        for _ in expected[1:]:
            await stage.press("N")
            back.append((stage.title, stage.article_view.matches.current))
        assert back == expected[-2::-1]
        await stage.press("N")
        assert "That was the first match." in stage.said
        assert stage.title == stage.titles[0]


async def test_the_current_match_is_always_in_view_and_lit(library: Library) -> None:
    for size in (WIDE, NARROW, SMALL):
        async with reading(library, size) as stage:
            await stage.search("taliban")
            for number in range(1, 12):
                await stage.press("n")
                assert [text.lower() for text in current(stage)] == ["taliban"], (size, number)
                assert f"match {number}/" in stage.status or size == SMALL


async def test_without_a_search_n_goes_to_the_next_unread(library: Library) -> None:
    async with reading(library) as stage:
        assert "next unread" in stage.status
        assert "next match" not in stage.status
        library.set_mark([stage.results.ids[1]], "read", on=True)
        await stage.press("n")
        assert stage.result_list.cursor == 2
        assert stage.app.focused is stage.result_list
        await stage.press("n", "n", "n")
        assert stage.result_list.cursor == 4
        assert "There is no other unread article this way." in stage.said
        await stage.press("N", "N", "N")
        assert stage.result_list.cursor == 0
        await stage.search("taliban")
        assert "n next match" in stage.status


async def test_brackets_go_to_unread_articles_with_and_without_a_search(library: Library) -> None:
    async with reading(library) as stage:
        await stage.search("taliban")
        await stage.press("]", "]")
        assert stage.result_list.cursor == 2
        await stage.press("[")
        assert stage.result_list.cursor == 1
        await stage.press("enter", "]")
        assert stage.main.reading
        assert stage.result_list.cursor == 2
        assert library.marked("read") == set(stage.results.ids[1:3])
        await stage.press("[")
        assert stage.result_list.cursor == 0


async def test_j_and_k_in_capitals_change_the_article_and_not_the_pane(library: Library) -> None:
    async with reading(library) as stage:
        await stage.press("J")
        assert stage.title == stage.titles[1]
        await stage.press("enter", "J", "J")
        assert stage.main.reading
        assert stage.title == stage.titles[3]
        await stage.press("K", "K", "K", "K")
        assert stage.title == stage.titles[0]
        assert "That was the first article." in stage.said
        await stage.press("J", "J", "J", "J", "J")
        assert "That was the last article." in stage.said


async def test_space_pages_to_the_end_and_on_into_the_next_article(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter")
        first = stage.title
        seen = [*stage.lines[1:-1]]
        pages = 0
        while stage.title == first:
            await stage.press(" ")
            pages += 1
            seen += stage.lines[1:-1]
        assert 2 <= pages <= 6
        assert stage.title == stage.titles[1]
        assert stage.article_view.scroll_offset.y == 0
        for block in library.article(stage.results.ids[0]).blocks:
            assert any(block.text[:30] in line for line in seen)
        await stage.press("b")
        assert stage.title == stage.titles[1]


async def test_headings_are_jumped_to(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter")
        article = library.article(stage.results.ids[0])
        headings = [block.text for block in article.blocks if block.kind == "heading"]
        await stage.press("}")
        assert "KEY POINTS" in stage.lines[1]
        for heading in headings[:2]:
            await stage.press("}")
            assert heading[:30] in stage.lines[1]
        await stage.press("{")
        assert headings[0][:30] in stage.lines[1]
        await stage.press("{", "{")
        assert stage.article_view.scroll_offset.y == 0
        assert "no other heading" not in stage.said
        await stage.press("{")
        assert "no other heading" in stage.said


async def test_the_dot_leads_to_the_key_points(library: Library) -> None:
    async with reading(library, SMALL) as stage:
        await stage.press("enter", "G", ".")
        assert "KEY POINTS" in stage.lines[1]
        assert stage.title == stage.titles[0]


async def test_without_key_points_the_dot_moves_nothing(library: Library) -> None:
    async with reading(library, SMALL) as stage:
        await stage.search("-has:points")
        await stage.press("enter", "j", "j", ".")
        assert stage.article_view.scroll_offset.y == 2


async def test_the_dot_shows_key_points_in_the_rows(library: Library) -> None:
    async with reading(library) as stage:
        before = stage.text
        await stage.press(".")
        rows = "\n".join(line[:50] for line in stage.lines)
        points = library.article(stage.results.ids[0]).key_points.points
        assert points
        for point in points:
            assert f"• {point[:30]}" in rows
        await stage.press(".")
        assert stage.text == before


async def test_every_way_to_move_in_the_list(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        places = []
        for key in ("j", "down", "k", "up", "G", "k", "g", "end", "home", "d", "u", "ctrl+d",
                    "ctrl+u", " ", "b", "pagedown", "pageup"):  # fmt: skip
            await stage.press(key)
            places.append(stage.result_list.cursor)
        assert places == [1, 2, 1, 0, 4, 3, 0, 4, 0, 2, 0, 2, 0, 4, 0, 4, 0]


async def test_every_way_to_move_in_the_article(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("enter")
        bottom = stage.article_view.max_scroll_y
        assert bottom > 20
        rows = []
        for key in ("j", "down", "k", "up", "G", "k", "g", "end", "home", "d", "u", "ctrl+d",
                    "ctrl+u", " ", "b", "pagedown", "pageup"):  # fmt: skip
            await stage.press(key)
            rows.append(stage.article_view.scroll_offset.y)
        assert rows[:9] == [1, 2, 1, 0, bottom, bottom - 1, 0, bottom, 0]
        assert [row == 0 for row in rows[9:]] == [False, True] * 4
        assert stage.title == stage.titles[0]
