"""The command line. Only the two commands that open the screen import Textual."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from reader import __version__, locations
from reader.commands import console, searching
from reader.commands import feeds as feed_commands
from reader.commands import marks as mark_commands
from reader.commands.lending import as_text, json_option, lend_library, library_option, named_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.gather import Report
    from index.library import Library
    from index.progress import Listener

_PATHS = click.Path(path_type=Path)


class _Commands(click.Group):
    """Commands that end in one sentence and an exit code where something is wrong."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        console.prepare(ctx)
        with console.speaking_plainly():
            return super().invoke(ctx)


@click.group(cls=_Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="broadsheet")
@library_option
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> None:
    """Read and search the news in a terminal.

    Without a command, the reader opens on your library.
    """
    if ctx.invoked_subcommand is None:

        def update(library: Library, progress: Listener) -> Report:
            return library.add([], progress)

        _open_screen(locations.library(folder), update, "the library")


@main.command("open")
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@library_option
def open_(paths: tuple[Path, ...], folder: Path | None) -> None:
    """Open the reader on files and folders as they are.

    They are never written to. What is found in them is kept in a library of its own in the cache
    folder, or in that of DIR beside what it has, and brought up to date each time.
    """

    def update(library: Library, progress: Listener) -> Report:
        return library.mirror(paths, progress)

    names = ", ".join(path.absolute().name for path in paths)
    _open_screen(named_folder(folder) or locations.library_of(paths), update, names)


def _open_screen(folder: Path, update: Callable[[Library, Listener], Report], name: str) -> None:
    from reader import terminal  # noqa: PLC0415

    if reason := terminal.reason_against_screen():
        console.fail(reason, console.WRONG_USAGE)
    from index.library import Library  # noqa: PLC0415
    from reader.app import run  # noqa: PLC0415
    from reader.config import ConfigError, load  # noqa: PLC0415

    try:
        config = load(locations.config())
    except ConfigError as error:
        console.fail(str(error), console.WRONG_USAGE)
    library = Library(folder)
    try:
        run(library, config, update, name)
    finally:
        library.close()


@main.command()
@click.argument("places", nargs=-1, required=True, type=click.Path(), metavar="PATH|ADDRESS…")
@click.option(
    "--report",
    "report_to",
    type=click.File("w", encoding="utf-8", lazy=False),
    metavar="FILE",
    help="Write what came of each article to FILE, as JSON Lines.",
)
@json_option
@library_option
def add(
    places: tuple[str, ...], report_to: TextIO | None, folder: Path | None, as_json: bool
) -> None:
    """Add files, folders and web pages to the library; - stands for standard input.

    ADDRESS begins with http:// or https://, and all else is a path. Articles come as text, web
    pages, feeds, JSON or JSON Lines, compressed and in archives, too.
    What is there already is left as it is; one whose text changed is updated, and keeps its marks.
    It can be stopped and started again: what came in is safe. Exit code 1: some could not be read,
    and the others were added.
    """
    from reader import wording  # noqa: PLC0415
    from reader.commands import printing  # noqa: PLC0415
    from reader.forms import json_lines  # noqa: PLC0415

    told = printing.listing_in(report_to) if report_to else None
    named = [place for place in places if place != "-"]
    stream = sys.stdin.buffer if len(named) < len(places) else None
    with lend_library(folder, make=True) as library:
        try:
            with console.progress() as progress:
                report = library.add(named, progress, told, stream)
        except KeyboardInterrupt:
            console.fail("stopped. What came in is safe; add goes on from there.", console.STOPPED)
    if as_json:
        click.echo(json_lines.as_json(report.model_dump(mode="json")))
    else:
        click.echo(wording.came(report))
        console.complain(*map(wording.problem_line, report.problems))
        console.complain(*map(wording.feed_hint, report.feeds))
    sys.exit(console.SOME_UNREADABLE if report.problems else 0)


@main.command()
@click.argument("article_id", callback=as_text, metavar="ID")
@json_option
@click.option("--raw", is_flag=True, help="Give the file's bytes back exactly.")
@click.option("--earlier", is_flag=True, help="Show what it was before it changed.")
@library_option
def show(article_id: str, folder: Path | None, as_json: bool, raw: bool, earlier: bool) -> None:
    """Show one article. The beginning of its id is enough, if no other id begins so."""
    from reader.commands import printing  # noqa: PLC0415
    from reader.forms import json_lines  # noqa: PLC0415

    if as_json + raw + earlier > 1:
        raise click.UsageError("--json, --raw and --earlier exclude each other.")
    with lend_library(folder) as library:
        article = library.article(article_id)
        places = library.origins.of(article.id)
        if earlier:
            before = library.origins.earlier(article.id)
            click.echo("\n".join(printing.earlier_lines(before)) or "It is as it came.")
        elif raw:
            click.echo(library.raw(article.id), nl=False)
        elif as_json:
            click.echo(json_lines.whole_json(library, article))
        else:
            click.echo("\n".join(printing.article_lines(article, places)))


@main.command("list")
@json_option
@library_option
def list_(folder: Path | None, as_json: bool) -> None:
    """List all articles: newest first, undated after dated."""
    from reader.commands import printing  # noqa: PLC0415

    columns = printing.COLUMNS if console.to_terminal() else None
    with lend_library(folder) as library:
        ids = library.ids()
        for article in library.articles(ids):
            line = (
                printing.listed_json(article) if as_json else printing.listed_line(article, columns)
            )
            click.echo(line)
    if not ids and not as_json and console.to_terminal():
        console.complain("The library is empty: broadsheet add PATH…")


@main.command()
@click.argument("query", callback=as_text, default="")
@click.option(
    "--format",
    "form",
    default="jsonl",
    show_default=True,
    type=click.Choice(["jsonl", "markdown", "html", "text"]),
    help="JSON Lines, Markdown, a page of HTML, or text.",
)
@library_option
def export(query: str, form: Any, folder: Path | None) -> None:
    """Print articles: all, or those that QUERY finds.

    Each line of JSON is an article as  broadsheet show --json  prints it.
    """
    from reader.forms.export import exported  # noqa: PLC0415
    from reader.forms.json_lines import whole_json  # noqa: PLC0415

    with lend_library(folder) as library, console.asking(query):
        if query.strip():
            library.sync(wait=False)
        articles = library.articles(library.search(query, limit=0).ids)
        for piece in exported(articles, form, partial(whole_json, library)):
            click.echo(piece, nl=False)


@main.command()
@library_option
def rebuild(folder: Path | None) -> None:
    """Read all articles anew from their bytes, and build the index anew.

    An index that is missing, damaged or of an older version is built anew without being asked.
    """
    from reader import wording  # noqa: PLC0415

    with lend_library(folder) as library, console.progress() as progress:
        library.rebuild(progress)
        total = len(library.ids())
    click.echo(f"{wording.count(total, 'article')} indexed")


@main.command()
@library_option
def verify(folder: Path | None) -> None:
    """Check that every article is whole, in the record and in the index."""
    from reader import wording  # noqa: PLC0415

    with lend_library(folder) as library:
        wrong = library.verify()
        total = len(library.ids())
    for sentence in wrong:
        console.complain(sentence)
    faults = f"{wording.count(len(wrong), 'thing')} {'is' if len(wrong) == 1 else 'are'} wrong"
    said = f"; {faults}" if wrong else ", all whole"
    click.echo(wording.count(total, "article") + said)
    sys.exit(console.SOME_UNREADABLE if wrong else 0)


for _command in (*searching.COMMANDS, *mark_commands.COMMANDS, *feed_commands.COMMANDS):
    main.add_command(_command)
