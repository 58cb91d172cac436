"""Errands: done by a process of their own, heard of, and ended."""

from __future__ import annotations

import datetime as dt
import queue
import threading
from typing import TYPE_CHECKING

import pytest
from desk import PATIENCE, story, titles, write
from server import Server, said
from wire import item, rss

from index.narrowing import Having, Published
from index.results import Since
from reader.beside import errands
from reader.beside.errands import (
    Add,
    Advanced,
    Done,
    Errand,
    Errands,
    Export,
    Failed,
    FetchFull,
    News,
    Subscribe,
    Sync,
)

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library


class Desk:
    """Sends errands for a library and waits for what comes of them."""

    def __init__(self, folder: Path) -> None:
        self.heard: queue.SimpleQueue[News] = queue.SimpleQueue()
        self.errands = Errands(folder, lambda _, news: self.heard.put(news))

    def done(self, errand: Errand) -> Done | Failed:
        """Have an errand done, and return its end."""
        self.errands.send(errand)
        return self.end()

    def end(self) -> Done | Failed:
        """Return the end of what is under way."""
        while True:
            news = self.heard.get(timeout=PATIENCE)
            if not isinstance(news, Advanced):
                return news


@pytest.fixture
def desk(empty_library: Library) -> Desk:
    """A desk of a library without articles."""
    return Desk(empty_library.folder)


def test_what_is_added_is_found_by_another_process(
    desk: Desk, empty_library: Library, tmp_path: Path
) -> None:
    places = (str(write(tmp_path, "a.txt", story("ferry"))), str(tmp_path / "nothing"))
    end = desk.done(Add(places=places))
    assert isinstance(end, Done)
    assert end.said == "1 added"
    assert len(end.complaints) == 1
    assert "no such file" in end.complaints[0]
    assert titles(empty_library, "ferry") == ["Council at odds over the ferry"]


def test_what_is_to_be_exported_is_told_whole() -> None:
    year = Published(dt.date(2025, 1, 1), dt.date(2026, 1, 1))
    export = Export(path="a.md", scope=Since(7), narrowed=(Having("year", "2025"), year))
    told = errands.ERRAND.validate_json(export.model_dump_json())
    assert told == export
    assert isinstance(told, Export)
    assert [type(one) for one in told.narrowed] == [Having, Published]


def test_feeds_are_subscribed_to_and_synced(
    desk: Desk, empty_library: Library, server: Server
) -> None:
    server.pages["/feed"] = said(rss(item(1)))
    end = desk.done(Subscribe(address=server.url()))
    assert end == Done(said="Subscribed to The Example: 1 article.", feed=server.url())
    server.pages["/feed"] = said(rss(item(1), item(2)))
    assert desk.done(Sync()) == Done(said="1 feed · 1 added, 1 unchanged")
    assert len(empty_library.ids()) == 2
    server.pages["/feed"] = said(status="404 Gone Fishing")
    failed = desk.done(Sync(keys=(server.url(),)))
    assert isinstance(failed, Done)
    assert "1 failed" in failed.said
    assert "404" in failed.complaints[0]


def test_what_cannot_be_done_is_told_in_a_sentence(desk: Desk, server: Server) -> None:
    end = desk.done(FetchFull(article_id="nobody"))
    assert end == Failed(reason="No article has the id “nobody”.")
    end = desk.done(Subscribe(address=server.url("/none")))
    assert isinstance(end, Failed)
    assert "404" in end.reason
    assert isinstance(desk.done(Sync(keys=("https://unknown.example/",))), Failed)


def test_a_library_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    end = Desk(write(tmp_path, "file", "no folder")).done(Sync())
    assert isinstance(end, Failed)
    assert str(tmp_path) in end.reason


def test_an_errand_is_ended_and_what_came_is_kept(
    desk: Desk, empty_library: Library, server: Server
) -> None:
    server.pages |= {"/a": said(rss(item(1))), "/b": said(rss(item(2)))}
    for path in ("/a", "/b"):
        empty_library.feeds.subscribe(server.url(path))
    server.pages |= {"/a": said(rss(item(1), item(3))), "/b": server.never}
    desk.errands.send(Sync())
    while len(empty_library.ids()) < 3:
        desk.heard.get(timeout=PATIENCE)
    assert desk.errands.is_under_way(Sync)
    assert not desk.errands.is_under_way(Add)
    desk.errands.stop(Add)
    desk.errands.stop(Sync)
    end = desk.end()
    assert isinstance(end, Done)
    assert "stopped: what came is kept" in end.said
    assert len(titles(empty_library, "harbour")) == 3


def test_an_add_is_ended_and_what_came_is_kept(
    desk: Desk, empty_library: Library, tmp_path: Path
) -> None:
    for number in range(450):
        write(tmp_path, f"many/{number}.txt", story(f"ferry {number}", f"Number {number}. " * 20))
    desk.errands.send(Add(places=(str(tmp_path / "many"),)))
    desk.heard.get(timeout=PATIENCE)
    desk.errands.stop()
    end = desk.end()
    assert isinstance(end, Done)
    assert end.said in ("Stopped: what came in is kept", "450 added")
    assert len(titles(empty_library, "ferry")) == len(empty_library.ids())


def test_a_process_that_breaks_down_is_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "_MODULE", "reader.no_such_module")
    end = desk.done(Sync())
    assert isinstance(end, Failed)
    assert "ended too early" in end.reason
    assert "no_such_module" in end.reason


def test_a_process_that_cannot_be_started_is_told_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(*_: str) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(errands, "ChildProcess", unable)
    end = desk.done(Sync())
    assert isinstance(end, Failed)
    assert "Cannot allocate memory" in end.reason


def test_what_came_is_heard_of_on_another_thread(desk: Desk, tmp_path: Path) -> None:
    threads: list[str] = []
    over = threading.Event()

    def hear(_: Errand, news: News) -> None:
        threads.append(threading.current_thread().name)
        if isinstance(news, Done):
            over.set()

    errand = Add(places=(str(write(tmp_path, "a.txt", story("ferry"))),))
    Errands(tmp_path / "library", hear).send(errand)
    assert over.wait(PATIENCE)
    assert set(threads) == {"add"}
