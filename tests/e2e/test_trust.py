"""Trust: damaged in any file, on a full disk, shared by processes, nothing reported is lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from desk import (
    PATIENCE,
    QUERIES,
    about,
    broadsheet,
    command,
    everything,
    files_below,
    rankings,
    reindexed,
    surroundings,
    titles,
    write_stories,
)

from index import indexing
from index.columnar import tiers
from index.columnar.manifest import MANIFEST, read_manifest
from index.errors import LibraryError
from index.library import Library
from reader.commands.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# --- damaged --------------------------------------------------------------------------------------

_random = random.Random(20251009)

DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "removed": lambda _: None,
    "emptied": lambda _: b"",
    "truncated": lambda raw: raw[: len(raw) // 2],
    "a byte short": lambda raw: raw[:-1],
    "zeroed": lambda raw: bytes(len(raw)),
    "random": lambda raw: _random.randbytes(len(raw)),
    "longer": lambda raw: raw + b"\0",
}


def test_a_flipped_bit_is_named_by_verify_and_never_a_traceback(base: Path, tmp_path: Path) -> None:
    shutil.copytree(base / "index", tmp_path / "kept")
    for path in list(files_below(base / "index")):
        whole = path.read_bytes()
        for place in _random.sample(range(len(whole)), 6):
            bit = 1 << _random.randrange(8)
            path.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
            ended = CliRunner().invoke(main, ["verify", "--library", str(base)])
            assert (ended.exit_code, str(path) in ended.stderr) == (1, True)
            library = Library(base)
            rankings(library, QUERIES)
            library.rebuild()
            assert library.verify() == []
            library.close()
            shutil.rmtree(base / "index")
            shutil.copytree(tmp_path / "kept", base / "index")


def test_segments_in_the_place_of_one_another_are_noticed(base: Path, tmp_path: Path) -> None:
    library = Library(base)
    library.add(write_stories(tmp_path / "new", 2, "loud"))
    expected = rankings(library, QUERIES)
    library.close()
    one, other = sorted((base / "index").glob("*.segment"))
    one.rename(tmp_path / "one")
    other.rename(one)
    (tmp_path / "one").rename(other)
    told: list[str] = []
    library = Library(base, told.append)
    assert rankings(library, QUERIES) == expected
    assert [text.endswith("another segment. It is being rebuilt.") for text in told] == [True]
    library.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_file_of_the_index_is_damaged_search_answers_rightly(
    base: Path, tmp_path: Path, damage: str
) -> None:
    whole = Library(base)
    expected, known = rankings(whole, QUERIES), everything(whole)
    whole.close()
    for path in list(files_below(base / "index")):
        folder = tmp_path / "damaged"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base, folder)
        damaged = folder / path.relative_to(base)
        left = DAMAGES[damage](damaged.read_bytes())
        if left is None:
            damaged.unlink()
        else:
            damaged.write_bytes(left)
        told: list[str] = []
        library = Library(folder, told.append)
        assert everything(library) == known
        assert rankings(library, QUERIES) == expected
        matters = path.suffix in (".json", ".segment")
        assert [text.endswith("It is being rebuilt.") for text in told] == [True] * matters
        assert library.verify() == []
        library.close()


def test_a_folder_without_its_index_answers_rightly_from_the_command_line(base: Path) -> None:
    at = ("--library", base)
    expected = broadsheet("search", "quiet", *at).stdout
    shutil.rmtree(base / "index")
    listed = broadsheet("list", *at)
    assert (listed.returncode, len(listed.stdout.splitlines()), listed.stderr) == (0, 4, b"")
    found = broadsheet("search", "quiet", *at)
    assert (found.returncode, found.stdout) == (0, expected)
    assert found.stderr == b"The index is missing. It is being rebuilt.\n"


@pytest.mark.parametrize("size", [100, 4096, 5000, -1, -4096])
def test_a_truncated_record_is_an_error_that_names_it(base: Path, size: int) -> None:
    path = base / "library.db"
    raw = path.read_bytes()
    path.write_bytes(raw[:size])
    for words in (["list"], ["search", "quiet"], ["verify"]):
        ended = CliRunner().invoke(main, [*words, "--library", str(base)])
        assert isinstance(ended.exception, SystemExit | None)
        assert ended.exit_code == 0 or str(path) in ended.stderr


def test_a_record_put_in_the_place_of_another_is_searched_as_it_is(
    base: Path, tmp_path: Path
) -> None:
    backup = (base / "library.db").read_bytes()
    library = Library(base)
    library.add(write_stories(tmp_path / "new", 3, "loud"))
    library.close()
    (base / "library.db").write_bytes(backup)
    told: list[str] = []
    library = Library(base, told.append)
    library.add(write_stories(tmp_path / "newer", 5, "bright"))
    assert (titles(library, "loud"), len(titles(library, "bright"))) == ([], 5)
    assert told == ["The index was made from another record. It is being rebuilt."]
    assert library.verify() == []
    library.close()
    (base / "library.db").unlink()
    library = Library(base, told.append)
    library.sync()
    assert titles(library, "quiet") == []
    assert len(told) == 2
    library.close()


# --- a full disk ----------------------------------------------------------------------------------


def test_on_a_full_disk_earlier_articles_stay_and_the_place_is_named(
    base: Path, tmp_path: Path, small_disk: Path
) -> None:
    folder = small_disk / "library"
    shutil.copytree(base, folder)
    rubble = write_stories(tmp_path / "new", 400, "quiet " * 300)
    ended = broadsheet("add", *rubble, "--library", folder)
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr
    assert str(folder).encode() in ended.stderr
    library = Library(folder)
    assert len(library.ids()) >= 4
    assert titles(library, "")
    assert list(library._store.damage()) == []
    library.close()


def test_a_full_disk_while_indexing_leaves_a_record_that_is_found_later(
    base: Path, tmp_path: Path, small_disk: Path
) -> None:
    folder = small_disk / "library"
    shutil.copytree(base, folder)
    ballast = small_disk / "ballast"
    free = shutil.disk_usage(small_disk).free
    ballast.write_bytes(bytes(free - 300_000))
    write_stories(tmp_path / "new", 9, "quiet")
    library = Library(folder)
    try:
        library.add([tmp_path / "new"])
    except LibraryError as error:
        assert str(folder) in str(error)  # noqa: PT017  (it may have fitted)
    ballast.unlink()
    library.add([tmp_path / "new"])
    assert len(titles(library, "quiet")) == 13
    assert library.verify() == []
    library.close()


@pytest.mark.parametrize("many", [2, 1_000])
def test_wherever_the_disk_is_full_the_index_stays_as_it_was(
    base: Path, tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """``many``: with 2, several processes write."""
    monkeypatch.setattr(indexing, "MANY", many)
    monkeypatch.setattr(indexing, "LARGE", many)
    monkeypatch.setattr(tiers, "WIDTH", 2)
    folder, ballast = small_disk / "library", small_disk / "ballast"
    shutil.copytree(base, folder)
    library = Library(folder)
    with monkeypatch.context() as patch:
        patch.setattr(library._fulltext, "update", lambda *_, **__: None)
        library.add(write_stories(tmp_path / "new", 3, "quiet"))
    old, failed = titles(library, "quiet"), 0
    for free in (0, 4, 12, 24, 40) if many > 2 else (0, 12, 24):
        ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - free * 1024))
        try:
            library.sync()
        except LibraryError as error:
            failed += 1
            assert str(folder) in str(error)  # noqa: PT017  (it may have fitted)
            assert "No space left" in str(error)  # noqa: PT017
        found = titles(library, "quiet")
        assert found == old or len(found) == 7
        ballast.unlink()
    assert failed > 1
    library.sync()
    assert len(titles(library, "quiet")) == 7
    assert rankings(library, QUERIES) == about(reindexed(library, tmp_path / "twin"))
    library.add(write_stories(tmp_path / "newer", 1, "quiet"))
    left = {path.name for path in files_below(folder / "index")}
    assert left == read_manifest(folder / "index").names | {MANIFEST}
    assert library.verify() == []
    library.close()


def test_an_index_that_cannot_be_written_is_searched_as_it_is(
    base: Path, tmp_path: Path, small_disk: Path
) -> None:
    shutil.copytree(base / "index", small_disk, dirs_exist_ok=True)
    shutil.rmtree(base / "index")
    (base / "index").symlink_to(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    library = Library(base)
    library.sync()
    assert len(titles(library, "quiet")) == 4
    with pytest.raises(LibraryError, match=r"index cannot be .*: Read-only file system"):
        library.add(write_stories(tmp_path / "new", 2, "quiet"))
    assert len(library.ids()) == 6
    assert len(titles(library, "quiet")) == 4
    for words in (["search", "quiet"], ["rebuild"]):
        ended = CliRunner().invoke(main, [*words, "--library", str(base)])
        assert isinstance(ended.exception, SystemExit)
        assert (ended.exit_code, "Read-only file system" in ended.stderr) == (1, True)
    library.close()


def test_a_library_that_cannot_be_written_is_named(base: Path, small_disk: Path) -> None:
    folder = small_disk / "library"
    shutil.copytree(base, folder)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for words in (["search", "quiet"], ["list"], ["verify"], ["add", str(base)]):
        ended = CliRunner().invoke(main, [*words, "--library", str(folder)])
        assert isinstance(ended.exception, SystemExit | None)
        assert ended.exit_code == 0 or str(folder) in ended.stderr


def test_a_file_in_the_place_of_the_index_is_named(base: Path) -> None:
    shutil.rmtree(base / "index")
    (base / "index").write_text("in the way")
    ended = CliRunner().invoke(main, ["search", "quiet", "--library", str(base)])
    assert isinstance(ended.exception, SystemExit)
    assert (ended.exit_code, str(base / "index") in ended.stderr) == (1, True)


# --- several processes ----------------------------------------------------------------------------

_SEARCHES = """
import pathlib, sys
from index.library import Library
from reader.commands.cli import main
library = Library(pathlib.Path(sys.argv[1]), print)
print("ready", flush=True)
seen = 0
while seen < int(sys.argv[2]):
    library.sync(wait=False)
    found = library.search("quiet", limit=3)
    assert found.total >= seen, (found.total, seen)
    assert len(library.search("").ids) >= found.total
    seen = found.total
