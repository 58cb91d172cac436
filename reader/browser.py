"""Links that leave the terminal: only safe ones, and never onto our screen."""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

from index.cleaning import clean

_CONSOLE_BROWSERS = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})
"""They would draw over the reader."""


class CannotOpenError(Exception):
    """A link that can't be opened here; the message says why and what to do."""


def safe_link(url: str | None) -> str | None:
    """Return ``url`` if it is an address of the web without surprises, else None."""
    if not url or clean(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def open_link(url: str) -> None:
    """Open a link in the browser, which starts in a process and a session of its own.

    Raises :class:`CannotOpenError` where there is no browser with a window.
    """
    if safe_link(url) is None:
        raise CannotOpenError("That is not a link of the web.")
    if not _has_window():
        raise CannotOpenError("No browser can be opened here: y copies the link.")
    try:
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "webbrowser", url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotOpenError(f"The browser cannot be started: {error.strerror}.") from error


def _has_window() -> bool:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return Path(getattr(browser, "name", "")).name not in _CONSOLE_BROWSERS
