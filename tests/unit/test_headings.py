"""Headings are told from the other short lines that stand between paragraphs."""

from __future__ import annotations

import pytest

from index.article import Block
from index.intake.headings import mark_headings

PARAGRAPH = Block(
    kind="paragraph",
    text="The ministers met for a second day and agreed on most of what their envoys had prepared, "
    "though not on the date from which the border would be open again.",
)


def kind_of(line: str) -> str:
    return mark_headings((PARAGRAPH, Block(kind="paragraph", text=line), PARAGRAPH))[1].kind


@pytest.mark.parametrize(
    "line",
    [
        "Pak-Aghan tensions",
        "What happens next?",
        "4. The claims about the border",
        "‘External interference’",
        "Readers’ questions",
        "Byelections",
    ],
)
def test_a_short_line_between_paragraphs_is_a_heading(line: str) -> None:
    assert kind_of(line) == "heading"


@pytest.mark.parametrize(
    "line",
    [
        "Enlarge this image toggle caption Alex Wong/Getty Images",
        "Image copyright Chicago Police Image caption The camera on the bridge",
        "US nuclear arsenal controlled by old computers Read more",
        "Related Coverage Japan suggests changes to travel",
        "( WATCH: The president speaks)",
        "Follow @politics",
        "By Jane Doe",
        "Full episode: 19 August www.example.org",
        "He said no.",
    ],
)
def test_captions_credits_and_links_are_no_headings(line: str) -> None:
    assert kind_of(line) == "paragraph"
