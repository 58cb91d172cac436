"""Articles and hits as lines of styled runs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from index.article import Article, Block
from index.results import Excerpt, Hit, Spans
from reader.drawing.layout import Row, lay_out
from reader.drawing.render import MARGIN, article_row, hit_rows, match_marks, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.drawing.runs import Run

LONG = "words " * 60 + "and then the ceasefire was agreed upon " + "more words " * 30


def hit(
    text: str = "An excerpt with a match in it",
    spans: Spans = ((18, 23),),
    title: str = "A title",
    points: tuple[str, ...] = (),
    *,
    leads: bool = False,
) -> Hit:
    return Hit(
        id="0",
        title=title,
        title_spans=((2, 7),) if title == "A title" else (),
        source="Dawn",
        published=dt.date(2025, 10, 9),
        place="KABUL",
        score=1.0,
        excerpt=Excerpt(field="body", text=text, spans=spans, leads_in=leads, leads_out=leads),
        points=points,
        words=500,
    )


def matched(rows: Sequence[Sequence[Run]]) -> list[str]:
    return [run.text for row in rows for run in row if run.emphasis == "match"]


@pytest.mark.parametrize(
    ("height", "expected"),
    [
        (1, ["A title"]),
        (2, ["A title", "Dawn · 9 Oct 2025 · KABUL · 2 min"]),
        (3, ["A title", "Dawn · 9 Oct 2025 · KABUL · 2 min", "An excerpt with a match in it"]),
        (4, ["A title", "Dawn · 9 Oct 2025 · KABUL · 2 min", "An excerpt with a match in it", ""]),
    ],
)
def test_with_less_height_the_excerpt_goes_first_then_the_summary(
    height: int, expected: list[str]
) -> None:
    rows = hit_rows(hit(), 60, height)
    assert list(plain(rows)) == expected
    assert matched(rows)[:1] == ["title"]


@pytest.mark.parametrize("height", range(3, 8))
@pytest.mark.parametrize("width", range(20, 120, 7))
def test_an_excerpt_shows_its_first_match(width: int, height: int) -> None:
    start = LONG.index("ceasefire")
    rows = hit_rows(hit(LONG, ((start, start + 9),), title="No match"), width, height)
    assert "".join(matched(rows)) == "ceasefire"
    assert all(cell_len(line) <= width - MARGIN for line in plain(rows))


def test_an_excerpt_that_is_a_part_has_ellipses() -> None:
    *_, excerpt, _ = plain(hit_rows(hit("in the middle", ((3, 6),), leads=True), 60, 4))
    assert excerpt == "…in the middle…"


def test_key_points_take_the_place_of_the_excerpt_where_there_are_any() -> None:
    skimmed = hit(points=("The first point", "The second"))
    assert list(plain(hit_rows(skimmed, 60, 6, points=True)))[2:] == [
        "• The first point",
        "• The second",
        "",
        "",
    ]
    assert list(plain(hit_rows(hit(), 60, 6, points=True)))[2] == "An excerpt with a match in it"


def test_a_long_title_ends_in_an_ellipsis_on_its_last_line() -> None:
    rows = list(plain(hit_rows(hit(title="A very long title " * 9), 30, 6)))
    assert rows[1].endswith("…")
    assert not rows[2].startswith("A very")


ARTICLE = Article(
    id="0",
    title="Talks",
    origin="there",
    blocks=(Block(kind="paragraph", text="Talks about a ceasefire go on"),),
)
LAYOUT = lay_out(ARTICLE, 40)
LINE = next(row for row in LAYOUT.rows if row.look == "paragraph")


@pytest.mark.parametrize(
    ("spans", "current", "expected"),
    [
        ((), None, [("Talks about a ceasefire go on", "none")]),
        (
            ((0, 5), (14, 23)),
            (14, 23),
            [
                ("Talks", "match"),
                (" about a ", "none"),
                ("ceasefire", "current"),
                (" go on", "none"),
            ],
        ),
        (((0, 29),), None, [("Talks about a ceasefire go on", "match")]),
    ],
)
def test_a_line_is_cut_at_its_matches(
    spans: Spans, current: tuple[int, int] | None, expected: list[tuple[str, str]]
) -> None:
    runs = article_row(LAYOUT, LINE, spans, current)
    assert [(run.text, run.emphasis) for run in runs] == expected
    assert [run.offset for run in runs] == [ARTICLE.blocks[0].text.index(run.text) for run in runs]


def test_a_match_over_a_line_end_is_lit_on_both_lines() -> None:
    layout = lay_out(ARTICLE, 16)
    lines = [row for row in layout.rows if row.look == "paragraph"]
    spans = ((6, 23),)
    lit = [
        run.text
        for row in lines
        for run in article_row(layout, row, spans, None)
        if run.emphasis == "match"
    ]
    assert lit == ["about a", "ceasefire"]


@pytest.mark.parametrize("text", ["\x1b]2;owned\x07", "a\u202eb", "nul\x00", "\x9b2J"])
def test_what_steers_a_terminal_is_replaced_where_it_is_drawn(text: str) -> None:
    layout = lay_out(ARTICLE, 40)._replace(texts=(text, text, text))
    runs = article_row(layout, Row("paragraph", 2, 0, len(text)), (), None)
    of_hit = [run for row in hit_rows(hit(text, (), title=text), 60, 4) for run in row]
    for run in [*runs, *of_hit]:
        assert run.text.isprintable()


@pytest.mark.parametrize(
    ("rows", "total", "height", "expected"),
    [
        ([], 100, 10, set()),
        ([0, 99], 100, 10, {0, 9}),
        ([0, 1, 2, 50], 100, 10, {0, 5}),
        ([3], 4, 10, {7}),
        ([0], 1, 1, {0}),
        ([5], 10, 0, set()),
        ([5], 0, 10, set()),
    ],
)
def test_marks_of_matches_lie_where_the_scrollbar_would_be(
    rows: list[int], total: int, height: int, expected: set[int]
) -> None:
    assert match_marks(rows, total, height) == expected


def test_where_a_single_character_takes_all_there_is_an_ellipsis_stands_for_it() -> None:
    family = "👨\u200d👩\u200d👧"
    rows = hit_rows(hit(points=(f"a{family}a",)), MARGIN + 4, 5, points=True)
    assert all(cell_len(line) <= 4 for line in plain(rows))
