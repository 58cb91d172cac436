"""The real program in a real terminal: read, search, leave everything in order."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from tmux import COMMAND, needs_tmux, terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tmux import Terminal

    from index.library import Library

pytestmark = needs_tmux

AFTERWARDS = "; echo left with $?"


def _left_in_order(window: Terminal, code: int) -> None:
    window.until_shown(f"left with {code}")
    window.until(lambda: window.is_in_order, "a terminal in order")
    assert "⌕" not in window.text


def test_from_the_first_key_to_the_last(tmp_path: Path, library: Library) -> None:
    with terminal((120, 40), tmp_path) as window:
        window.enter(f"{COMMAND} --library {library.folder}{AFTERWARDS}")
        window.until_shown("1 of 5")
        assert window.ask("alternate_on") == "1"
        # All at once, as over a slow line: each key acts where the ones before it lead.
        window.type("/taliban doha")
        window.press("Enter", "Enter")
        window.until_shown("match –/")
        window.type("nn")
        window.until_shown("match 2/")
        window.type("s")
        window.until_shown("★")
        window.tmux("resize-window", "-x", "80", "-y", "24")
        window.until(lambda: max(map(len, window.text.split("\n"))) <= 80, "a narrow screen")
        window.type("q")
        window.until_shown("★ ")
        window.type("qq")
        _left_in_order(window, 0)


def test_on_the_smallest_terminal_without_colours(tmp_path: Path, library: Library) -> None:
    with terminal((40, 12), tmp_path) as window:
        window.enter(f"NO_COLOR=1 {COMMAND} --library {library.folder}{AFTERWARDS}")
        window.until_shown("1 of 5")
        window.type("/taliban")
        window.press("Enter")
        window.until_shown("taliban")
        window.press("Enter")
        window.until_shown("KEY POINTS")
        coloured = window.tmux("capture-pane", "-p", "-e")
        assert "\x1b[" in coloured
        window.type("Q")
        _left_in_order(window, 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_gives_the_terminal_back(
    tmp_path: Path, seeds: Path, number: signal.Signals
) -> None:
    with terminal((80, 24), tmp_path) as window:
        window.enter(f"{COMMAND} open {seeds}{AFTERWARDS}")
        window.until_shown("1 of 5")
        # The program is the only child of the shell.
        window.tmux("run-shell", f"pkill -{number.value} -P {window.ask('pane_pid')}")
        _left_in_order(window, 0)
