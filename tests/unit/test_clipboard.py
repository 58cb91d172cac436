"""Which way leads to the clipboard from where."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from reader import clipboard

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def _all_programs_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name)


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", []),
        ({}, "darwin", ["pbcopy"]),
        ({"TMUX": "socket"}, "linux", ["tmux"]),
        ({"TMUX": "socket"}, "darwin", ["pbcopy", "tmux"]),
        ({"TMUX": "", "DISPLAY": ":0"}, "linux", ["xclip"]),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip"]),
        ({"TMUX": "socket", "DISPLAY": ":0"}, "linux", ["tmux", "xclip"]),
        ({"SSH_CONNECTION": "from", "DISPLAY": ":0"}, "linux", []),
        ({"SSH_CONNECTION": "from", "TMUX": "socket"}, "linux", ["tmux"]),
    ],
)
def test_the_best_way_comes_first(
    environment: dict[str, str], platform: str, expected: list[str]
) -> None:
    ways = clipboard.ways(environment, platform)
    assert [way.command[0] for way in ways] == expected


def test_a_program_that_is_not_there_is_no_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert clipboard.ways({"TMUX": "socket", "DISPLAY": ":0"}, "linux") == []


def _running(answer: Callable[[str], int]) -> Callable[..., Any]:
    def run(command: tuple[str, ...], **_: object) -> Any:
        return subprocess.CompletedProcess(command, answer(command[0]))

    return run


def test_where_one_way_fails_the_next_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "socket")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("subprocess.run", _running(lambda name: 1 if name == "tmux" else 0))
    assert clipboard.copy("text") == "the clipboard"


def test_a_way_that_hangs_or_is_gone_is_no_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(name: str) -> int:
        if name == "tmux":
            raise subprocess.TimeoutExpired(name, 3)
        raise FileNotFoundError(name)

    monkeypatch.setenv("TMUX", "socket")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("subprocess.run", _running(answer))
    assert clipboard.copy("text") is None


def test_text_goes_in_as_bytes_whatever_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    given = []

    def run(command: tuple[str, ...], *, input: bytes, **_: object) -> Any:  # noqa: A002
        given.append(input)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setenv("TMUX", "socket")
    monkeypatch.setattr("subprocess.run", run)
    assert clipboard.copy("“x”\ud800") == "tmux and the clipboard"
    assert given == ["“x”?".encode()]
