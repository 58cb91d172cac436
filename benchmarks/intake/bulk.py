"""How fast articles come in: from a file of JSON Lines to articles that are found."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.intake.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

COLLECTION = "allsides"


def figures(folder: Path) -> list[Figure]:
    """Add a collection twice by the command itself, each time to the end of its process."""
    with TemporaryDirectory() as place:
        library = Path(place, "library")
        first, seconds = _add(folder / COLLECTION, library)
        again, seconds_again = _add(folder / COLLECTION, library)
    number = first["added"] + first["known"]
    what = f"{COLLECTION}, {number:,} articles"
    return [
        Figure("articles a second, to searchable", what, f"{number / seconds:,.0f}", must="500"),
        Figure("the same, all of them known", what, f"{again['unchanged'] / seconds_again:,.0f}"),
        Figure("taken for copies of others", what, f"{first['known']}"),
    ]


def _add(source: Path, library: Path) -> tuple[dict[str, Any], float]:
    words: Sequence[str | Path] = ("add", "--json", source, "--library", library)
    began = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", "reader", *words], capture_output=True, check=True
    )
    return json.loads(ended.stdout), time.perf_counter() - began
