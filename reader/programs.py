"""Programs of the user's own that are given an article: a pager, an editor, any command."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PAGERS = ("less", "more")
_EDITORS = ("nano", "vi", "vim")
_LONGEST_NAME = 60


class NoProgramError(Exception):
    """There is no such program here; the message says which, and what names one."""


def pager(environment: Mapping[str, str]) -> list[str]:
    """Return the command of the pager."""
    return _command(environment, ("PAGER",), _PAGERS)


def editor(environment: Mapping[str, str]) -> list[str]:
    """Return the command of the editor."""
    return _command(environment, ("VISUAL", "EDITOR"), _EDITORS)


def _command(
    environment: Mapping[str, str], variables: tuple[str, ...], others: tuple[str, ...]
) -> list[str]:
    for variable in variables:
        try:
            words = shlex.split(environment.get(variable, ""))
        except ValueError as error:
            raise NoProgramError(f"${variable} cannot be understood: {error}.") from error
        if words:
            if shutil.which(words[0]) is None:
                raise NoProgramError(f"There is no program {words[0]}, which ${variable} names.")
            return words
    for name in others:
        if (found := shutil.which(name)) is not None:
            return [found]
    raise NoProgramError(f"There is no {others[0]} here; ${variables[-1]} names another program.")


def file_name(title: str, ending: str) -> str:
    """Return a name for a file that holds an article: ``Talks-fail.md``."""
    words = re.sub(r"[^\w]+", "-", clean(title)).strip("-_")
    return (words[:_LONGEST_NAME].rstrip("-") or "article") + ending


def show(command: list[str], text: str, name: str) -> None:
    """Have a program show a text, in a file that can't be written to; return when it ends."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
        path = Path(folder, name)
        path.write_text(text, encoding="utf-8", errors="replace")
        path.chmod(0o400)
        with _deaf_to_interrupts(), _terminal_kept():
            subprocess.run([*command, str(path)], check=False)  # noqa: S603


def pipe(command: str, text: str) -> None:
    """Run a line of shell with a text as its input; return when what it says was read."""
    with _deaf_to_interrupts():
        with _terminal_kept():
            # It was typed by the user, as in a shell of his own.
            done = subprocess.run(  # noqa: S602
                command, shell=True, input=text.encode("utf-8", "replace"), check=False
            )
        failed = f" (exit code {done.returncode})" if done.returncode else ""
        with suppress(EOFError, UnicodeDecodeError):
            input(f"{failed} Enter leads back to Broadsheet. ".lstrip())


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Leave ctrl+c to the program: whoever ends that does not mean to end the reader."""
    # Not SIG_IGN, which the program would inherit.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _terminal_kept() -> Iterator[None]:
    """Have the terminal take lines as before, however a program that was killed left it."""
    try:
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
    except (OSError, ValueError, termios.error):
        # There is none.
        yield
        return
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
