"""Which stretch of which text stands on which line."""

from __future__ import annotations

import pytest

from index.article import Article, Block, KeyPoints
from reader.drawing.layout import (
    NO_POINTS,
    Layout,
    by_text,
    lay_out,
    passage_of,
    text_of_block,
    text_of_passage,
    text_of_point,
    texts_of,
)

STORY = Article(
    id="0",
    title="A title of several words",
    origin="there",
    place="KABUL",
    key_points=KeyPoints(
        origin="article", heading="At a glance", points=("First of the points", "Second")
    ),
    blocks=(
        Block(kind="paragraph", text="A paragraph that is long enough for two lines"),
        Block(kind="heading", text="A heading"),
        Block(kind="list_item", text="one thing"),
        Block(kind="list_item", text="2 is another"),
        Block(kind="quote", text="somebody said so"),
    ),
)
PLAIN = STORY.model_copy(update={"key_points": KeyPoints()})


def drawn(layout: Layout) -> list[str]:
    return [row.lead + layout.texts[row.text][row.start : row.end] for row in layout.rows]


def test_an_article_is_laid_out_from_its_title_to_its_end() -> None:
    assert drawn(lay_out(STORY, 28)) == [
        "A title of several words",
        "undated · KABUL · 19 words ·",
        "1 min",
        "",
        "┃ At a glance",
        "┃ 1  First of the points",
        "┃ 2  Second",
        "",
        "A paragraph that is long",
        "enough for two lines",
        "",
        "A heading",
        "",
        "• one thing",
        "2 is another",
        "",
        "│ somebody said so",
        "",
    ]


def test_points_wrap_behind_their_bar_and_number() -> None:
    lines = drawn(lay_out(STORY, 16))
    start = lines.index("┃ 1  First of")
    assert lines[start + 1] == "┃    the points"


def test_without_key_points_there_is_no_panel() -> None:
    layout = lay_out(PLAIN, 28)
    assert layout.points_row() is None
    assert not {"points-heading", "point"} & {row.look for row in layout.rows}
    assert "KEY POINTS" not in texts_of(PLAIN)


def test_points_without_a_heading_get_one() -> None:
    bare = STORY.model_copy(update={"key_points": KeyPoints(origin="article", points=("One",))})
    layout = lay_out(bare, 28)
    row = layout.points_row()
    assert row is not None
    assert drawn(layout)[row] == "┃ KEY POINTS"


def test_headings_and_points_can_be_jumped_to() -> None:
    layout = lay_out(STORY, 28)
    lines = drawn(layout)
    assert layout.points_row() == lines.index("┃ At a glance")
    assert [lines[row] for row in layout.heading_rows()] == ["┃ At a glance", "A heading"]


def test_a_heading_of_several_lines_is_one_place_to_jump_to() -> None:
    long = PLAIN.model_copy(
        update={"blocks": (Block(kind="heading", text="A heading of many words"),)}
    )
    assert len(lay_out(long, 10).heading_rows()) == 1


@pytest.mark.parametrize("width", [1, 2, 5, 12, 72, 200])
def test_the_line_of_each_character_is_known(width: int) -> None:
    layout = lay_out(STORY, width)
    for number, row in enumerate(layout.rows):
        if row.look not in ("blank", "rule"):
            assert layout.row_of(row.text, row.start) == number
            assert layout.row_of(row.text, max(row.start, row.end - 1)) == number


def test_a_space_between_lines_is_taken_for_the_next_line() -> None:
    layout = lay_out(STORY, 28)
    text = layout.texts.index(STORY.blocks[0].text)
    first = next(row for row in layout.rows if row.text == text)
    assert layout.rows[layout.row_of(text, first.end)].start == first.end + 1


def test_spans_of_passages_come_to_the_texts_they_belong_to() -> None:
    for article in (STORY, PLAIN):
        spans = [((n, n + 1),) for n in range(len(article.passages))]
        texts = texts_of(article)
        of_texts = by_text(article, spans)
        assert len(of_texts) == len(texts)
        for text, of_text in zip(texts, of_texts, strict=True):
            passage = [n for n, passage in enumerate(article.passages) if passage.text == text]
            assert of_text == (spans[passage[0]] if passage else ())


def test_passages_are_found_among_the_texts_and_back() -> None:
    for article in (STORY, PLAIN):
        texts = texts_of(article)
        for number, passage in enumerate(article.passages):
            text = text_of_passage(article, number)
            assert texts[text] == passage.text
            assert passage_of(article, text, 3) == (number, 3)
        assert passage_of(article, 1, 5) == (1, 0)
        last = len(article.passages) - 1
        assert passage_of(article, len(texts), 2) == (last, len(article.passages[last].text))


def test_an_article_with_nothing_but_a_title_has_lines() -> None:
    bare = Article(id="0", title="Alone", origin="there")
    assert drawn(lay_out(bare, 40)) == [
        "Alone", "undated · 0 words · 1 min", "", NO_POINTS, "",
    ]  # fmt: skip


def test_that_there_are_no_points_is_said_within_the_width() -> None:
    said = [row.lead for row in lay_out(PLAIN, 12).rows if row.look == "no-points"]
    assert " ".join(said) == NO_POINTS
    assert all(len(line) <= 12 for line in said)


def test_points_and_blocks_are_found_among_the_texts() -> None:
    for article in (STORY, PLAIN):
        texts = texts_of(article)
        for number, point in enumerate(article.key_points.points):
            assert texts[text_of_point(number)] == point
        for number, block in enumerate(article.blocks):
            assert texts[text_of_block(article, number)] == block.text
