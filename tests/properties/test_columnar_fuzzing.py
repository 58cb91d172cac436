"""Files of the index that somebody else wrote: noticed, or harmless; never a crash, never a flood.

The checksums of some are right, so that what is behind them is reached. With BROADSHEET_THOROUGH
in the environment many more are tried.
"""

from __future__ import annotations

import json
import os
import random
import tracemalloc
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import article

from index import search
from index.columnar.arrayfile import ArrayFile, ArrayFileWriter
from index.columnar.generation import file_of
from index.columnar.index import ColumnarIndex
from index.columnar.manifest import MANIFEST, Manifest, publish, read_manifest
from index.errors import BroadsheetError, IndexDamagedError
from index.fulltext import FullText
from index.schema import SCHEMA, SCHEMA_VERSION, document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.columnar.arrays import Array

QUERIES = (
    "quiet", "quiet ferry OR glacier", '"the quiet ferry"', "fer*", "f?rry", "ferrj~1", "-glacier",
    "title:ferry", "after:2024", "the qu",
)  # fmt: skip

MOST_MEMORY = 64 << 20

MANY = 1_000 if os.environ.get("BROADSHEET_THOROUGH") else 25

_few = settings(max_examples=MANY, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an index: two segments, of one of which a document is deleted."""
    folder = tmp_path_factory.mktemp("whole") / "index"
    index = ColumnarIndex.create(folder, SCHEMA, SCHEMA_VERSION)
    for names in ("abcdefghijklmnopqrstu", "vw"):
        writer = index.writer()
        for name in names:
            words = f"The quiet ferry {name} " + "is far from the glacier. " * (ord(name) % 4)
            writer.add_document(**document(article(name, f"Ferry {name}", words, source="Desk")))
        writer.commit(merge=False)
    writer = index.writer()
    writer.delete_by_term("id", "c")
    writer.commit(merge=False)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def index_of(files: dict[str, bytes]) -> Iterator[FullText]:
    with TemporaryDirectory() as name:
        folder = Path(name) / "index"
        folder.mkdir()
        for file, raw in files.items():
            (folder / file).write_bytes(raw)
        yield FullText(folder)


def answers(index: FullText) -> list[list[tuple[str, float]]]:
    """Return the ids and scores of all queries, each looked at to the end."""
    found = []
    for query in QUERIES:
        with index.searcher() as searcher:
            ranking = search.rank(searcher, query, typing=True)
        found.append(list(zip(ranking.ids, ranking.scores, strict=True)))
    return found


@contextmanager
def little_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY


@st.composite
def mutations(draw: st.DrawFn, raw: bytes) -> bytes:
    """Draw bytes like others: some flipped, inserted, removed, or moved."""
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(len(raw) - 1, 0)))
        end = place + draw(st.integers(0, 40))
        match draw(st.sampled_from(("flip", "insert", "delete", "copy", "zero", "cut"))):
            case "flip":
                raw = (
                    raw[:place]
                    + bytes([raw[place] ^ 1 << draw(st.integers(0, 7))])
                    + raw[place + 1 :]
                )
            case "insert":
                raw = raw[:place] + draw(st.binary(min_size=1, max_size=9)) + raw[place:]
            case "delete":
                raw = raw[:place] + raw[end:]
            case "copy":
                target = draw(st.integers(0, len(raw)))
                raw = raw[:target] + raw[place:end] + raw[target + end - place :]
            case "zero":
                raw = raw[:place] + bytes(len(raw[place:end])) + raw[end:]
            case _:
                raw = raw[: place or 1]
        raw = raw or b"\0"
    return raw


@_few
@given(st.data())
def test_mutated_files_are_noticed_or_change_nothing(
    whole: dict[str, bytes], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(whole)))
    raw = data.draw(mutations(whole[name]))
    with index_of(whole) as index:
        expected = answers(index)
    with index_of({**whole, name: raw}) as index, little_memory():
        if index.faults():
            # What is whole is found all the same, or nothing is.
            try:
                with index.searcher(tolerant=True) as searcher:
                    found = search.rank(searcher, "quiet OR ferry")
                assert set(found.ids) <= {id_ for id_, _ in expected[0]}
            except IndexDamagedError:
                assert name == MANIFEST
        else:
            assert answers(index) == expected


_LIES: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 7, 255, 1 << 16, 1 << 31, 1 << 32, 1 << 63, 10**30, 0.5, "", "x",
    "../a.segment", "a" * 300 + ".segment", [], [1], {}, {"kind": "bytes"},
    {"kind": "numbers", "base": 1 << 70},
)  # fmt: skip


def changed_json(value: Any, choose: random.Random) -> Any:
    """Return a value like another, different in one place."""
    if isinstance(value, dict) and value and choose.random() < 0.8:
        key = choose.choice(sorted(value))
        if choose.random() < 0.1:
            return {name: inner for name, inner in value.items() if name != key}
        return {**value, key: changed_json(value[key], choose)}
    if isinstance(value, list) and value and choose.random() < 0.8:
        place = choose.randrange(len(value))
        return [*value[:place], changed_json(value[place], choose), *value[place + 1 :]]
    return choose.choice(_LIES)


def sealed(text: str) -> bytes:
    return json.dumps({"crc32": zlib.crc32(text.encode()), "manifest": text}).encode()


@_few
@given(st.integers(0, 1 << 32).map(random.Random))
def test_a_manifest_that_lies_is_noticed(whole: dict[str, bytes], choose: random.Random) -> None:
    manifest = json.loads(json.loads(whole[MANIFEST])["manifest"])
    changed = changed_json(manifest, choose)
    files = {**whole, MANIFEST: sealed(json.dumps(changed))}
    with index_of(files) as index, little_memory(), suppress(BroadsheetError):
        answers(index)


_changes = st.tuples(
    st.sampled_from(("numbers", "numbers", "shorter", "longer", "type", "reversed", "shape")),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 99) | st.sampled_from([(1 << bits) - 1 for bits in (8, 15, 16, 31, 32, 64)]),
    st.sampled_from(("<u1", "<u2", "<u4", "<u8", "<i8", "<f4", "<f8")),
)


def changed(array: Array, change: tuple[str, float, int, str]) -> Array:
    """Return an array like another: of other numbers, another length, another type."""
    how, at, number, kind = change
    place = int(at * len(array))
    with np.errstate(all="ignore"):
        if how == "numbers" and array.size:
            array = array.copy()
            array.reshape(-1)[int(at * array.size)] = np.array(number, np.uint64).astype(
                array.dtype
            )
            return array
        changes: dict[str, Callable[[], Array]] = {
            "shorter": lambda: array[:place],
            "longer": lambda: np.concatenate([array, array[:place]]),
            "type": lambda: array.astype(kind),
            "shape": lambda: array.reshape(-1, 1) if array.ndim == 1 else array.reshape(-1),
        }
        return changes.get(how, array[::-1].copy)()


def rewritten(folder: Path, name: str, arrays: dict[str, Array], notes: dict[str, Any]) -> None:
    """Write a file of arrays in the place of another, as if it had always been so."""
    (folder / name).unlink()
    with ArrayFileWriter(folder / name) as writer:
        for array, numbers in arrays.items():
            writer.add(array, numbers)
        writer.finish(notes)
    manifest = json.loads(read_manifest(folder).model_dump_json())
    for segment in manifest["segments"]:
        for kind in ("segment", "deleted"):
            if segment[kind] and segment[kind]["name"] == name:
                segment[kind] = json.loads(file_of(folder / name).model_dump_json())
    publish(folder, Manifest.model_validate(manifest))


@settings(_few, max_examples=2 * MANY)
@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True), _changes)
def test_arrays_that_lie_crash_nothing_and_are_found_out(
    whole: dict[str, bytes], which: float, of: float, change: tuple[str, float, int, str]
) -> None:
    with index_of(whole) as index:
        path = sorted(index.folder.glob("g*"))[int(which * (len(whole) - 1))]
        file = ArrayFile(path)
        arrays = {array: file[array].copy() for array in file}
        chosen = list(arrays)[int(of * len(arrays))]
        arrays[chosen] = changed(arrays[chosen], change)
        is_told_from_lies(index, path.name, arrays, file.notes)


@_few
@given(st.floats(0, 1, exclude_max=True), st.integers(0, 1 << 32).map(random.Random))
def test_notes_that_lie_crash_nothing_and_are_found_out(
    whole: dict[str, bytes], which: float, choose: random.Random
) -> None:
    with index_of(whole) as index:
        path = sorted(index.folder.glob("g*"))[int(which * (len(whole) - 1))]
        file = ArrayFile(path)
        arrays = {array: file[array].copy() for array in file}
        is_told_from_lies(index, path.name, arrays, changed_json(file.notes, choose))


def is_told_from_lies(
    index: FullText, name: str, arrays: dict[str, Array], notes: dict[str, Any]
) -> None:
    """Check that a file that somebody else wrote either serves, or is found to be at fault."""
    try:
        rewritten(index.folder, name, arrays, notes)
    except IndexDamagedError:
        return
    with little_memory():
        try:
            answers(FullText(index.folder))
        except BroadsheetError:
            assert index.faults()
