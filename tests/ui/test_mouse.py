"""The mouse: choosing, opening, selecting and copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stage import NARROW, SMALL, WIDE, reading

if TYPE_CHECKING:
    from index.library import Library


async def test_a_click_selects_a_result_and_another_opens_it(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        _, y = stage.place_of(stage.titles[2][:30])
        await stage.pilot.click(offset=(10, y))
        await stage.settle()
        assert stage.result_list.cursor == 2
        assert stage.app.focused is stage.result_list
        await stage.pilot.click(offset=(10, y + 1))
        await stage.settle()
        assert stage.main.reading
        assert stage.title == stage.titles[2]


async def test_a_click_beside_the_results_changes_nothing(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.search("has:points")
        await stage.pilot.click(offset=(10, 36))
        await stage.settle()
        assert stage.result_list.cursor == 0
        assert not stage.main.reading


async def test_a_click_into_the_article_reads_it_and_into_the_list_leaves_it(
    library: Library,
) -> None:
    async with reading(library, WIDE) as stage:
        await stage.pilot.click(offset=(80, 20))
        await stage.settle()
        assert stage.main.reading
        assert library.marked("read") == {stage.results.ids[0]}
        await stage.pilot.click(offset=(10, 20))
        await stage.settle()
        assert not stage.main.reading


async def test_a_drag_selects_the_text_as_it_was_written(library: Library) -> None:
    for size in (WIDE, SMALL):
        async with reading(library, size) as stage:
            await stage.press("enter", *["}"] * 2)
            paragraph = library.article(stage.results.ids[0]).blocks[5].text
            await stage.press("/", *paragraph[:20].lower(), "enter")
            x, y = stage.place_of(paragraph[:20])
            await stage.pilot.mouse_down(offset=(x, y))
            await stage.pilot.hover(offset=(x + 12, y + 2))
            await stage.pilot.mouse_up(offset=(x + 12, y + 2))
            await stage.settle()
            selected = stage.app.screen.get_selected_text()
            assert selected
            assert len(selected) > 40
            assert selected in paragraph
            assert paragraph.startswith(selected)


async def test_a_drag_in_the_list_selects_nothing(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.pilot.mouse_down(offset=(10, 5))
        await stage.pilot.hover(offset=(20, 15))
        await stage.pilot.mouse_up(offset=(20, 15))
        assert not stage.app.screen.get_selected_text()


async def test_a_quotation_of_the_selection_is_copied(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("enter")
        x, y = stage.place_of("ISLAMABAD: Pakistan")
        await stage.pilot.mouse_down(offset=(x, y))
        await stage.pilot.hover(offset=(x + 19, y))
        await stage.pilot.mouse_up(offset=(x + 19, y))
        await stage.press("Y")
        await stage.until(lambda: "Quotation copied" in stage.said, "the copy")
        assert stage.app.clipboard.startswith("“ISLAMABAD: Pakistan")
        assert stage.title in stage.app.clipboard
        assert "9 Oct 2025" in stage.app.clipboard


async def test_what_was_selected_in_one_article_is_not_in_the_next(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("enter")
        first = stage.title
        x, y = stage.place_of("KEY POINTS")
        await stage.pilot.mouse_down(offset=(x, y + 2))
        await stage.pilot.hover(offset=(x + 12, y + 3))
        await stage.pilot.mouse_up(offset=(x + 12, y + 3))
        await stage.settle()
        assert stage.main.get_selected_text()
        await stage.press("J")
        assert stage.title != first
        assert not stage.main.get_selected_text()
        assert stage.article_view.selected is None


async def test_a_drag_across_a_change_of_article_selects_nothing_that_is_not_there(
    library: Library,
) -> None:
    async with reading(library, WIDE) as stage:
        long, short = (
            stage.results.ids.index(id_)
            for id_ in sorted(
                stage.results.ids, key=lambda id_: -len(library.article(id_).passages)
            )[:: len(stage.results.ids) - 1]
        )
        await stage.press("enter", *"J" * long, "G")
        x, y = stage.place_of(stage.article_view.texts[-1][:12])
        await stage.pilot.mouse_down(offset=(x, y))
        await stage.press(*("J" if short > long else "K") * abs(short - long))
        await stage.pilot.hover(offset=(x + 4, y))
        await stage.pilot.mouse_up(offset=(x + 4, y))
        await stage.press("H")
        assert stage.app.is_running
