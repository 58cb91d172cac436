"""A bulk load makes the same files however it is divided into runs."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.columnar import building, loading, merging, spool
from index.columnar.building import Building
from index.columnar.loading import Loading
from index.columnar.segment import Segment
from index.columnar.vocabulary import Vocabulary
from index.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

words = st.sampled_from(["a", "b", "ab", "the", "the", "U.S.", "well-known", "é", "中文", "\u2029"])
texts = st.lists(words, max_size=12).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    document: dict[str, Any] = {"id": f"{draw(st.integers(0, 99)):02}"}
    title, body = document["title"], document["body_words"] = draw(texts), draw(texts)
    document["title_words"] = title
    document["text"] = f"{title}\u2029{title}\u2029{body}"
    document["starts"] = f"{title}\u2029{body}"
    if draw(st.booleans()):
        document["day"] = document["published"] = draw(st.integers(1, 400))
    if draw(st.booleans()):
        document["has"] = draw(texts)
    if not draw(st.integers(0, 5)):
        document["_text_boost"] = 2.0
    return document


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "LARGEST_TEXT", 60)
        patch.setattr(loading, "_MOST_RUNS", 3)
        patch.setattr(merging, "_SLICE", 9)
        patch.setattr(merging, "_KEPT", 2)
        patch.setattr(spool, "_IN_MEMORY", 40)
        patch.setattr(spool, "_ROWS", 7)
        yield


def numbered(folder: str) -> Callable[[], Path]:
    numbers = count()
    return lambda: Path(folder, f"{next(numbers)}.segment")


@settings(max_examples=60)
@given(given_documents=st.lists(documents(), min_size=1, max_size=40))
def test_runs_make_the_same_file_as_none(given_documents: list[dict[str, Any]]) -> None:
    whole = Building(SCHEMA, Vocabulary())
    with tempfile.TemporaryDirectory() as folder:
        load = Loading(SCHEMA, numbered(folder))
        for document in given_documents:
            whole.add(document)
            load.add(document)
        whole.write(Path(folder, "whole"))
        (path,) = load.finish()
        assert path.read_bytes() == Path(folder, "whole").read_bytes()
        assert {found.name for found in Path(folder).iterdir()} == {path.name, "whole"}
        assert load.finish() == []


def test_no_segment_has_more_documents_than_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "LARGEST", 10)
    monkeypatch.setattr(building, "LARGEST", 4)
    load = Loading(SCHEMA, numbered(str(tmp_path)))
    for number in range(23):
        load.add({"id": f"{number:02}", "text": "some words"})
    written = [Segment(path) for path in load.finish()]
    ids = [segment.stored(n)["id"] for segment in written for n in range(segment.size)]
    assert [segment.size for segment in written] == [8, 8, 7]
    assert ids == [f"{number:02}" for number in range(23)]


def test_what_is_abandoned_leaves_nothing(tmp_path: Path) -> None:
    load = Loading(SCHEMA, numbered(str(tmp_path)))
    for number in range(40):
        load.add({"id": f"{number:02}", "text": "some words"})
    load.abandon()
    assert not list(tmp_path.iterdir())
    load.add({"id": "a", "text": "other words"})
    (path,) = load.finish()
    assert Segment(path).size == 1
