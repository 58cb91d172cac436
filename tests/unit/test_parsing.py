"""Documents made ready by several processes: the same as by one, whatever becomes of them."""

from __future__ import annotations

import gzip
import itertools
import json
from typing import TYPE_CHECKING

import pytest
from desk import everything, story, write, write_stories

from index import gather, parsing
from index.errors import StoppedError, UnreadableError
from index.intake.document import Document
from index.library import Library
from index.parsing import Parsing
from index.progress import silent
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.parsing import Found, Ready
    from index.progress import Progress


class Watched(parsing._Process):
    """A process that is seen."""

    started: list[Watched]

    def __init__(self) -> None:
        super().__init__()
        self.started.append(self)

    @property
    def is_gone(self) -> bool:
        return self._process.poll() is not None


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Watched]:
    """Two processes, which are given three documents at a time; those that were started."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(parsing, "FEW", 2)
    monkeypatch.setattr(parsing, "STRETCH", 3)
    monkeypatch.setattr(parsing, "_Process", Watched)
    monkeypatch.setattr(Watched, "started", [], raising=False)
    return Watched.started


def made(found: Iterator[Found] | list[Found]) -> list[Ready]:
    with Parsing() as parsing_:
        return list(parsing_.ready(found))


def told(ready: list[Ready]) -> list[object]:
    """Make what became of documents comparable: errors are not."""
    return [
        (one.path, one.reason) if isinstance(one, UnreadableError) else tuple(one) for one in ready
    ]


def document(number: int, text: str = "") -> Document:
    return Document(story(f"ferry {number}", text).encode(), f"/news/{number}.txt", f"1:{number}")


def each_alone(found: list[Found]) -> list[Ready]:
    """Make documents ready in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.cpu_count", lambda: 1)
        return made(found)


VARIED: list[Found] = [
    document(0),
    UnreadableError("/news/gone.txt", "no such file or folder"),
    Document(b"", "/news/empty.txt"),
    Document(b"<html><title>Ferry</title><p>It sank.</p></html>", "/news/page.html"),
    Document(b'{"title": "Ferry", "date": "2025-10-09", "body": "It sank."}', "/news/all.jsonl#a"),
    Document(json.dumps({"title": "F", "tags": [None], "content": "\x1b[31m"}).encode(), "x.json"),
    Document("Ünïcode\n\n\u202eText 🚢 \ud800".encode("utf-8", "surrogatepass"), "/news/ü#🚢.txt"),
    Document("Café\n\nNaïve.".encode("utf-16"), "https://news.example/a?b=c", None),
    UnreadableError("/news/other.txt", "permission denied"),
    Document(bytes(range(256)) * 9, "/news/binary"),
    Document(b"\x89PNG\r\n\x1a\n" + bytes(64), "/news/picture.png"),
    *(UnreadableError(f"/news/{number}", "is a folder") for number in range(4)),
    *(document(number, "Quiet. " * 30_000 * (number % 3)) for number in range(1, 12)),
]


def test_processes_make_ready_what_one_does_and_in_the_same_order(started: list[Watched]) -> None:
    alone = each_alone(VARIED)
    assert not started
    assert told(made(VARIED)) == told(alone)
    assert started
    assert all(process.is_gone for process in started)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 6, 8])
def test_any_number_of_documents(started: list[Watched], number: int) -> None:
    documents: list[Found] = [document(place) for place in range(number)]
    assert [one.origin for one in made(documents) if not isinstance(one, UnreadableError)] == [
        one.origin for one in documents if isinstance(one, Document)
    ]
    assert bool(started) is (number > 2)


def test_large_documents_are_not_few_for_long(
    started: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "FEW", 100)
    monkeypatch.setattr(parsing, "FEW_BYTES", 10_000)
    made([document(number, "Quiet. " * 2_000) for number in range(2)])
    assert started


def test_what_is_read_ahead_is_bounded(
    started: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "AHEAD_BYTES", 20_000)
    taken: list[int] = []

    def documents() -> Iterator[Found]:
        for number in range(40):
            taken.append(number)
            yield document(number, "Quiet. " * 1_000)

    with Parsing() as parsing_:
        for done, _ in enumerate(parsing_.ready(documents()), 1):
            # Three are a stretch: that whose turn it is, and the bytes of another.
            assert len(taken) - done <= 6
    assert len(taken) == 40
    assert started


# --- a library ------------------------------------------------------------------------------------


def news_in(folder: Path) -> list[Path]:
    """Write files of all sorts, some of which are copies of others, or clash, or are none."""
    write_stories(folder, 9, "quiet")
    write_stories(folder / "again", 6, "quiet")
    long = "\n\n".join(f"Paragraph {number} of a long report." for number in range(60))
    write(folder, "copies/one.txt", story("windmill", long))
    write(folder, "copies/two.txt", story("windmill", long))
    write(folder, "copies/nearly.txt", story("windmill", long.replace("number", "no.")))
    write(folder, "empty.txt", "")
    write(folder, "binary.txt", bytes(range(256)))
    lines = [{"id": str(place % 5), "title": f"T {place}", "body": "It."} for place in range(12)]
    packed = "\n".join(["no JSON", *map(json.dumps, lines)]).encode()
    write(folder, "list.jsonl.gz", gzip.compress(packed))
    write(folder, "broken.jsonl.gz", gzip.compress(packed * 50)[:-30])
    return [folder, folder / "missing.txt"]


