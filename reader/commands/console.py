"""How the command line speaks: in colour or not, of progress, of what is wrong, and into pipes."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

import click

from index.cleaning import mask
from index.errors import BroadsheetError, QueryError, UnknownArticleError, UnknownFeedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.progress import Listener, Progress

SOME_UNREADABLE = 1
WRONG_USAGE = 2

STOPPED = 130
"""What a shell expects of a program that was interrupted: 128 and the number of the signal."""

_PROGRESS_SECONDS = 0.1
_BAR = 20
"""Columns of a bar that shows progress."""


def prepare(context: click.Context) -> None:
    """Decide on colour, and make sure that no character is too strange to be printed."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def complain(*lines: str) -> None:
    """Say on standard error what is wrong, made harmless: it may quote a path or an article."""
    for line in lines:
        click.echo(mask(line), err=True)


def fail(text: str, code: int, *more: str) -> NoReturn:
    """Say what is wrong, on one line or ``more``, and end."""
    complain(f"broadsheet: {text}", *more)
    sys.exit(code)


def printable(text: str) -> str:
    """Replace bytes of an argument that are no text."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def to_terminal() -> bool:
    """Tell whether standard output is looked at by a person."""
    return sys.stdout is not None and sys.stdout.isatty()


@contextmanager
def speaking_plainly() -> Iterator[None]:
    """End in one sentence and an exit code where something is wrong."""
    try:
        yield
    except QueryError as error:
        fail(error.message, WRONG_USAGE)
    except (UnknownArticleError, UnknownFeedError) as error:
        fail(str(error), WRONG_USAGE)
    except BroadsheetError as error:
        fail(str(error), SOME_UNREADABLE)
    except BrokenPipeError:
        # Whoever reads has seen enough, as head does: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


@contextmanager
def asking(query: str) -> Iterator[None]:
    """Point at the part of a query that can't be understood."""
    try:
        yield
    except QueryError as error:
        before, fault = query[: error.start], query[error.start : error.end]
        pointer = " " * _cells(before) + "^" * max(1, _cells(fault))
        fail(error.message, WRONG_USAGE, f"    {query}", f"    {pointer}")


@contextmanager
def progress() -> Iterator[Listener]:
    """Show progress on one line of standard error, if a person is looking at it."""
    from reader import wording  # noqa: PLC0415  (--help does without)

    shown, last = 0, 0.0
    task, began = "", 0.0
    watched = sys.stderr is not None and sys.stderr.isatty()

    def show(progress: Progress) -> None:
        nonlocal shown, last, task, began
        now = time.monotonic()
        if progress.task != task:
            task, began = progress.task, now
        if watched and now - last >= _PROGRESS_SECONDS:
            said = wording.progress(progress) + wording.pace(progress, now - began)
            text = f"{_bar(progress)}{said}"[: shutil.get_terminal_size().columns - 1]
            click.echo("\r" + text.ljust(shown), err=True, nl=False)
            shown, last = len(text), now

    try:
        yield show
    finally:
        if shown:
            click.echo("\r" + " " * shown + "\r", err=True, nl=False)


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Lend an event that is set when the program is asked to stop; asked again, it ends at once."""
    stopped = threading.Event()

    def stop(_: int, __: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, action in before.items():
            signal.signal(number, action)


def _bar(progress: Progress) -> str:
    """Draw how much is done, where that is known."""
    part = progress.part
    if part is None:
        if not progress.total:
            return ""
        part = progress.done / progress.total
    done = round(min(part, 1) * _BAR)
    return "━" * done + "╌" * (_BAR - done) + " "


def _cells(text: str) -> int:
    from rich.cells import cell_len  # noqa: PLC0415  (only where a query is wrong)

    return cell_len(mask(text))
