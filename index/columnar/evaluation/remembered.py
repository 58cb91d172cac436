"""Words asked for before: what each segment found for them.

Whoever types asks for the same words again with every letter of the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.query.terms import Term
from whoosh.query.wrappers import ConstantScoreQuery

from index.query.nodes import AnyOf, AnyPrefixed

if TYPE_CHECKING:
    from collections.abc import Hashable

    from index.columnar.evaluation.parts import Part

_WORDS = 24
"""Words that are remembered. Each takes up to some 300 KB a segment, most of them less."""


class Remembered:
    """The parts that words are, by segment. The words used last are kept."""

    def __init__(self, segments: int) -> None:
        self._segments = segments
        self._words: dict[Hashable, list[Part | None]] = {}
        self._asked: dict[tuple[int, bool, float], list[Part | None] | None] = {}

    def forget_objects(self) -> None:
        """Be ready for another query, whose nodes may lie where others have lain in memory."""
        self._asked.clear()

    def parts(self, query: AnyOf | Term, scored: bool, boost: float) -> list[Part | None] | None:
        """Return the part of each segment, as far as there is one; None where it is not kept."""
        asked = id(query), scored, boost
        if asked not in self._asked:
            key = _key(query)
            self._asked[asked] = None if key is None else self._of((key, scored, boost))
        return self._asked[asked]

    def _of(self, key: Hashable) -> list[Part | None]:
        parts = self._words.pop(key, None) or [None] * self._segments
        while len(self._words) >= _WORDS:
            del self._words[next(iter(self._words))]
        self._words[key] = parts
        return parts


def _key(query: Any) -> Hashable | None:
    """Return what tells a word from all others, None for what is not a word."""
    match query:
        case Term(fieldname=name, text=str(text), boost=boost, minquality=None) if (
            type(query) is Term
        ):
            return name, text, boost
        case AnyOf(subqueries=parts, boost=boost, scale=None) if type(query) is AnyOf:
            keys = tuple(map(_key, parts))
            return None if None in keys else (boost, keys)
        case AnyPrefixed(fieldname=name, text=str(text)):
            return name, text
        case ConstantScoreQuery(child=child, score=score) if type(query) is ConstantScoreQuery:
            key = _key(child)
            return None if key is None else (score, "constant", key)
    return None
