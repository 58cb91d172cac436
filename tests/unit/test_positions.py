"""Where the reader was in articles, as the record keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.article import Position
from index.errors import LibraryBusyError
from index.store import Store
from index.store.tables import FORMATS
from reader.beside.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.library import Library

HERE, THERE = Position(3, 40, 0.25), Position(0, 0, 0.5)


def test_a_position_is_noted_replaced_and_forgotten(library: Library) -> None:
    id_, other = library.ids()[:2]
    for position in (HERE, THERE, None):
        library.positions.put(id_, position)
        assert library.positions.of(id_) == position
        assert library.positions.of(other) is None


def test_a_record_of_before_learns_to_keep_positions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("index.store.database.FORMATS", FORMATS[:3])
        Store(tmp_path / "library.db").close()
    store = Store(tmp_path / "library.db")
    store.positions.put("a", HERE)
    assert store.positions.of("a") == HERE
    store.close()


def test_what_is_on_its_way_to_the_record_is_known_already(library: Library) -> None:
    waiting: list[Callable[[], None]] = []
    positions = Positions(library.positions, waiting.append)
    positions.note("a", HERE)
    assert positions.of("a") == HERE
    assert library.positions.of("a") is None
    positions.note("a", None)
    assert positions.of("a") is None
    for write in waiting:
        write()
    assert library.positions.of("a") is None


def test_what_is_no_news_is_not_written(library: Library) -> None:
    waiting: list[Callable[[], None]] = []
    positions = Positions(library.positions, waiting.append)
    positions.note("a", None)
    assert not waiting
    positions.note("a", HERE)
    positions.note("a", HERE)
    assert len(waiting) == 1


def test_a_position_that_could_not_be_written_is_news_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[Callable[[], None]] = []
    positions = Positions(library.positions, waiting.append)
    positions.note("a", HERE)

    def busy(*_: object) -> None:
        raise LibraryBusyError("another program is writing")

    with monkeypatch.context() as patch:
        patch.setattr(library.positions, "put", busy)
        with pytest.raises(LibraryBusyError):
            waiting.pop()()
    positions.note("a", HERE)
    waiting.pop()()
    assert library.positions.of("a") == HERE
