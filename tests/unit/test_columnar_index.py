"""The index in a folder: commits, snapshots, deletions, merges and damage."""

from __future__ import annotations

import errno
import pathlib
import random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from whoosh.fields import UnknownFieldError
from whoosh.query.qcore import Every
from whoosh.query.terms import Term
from whoosh.writing import IndexingError

from index.columnar import arrayfile, manifest, tiers
from index.columnar.evaluation.search import find
from index.columnar.index import ColumnarIndex
from index.columnar.segment import LARGEST, Segment
from index.errors import IndexDamagedError, LibraryBusyError, StoppedError
from index.schema import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from index.columnar.generation import Live


@pytest.fixture
def index(tmp_path: Path) -> ColumnarIndex:
    return ColumnarIndex.create(tmp_path / "index", SCHEMA, 3)


def add(index: ColumnarIndex, *ids: str, text: str = "some words", **options: bool) -> None:
    writer = index.writer()
    for id_ in ids:
        writer.update_document(id=id_, text=f"{text} {id_}")
    writer.commit(**options)


def ids(index: Any, query: Any = None) -> list[str]:
    with index.searcher() as searcher:
        found = find(searcher, query or Every(), scored=False).documents.tolist()
        return sorted(searcher.stored_fields(number)["id"] for number in found)


def names(index: ColumnarIndex) -> set[str]:
    return {path.name for path in index.folder.iterdir() if path.suffix != ".lock"}


def test_an_empty_index(index: ColumnarIndex) -> None:
    assert index.is_empty()
    assert ids(index) == []
    with index.searcher() as searcher:
        assert not searcher.search(Every())
        assert searcher.up_to_date()


def test_nothing_is_seen_before_the_commit(index: ColumnarIndex) -> None:
    writer = index.writer()
    writer.add_document(id="a", text="one")
    assert ids(index) == []
    writer.commit()
    assert ids(index) == ["a"]


def test_cancelling_leaves_nothing(index: ColumnarIndex) -> None:
    add(index, "a")
    before = names(index)
    writer = index.writer()
    writer.add_document(id="b")
    writer.delete_by_term("id", "a")
    writer.cancel()
    assert ids(index) == ["a"]
    assert names(index) == before


def test_a_context_that_fails_cancels(index: ColumnarIndex) -> None:
    with pytest.raises(UnknownFieldError), index.writer() as writer:
        writer.add_document(id="a", nonsense="b")
    assert ids(index) == []
    with pytest.raises(IndexingError, match="closed"):
        writer.add_document(id="a")


def test_the_same_id_twice_in_one_writer_is_one_document(index: ColumnarIndex) -> None:
    add(index, "a", "b", "a")
    assert ids(index) == ["a", "b"]
    add(index, "b", text="other words")
    assert ids(index) == ["a", "b"]
    assert ids(index, Term("text", "other")) == ["b"]


def test_deleting_by_term_query_and_number(index: ColumnarIndex) -> None:
    add(index, *"abcdef")
    writer = index.writer()
    assert writer.delete_by_term("id", "a") == 1
    assert writer.delete_by_term("id", "nobody") == 0
    assert writer.delete_by_query(Term("text", "b")) == 1
    writer.delete_document(2)
    with pytest.raises(IndexingError):
        writer.delete_document(6)
    assert writer.reader().doc_count() == 3
    writer.commit(merge=False)
    assert ids(index) == ["d", "e", "f"]
    assert not ids(index, Term("text", "a"))


def test_a_deletion_can_be_taken_back(index: ColumnarIndex) -> None:
    add(index, "a", "b")
    writer = index.writer()
    writer.delete_document(0)
    writer.commit(merge=False)
    writer = index.writer()
    writer.delete_document(0, delete=False)
    writer.delete_document(1)
    writer.commit(merge=False)
    assert ids(index) == ["a"]


