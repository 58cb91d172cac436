"""What must never happen to the terminal, and what is said where there is none."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from desk import PATIENCE
from tmux import COMMAND, ROOT, needs_tmux, terminal

if TYPE_CHECKING:
    from pathlib import Path

STEERING = (
    "\x1b]2;owned\x07\x1b]52;c;b3duZWQ=\x1b\\\x1b]52;c;b3duZWQ=\x07\x1b[?1049l\x1bc\x1bkowned\x1b\\"
)


@needs_tmux
def test_an_article_cannot_retitle_the_window_or_fill_the_clipboard(tmp_path: Path) -> None:
    (tmp_path / "hostile").mkdir()
    (tmp_path / "hostile" / "story.txt").write_text(
        f"A hostile headline {STEERING}\n\nKABUL: It goes on {STEERING} and on for some words.\n"
        f"\nA second paragraph {STEERING} of the hostile story, which ends with these words.\n"
    )
    with terminal((80, 24), tmp_path) as window:
        before = window.ask("window_name")
        window.enter(f"{COMMAND} open hostile; echo left with $?")
        window.until_shown("1 of 1")
        window.press("Enter")
        window.until_shown("A second paragraph")
        window.type("/hostile")
        window.press("Enter")
        window.until_shown("match 1/")
        assert window.ask("alternate_on") == "1"
        assert "owned" not in window.ask("pane_title")
        assert window.ask("window_name") in (before, "python", "sh")
        assert "owned" not in window.tmux("list-buffers")
        window.type("Q")
        window.until_shown("left with 0")


def test_without_a_terminal_it_says_what_to_do(seeds: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reader", "open", str(seeds)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert "broadsheet search" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("term", ["dumb", ""])
def test_on_a_terminal_that_cannot_draw_it_says_what_to_do(seeds: Path, term: str) -> None:
    ours, theirs = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "reader", "open", str(seeds)],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=os.environ | {"TERM": term},
        )  # fmt: skip
        assert process.wait(timeout=30) == 2
        said = os.read(ours, 4096).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "cannot show a screen" in said
    assert "broadsheet list" in said
    assert "\x1b[" not in said


def test_when_the_terminal_goes_away_the_reader_ends(seeds: Path) -> None:
    ours, theirs = pty.openpty()
    reader = subprocess.Popen(
        [sys.executable, "-m", "reader", "open", str(seeds)],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        os.close(theirs)
        shown = b""
        while b"1 of 5" not in shown:
            shown += os.read(ours, 65_536)
        # Much is drawn, and nobody takes it: then the terminal is gone in the middle of it.
        os.write(ours, b"jkJKnN" * 40)
        os.close(ours)
        assert reader.wait(timeout=PATIENCE) is not None
    finally:
        reader.kill()
        reader.wait()
