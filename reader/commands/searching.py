"""The commands that search: search, searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.commands import console
from reader.commands.lending import as_sort, as_text, json_option, lend_library, library_option

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library
    from index.results import Results, Sort

_NO_SEARCHES = "There are no saved searches: + in the reader saves one."


@click.command()
@click.argument("query", callback=as_text, required=False)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0), help="At most.")
@click.option(
    "--sort",
    callback=as_sort,
    metavar="ORDER",
    help="relevance, newest, oldest or source: best, newest, oldest first, or by source.",
)
@click.option("--saved", callback=as_text, metavar="NAME", help="Ask the search with this name.")
@click.option("--new", is_flag=True, help="Only what came since you looked in the reader.")
@json_option
@library_option
def search(
    query: str | None,
    limit: int,
    sort: Sort | None,
    saved: str | None,
    new: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Search the library, for QUERY or for what a saved search asks.

    Put a query that begins with a minus sign behind two of them:  broadsheet search -- -taliban
    """
    from reader.commands import printing  # noqa: PLC0415
    from reader.forms import json_lines  # noqa: PLC0415

    if (query is None) is (saved is None):
        raise click.UsageError("Either QUERY or --saved NAME is needed.")
    if new and saved is None:
        raise click.UsageError("--new is about a saved search.")
    with lend_library(folder) as library:
        if saved is None:
            with console.asking(query or ""):
                library.sync(wait=False)
                results = library.search(query or "", sort=sort or "relevance", limit=limit)
        else:
            results = _saved(library, saved, sort, limit, new=new)
    if as_json:
        click.echo(json_lines.as_json(printing.results_json(results)))
        return
    click.echo("\n".join(printing.results_lines(results)))


def _saved(library: Library, name: str, sort: Sort | None, limit: int, *, new: bool) -> Results:
    """Ask a saved search, in its own order unless there is another, which is no look at it."""
    from index.results import Since  # noqa: PLC0415  (--help does without)

    saved = library.searches.find(name)
    with console.asking(saved.query):
        library.sync(wait=False)
        return library.search(
            saved.query,
            sort=sort or saved.sort,
            scope=Since(saved.looked, saved.scope) if new else saved.scope,
            limit=limit,
        )


@click.command()
@json_option
@library_option
def searches(as_json: bool, folder: Path | None) -> None:
    """List the saved searches, with what each finds, and what of that is new and unread.

    New is what came since you looked at the search in the reader.
    """
    from reader import saved_wording  # noqa: PLC0415
    from reader.forms import json_lines  # noqa: PLC0415

    with lend_library(folder) as library:
        library.sync(wait=False)
        found = library.searches.counted()
    for counted in found:
        if as_json:
            click.echo(json_lines.as_json(saved_wording.as_json(counted)))
        else:
            click.echo("\n".join(saved_wording.lines(counted)))
    if not found and not as_json and console.to_terminal():
        console.complain(_NO_SEARCHES)


COMMANDS = (search, searches)
