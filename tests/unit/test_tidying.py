"""The collector of cycles looks at everything in pauses, and seldom where there are none."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from reader import tidying
from reader.tidying import OFTEN, PAUSE, SELDOM, Tidying

if TYPE_CHECKING:
    from collections.abc import Iterator


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(tidying, "time", clock)
    return clock


@pytest.fixture
def tidy(clock: Clock) -> Iterator[Tidying]:
    tidy = Tidying()
    tidy.begin()
    yield tidy
    tidy.end()


def test_in_a_pause_it_looks_now_and_then(clock: Clock, tidy: Tidying) -> None:
    assert not tidy.look()
    clock.now += OFTEN
    assert tidy.look()
    clock.now += OFTEN / 2
    assert not tidy.look()


def test_while_keys_come_it_looks_seldom(clock: Clock, tidy: Tidying) -> None:
    clock.now += SELDOM - 1
    tidy.input_came()
    assert not tidy.look()
    clock.now += PAUSE / 2
    assert not tidy.look()
    clock.now += 1 - PAUSE / 2
    tidy.input_came()
    assert tidy.look()


def test_python_does_as_before_afterwards(clock: Clock) -> None:
    before = gc.get_threshold()
    tidy = Tidying()
    tidy.begin()
    assert gc.get_threshold()[2] > before[2]
    tidy.end()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_it_finds_what_nobody_can_reach(clock: Clock, tidy: Tidying) -> None:
    ring: list[object] = []
    ring.append(ring)
    mark = id(ring)
    del ring
    clock.now += OFTEN
    assert tidy.look()
    assert mark not in set(map(id, gc.get_objects()))


class Libc:
    """A C library that notes what it is asked for."""

    def __init__(self) -> None:
        self.trimmed: list[int] = []

    def malloc_trim(self, kept: int) -> int:
        self.trimmed.append(kept)
        return 1


def test_what_is_free_goes_back_to_the_system(
    clock: Clock, tidy: Tidying, monkeypatch: pytest.MonkeyPatch
) -> None:
    libc = Libc()
    monkeypatch.setattr("ctypes.CDLL", lambda _: libc)
    assert not tidy.look()
    assert not libc.trimmed
    clock.now += OFTEN
    assert tidy.look()
    assert libc.trimmed == [0]


@pytest.mark.parametrize("libc", [object(), None])
def test_a_system_that_takes_nothing_back_is_no_reason_to_stop(
    clock: Clock, tidy: Tidying, monkeypatch: pytest.MonkeyPatch, libc: object
) -> None:
    def load(_: object) -> object:
        if libc is None:
            raise OSError("no such library")
        return libc

    monkeypatch.setattr("ctypes.CDLL", load)
    clock.now += OFTEN
    assert tidy.look()
