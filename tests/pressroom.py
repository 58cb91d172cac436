"""A folder of collections of made-up news, for tests of the benchmarks."""

from __future__ import annotations

import gzip
import json
import random
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = [
    "".join(parts) for parts in product("blntrs", "aeiou", ("k", "ll", "nd", "st", "zu"), "amot")
]
"""Hundreds of words; the first are in nearly every story, the last in hardly any."""


def line(title: str | None = "A title", body: str = "A body.", **told: object) -> dict[str, object]:
    """Return what one line of a collection tells."""
    return {"title": title, "date": None, "source": None, "url": None, "body": body, **told}


def collections(folder: Path, *lines: dict[str, object]) -> Path:
    """Write one collection of these lines."""
    path = folder / "allsides" / "news.jsonl.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(f"{json.dumps(one)}\n" for one in lines).encode()))
    return folder


def made_up(number: int) -> list[dict[str, object]]:
    """Return lines of stories whose words are as unevenly common as those of a language."""
    chance = random.Random(7)
    weights = [1 / place**1.3 for place in range(1, len(_WORDS) + 1)]
    return [
        line(
            " ".join(chance.choices(_WORDS, weights, k=6)),
            " ".join(chance.choices(_WORDS, weights, k=120)) + ".",
            date=f"20{chance.randrange(10, 20)}-0{chance.randrange(1, 10)}-11",
        )
        for _ in range(number)
    ]
