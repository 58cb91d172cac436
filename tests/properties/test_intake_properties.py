"""Whatever comes in, an article comes out whole, or the input is refused in one known way."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from index.article import article_id
from index.cleaning import clean, clean_lines
from index.errors import UnreadableError
from index.intake import parse
from index.intake.dates import read_date_line
from index.intake.lines import to_blocks

if TYPE_CHECKING:
    from index.article import Article

SENTENCES = (
    "The ministers met in Istanbul on Sunday and agreed to meet again within a fortnight.",
    "Officials said the talks, mediated by Qatar, had lasted for more than nine hours.",
    "“We will not accept this,” the spokesman said.The other side declined to comment.",
    "She arrived at 2:30 p.m. in the U.S. capital, according to Mr. Smith.",
    "ISLAMABAD: The government has conveyed its final position to the delegation on Friday.",
    "WASHINGTON (AP) — The Senate voted late on Tuesday to begin its debate on the measure.",
)
LINES = (
    "", "", "  ", "KEY POINTS", "Key takeaways:", "Story highlights Leaders meet at last",
    "• One side makes its position known", "- A dash begins this line", "1. First of all", "•",
    "2) Then the second", "> Quoted words", "Thu Oct 09 2025", "Published: 9 October 2025",
    "By Jane Doe", "Ministers agree to meet again", "Background of the talks", "Advertisement",
    "Share on Facebook", "icon-facebook icon-twitter", "Facebook", "Must Read", "1 COMMENT",
    "LEAVE A REPLY", "Scroll to Top", "Home", "Search", "Menu", "Log In", "Contact Us", "Privacy",
    "Read more: Another story altogether", "https://news.example/story", "Source: The Example",
    "    indented line of some length that goes on", "wrapped and going on in lower case",
    "© 2025 The Example. All rights reserved.", "TL;DR", "\x1b[31mred\x1b[0m and \u202ereversed",
)  # fmt: skip

pages = st.lists(st.sampled_from(SENTENCES + LINES), min_size=1, max_size=60).map("\n".join)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
sources = st.one_of(texts, pages, st.lists(st.one_of(texts, pages), max_size=4).map("\n\n".join))

WORD = re.compile(r"\w+")


def parsed(source: str) -> Article | None:
    """Parse ``source``, or return None where nothing of it can be seen."""
    try:
        return parse(source.encode(), "somewhere")
    except UnreadableError:
        return None


def flat(text: str) -> str:
    return " ".join(text.split())


def texts_of(article: Article) -> list[str]:
    points = article.key_points
    return [
        article.title,
        points.heading or "",
        *points.points,
        *(block.text for block in article.blocks),
        *article.furniture,
        article.url or "",
        article.source or "",
    ]


def stand_in_order(parts: tuple[str, ...], source: str) -> bool:
    """Whether ``parts`` follow one another in ``source``, whatever stands between them."""
    place = 0
    for part in parts:
        place = source.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def is_marker(line: str) -> bool:
    """Whether a word may be missing because it is the number of a list."""
    return bool(re.match(r"\s*\(?\d{1,2}[.)]\s", line))


@given(sources)
def test_every_text_is_in_the_source_in_order(source: str) -> None:
    article = parsed(source)
    if article is None:
        return
    cleaned = clean_lines(source.replace("\r\n", "\n").replace("\r", "\n"))
    unquoted = flat(re.sub(r"(?m)^\s*(?:>[>\s]*|[-•*]\s+|\(?\d{1,2}[.)]\s+)", "", cleaned))
    for reading in ([block.text for block in article.blocks], article.key_points.points):
        parts = tuple(flat(text) for text in reading)
        if not stand_in_order(parts, flat(cleaned)):
            assert stand_in_order(tuple(unmarked(part) for part in parts), unquoted)
    assert article.title in unquoted or flat(article.title) in flat(cleaned)


def unmarked(text: str) -> str:
    return re.sub(r"^(?:>[>\s]*|[-•*]\s+|\(?\d{1,2}[.)]\s+)", "", text)


@given(sources)
def test_no_word_is_lost(source: str) -> None:
    article = parsed(source)
    if article is None:
        return
    cleaned = clean_lines(source.replace("\r\n", "\n").replace("\r", "\n"))
    expected: Counter[str] = Counter()
    for line in cleaned.split("\n"):
        if read_date_line(line.strip()) is None and not is_marker(line):
            expected.update(WORD.findall(line))
    found = Counter(word for text in texts_of(article) for word in WORD.findall(text))
    # A key point that the page repeats is told once.
    told_once = {word for point in article.key_points.points for word in WORD.findall(point)}
    assert not set(expected - found) - told_once - {"Source"}


def test_a_key_point_that_is_repeated_is_told_once() -> None:
    article = parsed(
        "A title\n\nThe body of it.\n\nKEY POINTS\n• One thing\n• One thing\n• Another"
    )
    assert article is not None
    assert article.key_points.points == ("One thing", "Another")


@given(sources)
def test_there_is_always_a_title_and_a_body(source: str) -> None:
    article = parsed(source)
    if article is None:
        assert not to_blocks(clean_lines(source)) or "\x00" in source or is_mostly_control(source)
        return
    assert article.title.strip()
    assert article.blocks
    assert all(block.text == block.text.strip() != "" for block in article.blocks)
    assert article.id == article_id("somewhere")
    assert (article.key_points.origin == "article") == bool(article.key_points.points)


def is_mostly_control(source: str) -> bool:
    visible = [character for character in source if character not in " \t\n\r\f\v"]
    control = sum(unicodedata.category(character) == "Cc" for character in visible)
    return control * 4 >= len(visible) or source.startswith(("BZh", "%PDF-", "{\\rtf", "PK"))


@given(sources)
def test_parsing_is_a_function(source: str) -> None:
    assert parsed(source) == parsed(source)


@given(st.binary(max_size=300) | st.binary(max_size=40).map(lambda raw: b"\xff\xfe" + raw))
def test_any_bytes_are_an_article_or_unreadable(raw: bytes) -> None:
    try:
        article = parse(raw, "somewhere")
    except UnreadableError:
        return
    for text in texts_of(article):
        assert clean(text) == text


hostile = st.text(
    st.sampled_from("a b\n\r\t\x1b[]()0;1mP^_X\\\x07\x9b\x9c\x9d\x00\u202e\u2028\ufeff\xad")
)


@given(st.text() | hostile)
def test_cleaning_leaves_nothing_dangerous_and_is_idempotent(text: str) -> None:
    for cleaned, kept in ((clean(text), ""), (clean_lines(text), "\n")):
        for character in cleaned:
            assert character in kept + "\u200c\u200d\u200e\u200f" or unicodedata.category(
                character
            ) not in {"Cc", "Cs", "Zl", "Zp"}
            assert unicodedata.bidirectional(character) not in {
                "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
            }  # fmt: skip
            assert not "\U000e0000" <= character <= "\U000e0fff"
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(
    st.text(st.characters(categories=["L", "M", "N", "P", "S"], max_codepoint=0xDFFF), max_size=80)
)
def test_cleaning_leaves_ordinary_text_alone(text: str) -> None:
    assert clean(text) == text


@given(st.lists(st.text("abc .", min_size=1), min_size=2))
def test_cleaning_keeps_the_lines_apart(lines: list[str]) -> None:
    for first, second in pairwise(lines):
        assert clean_lines(f"{first}\n{second}").split("\n") == [first, second]
