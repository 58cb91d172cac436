"""Sentences of an article chosen one by one or several in a row, as keys do it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from index.sentences import sentences
from reader.drawing.matches import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[int, int]
"""Which of an article's texts, and an offset in it."""


class Stretch(NamedTuple):
    """A piece of an article's texts, from one point to before another."""

    start: Point
    end: Point


class Chosen(NamedTuple):
    """Sentences in a row, by their numbers: the first and the last."""

    first: int
    last: int


class Sentences:
    """The sentences of some of an article's texts, in reading order."""

    def __init__(self, texts: Sequence[str], passages: Iterable[int]) -> None:
        self._places = [Place(text, span) for text in passages for span in sentences(texts[text])]

    def at(self, point: Point) -> Chosen:
        """Choose the first sentence that ends behind a point."""
        ends = [(place.text, place.span[1]) for place in self._places]
        number = bisect_left(ends, (point[0], point[1] + 1))
        return self._only(number)

    def next(self, chosen: Chosen, step: int) -> Chosen:
        """Choose the sentence behind (1) or before (-1) those that are chosen."""
        return self._only(chosen.last + 1 if step > 0 else chosen.first - 1)

    def paragraph(self, chosen: Chosen, step: int) -> Chosen:
        """Choose the first sentence of the next (1) or previous (-1) paragraph."""
        here = self._places[chosen.last if step > 0 else chosen.first].text
        texts = [place.text for place in self._places]
        others = [text for text in texts if (text > here if step > 0 else text < here)]
        if not others:
            return chosen
        return self._only(texts.index(others[0] if step > 0 else others[-1]))

    def extended(self, chosen: Chosen, step: int) -> Chosen:
        """Choose one sentence more (1) or fewer (-1) at the end, but one at the least."""
        last = max(chosen.first, min(chosen.last + step, len(self._places) - 1))
        return Chosen(chosen.first, last)

    def stretch(self, chosen: Chosen) -> Stretch:
        """Return what is chosen."""
        first, last = self._places[chosen.first], self._places[chosen.last]
        return Stretch((first.text, first.span[0]), (last.text, last.span[1]))

    def _only(self, number: int) -> Chosen:
        number = max(0, min(number, len(self._places) - 1))
        return Chosen(number, number)
