"""The system's clipboard, by whichever way leads there from this terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECONDS = 3.0


class Way(NamedTuple):
    """A program that takes text to a clipboard, and what to call that clipboard."""

    command: tuple[str, ...]
    name: str


def ways(environment: Mapping[str, str], platform: str) -> list[Way]:
    """Return the ways to try, best first, for a terminal with this environment.

    Inside tmux its own buffer comes first: by default tmux drops the escape sequence that would
    set the clipboard, but hands its buffer on. macOS's own terminal knows no such sequence at all.
    """
    found = []
    if platform == "darwin":
        found.append(Way(("pbcopy",), "the clipboard"))
    if environment.get("TMUX"):
        found.append(Way(("tmux", "load-buffer", "-w", "-"), "tmux and the clipboard"))
    if not environment.get("SSH_CONNECTION"):
        if environment.get("WAYLAND_DISPLAY"):
            found.append(Way(("wl-copy",), "the clipboard"))
        if environment.get("DISPLAY"):
            found.append(Way(("xclip", "-selection", "clipboard"), "the clipboard"))
    return [way for way in found if shutil.which(way.command[0])]


def copy(text: str) -> str | None:
    """Copy ``text``, and return the name of the place it went to.

    None says that only the terminal itself is left to ask (OSC 52), the last way because whether
    a terminal obeys is not to be known. Blocks for some seconds at the most.
    """
    for way in ways(os.environ, sys.platform):
        try:
            done = subprocess.run(  # noqa: S603
                way.command,
                input=text.encode("utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return way.name
    return None
