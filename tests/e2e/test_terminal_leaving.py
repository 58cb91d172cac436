"""Out of the reader and back in a real terminal: pager, editor, pipe and exported files."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tmux import COMMAND, needs_tmux, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tmux import Terminal

    from index.library import Library

pytestmark = needs_tmux

TITLE = "Pakistan Urges Taliban to Dismantle"


@contextmanager
def article_open(folder: Path, library: Library, surroundings: str = "") -> Iterator[Terminal]:
    """Open the first article in a terminal."""
    with terminal((80, 24), folder) as window:
        window.enter(f"HOME={folder} {surroundings} {COMMAND} --library {library.folder}")
        window.until_shown("1 of 5")
        window.press("Enter")
        window.until_shown("KEY POINTS")
        yield window


def until_back(window: Terminal) -> None:
    """Wait until the reader has the terminal again, and answers keys."""
    window.until_shown("min left")
    window.until(lambda: window.ask("alternate_on") == "1", "the reader's screen")
    window.type("s")
    window.until_shown("Starred")


def test_the_pager_has_the_terminal_and_gives_it_back(tmp_path: Path, library: Library) -> None:
    with article_open(tmp_path, library, "PAGER=more") as window:
        window.type("P")
        window.until_shown("--More--")
        assert TITLE in window.text
        assert "min left" not in window.text
        window.type("q")
        until_back(window)


def test_the_editor_has_the_terminal_and_gives_it_back(tmp_path: Path, library: Library) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nhead -3 "$1"\necho edited: which line?\nread line\n')
    editor.chmod(0o755)
    with article_open(tmp_path, library, f"VISUAL= EDITOR={editor}") as window:
        window.type("E")
        window.until_shown("edited: which line?")
        assert TITLE in window.text
        window.press("Enter")
        until_back(window)


def test_what_a_command_makes_of_an_article_can_be_looked_at(
    tmp_path: Path, library: Library
) -> None:
    with article_open(tmp_path, library) as window:
        window.type("|")
        window.until_shown("Pipe the article")
        window.type("grep -c Taliban | sed s/^/found:/")
        window.press("Enter")
        window.until(lambda: re.search(r"found:\d", window.text), "what the command says")
        assert "KEY POINTS" not in window.text
        window.press("Enter")
        until_back(window)


def test_all_results_are_exported(tmp_path: Path, library: Library) -> None:
    with article_open(tmp_path, library) as window:
        window.type("X")
        window.until_shown("All results: 5 articles")
        window.type("j")
        window.press("Enter")
        window.until_shown(".md, .html")
        window.press("C-u")
        window.type("~/all.md")
        window.press("Enter")
        window.until((tmp_path / "all.md").exists, "the file")
        until_back(window)
    text = (tmp_path / "all.md").read_text(encoding="utf-8")
    assert text.count("\n# ") + text.startswith("# ") == 5
    assert TITLE in text
