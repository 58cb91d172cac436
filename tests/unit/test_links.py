"""The links of an article: numbered, with room on their lines, and listed."""

from __future__ import annotations

import pytest

from index.article import Article, Block, Link
from reader.drawing.layout import LINKS_HEADING, by_text, lay_out, texts_of
from reader.drawing.links import links_of, wrap_with_links
from reader.drawing.render import article_row, plain
from reader.drawing.wrap import wrap

FIRST, SECOND = "https://one.example/a", "https://two.example/b"


def linked(text: str, *links: tuple[str, str]) -> Block:
    """Make a paragraph in which words lead to addresses."""
    found = [
        Link(start=text.index(words), end=text.index(words) + len(words), url=address)
        for words, address in links
    ]
    return Block(kind="paragraph", text=text, links=tuple(found))


STORY = Article(
    id="0",
    title="A title",
    origin="there",
    blocks=(
        linked("Talks in Doha failed, officials say.", ("in Doha", FIRST), ("officials", SECOND)),
        Block(kind="paragraph", text="Nothing more."),
        linked("They met in Doha before.", ("in Doha ", FIRST)),
    ),
)


def drawn(article: Article, width: int) -> list[str]:
    layout = lay_out(article, width)
    return list(plain([article_row(layout, row, (), None) for row in layout.rows]))


def test_each_address_has_one_number_in_the_order_of_the_text() -> None:
    links = links_of(STORY)
    assert links.addresses == (FIRST, SECOND)
    assert links.names == ("in Doha", "officials")
    assert {block: [link.number for link in of] for block, of in links.of_blocks.items()} == {
        0: [1, 2],
        2: [1],
    }


def test_numbers_stand_behind_what_leads_somewhere() -> None:
    lines = drawn(STORY, 60)
    assert "Talks in Doha[1] failed, officials[2] say." in lines
    assert "They met in Doha[1] before." in lines


def test_addresses_are_listed_at_the_end() -> None:
    lines = drawn(STORY, 60)
    assert lines[lines.index(LINKS_HEADING) :] == [
        LINKS_HEADING, f"[1]  {FIRST}", f"[2]  {SECOND}", "",
    ]  # fmt: skip
    assert texts_of(STORY)[-2:] == (FIRST, SECOND)
    assert len(by_text(STORY, [()] * len(STORY.passages))) == len(texts_of(STORY))


def test_an_article_without_links_has_no_list() -> None:
    assert LINKS_HEADING not in drawn(STORY.model_copy(update={"blocks": STORY.blocks[1:2]}), 60)


@pytest.mark.parametrize("width", range(12, 45))
def test_a_line_has_room_for_its_numbers(width: int) -> None:
    for line in drawn(STORY, width):
        assert len(line) <= width


@pytest.mark.parametrize("width", range(1, 45))
def test_offsets_are_those_of_the_text(width: int) -> None:
    layout = lay_out(STORY, width)
    for row in layout.rows:
        runs = [run for run in article_row(layout, row, (), None) if run.offset >= 0]
        text = layout.texts[row.text]
        assert all(text[run.offset :].startswith(run.text) for run in runs)
        assert "".join(run.text for run in runs) == text[row.start : row.end]


def test_a_number_stays_with_its_word_where_the_line_ends() -> None:
    block = linked("Talks in Doha failed", ("Doha", FIRST))
    links = links_of(STORY.model_copy(update={"blocks": (block,)})).of_blocks[0]
    assert wrap_with_links(block.text, links, 13) == [(0, 8), (9, 13), (14, 20)]
    assert wrap(block.text, 13) == [(0, 13), (14, 20)]


def test_what_leads_somewhere_has_a_look_of_its_own_and_keeps_its_matches() -> None:
    layout = lay_out(STORY, 60)
    row = next(row for row in layout.rows if row.look == "paragraph")
    runs = article_row(layout, row, ((9, 21),), None)
    looks = [(run.text, run.look, run.emphasis) for run in runs]
    assert looks[:6] == [
        ("Talks ", "paragraph", "none"), ("in ", "link", "none"), ("Doha", "link", "match"),
        ("[1]", "link-number", "none"), (" failed,", "paragraph", "match"),
        (" ", "paragraph", "none"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["   ", " "])
def test_a_link_around_white_space_is_none(text: str) -> None:
    block = Block(kind="paragraph", text=f"a{text}b", links=(Link(start=1, end=2, url=FIRST),))
    assert not links_of(STORY.model_copy(update={"blocks": (block,)})).addresses


def test_links_that_overlap_are_told_apart() -> None:
    links = (Link(start=0, end=9, url=FIRST), Link(start=6, end=13, url=SECOND))
    block = Block(kind="paragraph", text="Talks in Doha failed", links=links)
    found = links_of(STORY.model_copy(update={"blocks": (block,)})).of_blocks[0]
    assert [(link.start, link.end) for link in found] == [(0, 8), (9, 13)]
