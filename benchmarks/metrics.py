"""How good a ranking is, by what people judged to be relevant: nDCG@10 and average precision.

A document is relevant or it is not; one that nobody judged is not. The rankings are of everything
that was found, and what was not found is behind it all. Both figures are between 0 and 1.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

DEPTH = 10
"""Places of a ranking that nDCG looks at."""


def ndcg(ranking: Sequence[str], relevant: AbstractSet[str]) -> float:
    """Return the normalized discounted cumulative gain of the first ten places.

    K. Järvelin and J. Kekäläinen, *Cumulated gain-based evaluation of IR techniques*, 2002, with
    the discount that has become usual (C. Burges et al., *Learning to rank using gradient descent*,
    2005): a relevant document at place ``p`` gains ``1 / log2(p + 1)``, and the sum is divided by
    that of the best ranking there could be. ``ranking``: each document once. ``relevant``: not
    empty.
    """
    gained = sum(_gain(place) for place, one in enumerate(ranking[:DEPTH], 1) if one in relevant)
    return gained / sum(_gain(place) for place in range(1, min(DEPTH, len(relevant)) + 1))


def average_precision(ranking: Sequence[str], relevant: AbstractSet[str]) -> float:
    """Return the mean, over all relevant documents, of the precision at the place of each.

    C. Buckley and E. Voorhees, *Retrieval system evaluation*, in *TREC*, 2005: a relevant document
    that was not found counts 0. The mean over all questions is known as MAP. ``ranking``: each
    document once. ``relevant``: not empty.
    """
    found, total = 0, 0.0
    for place, one in enumerate(ranking, 1):
        if one in relevant:
            found += 1
            total += found / place
    return total / len(relevant)


def _gain(place: int) -> float:
    return 1 / log2(place + 1)
