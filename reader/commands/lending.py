"""The library that a command works on, and the options that commands share."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from reader import locations
from reader.commands import console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.library import Library
    from index.results import Sort

library_option = click.option(
    "--library",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=f"The library's folder; also ${locations.LIBRARY_VARIABLE}.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")


def as_text(_: click.Context, __: click.Parameter, argument: str | None) -> str | None:
    """Make text of an argument, whatever bytes it came as."""
    return None if argument is None else console.printable(argument)


def as_texts(_: click.Context, __: click.Parameter, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Make text of several."""
    return tuple(map(console.printable, arguments))


def as_sort(_: click.Context, __: click.Parameter, argument: str | None) -> Sort | None:
    """Return the order of results that is meant, if one is."""
    if argument is None:
        return None
    # Values of the index take a while to import, and --help needs none of them.
    from reader.sorting import meant  # noqa: PLC0415

    try:
        return meant(argument)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def named_folder(folder: Path | None) -> Path | None:
    """Return the library's folder as named behind the command, or before it."""
    before: Path | None = click.get_current_context().find_root().params.get("folder")
    return folder or before


@contextmanager
def lend_library(folder: Path | None, *, make: bool = False) -> Iterator[Library]:
    """Lend the library: one that is there, unless it is to be made.

    In the platform's folder there is always one to look into, if only an empty one that is gone
    again afterwards; a folder that somebody named has to have one.
    """
    # Models and parsers take a while to import, and --help needs none of them.
    from index.library import RECORD, Library  # noqa: PLC0415

    named = named_folder(folder)
    place = asked = locations.library(named)
    with ExitStack() as stack:
        if not make and not os.path.lexists(place / RECORD):
            if locations.is_named(named):
                console.fail(f"There is no library in {place}.", console.SOME_UNREADABLE)
            place = Path(stack.enter_context(TemporaryDirectory(prefix="broadsheet-")))
        library = Library(place, console.complain)
        stack.callback(library.close)
        if place != asked:
            library.sync()  # Or its index would be missing.
        yield library
