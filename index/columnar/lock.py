"""The lock of an index: one writer at a time; who waits is told for whom."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import LibraryBusyError, LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_AT_ONCE = 1.0
"""Seconds that nobody needs to be told of."""

_LOOK_UP_SECONDS = 0.2
"""After which who waits looks whether it is still wanted."""

_HOLDER = re.compile(r"process \d{1,20}, since \d\d:\d\d")


class WriteLock:
    """The lock on the index in ``folder``. It lies beside the folder, and so survives it.

    The lock file says which process holds it, and since when; what a killed one left in it means
    nothing, as the system gives its lock back.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder.with_suffix(".lock")
        self._lock = FileLock(self._path, thread_local=False)

    def acquire(
        self,
        patience: float,
        waiting: Callable[[str], object] = lambda _: None,
        going_on: Callable[[], object] = lambda: None,
    ) -> None:
        """Return when the lock is held; ``waiting`` is told for whom that takes a while.

        ``going_on`` is called now and then; what it raises ends the waiting.
        Raises LibraryBusyError where another holds on for longer than ``patience``, in seconds.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not self._held_within(min(patience, _AT_ONCE), going_on):
                if patience > _AT_ONCE:
                    waiting(f"Waiting for {self._holder()} to finish writing {self._folder}.")
                if not self._held_within(max(patience - _AT_ONCE, 0.0), going_on):
                    raise LibraryBusyError(f"{self._folder} is being written by {self._holder()}.")
            said = f"process {os.getpid()}, since {dt.datetime.now().astimezone():%H:%M}"
            self._path.write_text(said, encoding="ascii")
        except OSError as error:
            self._lock.release()
            raise LibraryError(f"{self._folder} cannot be written: {error.strerror}.") from error

    def release(self) -> None:
        """Let the next one write."""
        self._lock.release()

    def _held_within(self, seconds: float, going_on: Callable[[], object]) -> bool:
        give_up = time.monotonic() + seconds
        while True:
            left = max(give_up - time.monotonic(), 0.0)
            with suppress(Timeout):
                self._lock.acquire(timeout=min(left, _LOOK_UP_SECONDS))
                return True
            if left <= _LOOK_UP_SECONDS:
                return False
            going_on()

    def _holder(self) -> str:
        """Return who holds the lock, in words."""
        try:
            said = self._path.read_text(encoding="ascii")
        except (OSError, UnicodeError):
            said = ""
        return f"another program ({said})" if _HOLDER.fullmatch(said) else "another program"
