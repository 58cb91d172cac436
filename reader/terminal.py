"""Whether there is a terminal that the screen can be drawn on."""

from __future__ import annotations

import os
import sys

HINT = "Without one, use: broadsheet list, broadsheet search QUERY, broadsheet show ID."


def reason_against_screen() -> str | None:
    """Say why the screen can't be opened here, or return None where it can.

    Textual reads keys from standard input and draws on standard error. Where one of them is no
    terminal it would wait for ever, or write escape sequences into a file.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        return f"The reader needs a terminal. {HINT}"
    if os.environ.get("TERM", "") in ("", "dumb"):
        return f"This terminal (TERM={os.environ.get('TERM', '')}) cannot show a screen. {HINT}"
    return None
