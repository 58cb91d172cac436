"""Processes that work beside this one: spoken to in lines, and nobody else's modules."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from desk import write

from index.child_process import ChildProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ECHO = """
import json
import os
import sys
from index.child_process import heard
lines = heard()
while True:
    line = lines.get()
    if line == b"How nice?":
        line = str(os.getpriority(os.PRIO_PROCESS, 0)).encode()[::-1]
    sys.stdout.buffer.write(line[::-1] + b"\\n")
    sys.stdout.flush()
"""


@pytest.fixture
def echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChildProcess]:
    """A process that says each line backwards."""
    write(tmp_path / "modules", "echo.py", _ECHO)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "modules"))
    process = ChildProcess("echo")
    yield process
    process.hang_up()
    process.wait()
    process.close()


def test_one_answer_after_another_is_listened_to(echo: ChildProcess) -> None:
    for said in ("one", "", "tales " * 100_000, "ünï"):
        echo.say(said)
        assert next(echo.lines()) == said.encode()[::-1] + b"\n"


def test_it_stands_back_behind_whoever_reads(echo: ChildProcess) -> None:
    echo.say("How nice?")
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert int(next(echo.lines())) == max(own, 10)


def test_it_ends_with_its_input(echo: ChildProcess) -> None:
    echo.say("one")
    assert next(echo.lines()) == b"eno\n"
    echo.hang_up()
    assert list(echo.lines()) == []


@pytest.mark.parametrize("name", ["index/__init__.py", "json.py", "echo.py"])
def test_what_lies_in_the_folder_where_somebody_is_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, name: str
) -> None:
    write(tmp_path / "news", name, "raise SystemExit('foreign')")
    monkeypatch.chdir(tmp_path / "news")
    test_it_ends_with_its_input(request.getfixturevalue("echo"))
