"""What the reader noted on an article, between and on its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.cleaning import mask
from reader.drawing.layout import Row
from reader.drawing.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.drawing.layout import Layout, Look


class Annotations(NamedTuple):
    """What the reader noted on an article, to be drawn with it."""

    tags: tuple[str, ...] = ()


NO_ANNOTATIONS = Annotations()


def annotated(layout: Layout, noted: Annotations) -> Layout:
    """Put what was noted on lines of its own: the tags below the byline.

    These lines are decoration, at the end of the text that they stand behind: no character of an
    article is on them.
    """
    if not noted.tags:
        return layout
    tags = "  ".join(f"#{tag}" for tag in noted.tags)
    end = max(number for number, row in enumerate(layout.rows) if row.look == "byline")
    added = _lines("tags", tags, layout.rows[end], layout.width)
    rows = (*layout.rows[: end + 1], *added, *layout.rows[end + 1 :])
    return layout._replace(rows=rows)


def _lines(look: Look, said: str, behind: Row, width: int) -> Iterator[Row]:
    """Break what was noted into lines."""
    said = mask(said)
    for start, end in wrap(said, width):
        yield Row(look, behind.text, behind.end, behind.end, said[start:end])
