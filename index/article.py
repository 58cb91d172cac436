"""An article as everything after intake knows it: frozen, and one text for all uses.

The strings in an :class:`Article` are plain text. Exactly these strings are indexed, searched for
match spans and drawn, so an offset found in one place is right in all the others.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from hashlib import blake2b
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from index.scripts import count_words

BlockKind = Literal["paragraph", "heading", "list_item", "quote"]
PassageField = Literal["title", "points", "headings", "body"]

ID_LENGTH = 10
"""Characters of an article's id: 50 bits, so that two among a million are unlikely to agree."""

_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that reads like a digit, safe in shells and file names."""


_AS_DIGITS = str.maketrans("ilo", "110")
"""Letters that are none of the alphabet, and the digits that they were read for."""


class Frozen(BaseModel):
    """Base of all values that travel between rooms: immutable, and strict about their fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(Frozen):
    """A stretch of a block's text that leads to an address."""

    start: int
    end: int
    """Characters of the text: from ``start`` to before ``end``."""

    url: str
    """http or https, absolute."""


class Block(Frozen):
    """One paragraph, heading, list item or quotation of a body, without its bullet or markup."""

    kind: BlockKind
    text: str
    links: tuple[Link, ...] = ()


class KeyPoints(Frozen):
    """The bullet summary that a news site put on a story, or its absence."""

    origin: Literal["article", "none"] = Field(default="none", serialization_alias="from")
    """``article``: the story carries these points; ``none``: it has no key points."""

    heading: str | None = None
    """The heading as the site wrote it, or None for a bare list."""

    points: tuple[str, ...] = ()


class Passage(NamedTuple):
    """A stretch of an article that is searched and drawn as one string."""

    field: PassageField
    text: str


class Position(NamedTuple):
    """A place in an article where a reader was: in which of its passages, and where in it."""

    passage: int
    offset: int
    part: float
    """How much of the article had been in view, from 0 to 1."""


class Article(Frozen):
    """One news story, parsed."""

    id: str
    title: str
    title_from: Literal["article", "first sentence"] = "article"
    published: dt.datetime | dt.date | None = None
    place: str | None = None
    """Where the story was filed, from its dateline, as written: ``ISLAMABAD``."""

    source: str | None = None
    """Who published it."""

    authors: tuple[str, ...] = ()
    language: str | None = None
    """The language as the page or feed says, as in BCP 47: ``en``, ``pt-BR``."""

    url: str | None = None
    is_teaser: bool = False
    """The feed gave the beginning of the story alone; the whole is at the address."""

    origin: str
    """The path or address the article came from."""

    key_points: KeyPoints = KeyPoints()
    blocks: tuple[Block, ...] = ()
    furniture: tuple[str, ...] = ()
    """Lines of the page that are not the article: kept, told by ``show --json``, not searched."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The article's text in reading order: the title, the key points, the blocks."""
        return (
            Passage("title", self.title),
            *(Passage("points", point) for point in self.key_points.points),
            *(
                Passage("headings" if block.kind == "heading" else "body", block.text)
                for block in self.blocks
            ),
        )

    @cached_property
    def words(self) -> int:
        """The number of words of the body and its headings."""
        return sum(count_words(block.text) for block in self.blocks)


def article_id(origin: str) -> str:
    """Return the id of the article that comes from ``origin``: the same on every machine and day.

    It depends on the origin alone, so an article keeps its id, and with it the reader's marks,
    when its text changes.
    """
    number = int.from_bytes(blake2b(origin.encode("utf-8", "surrogateescape")).digest()[:8])
    digits = []
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, 32)
        digits.append(_ID_ALPHABET[digit])
    return "".join(digits)


def as_id(typed: str) -> str:
    """Return an id, or the beginning of one, as it is written from how somebody typed it."""
    return typed.strip().lower().translate(_AS_DIGITS)
