"""Sentences selected by keys, and what is done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stage import SIZES, SMALL, WIDE, reading

if TYPE_CHECKING:
    from stage import Stage

    from index.library import Library


def selected(stage: Stage) -> str:
    """Return what is selected in the article."""
    return stage.main.get_selected_text() or ""


async def until_seen(stage: Stage, word: str) -> None:
    """Wait until a word is in view; what is below another screen is drawn a frame later."""
    await stage.until(lambda: word in "\n".join(stage.lines[1:-1]), word)


async def test_sentences_are_selected_and_copied_with_where_they_are_from(
    library: Library,
) -> None:
    for size in SIZES:
        async with reading(library, size) as stage:
            article = library.article(stage.results.ids[0])
            await stage.press("V")
            assert selected(stage) == article.title
            await stage.press("J", "J")
            assert selected(stage) == article.key_points.points[1]
            await stage.press(*["J"] * (len(article.key_points.points) - 1), "l")
            assert selected(stage) in article.blocks[0].text + "\n" + article.blocks[1].text
            text = selected(stage)
            await until_seen(stage, text.split()[-1])
            await stage.press("Y")
            await stage.until(lambda: "Quotation copied" in stage.said, "the copy")
            assert stage.app.clipboard.startswith(f"“{text}”\n— ")
            assert not selected(stage)


async def test_leaving_selects_nothing_and_the_keys_are_as_before(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("enter", "d", "V", "j", "l")
        assert "more" in stage.status
        assert selected(stage)
        before = stage.results.ids[stage.result_list.cursor]
        await stage.press("q")
        assert not selected(stage)
        await stage.press("J")
        assert stage.results.ids[stage.result_list.cursor] != before


async def test_what_is_selected_is_kept_in_view(library: Library) -> None:
    async with reading(library, SMALL) as stage:
        await stage.press("V")
        for key in "JjljjhJJjkKjJJJJKlll":
            await stage.press(key)
            last = selected(stage).split()[-1]
            await until_seen(stage, last)


async def test_keys_that_come_in_a_burst_select(library: Library) -> None:
    async with reading(library, SMALL) as stage:
        for key in "VJJl":
            stage.app.post_message(stage.key(key))
        await stage.until(lambda: selected(stage).count("\n") == 1, "the second point and more")


async def test_without_an_article_there_is_nothing_to_select(empty_library: Library) -> None:
    async with reading(empty_library, WIDE) as stage:
        await stage.press("V", "t", "A")
        assert stage.app.screen is stage.main


async def test_sentences_of_a_text_that_is_gone_are_selected_no_longer(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("V", *"J" * 10)
        assert selected(stage)
        article = library.article(stage.results.ids[0])
        shorter = article.model_copy(update={"blocks": article.blocks[:1]})
        stage.main.put_in_view(shorter)
        assert not selected(stage)
        await stage.press("j")
        assert stage.app.screen is stage.main
