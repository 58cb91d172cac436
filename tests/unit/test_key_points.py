"""Key points are found in every form that news sites give them, and lists are left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.intake import parse

TITLE = "Ministers agree to meet again in Istanbul"
BODY = (
    (
        "The ministers met in Istanbul on Sunday and agreed to meet again within a fortnight, an "
        "official said, after talks that had lasted for more than nine hours."
    ),
    (
        "A spokesman for the other side declined to comment on what had been agreed, and said that "
        "a statement would be published later in the week."
    ),
)
POINTS = (
    "One side makes its position known",
    "The other side listens, then declines to comment",
    "Talks go on “within a fortnight”",
)
HEADINGS = (
    "KEY POINTS", "Key points:", "Key takeaways", "Highlights", "Story highlights", "At a glance",
    "In brief", "TL;DR", "What to know", "What we know", "Things to know", "The main points",
    "Main points:", "Key facts", "The essentials", "The bottom line", "Summary", "QUICK READ",
    "In short", "Top line", "Bullet points",
)  # fmt: skip
BULLETS = ("• ", "- ", "– ", "— ", "* ", "▪ ", "● ", "‣ ", "· ", "◦ ", "■ ", "►", "✓ ", " • ")
NUMBERS = ("{}. ", "{}) ", "({}) ")


def story(*parts: str) -> str:
    return "\n\n".join(parts)


def points_of(text: str) -> tuple[str | None, tuple[str, ...]]:
    found = parse(text.encode(), "x").key_points
    return found.heading, found.points


def with_bullets(bullet: str, between: str = "\n") -> str:
    return between.join(bullet + point for point in POINTS)


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings(heading: str) -> None:
    found = points_of(story(TITLE, heading, with_bullets("• "), *BODY))
    assert found == (heading.rstrip(" :"), POINTS)


def test_a_heading_with_a_bullet() -> None:
    assert points_of(story(TITLE, "● Key Takeaways", with_bullets("• "), *BODY)) == (
        "Key Takeaways",
        POINTS,
    )


def test_a_bullet_on_a_line_of_its_own() -> None:
    assert points_of(story(TITLE, "Summary", with_bullets("•\n"), *BODY)) == ("Summary", POINTS)


@pytest.mark.parametrize("bullet", BULLETS)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_bullets(bullet: str, between: str) -> None:
    text = story(TITLE, "KEY POINTS", with_bullets(bullet, between), *BODY)
    assert points_of(text) == ("KEY POINTS", POINTS)


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers(number: str) -> None:
    listed = "\n".join(number.format(n) + point for n, point in enumerate(POINTS, start=1))
    assert points_of(story(TITLE, "Key takeaways", listed, *BODY)) == ("Key takeaways", POINTS)


@pytest.mark.parametrize(
    "text",
    [
        story(TITLE, "KEY POINTS\n" + with_bullets("• "), *BODY),
        f"{TITLE}\nKEY POINTS\n" + with_bullets("• ") + "\n" + "\n".join(BODY),
        story(TITLE, BODY[0], "KEY POINTS", with_bullets("• "), BODY[1]),
        story(TITLE, *BODY, "KEY POINTS", with_bullets("• ")),
        story(TITLE, "KEY POINTS", *POINTS, *BODY),
        story(TITLE, "KEY POINTS", "\n".join(POINTS), *BODY),
    ],
    ids=["touching", "no blank lines", "in the middle", "at the end", "bare", "bare lines"],
)
def test_places_and_spacing(text: str) -> None:
    assert points_of(text) == ("KEY POINTS", POINTS)


def test_points_wrapped_over_lines() -> None:
    listed = (
        "• One side makes its position\n  known\n"
        "• The other side listens, then\n  declines to comment\n"
        "• Talks go on “within a\n  fortnight”"
    )
    assert points_of(story(TITLE, "KEY POINTS", listed, *BODY)) == ("KEY POINTS", POINTS)


def test_heading_and_first_point_on_one_line() -> None:
    text = story(f"Story highlights {POINTS[0]}", *POINTS[1:], *BODY)
    assert points_of(text) == ("Story highlights", POINTS)


@pytest.mark.parametrize("head", [(), ("By Jane Doe",), ("Thu Oct 09 2025", "Facebook Twitter")])
def test_a_bare_list_under_the_title(head: tuple[str, ...]) -> None:
    assert points_of(story(TITLE, *head, with_bullets("• "), *BODY)) == (None, POINTS)


@pytest.mark.parametrize(
    "text",
    [
        story(TITLE, BODY[0], with_bullets("• "), BODY[1]),
        story(TITLE, *BODY, with_bullets("- ")),
        story(TITLE, with_bullets("• ")),
        story(TITLE, "KEY POINTS", with_bullets("• ")),
        story(TITLE, BODY[0], "What we know", BODY[1]),
        story(TITLE, BODY[0], "Summary of the findings", BODY[1]),
        story(TITLE, BODY[0], "Key points of the resolution include:", BODY[1]),
        story(TITLE, *BODY, "KEY POINTS"),
        story("KEY POINTS"),
    ],
    ids=[
        "list in a body", "list at the end", "list alone", "points alone", "heading of a paragraph",
        "heading that begins so", "sentence that begins so", "heading with nothing below",
        "heading alone",
    ],
)  # fmt: skip
def test_no_key_points(text: str) -> None:
    assert points_of(text) == (None, ())


def test_lists_in_a_body_stay() -> None:
    article = parse(story(TITLE, BODY[0], with_bullets("- "), BODY[1]).encode(), "x")
    assert [block.text for block in article.blocks if block.kind == "list_item"] == list(POINTS)


@pytest.mark.skipif("BROADSHEET_CORPORA" not in os.environ, reason="BROADSHEET_CORPORA is not set")
def test_story_highlights_of_real_pages() -> None:
    import gzip
    import json

    path = Path(os.environ["BROADSHEET_CORPORA"], "cnn_story_highlights")
    found = wanted = right = 0
    for file in path.glob("*.jsonl.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                page = json.loads(line)
                got, expected = set(points_of(page["raw"])[1]), set(page["highlights"])
                found, wanted = found + len(got), wanted + len(expected)
                right += len(got & expected)
    assert right >= 0.95 * found
    assert right >= 0.90 * wanted
