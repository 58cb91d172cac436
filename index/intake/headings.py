"""Tell the headings of a body, which a text does not mark, from its paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.article import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_HEADING = 100
"""Characters of a heading, at most."""

MOST_WORDS = 14

_SHORTEST_PARAGRAPH = 100
"""Characters of a paragraph that may stand beside a heading."""

_NO_HEADING = re.compile(
    # captions and credits of pictures
    r"\b(?:getty images|ap photo|afp|reuters)\s*$|toggle caption|\bphoto by\b"
    r"|^(?:image|photo|media) (?:copyright|caption|credit)"
    # links to other pages, and handles
    r"|\bread more$|^related (?:coverage|stor|article)|^\(|\bwww\.|\bhttps?:|^follow @|^by [A-Z]",
    re.IGNORECASE,
)
"""What stands alone on a line between paragraphs as a heading does, and is none."""

_NO_HEADING_END = tuple(".,;:!…-–—")
_OPENING = "\"'“‘«([¿¡$£€#"
_CLOSING = "\"'”’»)"


def mark_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return ``blocks`` with the kind of each heading set.

    A heading is a short line without a full stop that stands between longer paragraphs.
    """
    return tuple(
        Block(kind="heading", text=block.text) if _is_heading(blocks, place) else block
        for place, block in enumerate(blocks)
    )


def _is_heading(blocks: Sequence[Block], place: int) -> bool:
    block = blocks[place]
    if not 0 < place < len(blocks) - 1 or not _may_be_heading(block):
        return False
    before, after = blocks[place - 1], blocks[place + 1]
    return _parts(before, block) and _parts(after, block)


def _parts(neighbour: Block, heading: Block) -> bool:
    """Whether a heading may stand beside ``neighbour``: a list, a quote or a real paragraph."""
    return neighbour.kind != "paragraph" or len(neighbour.text) > max(
        _SHORTEST_PARAGRAPH, len(heading.text)
    )


def _may_be_heading(block: Block) -> bool:
    text = block.text
    return (
        block.kind == "paragraph"
        and len(text) <= LONGEST_HEADING
        and len(text.split()) <= MOST_WORDS
        and not text.rstrip(_CLOSING).endswith(_NO_HEADING_END)
        and _opens_heading(text[0])
        and any(character.isalpha() for character in text)
        and not _NO_HEADING.search(text)
    )


def _opens_heading(character: str) -> bool:
    return (character.isalnum() and not character.islower()) or character in _OPENING
