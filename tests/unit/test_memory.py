"""What is remembered of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.memory import Habits, Memory

if TYPE_CHECKING:
    from pathlib import Path


def test_habits_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "state" / "screen.json"
    memory = Memory(path)
    assert memory.habits == Habits()
    memory.habits = Habits(arrangement="article", measure=80, configured=72)
    memory.save()
    assert Memory(path).habits == memory.habits
    assert [one.name for one in path.parent.iterdir()] == ["screen.json"]


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b'{"measure": 3}', b'{"arrangement": "x"}'])
def test_what_is_damaged_is_forgotten(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "screen.json").write_bytes(written)
    assert Memory(tmp_path / "screen.json").habits == Habits()


def test_what_a_newer_reader_wrote_is_taken_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "screen.json").write_text('{"arrangement": "list", "new": 1}')
    assert Memory(tmp_path / "screen.json").habits.arrangement == "list"


def test_a_measure_that_is_configured_anew_counts() -> None:
    memory = Memory()
    assert memory.measure(72) == 72
    memory.habits = Habits(measure=80, configured=72)
    assert memory.measure(72) == 80
    assert memory.measure(60) == 60


def test_what_can_not_be_written_stands_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for memory in (Memory(tmp_path / "file" / "screen.json"), Memory()):
        memory.habits = Habits(measure=80, configured=72)
        memory.save()
        assert memory.measure(72) == 80


def test_what_is_remembered_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "screen.json"
    memory = Memory(path)
    memory.habits = Habits(measure=80, configured=72)
    memory.save()
    path.write_text("another reader's")
    memory.save()
    assert path.read_text() == "another reader's"
    memory.habits = Habits(measure=76, configured=72)
    memory.save()
    assert Memory(path).habits == memory.habits
