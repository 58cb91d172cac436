"""A real terminal to run the reader in: a tmux server of its own, without anybody's settings."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
COMMAND = shlex.join([sys.executable, "-m", "reader"])

needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

_SECONDS = 20.0
_LOOK_SECONDS = 0.05


class Terminal:
    """One window with a shell in it."""

    def __init__(self, size: tuple[int, int], folder: Path) -> None:
        self._socket = f"broadsheet-{uuid.uuid4().hex[:12]}"
        width, height = size
        surroundings = os.environ | {"PS1": "$ ", "PYTHONPATH": str(ROOT)}
        self._tmux_with(
            surroundings, "-f", os.devnull,
            "new-session", "-d", "-x", str(width), "-y", str(height), "-c", str(folder), "sh",
            ";", "set", "-s", "escape-time", "0", ";", "set", "-s", "set-clipboard", "on",
            ";", "set", "-g", "status", "off", ";", "set", "-g", "allow-rename", "on",
        )  # fmt: skip

    def _tmux_with(self, surroundings: dict[str, str] | None, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, *words],
            capture_output=True, text=True, timeout=_SECONDS, env=surroundings,
        )  # fmt: skip
        return done.stdout

    def tmux(self, *words: str) -> str:
        """Tell tmux something, and return its answer."""
        return self._tmux_with(None, *words)

    def close(self) -> None:
        """End the server, and all that runs in it."""
        self.tmux("kill-server")

    def enter(self, command: str) -> None:
        """Give the shell a command."""
        self.type(command)
        self.press("Enter")

    def type(self, text: str) -> None:
        """Type text."""
        self.tmux("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names for them."""
        self.tmux("send-keys", *keys)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self.tmux("capture-pane", "-p")

    def ask(self, what: str) -> str:
        """Return one of the variables that tmux keeps for a window."""
        return self.tmux("display-message", "-p", f"#{{{what}}}").strip()

    @property
    def is_in_order(self) -> bool:
        """Whether the terminal is as a shell wants it."""
        states = ("alternate_on", "mouse_any_flag", "cursor_flag")
        return [self.ask(state) for state in states] == ["0", "0", "1"]

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until a condition holds; fail with a picture of the screen where it never does."""
        end = time.monotonic() + _SECONDS
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"never came to be: {what}\n{self.text}")
            time.sleep(_LOOK_SECONDS)

    def until_shown(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self.until(lambda: text in self.text, text)


@contextmanager
def terminal(size: tuple[int, int], folder: Path) -> Iterator[Terminal]:
    """Open a terminal, and end it however the test ends."""
    opened = Terminal(size, folder)
    try:
        yield opened
    finally:
        opened.close()