def test_a_reader_keeps_its_snapshot_over_ten_commits_and_a_merge(index: ColumnarIndex) -> None:
    add(index, "a", "b")
    with index.searcher() as searcher:
        for number in range(10):
            add(index, f"new{number}")
        add(index, "a", optimize=True)
        assert not searcher.up_to_date()
        found = searcher.search(Term("text", "word"), limit=None)
        assert sorted(hit["id"] for hit in found) == ["a", "b"]
        assert searcher.refresh().doc_count() == 12


def test_small_segments_are_merged_as_they_come(index: ColumnarIndex) -> None:
    for number in range(40):
        add(index, f"{number:02}")
    with index.searcher() as searcher:
        assert len(searcher.leaf_searchers() or ()) < 2 * tiers.WIDTH
    assert ids(index) == [f"{number:02}" for number in range(40)]
    files = len(manifest.read_manifest(index.folder).names)
    assert len(names(index)) == files + 1


@pytest.mark.parametrize(
    ("sizes", "group"),
    [
        ([], []),
        ([100, 100, 100], []),
        ([100, 100, 100, 100], [0, 1, 2, 3]),
        ([5, 8192, 8192, 7, 8192, 8192], [0, 1, 2, 3, 4, 5]),
        ([*[8192] * 9, 1696], list(range(8))),
        ([65536, 30000, 20000, 15000, 9], [1, 2, 3]),
        ([65536, 30000, 9], []),
    ],
)
def test_a_tier_takes_smaller_segments_along(sizes: list[int], group: list[int]) -> None:
    lives = [SimpleNamespace(segment=SimpleNamespace(size=size), deleted=None) for size in sizes]
    assert tiers.crowded(cast("list[Live]", lives), everything=False) == group


def test_hollow_segments_are_written_anew(index: ColumnarIndex) -> None:
    add(index, *"abcdef")
    writer = index.writer()
    for id_ in "abcd":
        writer.delete_by_term("id", id_)
    writer.commit()
    assert index.reader().doc_count_all() == 2
    assert ids(index) == ["e", "f"]


def test_two_writers(index: ColumnarIndex) -> None:
    writer = index.writer()
    with pytest.raises(LibraryBusyError, match="another program"):
        index.writer(timeout=0.01)
    writer.cancel()
    index.writer().cancel()


def test_another_schema_is_damage(index: ColumnarIndex) -> None:
    with pytest.raises(IndexDamagedError, match="another version"):
        ColumnarIndex(index.folder, SCHEMA, 4)


def test_no_name_is_used_twice(index: ColumnarIndex) -> None:
    add(index, "a")
    before = names(index)
    again = ColumnarIndex.create(index.folder, SCHEMA, 3)
    add(again, "b")
    assert not (before & names(again)) - {manifest.MANIFEST}


