"""The full-text index on disk: what it holds, who may write it, and how it knows its damage."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from desk import files_below
from filelock import FileLock
from newsroom import article

from index import fulltext, indexing
from index.columnar import generation, manifest, tiers
from index.columnar.manifest import read_manifest
from index.errors import IndexDamagedError, LibraryBusyError, LibraryError, StoppedError
from index.fulltext import FullText
from index.store import Change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.article import Article


class Log:
    """A record in memory: ids to articles, None for what is no longer listed."""

    identity = "record"
    path = None

    def __init__(self, *articles: Article) -> None:
        self.written: list[tuple[str, Article | None]] = []
        self.write(*articles)

    def write(self, *articles: Article) -> None:
        self.written += [(one.id, one) for one in articles]

    def withdraw(self, id_: str) -> None:
        self.written.append((id_, None))

    def last(self) -> int:
        return len(self.written)

    def count(self, after: int, up_to: int) -> int:
        return len(list(self.changes(after, up_to)))

    def ends(self, after: int, up_to: int, size: int) -> list[int]:
        return [*range(after + size, up_to, size), up_to]

    def advanced(self, changes: int) -> None:
        pass

    def changes(self, after: int, up_to: int) -> Iterator[Change]:
        newest = {id_: number for number, (id_, _) in enumerate(self.written, 1)}
        for number, (id_, one) in enumerate(self.written, 1):
            if after < number <= up_to and newest[id_] == number:
                yield Change(number, id_, one)


@pytest.fixture
def log() -> Log:
    return Log(article("a", "Ferry"), article("b", "Glacier"))


@pytest.fixture
def index(tmp_path: Path, log: Log) -> Iterator[FullText]:
    index = FullText(tmp_path / "index")
    index.rebuild(log)
    yield index
    index.close()


def test_what_was_written_is_found(index: FullText, log: Log) -> None:
    assert index.ids() == {"a", "b"}
    assert index.change(log) == 2
    assert index.faults() == []


def test_an_update_adds_replaces_and_takes_away(index: FullText, log: Log) -> None:
    log.write(article("c", "Orchard"), article("a", "Lantern"))
    log.withdraw("b")
    index.update(log)
    assert (index.ids(), index.change(log)) == ({"a", "c"}, 5)
    with index.searcher() as searcher:
        assert not list(searcher.documents(title_words="ferry"))
        assert [found["id"] for found in searcher.documents(title_words="lantern")] == ["a"]


def test_an_update_that_was_made_already_is_not_made_again(index: FullText, log: Log) -> None:
    log.write(article("c"))
    index.update(log)
    version = index.version
    index.update(log)
    assert index.version == version


def test_a_searcher_sees_what_another_process_committed(index: FullText, log: Log) -> None:
    assert index.ids() == {"a", "b"}
    log.write(article("c"))
    other = FullText(index.folder)
    other.update(log)
    assert index.ids() == {"a", "b", "c"}
    other.rebuild(log)
    assert index.ids() == {"a", "b", "c"}


def test_a_rebuild_leaves_only_what_it_made(index: FullText, log: Log) -> None:
    before = set(files_below(index.folder))
    rest = index.folder / "g00000077n0123456789ab.segment"
    rest.write_text("of a rebuild that was killed")
    index.rebuild(log)
    left = {path.name for path in files_below(index.folder)}
    assert left == read_manifest(index.folder).names | {manifest.MANIFEST}
    assert not {path.name for path in before} & left - {manifest.MANIFEST}
    assert index.ids() == {"a", "b"}


def test_an_index_of_whoosh_is_of_another_version_and_gone_after_the_next_rebuild(
    log: Log, tmp_path: Path
) -> None:
    older = tmp_path / "index" / "g000001"
    older.mkdir(parents=True)
    (older / "MAIN_0123456789abcdef.seg").write_bytes(b"columns")
    (tmp_path / "index" / "state.json").write_text("{}")
    index = FullText(tmp_path / "index")
    with pytest.raises(IndexDamagedError, match="another version"):
        index.change(log)
    index.repair(log)
    assert index.ids() == {"a", "b"}
    left = {path.name for path in files_below(index.folder)}
    assert left == read_manifest(index.folder).names | {manifest.MANIFEST}
    assert not older.exists()


def test_a_missing_index_is_damage(log: Log, tmp_path: Path) -> None:
    index = FullText(tmp_path / "index")
    with pytest.raises(IndexDamagedError, match="missing"):
        index.change(log)
    with pytest.raises(IndexDamagedError, match="missing"):
        index.ids()
    assert index.version == ()


@pytest.mark.parametrize("version", [0, 999])
def test_an_older_or_newer_schema_is_an_index_of_another_version(
    index: FullText, version: int
) -> None:
    changed = read_manifest(index.folder).model_copy(update={"schema_version": version})
    manifest.publish(index.folder, changed)
    with pytest.raises(IndexDamagedError, match="another version"):
        index.ids()


def test_an_index_of_another_record_or_of_a_later_state_of_it_is_damage(
    index: FullText, log: Log
) -> None:
    older = Log(article("a", "Ferry"))
    other = Log(article("x"), article("y"), article("z"))
    other.identity = "other"
    for record in (older, other):
        with pytest.raises(IndexDamagedError, match="another record"):
            index.change(record)
        with pytest.raises(IndexDamagedError, match="another record"):
            index.update(record)
    index.repair(other)
    assert (index.ids(), index.change(other)) == ({"x", "y", "z"}, 3)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '"x"', "null", "{}", "\x00" * 90, "[" * 9999])
def test_a_garbled_manifest_is_damage(index: FullText, text: str) -> None:
    (index.folder / manifest.MANIFEST).write_text(text)
    with pytest.raises(IndexDamagedError, match=r"manifest\.json"):
        index.ids()


@pytest.mark.parametrize("name", ["../elsewhere.segment", "/a.segment", "", "a/../b.segment"])
def test_a_manifest_never_leads_out_of_the_folder(index: FullText, name: str) -> None:
    whole = read_manifest(index.folder)
    file = whole.segments[0].segment.model_copy(update={"name": name})
    segment = whole.segments[0].model_copy(update={"segment": file})
    manifest.publish(index.folder, whole.model_copy(update={"segments": (segment,)}))
    with pytest.raises(IndexDamagedError, match=r"manifest\.json"):
        index.ids()


def test_a_changed_byte_in_any_file_is_a_fault(index: FullText) -> None:
    for path in files_below(index.folder):
        raw = path.read_bytes()
        path.write_bytes(raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) +
                         raw[len(raw) // 2 + 1 :])  # fmt: skip
        (fault,) = index.faults()
        assert str(path) in str(fault)
        path.write_bytes(raw)
    assert index.faults() == []


def test_what_is_whole_is_found_while_the_rest_is_damaged(index: FullText, log: Log) -> None:
    log.write(article("c", "Orchard"))
    index.update(log)
    first, _ = read_manifest(index.folder).segments
    (index.folder / first.segment.name).write_bytes(b"")
    fresh = FullText(index.folder)
    with pytest.raises(IndexDamagedError), fresh.searcher():
        pass
    with fresh.searcher(tolerant=True) as searcher:
        assert [found["id"] for found in searcher.documents()] == ["c"]
    fresh.repair(log)
    with fresh.searcher() as searcher:
        assert searcher.doc_count() == 3


def test_an_update_does_not_go_on_without_what_is_damaged(index: FullText, log: Log) -> None:
    log.write(article("c", "Orchard"))
    index.update(log)
    first, _ = read_manifest(index.folder).segments
    path = index.folder / first.segment.name
    path.write_bytes(path.read_bytes()[:-1])
    log.write(article("d", "Lantern"))
    change = index.change(log)
    with pytest.raises(IndexDamagedError, match="damaged"):
        index.update(log)
    assert index.change(log) == change
    index.repair(log)
    assert index.ids() == {"a", "b", "c", "d"}


def test_what_was_found_damaged_by_reading_it_is_left_out_from_then_on(
    index: FullText, log: Log
) -> None:
    log.write(article("c", "Orchard"))
    index.update(log)
    first, _ = read_manifest(index.folder).segments
    path = index.folder / first.segment.name
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + bytes([raw[100] ^ 1]) + raw[101:])
    version = index.version
    with index.searcher(tolerant=True) as searcher:
        assert searcher.doc_count() == 3
    before = index.damage
    (fault,) = index.faults(within=False)
    assert index.version != version
    with index.searcher(tolerant=True) as searcher:
        assert searcher.doc_count() == 1
    assert (before, index.damage) == (None, fault)
    told: list[IndexDamagedError] = []
    assert index.repair(log, told.append)
    assert told == [fault]
    with index.searcher() as searcher:
        assert searcher.doc_count() == 3


def test_without_a_manifest_what_was_open_is_searched(index: FullText, log: Log) -> None:
    assert index.ids() == {"a", "b"}
    (index.folder / manifest.MANIFEST).unlink()
    with index.searcher(tolerant=True) as searcher:
        assert searcher.doc_count() == 2
    assert "missing" in str(index.damage)
    with pytest.raises(IndexDamagedError), index.searcher():
        pass


def test_whoever_waits_for_another_writer_can_give_up(index: FullText, log: Log) -> None:
    class Leaving(Log):
        def advanced(self, _: int) -> None:
            raise StoppedError

    # Another process, and another thread of this one.
    for other in (FullText(index.folder), index):
        with index._writing(log), pytest.raises(StoppedError):
            other.update(Leaving())


def test_repair_builds_what_is_damaged_and_leaves_what_another_process_repaired(
    index: FullText, log: Log
) -> None:
    version = index.version
    index.repair(log)
    assert index.version == version
    next(index.folder.glob("*.segment")).write_bytes(b"")
    index.repair(log)
    assert index.version != version
    assert index.ids() == {"a", "b"}


def test_many_small_additions_leave_few_segments_and_no_deletions(
    index: FullText, log: Log
) -> None:
    for number in range(24):
        log.write(article(f"{number:02}", "Orchard"), article("a", f"Ferry {number}"))
        index.update(log)
        with index.searcher() as searcher:
            leaves = [reader for reader, _ in searcher.reader().leaf_readers()]
            assert len(leaves) < 2 * tiers.WIDTH
            assert sum(leaf.doc_count_all() for leaf in leaves) == number + 3
    assert index.ids() == {"a", "b", *(f"{number:02}" for number in range(24))}


# --- one writer at a time -------------------------------------------------------------------------


def test_without_waiting_a_second_writer_is_told_at_once(
    index: FullText, log: Log, tmp_path: Path
) -> None:
    log.write(article("c"))
    with (
        FileLock(tmp_path / "index.lock"),
        pytest.raises(LibraryBusyError, match=r"index is being written by another program"),
    ):
        index.update(log, wait=False)
    index.update(log, wait=False)
    assert index.ids() == {"a", "b", "c"}


def test_a_lock_file_that_a_killed_process_left_stops_nobody(
    index: FullText, log: Log, tmp_path: Path
) -> None:
    (tmp_path / "index.lock").write_text("left behind")
    log.write(article("c"))
    index.update(log, wait=False)
    assert index.ids() == {"a", "b", "c"}


def test_who_waits_is_told_for_whom(
    index: FullText, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.columnar.lock._AT_ONCE", 0.0)
    monkeypatch.setattr(fulltext, "_LOCK_SECONDS", 0.01)
    told: list[str] = []
    index.waiting = told.append
    with (
        index._writing(log),
        pytest.raises(LibraryBusyError, match=f"process {os.getpid()}, since"),
    ):
        FullText(index.folder).update(log, wait=False)
    with index._writing(log):
        other = FullText(index.folder)
        other.waiting = told.append
        with pytest.raises(LibraryBusyError):
            other.update(log)
    (sentence,) = told
    assert sentence.startswith(f"Waiting for another program (process {os.getpid()}, since ")


def test_the_lock_outlives_the_folder(index: FullText, log: Log, tmp_path: Path) -> None:
    with FileLock(tmp_path / "index.lock"):
        shutil.rmtree(tmp_path / "index")
        with pytest.raises(LibraryBusyError):
            index.update(log, wait=False)


# --- damage, or a fault of ours -------------------------------------------------------------------


def test_an_error_over_a_sound_index_is_not_taken_for_damage(index: FullText) -> None:
    with pytest.raises(LibraryError, match="ZeroDivisionError") as caught, index.searcher():
        _ = 1 // 0
    assert not isinstance(caught.value, IndexDamagedError)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_an_error_over_a_damaged_index_is_damage(index: FullText) -> None:
    next(index.folder.glob("*.segment")).write_bytes(b"")
    with pytest.raises(IndexDamagedError), index._foreign_errors():
        raise EOFError


def test_an_article_that_cannot_be_indexed_is_an_error_and_leaves_the_index_as_it_was(
    index: FullText, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Any) -> dict[str, object]:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(indexing, "document", broken)
    log.write(article("c"))
    for write in (index.update, index.rebuild):
        with pytest.raises(LibraryError, match="a fault of ours") as caught:
            write(log)
        assert not isinstance(caught.value, IndexDamagedError)
    assert index.ids() == {"a", "b"}
    assert index.faults() == []


# --- a writer beside a reader ---------------------------------------------------------------------


def _swap_while_opening(monkeypatch: pytest.MonkeyPatch, swap: Any, times: int = 1) -> None:
    """Let another process write between the reading of the manifest and the opening of files."""
    left = [times]
    opened = generation.open_segment

    def late(*arguments: Any) -> Any:
        if left[0]:
            left[0] -= 1
            swap()
        return opened(*arguments)

    monkeypatch.setattr(generation, "open_segment", late)


def test_segments_swapped_while_they_are_opened_are_no_damage(
    index: FullText, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = FullText(index.folder)
    _swap_while_opening(monkeypatch, lambda: other.rebuild(log), times=3)
    assert index.ids() == {"a", "b"}


def test_files_that_stay_away_are_damage_in_the_end(index: FullText) -> None:
    for path in index.folder.glob("*.segment"):
        path.unlink()
    with pytest.raises(IndexDamagedError):
        index.ids()


def test_a_full_disk_is_no_damage(
    index: FullText, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    log.write(article("c"))
    with monkeypatch.context() as patch:
        patch.setattr(manifest, "to_disk", full)
        with pytest.raises(LibraryError, match="index cannot be used: No space left") as caught:
            index.update(log)
    assert not isinstance(caught.value, IndexDamagedError)
