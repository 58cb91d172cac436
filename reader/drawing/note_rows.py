"""How a highlight is drawn in a list, as lines of styled runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.cleaning import mask
from reader.drawing.annotated import LOST, NOTE_SIGN
from reader.drawing.render import MARGIN
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten, wrap
from reader.wording import ago, joined, quoted

if TYPE_CHECKING:
    import datetime as dt

    from index.highlights import Noted


def note_rows(noted: Noted, width: int, height: int, now: dt.datetime) -> list[list[Run]]:
    """Draw a highlight on ``height`` lines: its words, the note on it, where it is from.

    The cursor's bar is left to whoever shows it.
    """
    room = max(1, width - MARGIN)
    highlight = noted.highlight
    lost = "" if noted.span else LOST
    quote = lost + quoted(highlight.anchor.quote)
    from_ = joined([noted.title, noted.source, ago(highlight.made, now)])
    below = [("noted-summary", from_)]
    if highlight.note:
        below.insert(0, ("noted-note", NOTE_SIGN + highlight.note))
    look = "noted-lost" if lost else "noted-quote"
    lines = [(look, line) for line in _filled(quote, room, max(1, height - len(below)))]
    lines += [(look, shorten(said, room)) for look, said in below]
    return [[Run("  ", "noted-summary"), Run(mask(said), look)] for look, said in lines[:height]]


def _filled(text: str, width: int, height: int) -> list[str]:
    """Break a text into at most so many lines; the last one says that it goes on."""
    lines = wrap(text, width)
    shown = [text[start:end] for start, end in lines[:height]]
    if len(lines) > height:
        start = lines[height - 1][0]
        shown[-1] = shorten(text[start:], width)
    return shown
