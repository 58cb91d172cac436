"""Processes with one engine each, told what to do through pipes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import IO, Self


class EngineError(Exception):
    """An engine is not installed, or could not do what it was told."""


class Process:
    """A process of :mod:`benchmarks.worker`, ended when the ``with`` block is left."""

    def __init__(self, engine: str, folder: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.worker", engine, str(folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._commands = cast("IO[str]", self._process.stdin)
        self._replies = cast("IO[str]", self._process.stdout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._process.kill()
        self._process.communicate()

    def tell(self, command: str, **arguments: object) -> Any:
        """Have a command done, and return what came of it.

        Raises :class:`EngineError` where it failed, or the process has ended.
        """
        try:
            print(json.dumps({"do": command, **arguments}), file=self._commands, flush=True)
            line = self._replies.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise EngineError(f"its process ended with {self._process.wait()}")
        reply = json.loads(line)
        if "failed" in reply:
            raise EngineError(reply["failed"])
        return reply["done"]
