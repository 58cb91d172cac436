"""The five sample articles are understood exactly."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from index.intake import parse

if TYPE_CHECKING:
    from index.article import Article

SEEDS = Path(__file__).parents[2] / "seeds"


class Expected(NamedTuple):
    name: str
    title: str
    title_from: str = "article"
    published: dt.date | None = None
    place: str | None = None
    points_heading: str | None = None
    points: int = 0
    headings: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()


DATE_LINE = ["Thu", "Oct", "09", "2025"]
SHARE_BAR = "icon-facebook icon-twitter icon-whatsapp"

TEASER = (
    "Interior Minister, British HC and US envoy discuss security, counterterrorism, and regional "
    "cooperation Naqvi vows to enhance institutional capacity, align internal reforms with..."
)

EXPECTED = (
    Expected(
        "000_4c9dddd6e8bfeeba.txt",
        "Pakistan Urges Taliban to Dismantle Terror Sanctuaries in Afghanistan",
        published=dt.date(2025, 10, 9),
        place="ISLAMABAD",
        points_heading="KEY POINTS",
        points=3,
        headings=(
            "Regional powers seek terror-free Afghanistan",
            "Pakistan’s position and expectations",
            "Regional consensus against ‘external interference’",
        ),
        furniture=(SHARE_BAR, SHARE_BAR),
    ),
    Expected(
        "001_7b93e422840d09a1.txt",
        "Pakistan has once again called on the Afghan Taliban to take concrete steps against "
        "terrorist groups operating from Afghanistan.",
        title_from="first sentence",
    ),
    Expected(
        "002_28a0d40d936aa6f4.txt",
        "Pakistan delivers ‘final warning’ to Afghan Taliban over cross-border terrorism",
        place="ISLAMABAD",
        points=4,
        headings=("Earlier round of talks in Doha", "Border clashes and escalation"),
        furniture=(
            "1 COMMENT",
            "LEAVE A REPLY",
            "Please enter your comment!",
            "Please enter your name here",
            "Must Read",
            "Naqvi reinforces Pakistan’s counterterror, security ties with UK and US",
            TEASER,
        ),
    ),
    Expected(
        "003_db951cadb51a7fc6.txt",
        "Pakistan Delivers Firm Message to Afghan Taliban: No Tolerance for Terror Sanctuaries",
        furniture=("Scroll to Top",),
    ),
    Expected(
        "004_5f40c640f945100d.txt",
        "Pakistan has issued a stern warning to the Taliban, stating that Islamabad will take all "
        "necessary defensive measures to safeguard its citizens if Kabul fails",
        title_from="first sentence",
        headings=("Pak-Aghan tensions",),
    ),
)


def read_seed(name: str) -> tuple[str, Article]:
    path = SEEDS / name
    return path.read_text(encoding="utf-8"), parse(path.read_bytes(), str(path))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.name[:3])
def test_a_seed_is_understood(expected: Expected) -> None:
    _, article = read_seed(expected.name)
    points = article.key_points
    assert article.title == expected.title
    assert article.title_from == expected.title_from
    assert type(article.published) is type(expected.published)
    assert article.published == expected.published
    assert article.place == expected.place
    assert article.source is None
    assert article.url is None
    assert points.origin == ("article" if expected.points else "none")
    assert points.heading == expected.points_heading
    assert len(points.points) == expected.points
    assert [block.text for block in article.blocks if block.kind == "heading"] == list(
        expected.headings
    )
    assert {block.kind for block in article.blocks} <= {"paragraph", "heading"}
    assert article.furniture == expected.furniture


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.name[:3])
def test_no_word_of_a_seed_is_lost(expected: Expected) -> None:
    source, article = read_seed(expected.name)
    made = article.title_from == "first sentence"
    texts = [
        *([] if made else [article.title]),
        article.key_points.heading or "",
        *article.key_points.points,
        *(block.text for block in article.blocks),
        *article.furniture,
    ]
    found = sorted(" ".join(texts).split())
    left_out = ["•"] * expected.points + (DATE_LINE if article.published else [])
    assert sorted(found + left_out) == sorted(source.split())


def test_the_dateline_stays_in_the_body() -> None:
    _, article = read_seed(EXPECTED[0].name)
    assert article.blocks[0].text.startswith("ISLAMABAD: Pakistan’s Defence Minister")


def test_points_come_without_bullets() -> None:
    _, article = read_seed(EXPECTED[2].name)
    assert article.key_points.points[3] == (
        "Islamabad warns of unilateral defensive steps if Kabul fails to curb terror proxies"
    )


def test_a_made_title_leaves_its_sentence_in_the_body() -> None:
    for expected in (EXPECTED[1], EXPECTED[4]):
        _, article = read_seed(expected.name)
        assert article.blocks[0].text.startswith(article.title)