"""


def test_processes_that_add_at_the_same_time_lose_nothing_and_disturb_no_reader(
    base: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        write_stories(tmp_path / name, 60, "quiet")
    reader = subprocess.Popen(
        [sys.executable, "-c", _SEARCHES, str(base), "124"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings({}),
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    writers = [
        subprocess.Popen(
            command("add", tmp_path / name, "--library", base),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=surroundings({}),
        )
        for name in ("one", "two")
    ]
    for writer in writers:
        assert writer.communicate(timeout=PATIENCE) == (b"60 added\n", b"")
    notices, errors = reader.communicate(timeout=PATIENCE)
    assert (reader.returncode, errors) == (0, "")
    assert "rebuilt" not in notices
    library = Library(base)
    assert len(library.ids()) == 124
    assert rankings(library, QUERIES) == about(reindexed(library, tmp_path / "twin"))
    assert library.verify() == []
    library.close()


def test_processes_that_begin_a_library_at_the_same_time_both_succeed(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    for name in range(4):
        write_stories(tmp_path / str(name), 5, "quiet")
    started = [
        subprocess.Popen(
            command("add", tmp_path / str(name), "--library", folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=surroundings({}),
        )
        for name in range(4)
    ]
    for process in started:
        assert process.communicate(timeout=PATIENCE) == (b"5 added\n", b"")
    library = Library(folder)
    assert len(titles(library, "quiet")) == 20
    assert library.verify() == []
    library.close()


def test_marks_and_additions_of_two_processes_both_stay(base: Path, tmp_path: Path) -> None:
    write_stories(tmp_path / "new", 5, "quiet")
    here, there = Library(base), Library(base)
    before = here.ids()
    here.set_mark(before[:2], "read", on=True)
    there.add([tmp_path / "new"])
    there.set_mark(before[2:], "starred", on=True)
    here.rebuild()
    assert here.marked("read") == there.marked("read") == set(before[:2])
    assert here.marked("starred") == set(before[2:])
    assert len(titles(here, "quiet")) == len(titles(there, "quiet")) == 9
    here.close()
    there.close()


def test_a_rebuild_beside_an_addition_never_brings_back_an_older_text(
    base: Path, tmp_path: Path
) -> None:
    paths = write_stories(tmp_path / "old", 4, "loud")
    library = Library(base)
    rebuilding = subprocess.Popen(command("rebuild", "--library", base), env=surroundings({}))
    library.add([tmp_path / "old"])
    assert rebuilding.wait(PATIENCE) == 0
    library.sync()
    assert len(titles(library, "loud")) == 4
    assert {library.raw(id_) for id_ in library.ids()} == {path.read_bytes() for path in paths}
    assert library.verify() == []
    library.close()


# --- bad inputs -----------------------------------------------------------------------------------


def test_bad_inputs_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    good = write_stories(odd, 3, "quiet")
    os.mkfifo(odd / "pipe")
    (odd / "empty.txt").touch()
    (odd / "binary.txt").write_bytes(bytes(range(256)) * 100)
    with (odd / "huge.txt").open("wb") as huge:
        huge.truncate(50 << 20)
    undecodable = os.fsencode(odd) + b"/caf\xe9.txt"
    os.close(os.open(undecodable, os.O_CREAT | os.O_WRONLY))
    bad = [odd / name for name in ("pipe", "empty.txt", "binary.txt", "huge.txt", "gone")]
    ended = broadsheet(
        "add", *bad, os.fsdecode(undecodable), *good, "--library", tmp_path / "library"
    )
    assert (ended.returncode, ended.stdout) == (1, b"3 added\n")
    complaints = ended.stderr.decode().splitlines()
    assert [line.split(": ")[0] for line in complaints] == [*map(str, bad), f"{odd}/caf�.txt"]
