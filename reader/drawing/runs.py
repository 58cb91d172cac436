"""A run: a stretch of one line in one style, of which all that is drawn is made."""

from __future__ import annotations

from typing import Literal, NamedTuple

Emphasis = Literal["none", "match", "current", "highlight", "highlight-current"]


class Run(NamedTuple):
    """A stretch of one line in one style."""

    text: str
    look: str
    """A line's :data:`~reader.drawing.layout.Look`, or what a stretch of a result is."""

    emphasis: Emphasis = "none"
    offset: int = -1
    """Where the run begins in the text it is from; -1 for decoration."""
