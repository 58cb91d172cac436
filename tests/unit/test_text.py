"""Plain texts of every shape become articles."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableError
from index.intake import parse
from index.intake.files import MOST_BLOCKS

if TYPE_CHECKING:
    from index.article import BlockKind

TITLE = "Ministers agree to meet again in Istanbul"
FIRST = (
    "The ministers met in Istanbul on Sunday and agreed to meet again within a fortnight, an "
    "official said, after talks that had lasted for more than nine hours."
)
SECOND = (
    "A spokesman for the other side declined to comment on what had been agreed, and said that a "
    "statement would be published later in the week."
)
WRAPPED = """\
STANDARD OIL <SRD> TO FORM FINANCIAL UNIT
CLEVELAND, Feb 26 - Standard Oil Co and BP North America
Inc said they plan to form a venture to manage the money market
borrowing and investment activities of both companies.
    BP North America is a subsidiary of British Petroleum Co
Plc <BP>, which also owns a 55 pct interest in Standard Oil.
    The venture will be called BP/Standard Financial Trading
and will be operated by Standard Oil under the oversight of a
joint management committee.
"""


def blocks_of(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in parse(text.encode(), "x").blocks]


def texts_of(text: str) -> list[str]:
    return [text for _, text in blocks_of(text)]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\r", "\n\n\n\n", "  \n \n"])
def test_paragraphs(between: str) -> None:
    article = parse(between.join((TITLE, FIRST, SECOND)).encode(), "x")
    assert article.title == TITLE
    assert [block.text for block in article.blocks] == [FIRST, SECOND]


def test_wrapped_lines_are_joined() -> None:
    article = parse(WRAPPED.encode(), "x")
    assert article.title == "STANDARD OIL <SRD> TO FORM FINANCIAL UNIT"
    assert article.place == "CLEVELAND"
    assert [block.text.split()[0] for block in article.blocks] == ["CLEVELAND,", "BP", "The"]
    assert article.blocks[2].text.endswith("oversight of a joint management committee.")


def test_wrapped_lines_with_blank_lines_between_paragraphs() -> None:
    text = "\n\n".join(textwrap.fill(part, 70) for part in (TITLE, FIRST, SECOND, FIRST))
    assert texts_of(text) == [FIRST, SECOND, FIRST]


def test_headings() -> None:
    text = "\n".join((TITLE, FIRST, "What happens next?", SECOND, "Pak-Afghan tensions", FIRST))
    assert [text for kind, text in blocks_of(text) if kind == "heading"] == [
        "What happens next?",
        "Pak-Afghan tensions",
    ]


@pytest.mark.parametrize("line", ["A full sentence.", "in lower case", "A list:", "— a signature,"])
def test_lines_that_are_no_headings(line: str) -> None:
    text = "\n\n".join((TITLE, FIRST, line, SECOND))
    assert all(kind == "paragraph" for kind, _ in blocks_of(text))


def test_lists_and_quotes() -> None:
    text = f"{TITLE}\n\n{FIRST}\n\n- one\n- two\n\n> They said so.\n\n— a dash alone\n\n{SECOND}"
    assert blocks_of(text)[1:5] == [
        ("list_item", "one"),
        ("list_item", "two"),
        ("quote", "They said so."),
        ("paragraph", "— a dash alone"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        (TITLE, "Thu Oct 09 2025"),
        ("Thu Oct 09 2025", TITLE),
        (TITLE, "By Jane Doe", "Published: 9 October 2025"),
        (TITLE, "Share this", "2025-10-09", "https://news.example/story"),
    ],
)
def test_the_head(head: tuple[str, ...]) -> None:
    article = parse("\n\n".join((*head, FIRST, SECOND)).encode(), "x")
    assert article.title == TITLE
    assert article.published == dt.date(2025, 10, 9)


@pytest.mark.parametrize(
    ("line", "title"),
    [("# Five articles", "Five articles"), ("### A", "A"), ("#1 in town", "#1 in town")],
)
def test_the_marks_of_a_heading_are_no_part_of_a_title(line: str, title: str) -> None:
    article = parse(f"{line}\n\n{FIRST}\n\n## Next\n\n{SECOND}".encode(), "x")
    assert article.title == title
    assert "## Next" in [block.text for block in article.blocks]
    assert parse(line.encode(), "x").title == title


def test_address_and_source() -> None:
    text = f"{TITLE}\n\nSource: The Example\n\nURL: https://news.example/a?b=c\n\n{FIRST}"
    article = parse(text.encode(), "x")
    assert (article.source, article.url) == ("The Example", "https://news.example/a?b=c")
    assert [block.text for block in article.blocks] == [FIRST]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b"])
def test_other_addresses_are_text(url: str) -> None:
    article = parse(f"{TITLE}\n\n{url}\n\n{FIRST}".encode(), "x")
    assert article.url is None
    assert article.blocks[0].text == url


@pytest.mark.parametrize("text", [TITLE, "Advertisement", "9 October 2025", "•", "?", FIRST])
def test_a_lone_line_is_a_story(text: str) -> None:
    article = parse(text.encode(), "x")
    assert [block.text for block in article.blocks] == [text]
    assert article.title_from == "first sentence"


@pytest.mark.parametrize(
    "raw", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\x01\x02", "\u202e\u200b".encode()]
)
def test_nothing_to_read(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^x: is empty$"):
        parse(raw, "x")


def test_a_made_title_leaves_the_dateline_out() -> None:
    article = parse(f"WASHINGTON (AP) — {FIRST}\n{SECOND}".encode(), "x")
    assert article.title_from == "first sentence"
    assert FIRST.startswith(article.title)
    assert article.place == "WASHINGTON"


def test_speakers_are_not_places() -> None:
    text = f"{TITLE}\n\nBLITZER: {FIRST}\n\nTAPPER: {SECOND}\n\nBLITZER: {FIRST}"
    assert parse(text.encode(), "x").place is None


def test_terminal_commands_are_taken_out() -> None:
    article = parse(f"\x1b[1m{TITLE}\x1b[0m\n\n\x1b]0;gotcha\x07{FIRST}".encode(), "x")
    assert article.title == TITLE
    assert article.blocks[0].text == FIRST


def test_what_has_more_paragraphs_than_a_book_is_no_article() -> None:
    assert len(parse(b"A word.\n\n" * MOST_BLOCKS, "x").blocks) > 1
    with pytest.raises(UnreadableError, match="more than 100,000 paragraphs"):
        parse(b"A word.\n\n" * (MOST_BLOCKS + 1), "x")
