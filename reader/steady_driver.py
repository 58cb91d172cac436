"""Textual's driver for a terminal that may go away: a window closed, a connection lost."""

from __future__ import annotations

from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App


class SteadyDriver(LinuxDriver):
    """Draws into nothing where the terminal is gone.

    Textual's own thread that writes would end with an error; whoever draws next would wait for it
    for ever, and with it whatever is still to be kept.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        if self._file is not None:
            self._file = _Forgiving(self._file)  # type: ignore[assignment]


class _Forgiving:
    """A file whose errors are nobody's concern."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write, if that is possible."""
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Have what was written go out, if that is possible."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """Return the number of the file."""
        return self._file.fileno()
