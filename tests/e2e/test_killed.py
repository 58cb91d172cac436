"""Killed at any step, nothing that was reported is lost, and what is found is the old or the new.

With BROADSHEET_THOROUGH in the environment every step is tried, rather than some.
"""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest
from desk import (
    CHECKOUT,
    PATIENCE,
    QUERIES,
    files_below,
    rankings,
    reindexed,
    story,
    surroundings,
    write,
    write_stories,
)

from index import indexing, search
from index.columnar.manifest import MANIFEST, read_manifest
from index.errors import IndexDamagedError, StoppedError
from index.fulltext import FullText
from index.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.progress import Progress

THOROUGH = bool(os.environ.get("BROADSHEET_THOROUGH"))

MERGING = {"index.columnar.tiers.WIDTH": 2, "index.columnar.spool._IN_MEMORY": 0}
"""Every two segments are merged, by way of the disk."""

BY_SEVERAL = {"index.indexing.MANY": 2, "index.indexing.STRETCH": 4, "index.indexing.LARGE": 1}
"""A few articles are taken in by several processes, four at a time, and merged by one of them."""


class Try(NamedTuple):
    """What became of one attempt."""

    folder: Path
    step: int
    survived: bool
    reported: set[str]


def doomed(
    folder: Path, base: Path | None, act: str, *paths: Path, sample: int = 0, **settings: int
) -> list[Try]:
    """Let something be done again and again, killed at each step in turn, or at some."""
    options = [f"--sample={0 if THOROUGH else sample}"]
    options += [f"--set={name}={number}" for name, number in settings.items()]
    words = [sys.executable, CHECKOUT / "tests" / "doomed.py", *options, folder, base or "-", act]
    ended = subprocess.run(
        [*words, *paths],
        capture_output=True,
        text=True,
        env=surroundings({}),
        timeout=10 * PATIENCE,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = [line.split() for line in ended.stdout.splitlines()]
    assert [end for end, *_ in lines] == ["killed"] * (len(lines) - 1) + ["survived"]
    return [
        Try(folder / str(int(step) + (end == "survived")), int(step), end == "survived", set(ids))
        for end, step, *ids in lines
    ]


def found_at_once(folder: Path) -> object:
    """Return what the index of a library finds as it was left, None where there is none yet."""
    index = FullText(folder / "index")
    try:
        with index.searcher() as searcher:
            found = search.rank(searcher, "quiet OR number OR council")
            scores = [round(score, 9) for score in found.scores]
    except IndexDamagedError as error:
        assert "missing" in str(error)  # noqa: PT017  (killed before there was one)
        return None
    assert index.faults() == []
    return tuple(zip(found.ids, scores, strict=True))


def has_deletions(folder: Path) -> bool:
    return any(files.deleted for files in read_manifest(folder / "index").segments)


_expected: dict[tuple[str, ...], dict[str, dict[str, float]]] = {}


def is_right(folder: Path, reported: set[str]) -> None:
    """Check that the next start shows what was reported, finds just that, and leaves no rubble."""
    library = Library(folder)
    library.sync()
    ids = library.ids()
    assert reported <= set(ids)
    found = rankings(library, QUERIES)
    if ids not in _expected:
        _expected[ids] = reindexed(library, folder.with_name("twin"))
    # Until they are merged away, deleted articles count where the rarity of a word is measured.
    rounding = 0.5 if has_deletions(folder) else 1e-5
    assert found == {
        query: pytest.approx(scores, rel=rounding) for query, scores in _expected[ids].items()
    }
    assert set(library.search("council", limit=0).ids) == set(ids)
    assert library.verify() == []
    library.add([write(folder.with_name("more"), "one.txt", story("more of the same"))])
    left = {path.name for path in files_below(folder / "index")}
    assert left == read_manifest(folder / "index").names | {MANIFEST}
    library.close()


def are_right(tries: list[Try]) -> None:
    """Check every attempt: first as it was left, then after the next start."""
    seen: list[object] = []
    for one in tries:
        found = found_at_once(one.folder)
        # Later steps find the same or something newer, never again what was found before that.
        assert found not in seen[:-1], one.step
        if found not in seen:
            seen.append(found)
    for one in tries:
        is_right(one.folder, one.reported)


@pytest.mark.parametrize("begun", [True, False])
def test_at_any_step_of_add_the_next_start_has_all_that_was_reported(
    base: Path, tmp_path: Path, begun: bool
) -> None:
    write_stories(tmp_path / "new", 3, "quiet")
    begin = base if begun else None
    settings = {"index.taking.BATCH": 2}
    tries = doomed(tmp_path / "tries", begin, "add", tmp_path / "new", sample=30, **settings)
    assert len(tries) > 20
    assert {len(one.reported) for one in tries} == {0, 2, 3}
    are_right(tries)


def test_twice_nothing_is_lost_either(base: Path, tmp_path: Path) -> None:
    for name in ("new", "newer"):
        write_stories(tmp_path / name, 3, "quiet")
    first = doomed(tmp_path / "first", base, "add", tmp_path / "new")
    once = first[len(first) // 2]
    second = doomed(tmp_path / "second", once.folder, "add", tmp_path / "newer", sample=10)
    are_right([one._replace(reported=one.reported | once.reported) for one in second])


def test_at_any_step_of_a_merge(base: Path, tmp_path: Path) -> None:
    write_stories(tmp_path / "new", 3, "quiet")
    changed = write(tmp_path / "old", "0000.txt", story("harbour number 0", "It is quiet at last."))
    paths = [tmp_path / "new", changed]
    tries = doomed(tmp_path / "tries", base, "add", *paths, sample=25, **MERGING)
    assert tries[-1].step > 80
    assert len(read_manifest(tries[-1].folder / "index").segments) == 1
    are_right(tries)


def test_at_any_step_of_a_rebuild_the_answers_stay_the_same(base: Path, tmp_path: Path) -> None:
    tries = doomed(tmp_path / "tries", base, "rebuild")
    assert len({found_at_once(one.folder) for one in tries}) == 1
    are_right(tries)


# --- several processes ----------------------------------------------------------------------------

_SITE = """
import os, sys
if "ALIVE" in os.environ:
    part = "segments" if "index.segment_process" in sys.orig_argv else "loading"
    # Open for as long as the process lives.
    alive = os.open(os.environ["ALIVE"], os.O_WRONLY)
    os.write(alive, f"{part} {os.getpid()}\\n".encode())
    if part == "segments" and "DOOMED" in os.environ:
        import doomed
        doomed.arm(int(os.environ["DOOMED"]))
"""
"""What each process does first: it tells who it is, and opens a pipe that ends with the last."""

_LOAD = """
import sys
from pathlib import Path
from index import indexing
from index.library import Library
indexing.MANY, indexing.STRETCH, indexing.LARGE = 2, 4, 1
library = Library(Path(sys.argv[1]), print)
library.sync(lambda progress: print(progress.done, progress.total, flush=True))
"""


class Load:
    """A bulk load by several processes, going on."""

    def __init__(self, process: subprocess.Popen[str], alive: int) -> None:
        self.process, self._alive = process, alive
        self.segments: list[int] = []
        """The processes that write segments."""

    def reports(self) -> Iterator[tuple[int, int]]:
        """Give how far it is, each time it says so."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._hear()
            done, total = line.split()
            yield int(done), int(total)

    def wait_for_the_end_of_all(self) -> None:
        """Return when no process is left; fail where one goes on without its parent."""
        self.process.wait(PATIENCE)
        while self._hear():
            pass

    def _hear(self) -> bool:
        """Take notice of processes that have begun; tell whether any is left."""
        waiting = 1000 * PATIENCE if self.process.poll() is not None else 0
        poll = select.poll()
        poll.register(self._alive)
        events = poll.poll(waiting)
        assert events or not waiting, "a process goes on without its parent"
        said = os.read(self._alive, 4096).decode() if events else ""
        self.segments += [int(line.split()[1]) for line in said.splitlines() if "segm" in line]
        return bool(said)


@contextmanager
def loading(folder: Path, **settings: str) -> Iterator[Load]:
    """Let the index of a library be brought up to its record by several processes."""
    site = write(folder.with_name("site"), "sitecustomize.py", _SITE)
    pipe = folder.with_name("alive")
    if not pipe.exists():
        os.mkfifo(pipe)
    alive = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    around = surroundings({"ALIVE": str(pipe), **settings})
    around["PYTHONPATH"] += os.pathsep + str(site.parent)
    with subprocess.Popen(
        [sys.executable, "-c", _LOAD, folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=around,
    ) as process:
        try:
            yield Load(process, alive)
        finally:
            process.kill()
            os.close(alive)


@pytest.fixture
def unindexed(tmp_path: Path) -> Path:
    """A library whose index is far behind its record."""
    library = Library(tmp_path / "unindexed")
    library.add([])
    write_stories(tmp_path / "many", 24, "quiet")
    library._fulltext.update = lambda *_, **__: None  # type: ignore[method-assign]
    library.add([tmp_path / "many"])
    library.close()
    return library.folder


def change_of(folder: Path) -> int:
    return read_manifest(folder / "index").change


@pytest.mark.parametrize("seed", range(20 if THOROUGH else 2))
def test_killed_at_any_moment_a_bulk_load_goes_on_where_it_was(unindexed: Path, seed: int) -> None:
    choose, before = random.Random(seed), change_of(unindexed)
    assert before == 0
    for _ in range(2):
        with loading(unindexed) as load:
            fatal = choose.randrange(2, 6)
            for number, (_, total) in enumerate(load.reports()):
                # What was published once is not taken in again.
                assert total == 24 - before
                if number == fatal:
                    load.process.kill()
            load.wait_for_the_end_of_all()
            assert load.process.returncode == -signal.SIGKILL
            assert len(load.segments) == 2
        found_at_once(unindexed)
        assert change_of(unindexed) >= before
        before = change_of(unindexed)
    is_right(unindexed, set())


@pytest.mark.parametrize("step", range(1, 9) if THOROUGH else [2, 7])
def test_a_process_that_writes_segments_is_killed(unindexed: Path, step: int) -> None:
    with loading(unindexed, DOOMED=str(step)) as load:
        assert load.process.stderr is not None
        list(load.reports())
        said = load.process.stderr.read()
        load.wait_for_the_end_of_all()
    assert load.process.returncode == 1
    assert "LibraryError" in said.splitlines()[-1]
    assert "ended too early" in said.splitlines()[-1]
    found_at_once(unindexed)
    is_right(unindexed, set())


def test_a_bulk_load_that_is_ended_leaves_no_rubble_and_goes_on_where_it_was(
    unindexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in (("MANY", 2), ("STRETCH", 4)):
        monkeypatch.setattr(indexing, name, number)
    library = Library(unindexed)
    totals: list[int] = []

    def listen(progress: Progress) -> None:
        totals.append(progress.total)
        if change_of(unindexed):
            raise StoppedError

    with pytest.raises(StoppedError):
        library.sync(listen)
    left = {path.name for path in files_below(unindexed / "index")}
    assert left == read_manifest(unindexed / "index").names | {MANIFEST}
    library.sync(lambda progress: totals.append(progress.total))
    assert (totals[0], totals[-1] < 24) == (24, True)
    library.close()
    is_right(unindexed, set())


def test_at_some_steps_of_a_bulk_load(tmp_path: Path) -> None:
    write_stories(tmp_path / "many", 12, "quiet")
    settings = {**BY_SEVERAL, "index.columnar.tiers.WIDTH": 2}
    tries = doomed(tmp_path / "tries", None, "add", tmp_path / "many", sample=4, **settings)
    are_right(tries)