def test_more_documents_than_a_segment_holds(
    index: ColumnarIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.columnar.building.LARGEST", 5)
    monkeypatch.setattr(tiers, "LARGEST", 5)
    add(index, *(f"{number:02}" for number in range(13)), optimize=True)
    assert len(ids(index)) == 13
    assert all(part.doc_count_all() <= 5 for part, _ in index.reader().leaf_readers())
    assert LARGEST == 1 << 16


# --- damage ---------------------------------------------------------------------------------------


def search_everything(folder: Path) -> list[str]:
    index = ColumnarIndex(folder, SCHEMA, 3)
    index.verify()
    return ids(index)


def test_every_file_removed_emptied_zeroed_or_cut_is_noticed(index: ColumnarIndex) -> None:
    add(index, "a", "b")
    writer = index.writer()
    writer.delete_by_term("id", "a")
    writer.commit(merge=False)
    for name in sorted(names(index)):
        path = index.folder / name
        whole = path.read_bytes()
        path.unlink()
        for damaged in (None, b"", bytes(len(whole)), whole[:-1], whole[: len(whole) // 2]):
            if damaged is not None:
                path.write_bytes(damaged)
            with pytest.raises(IndexDamagedError):
                search_everything(index.folder)
        path.write_bytes(whole)
    assert search_everything(index.folder) == ["b"]


def test_flipped_bits_are_noticed(index: ColumnarIndex) -> None:
    add(index, "a", "b")
    choose = random.Random(1)
    for name in sorted(names(index)):
        path = index.folder / name
        whole = path.read_bytes()
        for place in choose.sample(range(len(whole)), 40):
            path.write_bytes(
                whole[:place]
                + bytes([whole[place] ^ 1 << choose.randrange(8)])
                + whole[place + 1 :]
            )
            with pytest.raises(IndexDamagedError):
                search_everything(index.folder)
        path.write_bytes(whole)


def test_random_bytes_are_no_segment_and_no_manifest(tmp_path: Path) -> None:
    choose = np.random.default_rng(1)
    for size in range(0, 200, 7):
        (tmp_path / "a.segment").write_bytes(choose.bytes(size))
        (tmp_path / manifest.MANIFEST).write_bytes(choose.bytes(size))
        with pytest.raises(IndexDamagedError):
            Segment(tmp_path / "a.segment")
        with pytest.raises(IndexDamagedError):
            ColumnarIndex(tmp_path, SCHEMA)


def test_a_segment_of_another_generation_is_noticed(index: ColumnarIndex) -> None:
    add(index, "a")
    (name,) = (name for name in names(index) if name.endswith(".segment"))
    other = ColumnarIndex.create(index.folder.parent / "other", SCHEMA, 3)
    add(other, "b")
    (foreign,) = (path for path in other.folder.iterdir() if path.suffix == ".segment")
    (index.folder / name).write_bytes(foreign.read_bytes())
    with pytest.raises(IndexDamagedError, match="another segment"):
        ColumnarIndex(index.folder, SCHEMA, 3)


def test_a_damaged_segment_is_not_merged(index: ColumnarIndex) -> None:
    add(index, "a", "b")
    add(index, "c")
    path = index.folder / manifest.read_manifest(index.folder).segments[0].segment.name
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    # Under new checksums nobody would notice any more.
    with pytest.raises(IndexDamagedError, match="is damaged"):
        ColumnarIndex(index.folder, SCHEMA, 3).optimize()
    path.write_bytes(whole)
    ColumnarIndex(index.folder, SCHEMA, 3).optimize()
    assert ids(index) == ["a", "b", "c"]


def test_a_segment_that_is_cut_while_it_is_open_is_noticed(index: ColumnarIndex) -> None:
    add(index, "a", "b")
    reader = index.reader()
    was_cut = index.is_cut
    path = index.folder / manifest.read_manifest(index.folder).segments[0].segment.name
    path.write_bytes(b"")
    assert (was_cut, index.is_cut) == (False, True)
    with pytest.raises(IndexDamagedError):
        index.reader()
    del reader


def test_every_byte_is_read_without_the_memory_map(index: ColumnarIndex) -> None:
    add(index, "a")
    path = index.folder / manifest.read_manifest(index.folder).segments[0].segment.name
    file = arrayfile.ArrayFile(path)
    fresh = path.with_name("fresh.segment")
    raw = path.read_bytes()
    fresh.write_bytes(raw[:-30] + bytes([raw[-30] ^ 1]) + raw[-29:])
    fresh.replace(path)
    with pytest.raises(IndexDamagedError, match="its table"):
        file.verify()
    path.unlink()
    with pytest.raises(IndexDamagedError, match="cannot be read"):
        file.verify()


def test_reading_every_byte_can_be_ended(index: ColumnarIndex) -> None:
    add(index, "a")

    def end() -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        list(index.faults(end))


def test_too_few_file_descriptors_are_no_damage(
    index: ColumnarIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    add(index, "a")
    monkeypatch.setattr(pathlib.Path, "open", none_left)
    with pytest.raises(OSError, match="Too many"):
        ColumnarIndex(index.folder, SCHEMA, 3)
