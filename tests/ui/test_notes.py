"""Highlights and notes: made, shown, gone through, listed, changed, removed, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stage import NARROW, SIZES, WIDE, reading

from index.highlights import anchor_in, whole_text

if TYPE_CHECKING:
    from stage import Stage

    from index.library import Library


def quotes(library: Library) -> list[str]:
    """Return what is highlighted in the library, the oldest first."""
    return [one.anchor.quote for one in reversed(library.highlights.all())]


def notes(library: Library) -> list[str]:
    """Return the notes on it."""
    return [one.note for one in reversed(library.highlights.all())]


def styles_of(stage: Stage, word: str) -> list[bool]:
    """Return of each place of a word on the screen whether it is highlighted."""
    ground = stage.article_view.get_component_rich_style("line--highlight", partial=True).bgcolor
    return [one.style.bgcolor == ground for one in stage.drawn() if word in one.text]


async def test_what_is_selected_by_keys_is_highlighted_noted_and_taken_back(
    library: Library,
) -> None:
    for size in SIZES:
        async with reading(library, size) as stage:
            article = library.article(stage.results.ids[0])
            point = article.key_points.points[1]
            await stage.press("V", "J", "J", "H")
            assert quotes(library) == [point]
            assert "Highlighted" in stage.said
            assert True in styles_of(stage, point.split()[0])
            await stage.press("e", *"Who [says] so?", "enter")
            assert notes(library) == ["Who [says] so?"]
            await stage.until(lambda: "✎ Who [says] so?" in stage.text, "the note")
            await stage.press("e", "ctrl+u", "enter")
            assert notes(library) == [""]
            await stage.press("x")
            assert quotes(library) == []
            await stage.press("x")
            assert "no highlight in view" in stage.said
            await stage.press("U", "U")
            assert notes(library) == ["Who [says] so?"]
            await stage.press("U", "U", "U")
            assert quotes(library) == []
            assert "nothing to undo" in stage.said


async def test_a_note_is_written_while_selecting_and_not_where_one_goes_back(
    library: Library,
) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("V", "J", "e", "escape")
        assert quotes(library) == []
        assert not stage.main.get_selected_text()
        await stage.press("V", "J", "e", *"Why?", "enter")
        assert notes(library) == ["Why?"]
        await stage.press("U")
        assert "Undone: highlight" in stage.said
        assert quotes(library) == []


async def test_what_is_selected_with_the_mouse_is_highlighted(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("enter")
        x, y = stage.place_of("ISLAMABAD: Pakistan")
        await stage.pilot.mouse_down(offset=(x, y))
        await stage.pilot.hover(offset=(x + 18, y))
        await stage.pilot.mouse_up(offset=(x + 18, y))
        await stage.press("H")
        assert quotes(library) == ["ISLAMABAD: Pakistan"]
        assert not stage.main.get_selected_text()


async def test_without_anything_selected_the_key_begins_to_select(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        await stage.press("H", "H")
        assert quotes(library) == [stage.title]


async def test_one_goes_from_highlight_to_highlight(library: Library) -> None:
    async with reading(library, NARROW) as stage:
        article = library.article(stage.results.ids[0])
        whole = whole_text(article)
        for block, note in ((article.blocks[-1], "the end"), (article.blocks[4], "")):
            start = whole.index(block.text)
            kept = anchor_in(article, (start, start + 30))
            assert kept is not None
            library.highlights.add(article.id, kept, note)
        await stage.press("enter", "J", "K", ")")
        assert article.blocks[4].text[:20] in stage.text
        await stage.press(")")
        assert article.blocks[-1].text[:20] in stage.text
        assert "✎ the end" in stage.text
        await stage.press(")")
        assert "no other highlight" in stage.said
        await stage.press("(")
        assert article.blocks[4].text[:20] in stage.text


async def test_each_highlight_leads_to_its_own_article(library: Library) -> None:
    async with reading(library, WIDE) as stage:
        await stage.press("V", "H", *["J", "V", "H"] * 4)
        listed = [one.id for one in library.highlights.all()]
        assert len(set(listed)) == 5
        for place in [*range(5), *range(5)]:
            await stage.press("M")
            await stage.until(lambda: "1 of 5" in stage.text, "the list")
            await stage.press(*"j" * place, "enter")
            await stage.until(lambda: stage.app.screen is stage.main, "the main screen")
            await stage.until(lambda: stage.main.reading, "the article")
            await stage.until(lambda: stage.answered == "has:highlight", "the articles")
            await stage.settle()
            assert stage.main.article is not None
            assert stage.main.article.id == listed[place]
            await stage.press("q", "q")
            await stage.until(lambda: stage.answered == "", "all articles")


async def test_all_highlights_are_listed_found_changed_and_opened(library: Library) -> None:
    for size in SIZES:
        async with reading(library, size) as stage:
            first = stage.titles[0]
            await stage.press("H", "J", "H", "J", "V", "J", "H")
            await stage.press("M")
            await stage.until(lambda: "1 of 2" in stage.text, "the list")
            await stage.press("j", "e", *"Remember", "enter")
            await stage.until(lambda: "✎ Remember" in stage.text, "the note")
            await stage.press("/", *"remember", "home", "delete", "enter")
            await stage.until(lambda: "1 of 1" in stage.text, "what is found")
            await stage.press("q")
            await stage.until(lambda: "of 2" in stage.text, "all")
            await stage.press("enter")
            await stage.until(lambda: stage.answered == "has:highlight", "the articles")
            await stage.until(lambda: stage.main.reading, "the article")
            assert stage.title == first
            assert stage.results.total == len({one.id for one in library.highlights.all()})
            await stage.press("M")
            await stage.until(lambda: "of 2" in stage.text, "the list")
            await stage.press("g", "x", "x")
            await stage.until(lambda: "No highlights yet" in stage.text, "an empty list")
            assert "Enter open" not in stage.status
            await stage.press("U", "U", "U", "U", "U", "q")
            assert quotes(library) == []


async def test_a_highlight_that_is_lost_is_told_of_below_the_byline(library: Library) -> None:
    id_ = library.ids()[0]
    article = library.article(id_)
    kept = anchor_in(article, (0, len(article.title)))
    assert kept is not None
    gone = kept._replace(quote="Words that nobody wrote, ever", before="", behind="")
    library.highlights.add(id_, gone, "By whom?")
    async with reading(library, NARROW) as stage:
        await stage.press("enter")
        assert "✎ By whom? (No longer in the text: “Words that nobody" in stage.text
        await stage.press("M")
        await stage.until(lambda: "No longer in the text: “Words" in stage.text, "the list")
