"""A process of this program that does work beside it, and is spoken to in lines; both ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 10.0
"""Seconds until a process that was asked to end is ended."""

_CHUNK = 1 << 16

_NICE = 10
"""How much such a process stands back behind others."""


class ChildProcess:
    """A fresh interpreter that runs a module of ours, with pipes of its own.

    So it can be started from within a program that has taken over the terminal.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        paths = [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
        self._errors = TemporaryFile()  # noqa: SIM115 -- closed with the process
        self._process = subprocess.Popen(  # noqa: S603 -- this very interpreter, and our module
            # Safe: nothing that lies in the folder where somebody happens to be is imported.
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            # Ctrl+C is for whoever started it, and it is ended by them.
            start_new_session=True,
        )
        # Whoever reads and types comes first, where there are not enough processors for all.
        with suppress(OSError):
            nice = max(os.getpriority(os.PRIO_PROCESS, 0), _NICE)
            os.setpriority(os.PRIO_PROCESS, self._process.pid, nice)

    def say(self, line: str) -> None:
        """Send a line. Raises OSError, or ValueError, where nobody is there to hear it."""
        stdin, _ = self._pipes
        stdin.write(line.encode() + b"\n")
        stdin.flush()

    def lines(self) -> Iterator[bytes]:
        """Give the lines that it answers, until it ends."""
        # No generator that yields from the pipe: it would close it with itself.
        return iter(self._pipes[1].readline, b"")

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ValueError("The process has no pipes.")
        return stdin, stdout

    def last_words(self) -> str:
        """Return what a process that ended too early complained of last."""
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "")

    def hang_up(self) -> None:
        """Say that nothing more is wanted; it hears that its input ends."""
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()

    def terminate(self) -> None:
        """Ask the process to end, whatever it is at."""
        self._process.terminate()

    def wait(self) -> None:
        """Return when the process has ended."""
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """Let go of what is left of it."""
        self.hang_up()
        with suppress(OSError):
            if self._process.stdout is not None:
                self._process.stdout.close()
        self._errors.close()


def heard() -> SimpleQueue[bytes]:
    """Return the lines that this process is told from now on. It ends at the end of them."""
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    return lines


def _listen(lines: SimpleQueue[bytes]) -> None:
    begun: list[bytes] = []
    # Without a buffer: the lock of one would stand in the way of whoever else ends the process.
    while said := os.read(sys.stdin.fileno(), _CHUNK):
        *ends, rest = said.split(b"\n")
        for end in ends:
            lines.put(b"".join((*begun, end)))
            begun.clear()
        begun.append(rest)
    os._exit(0)
