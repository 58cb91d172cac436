"""Whatever is done to a library, in whatever order: what it should know is what it knows."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desk import about, everything, rankings, write
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from index.library import Library
from index.results import Marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.store import Mark

WORDS = ("ferry", "glacier", "orchard", "quarry", "lantern", "council")
NAMES = ("a.txt", "b.txt", "sub/c.txt", "sub/d.txt", "sub/deep/e.txt")
QUERIES = (*WORDS, "ferry OR quarry", "-glacier", '"ferry glacier"', "orch*", "title:council")

texts = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=3
).map("\n\n".join)
folders = st.dictionaries(st.sampled_from(NAMES), texts, min_size=1)
different = folders.map(
    lambda files: {name: f"{text}\n\nAs {name} has it." for name, text in files.items()}
)
anything = st.one_of(st.binary(min_size=1, max_size=200), st.text(min_size=1).map(str.encode))

few = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def opened(folder: Path) -> Iterator[Library]:
    library = Library(folder)
    try:
        yield library
    finally:
        library.close()


def came(library: Library) -> dict[str, bytes]:
    """Return the bytes that came from each place whose file is there."""
    places = [place for id_ in library.ids() for place in library.origins.of(id_)]
    return {place.origin: library.origins.raw(place.origin) for place in places if place.present}


def write_all(folder: Path, files: dict[str, str]) -> list[Path]:
    return [write(folder, name, text) for name, text in files.items()]


@few
@given(folders)
def test_adding_twice_is_adding_once(files: dict[str, str]) -> None:
    with scratch() as at, opened(at / "library") as library:
        paths = write_all(at / "news", files)
        first = library.add(paths)
        known, found, version = everything(library), rankings(library, QUERIES), library.version
        second = library.add(paths)
        assert (second.added, second.updated) == (0, 0)
        assert second.unchanged == first.added + first.known == len(files)
        assert (everything(library), rankings(library, QUERIES)) == (known, found)
        assert library.version == version


@few
@given(different, st.randoms(use_true_random=False), st.integers(1, 3))
def test_in_any_order_and_in_any_batches_it_is_the_same_library(
    files: dict[str, str], chance: object, size: int
) -> None:
    with scratch() as at, opened(at / "one") as one, opened(at / "other") as other:
        paths = write_all(at / "news", files)
        one.add(paths)
        shuffled = list(paths)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        for start in range(0, len(shuffled), size):
            other.add(shuffled[start : start + size])
        assert everything(one) == everything(other)
        assert rankings(one, QUERIES) == about(rankings(other, QUERIES))


@few
@given(st.lists(anything, min_size=1, max_size=8))
def test_whatever_the_bytes_they_come_back_or_the_file_is_named(raws: list[bytes]) -> None:
    with scratch() as at, opened(at / "library") as library:
        paths = [write(at / "news", f"{number}.txt", raw) for number, raw in enumerate(raws)]
        report = library.add(paths)
        named = {problem.path for problem in report.problems}
        kept = came(library)
        assert kept.keys() | named == {str(path) for path in paths}
        assert not kept.keys() & named
        assert all(Path(origin).read_bytes() == raw for origin, raw in kept.items())
        assert library.verify() == []


class Shelf(RuleBasedStateMachine):
    """A library over a folder, beside what it should know."""

    def __init__(self) -> None:
        super().__init__()
        self.at = Path(tempfile.mkdtemp())
        self.news = self.at / "news"
        self.news.mkdir()
        self.library = Library(self.at / "library")
        self.library.add([])
        self.marks: dict[str, Marks] = {}
        self.steps: list[dict[str, Marks]] = []

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.at)

    @rule(name=st.sampled_from(NAMES), text=texts)
    def write(self, name: str, text: str) -> None:
        write(self.news, name, text)
        self.library.mirror([self.news])

    @rule(files=folders)
    def write_several(self, files: dict[str, str]) -> None:
        write_all(self.news, files)
        self.library.mirror([self.news])

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name: str) -> None:
        (self.news / name).unlink(missing_ok=True)
        self.library.mirror([self.news])

    @precondition(lambda self: self.library.ids())
    @rule(places=st.lists(st.integers(0, 9), max_size=3), on=st.booleans(),
          mark=st.sampled_from(["read", "starred"]))  # fmt: skip
    def mark(self, places: Sequence[int], mark: Mark, on: bool) -> None:
        listed = self.library.ids()
        ids = [listed[place % len(listed)] for place in places]
        changed = [id_ for id_ in ids if getattr(self.marks.get(id_, Marks()), mark) is not on]
        self.library.set_mark(ids, mark, on=on)
        if changed:
            self.steps.append(dict(self.marks))
        for id_ in changed:
            known = self.marks.get(id_, Marks())
            self.marks[id_] = known.model_copy(update={mark: on})

    @rule()
    def undo(self) -> None:
        undone = self.library.undo()
        assert (undone is None) is (not self.steps)
        if self.steps:
            self.marks = self.steps.pop()

    @rule()
    def open_anew(self) -> None:
        self.library.close()
        self.library = Library(self.at / "library")

    @rule()
    def rebuild(self) -> None:
        self.library.rebuild()

    @rule()
    def lose_the_index(self) -> None:
        shutil.rmtree(self.library.folder / "index")

    @invariant()
    def marks_are_as_they_were_set(self) -> None:
        for mark in ("read", "starred"):
            expected = {id_ for id_, marks in self.marks.items() if getattr(marks, mark)}
            assert self.library.marked(mark) == expected

    @invariant()
    def the_record_is_what_lies_in_the_folder(self) -> None:
        here = {str(path): path.read_bytes() for path in self.news.rglob("*.txt")}
        assert came(self.library) == here

    @invariant()
    def the_index_is_as_one_built_anew(self) -> None:
        found = rankings(self.library, QUERIES)
        folder = self.at / "twin"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for path in self.library.folder.glob("library.db*"):
            shutil.copy(path, folder)
        with opened(folder) as twin:
            twin.sync()
            assert rankings(twin, QUERIES) == about(found)


TestShelf = Shelf.TestCase
TestShelf.settings = settings(
    max_examples=12,
    stateful_step_count=12,
    # Without making a failure smaller: each try takes a second.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
