"""The matches of an open article, in reading order, and the reader's place among them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.results import Span, Spans


class Place(NamedTuple):
    """Where a match is: in which text, and where in it."""

    text: int
    span: Span


class Matches:
    """Match spans of an article's texts, with one of them current, or none yet."""

    def __init__(self, spans: Sequence[Spans] = ()) -> None:
        self.spans = tuple(spans)
        self.places = tuple(
            Place(text, span) for text, of_text in enumerate(self.spans) for span in of_text
        )
        self.current: int | None = None

    def __len__(self) -> int:
        return len(self.places)

    @property
    def place(self) -> Place | None:
        """The current match."""
        return None if self.current is None else self.places[self.current]

    def of(self, text: int) -> Spans:
        """Return the matches in one text."""
        return self.spans[text] if text < len(self.spans) else ()

    def move(self, step: int) -> bool:
        """Make the next (1) or previous (-1) match current; tell whether there was one."""
        start = self.current if self.current is not None else (-1 if step > 0 else len(self))
        target = start + step
        if not 0 <= target < len(self):
            return False
        self.current = target
        return True

    def move_from(self, text: int, offset: int) -> bool:
        """Make the first match at or behind a place current; tell whether there is one."""
        target = bisect_left(self.places, Place(text, (offset, 0)))
        if target == len(self):
            return False
        self.current = target
        return True


def find(texts: Sequence[str], wanted: str) -> tuple[Spans, ...]:
    """Find ``wanted`` in texts as it stands, whatever the case, accents and kind of quotes."""
    needle, _ = _folded(wanted)
    return tuple(_occurrences(text, needle) for text in texts)


def _occurrences(text: str, needle: str) -> Spans:
    if not needle.strip():
        return ()
    folded, origin = _folded(text)
    spans = []
    position = folded.find(needle)
    while position >= 0:
        end = position + len(needle)
        # Behind the last character, and the accents that follow it.
        behind = origin[end] if end < len(folded) else len(text)
        whole = behind > origin[end - 1]
        if whole:
            spans.append((origin[position], behind))
        position = folded.find(needle, end if whole else position + 1)
    return tuple(spans)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Fold a text for comparison; return with it the offset each folded character came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    characters: list[str] = []
    origin: list[int] = []
    for offset, character in enumerate(text):
        folded = _fold(character)
        characters.append(folded)
        origin.extend([offset] * len(folded))
    return "".join(characters), origin


_QUOTES = str.maketrans("‘’‚‛ʼ“”„‟«»–—\u00a0", '\'\'\'\'\'""""""-- ')


def _fold(character: str) -> str:
    if character.isascii():
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character.translate(_QUOTES)).casefold()
    return "".join(part for part in decomposed if not unicodedata.combining(part))
