"""Find the blocks of a page that a text covers, which something else took out of the page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")

_LONG = 30
"""Letters from which a block is found within a line, and by its words."""

_SHARE = 0.7
"""Of the word triples of a block that a text covers: it may lack links, or words in brackets."""


def letters(text: str) -> str:
    """Return the letters and digits of ``text`` alone, as texts are compared with their markup."""
    return _NO_LETTER.sub("", text).lower()


def covered(texts: Sequence[str], by: str) -> frozenset[int]:
    """Return the places of those of ``texts``, a page's in order, that the text ``by`` covers.

    What a page says more often than ``by`` does is covered where it is nearest to the rest.
    """
    text = _Text(by)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(texts):
        places[letters(one)].append(place)
    found = {key: ours for key, ours in places.items() if text.covers(key, texts[ours[0]])}
    sure = ((ours[0], len(key)) for key, ours in found.items() if len(ours) <= text.times(key))
    middle = _middle(sorted(sure))
    return frozenset(
        place
        for key, ours in found.items()
        for place in sorted(ours, key=lambda place: abs(place - middle))[: text.times(key)]
    )


class _Text:
    """A text that blocks are looked for in."""

    def __init__(self, text: str) -> None:
        lines = [letters(line) for line in text.split("\n")]
        self._times = Counter(lines)
        self._whole = "\n".join(lines)
        self._triples = set(_triples(text))

    def times(self, key: str) -> int:
        """Return how often a block of the letters ``key`` may be meant."""
        return max(1, self._times[key])

    def covers(self, key: str, text: str) -> bool:
        if not key:
            return False
        if key in self._times:
            return True
        if len(key) < _LONG:
            return False
        if key in self._whole:
            return True
        triples = list(_triples(text))
        shared = sum(triple in self._triples for triple in triples)
        return bool(triples) and shared >= _SHARE * len(triples)


def _triples(text: str) -> Iterable[tuple[str, str, str]]:
    words = _WORD.findall(text.lower())
    return zip(words, words[1:], words[2:], strict=False)


def _middle(weighted: Sequence[tuple[int, int]]) -> int:
    """Return the place before which half of the weight stands."""
    ahead = sum(weight for _, weight in weighted) / 2
    for place, weight in weighted:
        ahead -= weight
        if ahead <= 0:
            return place
    return 0
