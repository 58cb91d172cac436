"""How well key points are found in text: where a site put them, and where none are.

``cnn_story_highlights`` holds pages of CNN as scraped, beside the lines of their boxes; in
``allsides`` are stories of hundreds of outlets, few of which have a box.
"""

from __future__ import annotations

import gzip
import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from benchmarks.intake.figures import Figure
from index.intake.text import parse_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOXES = "cnn_story_highlights"
STORIES = "allsides"

_MOST_STORIES = 5000


def figures(folder: Path) -> list[Figure]:
    """Measure on the collections below the ``folder`` of all news that are there."""
    return [*_in_boxes(folder / BOXES), *_in_stories(folder / STORIES)]


def claims(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the stories without a box in which key points are seen, to be judged by eye.

    Each comes as its body and the points. A body that opens with CNN's box is left out.
    """
    for told in islice(_told(folder / STORIES), _MOST_STORIES):
        if "Story highlights" not in told["body"][:300]:
            points = _points(told)
            if points:
                yield told["body"], points


def _in_boxes(folder: Path) -> list[Figure]:
    found = wanted = right = pages = 0
    for told in _told(folder):
        ours = set(parse_text(told["raw"].encode(), told["id"]).key_points.points)
        theirs = set(told["highlights"])
        found, wanted, right = found + len(ours), wanted + len(theirs), right + len(ours & theirs)
        pages += 1
    if not pages:
        return []
    data = f"{BOXES}, {wanted} points of {pages} pages"
    return [
        Figure("key points found that are right", data, f"{right / found:.3f}", must="0.95"),
        Figure("key points that are found", data, f"{right / wanted:.3f}", must="0.90"),
    ]


def _in_stories(folder: Path) -> list[Figure]:
    stories = min(_MOST_STORIES, sum(1 for _ in _told(folder)))
    if not stories:
        return []
    seen = sum(1 for _ in claims(folder.parent))
    data = f"{STORIES}, the first {stories}, stories with CNN's box left out"
    return [Figure("stories in which key points are seen", data, f"{seen / stories:.4f}")]


def _points(told: dict[str, Any]) -> tuple[str, ...]:
    text = f"{told['title']}\n\n{told['body']}" if told["title"] else told["body"]
    return parse_text(text.encode(), told["id"]).key_points.points


def _told(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
