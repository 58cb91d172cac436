"""Which paragraph of an article carries a key point: the one that shares most of its words."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from index.analysis import words

if TYPE_CHECKING:
    from index.article import Article

_LEAST_SHARE = 0.2
"""How much of a point's words, by weight, a paragraph has to share to be said to carry it."""


def carrier_of(article: Article, point: int) -> int | None:
    """Return the number of the block that says what a key point says, or None where none does.

    A word that many blocks have tells little: it weighs as its inverse document frequency, the
    blocks being the documents. Of several blocks that share as much, the first carries the point.
    """
    blocks = [_stems(block.text) for block in article.blocks]
    wanted = _stems(article.key_points.points[point])
    having = Counter(stem for stems in blocks for stem in stems & wanted)
    weights = {stem: log(1 + len(blocks) / (1 + having[stem])) for stem in wanted}
    shares = [
        0.0 if block.kind == "heading" else sum(weights[stem] for stem in wanted & stems)
        for block, stems in zip(article.blocks, blocks, strict=True)
    ]
    best = max(shares, default=0.0)
    return shares.index(best) if best and best >= _LEAST_SHARE * sum(weights.values()) else None


def _stems(text: str) -> frozenset[str]:
    from index.schema import stem  # noqa: PLC0415  (imports Whoosh)

    return frozenset(stem(word.form) for word in words(text) if not word.compound)
