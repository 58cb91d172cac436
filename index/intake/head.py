"""Read the head of a story: its title, date, address and source, above the first paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.dateline import read_dateline
from index.intake.dates import read_date_line
from index.key_points import is_heading, opens_key_points
from index.sentences import ends_sentence, first_sentence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from index.article import Block

LONGEST_TITLE = 220
"""Characters of a line that may be a title; a longer one is a paragraph."""

LONGEST_MADE_TITLE = 160
"""Characters of a title made from the first sentence."""

_SENTENCE_SEARCH = 1000
"""Characters in which the first sentence is looked for."""

_HEAD_BLOCKS = 8
"""Blocks among which the lines of the head are looked for."""

_PROSE = 80
"""Characters from which a block that ends as a sentence begins the body."""

_ADDRESS = re.compile(
    r"(?:(?:source|url|link|original|from)\s*:\s*)?(https?://[^\s<>\"]{4,})", re.IGNORECASE
)
_SOURCE = re.compile(r"source\s*:\s+(\S.{1,60})", re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|from|written by|reporting by|story by)\s+\S.{1,80}", re.IGNORECASE)

_MARKS = re.compile(r"#+\s+(?=\S)")


class Head(NamedTuple):
    """What the head of a story says."""

    title: str | None
    published: dt.datetime | dt.date | None
    url: str | None
    source: str | None
    rest: tuple[Block, ...]
    """The blocks without those that are fully told by the fields above."""


def read_head(blocks: Sequence[Block], title: str | None = None) -> Head:
    """Read the head of the story that is made of ``blocks``.

    Where its ``title`` is known from elsewhere, none is looked for.
    """
    known = title
    published: dt.datetime | dt.date | None = None
    url: str | None = None
    source: str | None = None
    rest: list[Block] = []
    body = _start_of_body(blocks)
    for block in blocks[:body]:
        if published is None and (date := read_date_line(block.text)):
            published = date
        elif url is None and (address := _ADDRESS.fullmatch(block.text)):
            url = address[1]
        elif source is None and (named := _SOURCE.fullmatch(block.text)):
            source = named[1]
        elif title is None and not rest and _may_be_title(block):
            title = _unmarked(block.text)
        else:
            rest.append(block)
    rest.extend(blocks[body:])
    if not rest:  # A lone line is a story, not the title of nothing.
        return Head(known, published, url, source, tuple(blocks))
    return Head(title, published, url, source, tuple(rest))


def made_title(blocks: Sequence[Block]) -> str:
    """Return a title for the story of ``blocks``: its first sentence, or as much of it as fits.

    It is always a part of the text, so a title that was cut ends at a word, without an ellipsis.
    """
    prose = (block.text for block in blocks if _is_prose(block))
    other = (block.text for block in blocks if not is_heading(block.text))
    text = _unmarked(next(prose, next(other, blocks[0].text)))
    dateline = read_dateline(text)
    start = dateline.end if dateline else 0
    sentence = first_sentence(text[start : start + _SENTENCE_SEARCH])
    if len(sentence) <= LONGEST_MADE_TITLE:
        return sentence.strip()
    cut = sentence.rfind(" ", LONGEST_MADE_TITLE // 2, LONGEST_MADE_TITLE + 1)
    return sentence[: cut if cut > 0 else LONGEST_MADE_TITLE].rstrip(" ,;:–—-")


def _unmarked(title: str) -> str:
    """Leave out the marks that make a line a heading in Markdown."""
    return _MARKS.sub("", title)


def _start_of_body(blocks: Sequence[Block]) -> int:
    for place, block in enumerate(blocks[:_HEAD_BLOCKS]):
        if block.kind != "paragraph" or _is_prose(block) or opens_key_points(block.text):
            return place
    return min(len(blocks), _HEAD_BLOCKS)


def _is_prose(block: Block) -> bool:
    long = len(block.text) > LONGEST_TITLE
    return long or (len(block.text) >= _PROSE and ends_sentence(block.text))


def _may_be_title(block: Block) -> bool:
    text = block.text
    if len(text) > LONGEST_TITLE or not any(character.isalnum() for character in text):
        return False
    if _BYLINE.fullmatch(text) or read_dateline(text):
        return False
    return not ends_sentence(text) or text.rstrip("\"'”’»)").endswith(("?", "!"))
