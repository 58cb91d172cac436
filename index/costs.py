"""Which part of a query costs how much, where with all of them it finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query.parts import parts
from index.results import Cost

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PARTS = 12
"""Parts of a query beyond which nobody wants to know of each."""


def costs(query: str, count: Callable[[str], int]) -> tuple[Cost, ...]:
    """Return for each part what the query finds without it; what finds most comes first.

    ``count`` says how many articles a query finds. Where no single part is to blame, the first is
    about as many as have to be left out, the rarest of all.
    """
    known = parts(query)
    if not 1 < len(known) <= MOST_PARTS:
        return ()
    alone = [count(part) for part in known]
    single = [
        Cost((part.strip(),), alone[place], count(rest), rest)
        for place, part in enumerate(known)
        for rest in [_without(known, {place})]
    ]
    # Of equals, that which hardly any article has.
    single.sort(key=lambda cost: (-cost.found, cost.alone))
    if single[0].found:
        return tuple(single)
    return (*_several(known, alone, count), *single)


def _several(known: list[str], alone: list[int], count: Callable[[str], int]) -> list[Cost]:
    """Return what the query finds without the fewest of its rarest parts, if it finds anything."""
    rarest = sorted(range(len(known)), key=alone.__getitem__)
    for number in range(2, len(known)):
        left_out = set(rarest[:number])
        rest = _without(known, left_out)
        if found := count(rest):
            written = tuple(known[place].strip() for place in sorted(left_out))
            return [Cost(written, max(alone[place] for place in left_out), found, rest)]
    return []


def _without(known: list[str], places: set[int]) -> str:
    """Return the query without some of its parts, finished where its last one is left out."""
    kept = [part for place, part in enumerate(known) if place not in places]
    ends = " " if len(known) - 1 in places else kept[-1][len(kept[-1].rstrip()) :]
    return " ".join(part.strip() for part in kept) + ends