def taken_in(at: Path, paths: list[Path]) -> list[object]:
    """Add files twice, and mirror a folder; return everything that comes of it."""
    library = Library(at)
    fates: list[gather.Fate] = []
    reports = [
        library.add(paths, silent, fates.append),
        library.add(paths, silent, fates.append),
        library.mirror(paths),
    ]
    found = [reports, fates, everything(library), library.version[0], library.verify()]
    found += [[tuple(place) for place in library.origins.of(id_)] for id_ in library.ids()]
    library.close()
    return found


def test_a_library_is_the_same_with_and_without_processes(
    started: list[Watched], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = news_in(tmp_path / "news")
    monkeypatch.setattr("index.taking.BATCH", 5)
    with_processes = taken_in(tmp_path / "with", paths)
    assert started
    started.clear()
    monkeypatch.setattr(parsing, "FEW", 1_000)
    assert taken_in(tmp_path / "without", paths) == with_processes
    assert not started


# --- what goes wrong ------------------------------------------------------------------------------

_SITE = """
import os, re, sys
if "index.parse_process" in sys.orig_argv:
    import index.intake
    parse = index.intake.parse
    def breaking(raw, origin):
        if b"CRASH" in raw:
            os.abort()
        if b"FAULT" in raw:
            raise ValueError("a fault of ours")
        if b"HANG" in raw:
            # It holds the interpreter's lock for longer than anybody lives.
            re.match("(a+)+$", "a" * 64 + "b")
        return parse(raw, origin)
    index.intake.parse = breaking
"""
"""A process that parses breaks at some words."""


@pytest.fixture
def breaking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = write(tmp_path / "site", "sitecustomize.py", _SITE)
    monkeypatch.setenv("PYTHONPATH", str(site.parent))


def refused(ready: list[Ready]) -> dict[str, str]:
    return {one.path: one.reason for one in ready if isinstance(one, UnreadableError)}


@pytest.mark.usefixtures("breaking")
def test_a_crash_costs_one_document(started: list[Watched]) -> None:
    words = {5: "CRASH", 6: "FAULT", 11: "CRASH"}
    ready = made([document(number, words.get(number, "")) for number in range(14)])
    assert refused(ready) == {
        "/news/5.txt": "crashes what reads it",
        "/news/6.txt": "crashes what reads it: ValueError: a fault of ours",
        "/news/11.txt": "crashes what reads it",
    }
    assert len(ready) == 14
    assert all(process.is_gone for process in started)


@pytest.mark.usefixtures("breaking")
def test_what_takes_too_long_costs_one_document(
    started: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "SECONDS", 3.0)
    monkeypatch.setattr(parsing, "STRETCH", 1)
    waited = itertools.count()
    with Parsing(lambda: next(waited)) as parsing_:
        documents = [document(number, "HANG" if number == 4 else "") for number in range(8)]
        ready = list(parsing_.ready(documents))
    assert refused(ready) == {"/news/4.txt": "takes longer than 3 seconds to read"}
    assert len(ready) == 8
    assert next(waited), "who waits is asked whether to go on"
    assert all(process.is_gone for process in started)


def unable() -> None:
    raise OSError(11, "Resource temporarily unavailable")


@pytest.mark.parametrize("how", ["none", "dead"])
def test_where_no_process_can_be_started_it_is_done_here(
    started: list[Watched], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str
) -> None:
    if how == "none":
        monkeypatch.setattr(parsing, "_Process", unable)
    else:
        site = "import os, sys\nif 'index.parse_process' in sys.orig_argv: os._exit(3)"
        write(tmp_path, "sitecustomize.py", site)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert told(made(VARIED)) == told(each_alone(VARIED))
    assert all(process.is_gone for process in started)


@pytest.mark.parametrize("kind", [StoppedError, KeyboardInterrupt])
@pytest.mark.usefixtures("breaking")
def test_whoever_stops_it_ends_the_processes_at_once(
    started: list[Watched], tmp_path: Path, kind: type[BaseException]
) -> None:
    """Even those that hang."""
    news = tmp_path / "news"
    write_stories(news, 20, "quiet")
    write(news, "0007.txt", story("ferry", "HANG"))

    def stop(progress: Progress) -> None:
        raise kind

    store = Store(tmp_path / "library.db")
    with pytest.raises(kind):
        gather.add(store, [news], stop)
    assert started
    assert all(process.is_gone for process in started)
    store.close()
