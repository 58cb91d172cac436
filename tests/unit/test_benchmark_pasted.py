"""The figures of pasted pages are counted as they say."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.intake import pasted, pasted_points

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPH = (
    "The ministers met in Istanbul and agreed to meet again within a fortnight, it was said."
)


def written(folder: Path, *lines: dict[str, object]) -> None:
    folder.mkdir()
    with gzip.open(folder / "some.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


@pytest.mark.parametrize(
    ("found", "wanted", "f1"),
    [("a b", "A B", 1), ("a a", "a", 2 / 3), ("a", "b", 0), ("", "a", 0), ("a b c", "a", 1 / 2)],
)
def test_agreement(found: str, wanted: str, f1: float) -> None:
    assert pasted.agreement(found, wanted) == pytest.approx(f1)


def test_figures_of_pages(tmp_path: Path) -> None:
    text = f"Ministers meet again\n\n{PARAGRAPH}\n\nShare this"
    written(
        tmp_path / pasted.COLLECTION,
        {"id": "a", "text": text, "gold_body": PARAGRAPH},
        {
            "id": "b",
            "text": text,
            "must_have": ["ministers met"],
            "must_not_have": ["Share this", "Istanbul"],
            "gold_title": "Ministers meet again",
        },
    )
    words, kept, gone, titles = (figure.measured for figure in pasted.figures(tmp_path))
    assert (words, kept, gone, titles) == ("1.000", "1.000", "0.500", "1.000")


def test_figures_of_key_points(tmp_path: Path) -> None:
    told: dict[str, object] = {
        "id": "a",
        "title": None,
        "body": PARAGRAPH,
        "highlights": ["One thing", "Another"],
    }
    raw = f"Story highlights One thing\n\nAnother\n\n{PARAGRAPH}"
    written(tmp_path / pasted_points.BOXES, {**told, "raw": raw})
    written(tmp_path / pasted_points.STORIES, told, {**told, "body": raw[17:]})
    measured = [figure.measured for figure in pasted_points.figures(tmp_path)]
    assert measured == ["1.000", "1.000", "0.0000"]


def test_no_collection_no_figures(tmp_path: Path) -> None:
    assert pasted.figures(tmp_path) == []
    assert pasted_points.figures(tmp_path) == []
