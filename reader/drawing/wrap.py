"""Lines out of a paragraph: where to break a text so that it fits a number of terminal cells."""

from __future__ import annotations

import re

from rich.cells import cell_len, split_graphemes

_ONE_CELL_EACH = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u21ff]*"
)
"""Characters that take one cell in every terminal: most news is made of nothing else.

``str.isascii`` would not do: curly quotes are everywhere.
"""


def is_one_cell_each(text: str) -> bool:
    """Tell whether a text is as many cells wide as it has characters, in every terminal."""
    return _ONE_CELL_EACH.fullmatch(text) is not None


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Break ``text`` into lines of at most ``width`` cells.

    Returns the offsets of each line's first character and behind its last. Breaks come at spaces
    (which belong to no line) and behind em dashes, and inside a word only where it is wider than a
    whole line. An empty text is one empty line.
    """
    width = max(1, width)
    if is_one_cell_each(text):
        return _wrap_narrow(text, width)
    return _wrap_any(text, width)


def shorten(text: str, width: int) -> str:
    """Cut ``text`` to at most ``width`` cells, with an ellipsis where something was cut."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    start, end = _wrap_any(text.replace(" ", "\u00a0"), width - 1)[0]
    kept = text[start:end].rstrip()
    return (kept if cell_len(kept) < width else "") + "…"


def _wrap_narrow(text: str, width: int) -> list[tuple[int, int]]:
    lines = []
    start, length = 0, len(text)
    while length - start > width:
        limit = start + width
        end = max(text.rfind(" ", start, limit + 1), text.rfind("—", start, limit) + 1)
        if end <= start:
            end = limit
        lines.append((start, end))
        start = _skip_spaces(text, end)
    if start < length or not lines:
        lines.append((start, length))
    return lines


def _wrap_any(text: str, width: int) -> list[tuple[int, int]]:
    lines = []
    start = used = 0
    break_at = -1
    for position, behind, cells in split_graphemes(text)[0]:
        if position < start:
            continue
        # Twice where what is left of the line behind its break is too wide, too.
        while used + cells > width and position > start:
            good = text[position] != " " and break_at > start
            end = break_at if good else position
            lines.append((start, end))
            start = _skip_spaces(text, end)
            used, break_at = cell_len(text[start:position]), -1
        if position < start:
            continue
        used += cells
        if text[position] == " ":
            break_at = position
        elif text[position] == "—":
            break_at = behind
    if start < len(text) or not lines:
        lines.append((start, len(text)))
    return lines


def _skip_spaces(text: str, position: int) -> int:
    while position < len(text) and text[position] == " ":
        position += 1
    return position
