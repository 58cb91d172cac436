"""A line to type into, whatever is pasted there."""

from __future__ import annotations

from textual.widgets import Input

from index.cleaning import mask


class TextLine(Input):
    """Textual's input draws what it holds as it is; this one holds nothing but text."""

    def validate_value(self, value: str) -> str:
        """Replace control characters and the like, which a paste may bring."""
        return mask(value)
