"""Adds files again and again, each time killed one step later: before the n-th lasting call.

``python doomed.py FOLDER BASE PATH…`` copies the library BASE (``-`` for none) to FOLDER/1,
FOLDER/2 and so on, and lets a child add the paths to each. It prints a line for each child:
whether it survived, and the ids that it reported as added.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import gather, library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.store import Incoming

_left = 0


def _counted(call: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*arguments: Any, **options: Any) -> Any:
        global _left  # noqa: PLW0603
        _left -= 1
        if _left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **options)

    return counted


class _Connection(sqlite3.Connection):
    def execute(self, sql: str, *bound: Any) -> sqlite3.Cursor:
        call = super().execute
        lasting = sql in ("BEGIN IMMEDIATE", "COMMIT")
        cursor: sqlite3.Cursor = (_counted(call) if lasting else call)(sql, *bound)
        return cursor


def _doom() -> None:
    for name in ("fsync", "mkdir", "rename", "replace", "remove", "unlink"):
        setattr(os, name, _counted(getattr(os, name)))
    connect = sqlite3.connect
    vars(sqlite3)["connect"] = lambda *at, **how: connect(*at, factory=_Connection, **how)
    gather.BATCH = 2


def _add(folder: Path, paths: Sequence[str], report: int) -> None:
    shelf = library.Library(folder)
    put = shelf._store.articles.put

    def told(incoming: Sequence[Incoming]) -> object:
        outcomes = put(incoming)
        os.write(report, "".join(f" {one.article.id}" for one in incoming).encode())
        return outcomes

    vars(shelf._store.articles)["put"] = told
    shelf.add(paths)
    shelf.close()


def _main(folder: Path, base: str, *paths: str) -> None:
    global _left  # noqa: PLW0603
    # What it imports late, it imports here once.
    _add(folder / "warm", paths, os.open(os.devnull, os.O_WRONLY))
    for step in count(1):
        if base != "-":
            shutil.copytree(base, folder / str(step))
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            _doom()
            _left = step
            _add(folder / str(step), paths, writing)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as reported:
            ids = reported.read()
        _, status = os.waitpid(child, 0)
        survived = os.waitstatus_to_exitcode(status) == 0
        if not survived and not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            sys.exit(f"step {step} ended with {os.waitstatus_to_exitcode(status)}")
        print("survived" if survived else "killed", ids)  # noqa: T201
        if survived:
            return


if __name__ == "__main__":
    _main(Path(sys.argv[1]), *sys.argv[2:])
