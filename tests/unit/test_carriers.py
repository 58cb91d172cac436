"""Which paragraph carries a key point."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from index.article import Article, Block, KeyPoints
from index.carriers import carrier_of
from index.intake import parse

SEEDS = Path(__file__).parents[2] / "seeds"


class Carried(NamedTuple):
    seed: str
    point: int
    says: str
    """What stands in the paragraph that carries the point."""


CARRIED = (
    Carried("000_4c9dddd6e8bfeeba.txt", 0, "to end cross-border mili"),
    Carried("000_4c9dddd6e8bfeeba.txt", 1, "using Afghan soil as a safe haven"),
    Carried("002_28a0d40d936aa6f4.txt", 0, "Islamabad demanded “concrete, verifiable"),
    Carried("002_28a0d40d936aa6f4.txt", 2, "pursuing someone else’s agenda"),
    Carried("002_28a0d40d936aa6f4.txt", 3, "unilateral defensive measures"),
)


@pytest.mark.parametrize("carried", CARRIED, ids=lambda one: f"{one.seed[:3]}-{one.point + 1}")
def test_the_paragraph_of_a_point_of_a_seed_is_found(carried: Carried) -> None:
    path = SEEDS / carried.seed
    article = parse(path.read_bytes(), str(path))
    block = carrier_of(article, carried.point)
    assert block is not None
    assert carried.says in article.blocks[block].text


def story(point: str, *blocks: Block | str) -> Article:
    return Article(
        id="0",
        title="A title",
        origin="there",
        key_points=KeyPoints(origin="article", points=(point,)),
        blocks=tuple(
            block if isinstance(block, Block) else Block(kind="paragraph", text=block)
            for block in blocks
        ),
    )


def test_rare_words_count_for_more_than_common_ones() -> None:
    article = story(
        "The minister of the state visits Doha",
        "The minister of the state spoke of the state of the state.",
        "The minister of the state said no more.",
        "A flight to Doha was late.",
        "The state has a minister.",
    )
    assert carrier_of(article, 0) == 0
    assert carrier_of(story("A visit to Doha", *(b.text for b in article.blocks)), 0) == 2


def test_words_are_compared_by_their_stems() -> None:
    assert carrier_of(story("Talks failing", "Nothing of note.", "The talk failed."), 0) == 1


def test_a_heading_carries_no_point() -> None:
    heading = Block(kind="heading", text="Talks in Doha fail")
    assert carrier_of(story("Talks in Doha fail", heading, "In Doha, talks have failed."), 0) == 1


def test_of_paragraphs_that_say_the_same_the_first_is_meant() -> None:
    assert carrier_of(story("Talks fail", "Talks fail.", "Talks fail."), 0) == 0


@pytest.mark.parametrize("blocks", [(), ("Something else altogether.",), ("…",)])
def test_a_point_that_no_paragraph_carries_has_none(blocks: tuple[str, ...]) -> None:
    assert carrier_of(story("Talks in Doha fail", *blocks), 0) is None


def test_a_point_without_words_is_carried_by_none() -> None:
    assert carrier_of(story("…", "Talks fail."), 0) is None
