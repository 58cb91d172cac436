"""A terminal that types into a program and knows when its screen shows something.

The program runs in tmux, as over SSH; tmux draws on a pseudo-terminal of ours, and what it writes
there is made into a screen again. Times are those at which the bytes came.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shlex
import struct
import subprocess
import termios
import time
import uuid
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COLUMNS, LINES = 120, 40

PATIENCE = 30.0
"""Seconds after which something is taken never to be shown."""

_CHUNK = 1 << 16

_MOMENT = 0.03
"""Seconds without a piece after which the program has drawn what it had to draw."""


class NeverShownError(Exception):
    """The screen did not come to show what was waited for; the message has what it showed."""


class Terminal:
    """One window in a tmux server of its own, and a program in it. To be closed after use."""

    def __init__(self, command: Sequence[str], surroundings: dict[str, str] | None = None) -> None:
        self._socket = f"broadsheet-bench-{uuid.uuid4().hex[:12]}"
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        words = [
            "tmux", "-L", self._socket, "-f", os.devnull,
            "set", "-s", "escape-time", "0", ";", "set", "-g", "status", "off", ";",
            "new-session", shlex.join(command),
        ]  # fmt: skip
        given = os.environ | {"TERM": "xterm-256color"} | (surroundings or {})
        given.pop("TMUX", None)
        self._terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.begun = time.monotonic()
        """When the program was started."""

        self._client = subprocess.Popen(
            words, stdin=inside, stdout=inside, stderr=inside, env=given, start_new_session=True,
        )  # fmt: skip
        os.close(inside)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        words = ["tmux", "-L", self._socket, "kill-server"]
        subprocess.run(words, capture_output=True, check=False)
        self._client.kill()
        self._client.wait()
        os.close(self._terminal)

    @property
    def lines(self) -> list[str]:
        """What the screen shows."""
        return list(self._screen.display)

    def send(self, keys: str) -> float:
        """Type; return when."""
        now = time.monotonic()
        os.write(self._terminal, keys.encode())
        return now

    def until(self, condition: Callable[[list[str]], object], what: str) -> float:
        """Wait until the screen is as wanted; return when the bytes came that made it so.

        Raises :class:`NeverShownError` where it never is.
        """
        end = time.monotonic() + PATIENCE
        came = time.monotonic()
        is_shown = bool(condition(self.lines))
        while not is_shown:
            wait = end - time.monotonic()
            if wait <= 0:
                picture = "\n".join(self.lines)
                raise NeverShownError(f"{what} was not shown:\n{picture}")
            for drawn, when in self._drawn(wait):
                self._stream.feed(drawn)
                if not is_shown and condition(self.lines):
                    is_shown, came = True, when
        return came

    def rest(self, seconds: float) -> None:
        """Let the program be for so long, and take in what it draws."""
        end = time.monotonic() + seconds
        while (wait := end - time.monotonic()) > 0:
            for drawn, _ in self._drawn(wait):
                self._stream.feed(drawn)

    def _drawn(self, wait: float) -> list[tuple[bytes, float]]:
        """Return what is drawn until nothing comes for a moment, each piece with when it came.

        It becomes a screen only afterwards: that takes longer than to draw it, and whoever draws
        would have to wait.
        """
        pieces: list[tuple[bytes, float]] = []
        while select.select([self._terminal], [], [], _MOMENT if pieces else wait)[0]:
            pieces.append((os.read(self._terminal, _CHUNK), time.monotonic()))
        return pieces
