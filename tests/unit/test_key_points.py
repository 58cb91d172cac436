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
SENTENCES = (
    "Taxes go up.",
    "Roads are built from next spring on, the minister says.",
    "The opposition is against it all.",
)
LONG_BODY = tuple(f"{one} It was not said when." for one in (" ".join(BODY), *BODY))
HEADINGS = (
    "KEY POINTS", "Key points:", "Key takeaways", "Highlights", "Story highlights", "At a glance",
    "In brief", "TL;DR", "What to know", "What we know", "Things to know", "The main points",
    "Main points:", "Key facts", "The essentials", "The bottom line", "Summary", "QUICK READ",
    "In short", "Top line", "Bullet points", "The gist", "Why it matters", "In a nutshell",
    "What we know so far", "Here’s what to know", "Fast facts", "The short version",
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


@pytest.mark.parametrize("heading", ["KEY POINTS", "Key takeaways:", "Highlights", "TL;DR"])
@pytest.mark.parametrize(
    "text",
    [
        story(TITLE, "{}\n" + "\n".join(SENTENCES), *BODY),
        story(TITLE, "{}\n" + "\n".join(SENTENCES), "He spoke.", "She left.", *BODY),
        story(TITLE, *BODY, "{}\n" + "\n".join(SENTENCES)),
        story(TITLE, "{}", "\n".join(SENTENCES), *LONG_BODY),
        story(TITLE, "{}", *SENTENCES, *LONG_BODY),
        "\n".join((TITLE, "{}", *SENTENCES, *LONG_BODY)),
        story(TITLE, *LONG_BODY, "{}", *SENTENCES),
    ],
    ids=[
        "touching", "touching before short paragraphs", "touching at the end", "lines below",
        "paragraphs", "no blank lines", "paragraphs at the end",
    ],
)  # fmt: skip
def test_sentences_under_an_unmistakable_heading(heading: str, text: str) -> None:
    assert points_of(text.format(heading)) == (heading.rstrip(" :"), SENTENCES)


@pytest.mark.parametrize("opening", ["TL;DR: ", "tldr – ", "Key takeaways: "])
def test_a_heading_and_a_sentence_on_one_line(opening: str) -> None:
    text = story(TITLE, f"{opening}taxes go up, and roads are built.", *BODY)
    assert points_of(text) == (opening[:-2].strip(), ("taxes go up, and roads are built.",))


def test_one_sentence_is_enough_of_what_was_too_long_to_read() -> None:
    text = story(TITLE, "TL;DR", SENTENCES[0], *LONG_BODY)
    assert points_of(text) == ("TL;DR", SENTENCES[:1])


@pytest.mark.parametrize(
    "text",
    [
        story(TITLE, "KEY POINTS", *SENTENCES, *SENTENCES[::-1], SENTENCES[1]),
        story(TITLE, "KEY POINTS", *(f"{one} {one}" for one in SENTENCES), BODY[0], *SENTENCES),
        story(TITLE, "KEY POINTS", *SENTENCES, *SENTENCES, *SENTENCES, *LONG_BODY),
        story(TITLE, BODY[0], "What we know", *SENTENCES, *LONG_BODY),
        "\n".join((TITLE, "KEY POINTS", *SENTENCES, *SENTENCES)),
        story(TITLE, "Highlights\nHe had waited for the\nmoment all his life.\nIt came.", BODY[0]),
    ],
    ids=[
        "all paragraphs are short", "short paragraphs further on", "too many",
        "a heading of paragraphs", "no blank lines and all short", "a wrapped paragraph",
    ],
)  # fmt: skip
def test_sentences_that_may_be_the_body_stay(text: str) -> None:
    assert points_of(text) == (None, ())


def test_a_body_of_short_paragraphs_is_not_swallowed_with_the_points() -> None:
    body = (BODY[0][:120] + ".", BODY[1][:130] + ".", *LONG_BODY)
    article = parse(story(TITLE, "KEY POINTS", *SENTENCES, *body).encode(), "x")
    assert article.key_points.points in ((), SENTENCES)
    assert [block.text for block in article.blocks][-len(body) :] == list(body)


def test_bullets_wrapped_without_an_indent() -> None:
    text = story(
        TITLE, "KEY POINTS\n• One thing is this\nand wraps over two lines\n• Two\n• Three", *BODY
    )
    assert points_of(text)[1] == ("One thing is this and wraps over two lines", "Two", "Three")


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
        story("Recipe for bread", "1. Mix the flour\n2. Bake it", *BODY),
        story(TITLE, "By Jane Doe", "(1) Mix the flour\n\n(2) Bake it", *BODY),
    ],
    ids=[
        "list in a body", "list at the end", "list alone", "points alone", "heading of a paragraph",
        "heading that begins so", "sentence that begins so", "heading with nothing below",
        "heading alone", "numbers without a heading", "numbers below a byline",
    ],
)  # fmt: skip
def test_no_key_points(text: str) -> None:
    assert points_of(text) == (None, ())


def test_lists_in_a_body_stay() -> None:
    article = parse(story(TITLE, BODY[0], with_bullets("- "), BODY[1]).encode(), "x")
    assert [block.text for block in article.blocks if block.kind == "list_item"] == list(POINTS)


def test_a_numbered_list_without_a_heading_stays_a_list() -> None:
    text = story("Recipe for bread", "1. Mix the flour\n2. Bake it", *BODY)
    kinds = [(block.kind, block.text) for block in parse(text.encode(), "x").blocks]
    assert kinds[:2] == [("list_item", "Mix the flour"), ("list_item", "Bake it")]


def test_the_title_of_nothing_but_points_is_the_first_one() -> None:
    article = parse(b"KEY POINTS\n\xe2\x80\xa2 Taxes go up\n\xe2\x80\xa2 Roads", "x")
    assert (article.title, article.title_from) == ("Taxes go up", "first sentence")


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
