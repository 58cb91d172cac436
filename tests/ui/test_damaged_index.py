"""A damaged index holds up nothing: what is whole is found, and the rest comes back by itself."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from desk import write_stories
from stage import WIDE, reading

from index.columnar.manifest import MANIFEST, read_manifest
from index.fulltext import FullText
from index.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MEANWHILE = "It is being rebuilt; some articles can't be found until then."


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.app._LOOK_SECONDS", 0.05)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library of two segments: of six stories, and of two."""
    library = Library(tmp_path / "library")
    for number, word in ((6, "quiet"), (2, "loud")):
        library.add(write_stories(tmp_path / word, number, word))
    library.close()
    library = Library(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Until it is set, no index is built."""
    build, event = FullText._build, threading.Event()

    def late(*arguments: Any, **options: Any) -> None:
        assert event.wait(30)
        build(*arguments, **options)

    monkeypatch.setattr(FullText, "_build", late)
    return event


def segment(library: Library, place: int) -> Path:
    folder = library.folder / "index"
    return folder / read_manifest(folder).segments[place].segment.name


def flipped(raw: bytes) -> bytes:
    """Change a byte that nothing but a checksum of the arrays notices."""
    return raw[:200] + bytes([raw[200] ^ 1]) + raw[201:]


def cut(raw: bytes) -> bytes:
    return raw[:-1]


@pytest.mark.parametrize("damage", [flipped, cut])
async def test_what_is_whole_is_found_and_then_everything(
    library: Library, go_on: threading.Event, damage: Callable[[bytes], bytes]
) -> None:
    path = segment(library, 0)
    path.write_bytes(damage(path.read_bytes()))
    async with reading(library, WIDE) as stage:
        await stage.until(lambda: MEANWHILE in stage.said, "the notice")
        await stage.search("council")
        assert stage.result_list.total == 2
        await stage.search("coun")
        assert stage.said.count("It is being rebuilt") == 1
        go_on.set()
        await stage.until(lambda: stage.result_list.total == 8, "all articles")
        assert stage.answered == "coun"
        await stage.until(lambda: "indexing" not in stage.status, "the end of the repair")
    assert library.verify() == []


async def test_without_anything_whole_nothing_is_found_until_it_is_built_anew(
    library: Library, go_on: threading.Event
) -> None:
    (library.folder / "index" / MANIFEST).write_bytes(b"{}")
    async with reading(library, WIDE) as stage:
        await stage.press("/", *"council")
        await stage.until(lambda: stage.answered == "council", "an answer")
        assert stage.result_list.total == 0
        await stage.until(lambda: MEANWHILE in stage.said, "the notice")
        go_on.set()
        await stage.until(lambda: stage.result_list.total == 8, "all articles")


async def test_damage_while_the_reader_is_open_is_lived_with(
    library: Library, go_on: threading.Event
) -> None:
    async with reading(library, WIDE) as stage:
        await stage.search("council")
        assert stage.result_list.total == 8
        # Touching what is mapped and gone would kill the process.
        segment(library, 0).write_bytes(b"")
        await stage.search("counc")
        assert stage.result_list.total == 2
        (library.folder / "index" / MANIFEST).unlink()
        await stage.search("coun")
        await stage.until(lambda: MEANWHILE in stage.said, "the notice")
        go_on.set()
        await stage.until(lambda: stage.result_list.total == 8, "all articles")


async def test_an_index_that_cannot_be_built_is_told_of_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = segment(library, 1)
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.setattr("index.columnar.manifest.to_disk", full)
    async with reading(library, WIDE) as stage:
        await stage.until(lambda: "No space left" in stage.said, "the error")
        for query in ("council", "counc", "coun"):
            await stage.search(query)
            assert stage.result_list.total == 6
        assert stage.said.count("No space left") == 1


async def test_a_fault_of_ours_is_told_and_nothing_is_rebuilt(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index import search

    rank, version = search.rank, library._fulltext.version

    def faulty(searcher: Any, text: str, **how: Any) -> Any:
        return rank(searcher, text, **how) if text != "c" else 1 // 0

    async with reading(library, WIDE) as stage:
        monkeypatch.setattr(search, "rank", faulty)
        await stage.press("/", "c")
        await stage.until(lambda: "ZeroDivisionError" in stage.said, "the fault")
        assert "rebuilt" not in stage.said
        await stage.press("o", "u", "n")
        await stage.until(lambda: stage.answered == "coun", "an answer")
        assert stage.result_list.total == 8
    assert library._fulltext.version == version


def test_leaving_ends_the_check_at_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    checking = threading.Event()

    def endless(self: FullText, going_on: Callable[[], object], **_: Any) -> Any:
        checking.set()
        while True:
            going_on()

    monkeypatch.setattr(FullText, "faults", endless)
    library.keep_answering()
    assert checking.wait(30)
    library.close()
    assert not any(thread.is_alive() for thread in library._repairs._threads)
