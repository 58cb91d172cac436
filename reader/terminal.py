"""Whether there is a terminal that the screen can be drawn on, and still is."""

from __future__ import annotations

import errno
import os
import sys

HINT = "Without one, use: broadsheet list, broadsheet search QUERY, broadsheet show ID."


def reason_against_screen() -> str | None:
    """Say why the screen can't be opened here, or return None where it can.

    Textual reads keys from standard input and draws on standard error. Where one of them is no
    terminal it would wait for ever, or write escape sequences into a file.
    """
    # A stream that was closed before the start is None.
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return f"The reader needs a terminal. {HINT}"
    if os.environ.get("TERM", "") in ("", "dumb"):
        return f"This terminal (TERM={os.environ.get('TERM', '')}) cannot show a screen. {HINT}"
    return None


def is_gone() -> bool:
    """Whether the terminal went away: a program that is not told so by a signal has to look."""
    try:
        # Windows has no such module, and no terminal that goes away without its programs.
        import termios  # noqa: PLC0415
    except ImportError:
        return False
    if sys.__stdin__ is None:
        return False
    try:
        termios.tcgetattr(sys.__stdin__.fileno())
    except termios.error as error:
        return bool(error.args[0] == errno.EIO)
    except (OSError, ValueError):  # It never was one.
        return False
    return False
