"""Does something to a library again and again, each time killed one step later.

A step is whatever lasts: each opening of a file to be written, each write, ``fsync``, rename,
removal, new folder, lock, and each beginning and end of a transaction of the record. The process is
killed right before it.

``python doomed.py FOLDER BASE ACT [PATH…]`` copies the library BASE (``-`` for none) to FOLDER/1,
FOLDER/2 and so on, and lets a child ACT there: ``add`` the paths, or ``rebuild``. It prints a line
for each child: at which step it was killed, or ``survived`` and how many steps there are; then the
ids that it reported as added. Of many steps, ``--sample`` takes a few.
``--set MODULE.NAME=NUMBER`` makes a constant another, so that a few articles are many.

To be imported by a process that another starts: :func:`arm`.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import random
import shutil
import signal
import sqlite3
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from index.store.incoming import Incoming

_LASTING = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "fcntl.flock"}
"""What the interpreter tells of, and that lasts."""

_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_fatal = _passed = 0
_is_armed = False


def _step() -> None:
    global _passed  # noqa: PLW0603
    if _is_armed:
        _passed += 1
        if _passed == _fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _LASTING or (event == "open" and arguments[2] & _FOR_WRITING):
        _step()


def _counted(call: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*arguments: Any, **options: Any) -> Any:
        _step()
        return call(*arguments, **options)

    return counted


class _Raw(io.FileIO):
    """A file of which each write is a step."""

    def write(self, raw: Any) -> int:
        _step()
        return super().write(raw)


def _open(path: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
    if mode in ("wb", "xb"):
        return io.BufferedWriter(_Raw(path, mode))
    return _plain_open(path, mode, *arguments, **options)


_plain_open = io.open


class _Connection(sqlite3.Connection):
    def execute(self, sql: str, *bound: Any) -> sqlite3.Cursor:
        call = super().execute
        lasting = sql in ("BEGIN IMMEDIATE", "COMMIT")
        cursor: sqlite3.Cursor = (_counted(call) if lasting else call)(sql, *bound)
        return cursor


def arm(step: int) -> None:
    """From now on count the steps, and be killed before the given one."""
    global _fatal, _is_armed
    _fatal, _is_armed = step, True
    sys.addaudithook(_hear)
    vars(os)["fsync"] = _counted(os.fsync)
    vars(io)["open"] = _open
    connect = sqlite3.connect
    vars(sqlite3)["connect"] = lambda *at, **how: connect(*at, factory=_Connection, **how)


def _act(folder: Path, act: str, paths: Iterable[str], report: int) -> None:
    from index import library

    shelf = library.Library(folder)
    put = shelf._store.articles.put

    def told(incoming: Iterable[Incoming]) -> object:
        incoming = list(incoming)
        outcomes = put(incoming)
        os.write(report, "".join(f" {one.id}" for one in incoming).encode())
        return outcomes

    vars(shelf._store.articles)["put"] = told
    if act == "add":
        shelf.add(list(paths))
    else:
        shelf.rebuild()
    shelf.close()


def _try(folder: Path, step: int, asked: argparse.Namespace) -> tuple[int, list[str]]:
    """Let a child act, killed at a step; return how many steps it survived if any, and its ids."""
    if asked.base != "-":
        shutil.copytree(asked.base, folder)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        arm(step)
        _act(folder, asked.act, asked.paths, writing)
        os.write(writing, f" /{_passed}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as reported:
        ids, _, passed = reported.read().partition("/")
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if not passed and not killed:
        sys.exit(f"step {step} ended with {os.waitstatus_to_exitcode(status)}")
    return int(passed or 0), ids.split()


def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("base")
    parser.add_argument("act", choices=["add", "rebuild"])
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--set", action="append", default=[])
    asked = parser.parse_args()
    for setting in asked.set:
        name, _, number = setting.partition("=")
        module, _, constant = name.rpartition(".")
        vars(importlib.import_module(module))[constant] = int(number)
    # What it imports late, it imports here once.
    if asked.base != "-":
        shutil.copytree(asked.base, asked.folder / "warm")
    _act(asked.folder / "warm", asked.act, asked.paths, os.open(os.devnull, os.O_WRONLY))
    steps: Iterable[int] = count(1)
    if asked.sample:
        passed, _ = _try(asked.folder / "whole", 0, asked)
        some = random.Random(passed).sample(range(1, passed + 1), min(asked.sample, passed))
        steps = [*sorted(some), passed + 1]
    for step in steps:
        passed, ids = _try(asked.folder / str(step), step, asked)
        print("survived" if passed else "killed", passed or step, *ids)  # noqa: T201
        if passed:
            return


if __name__ == "__main__":
    _main()
