"""The orders of results: what they are called, which one a query has, and which comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.results import SORTS

if TYPE_CHECKING:
    from index.results import Sort

FORMER: dict[str, Sort] = {"date": "newest"}
"""Names that are understood as before, and offered no more."""

SAID: dict[Sort, str] = {
    "relevance": "relevance",
    "newest": "newest first",
    "oldest": "oldest first",
    "source": "by source",
}


def meant(written: str) -> Sort:
    """Return the order that a name stands for. Raises ValueError for one that there is not."""
    if written in FORMER:
        return FORMER[written]
    if written not in SORTS:
        raise ValueError(f"There is no order “{written}”, only {', '.join(SORTS)}.")
    return written


def in_effect(sort: Sort, *, has_words: bool) -> Sort:
    """Return the order that results are in: without words there is nothing to be relevant to."""
    return "newest" if sort == "relevance" and not has_words else sort


def following(sort: Sort, *, has_words: bool) -> Sort:
    """Return the next order that is another one."""
    orders = SORTS if has_words else tuple(one for one in SORTS if one != "relevance")
    here = orders.index(in_effect(sort, has_words=has_words))
    return orders[(here + 1) % len(orders)]
