"""The commands about what the reader noted on articles: tag, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.commands import console
from reader.commands.lending import as_text, as_texts, json_option, lend_library, library_option

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library


# A tag that is to be taken away looks like an option.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("changes", nargs=-1, callback=as_texts, metavar="[ID]… [+TAG|-TAG]…")
@json_option
@library_option
def tag(changes: tuple[str, ...], as_json: bool, folder: Path | None) -> None:
    """Give tags to articles, or take them away; without any ID, list all tags.

    +TAG is given, -TAG taken away; without either, the tags of the articles are printed. The
    beginning of an id is enough, if no other id begins so. In the reader, U takes it back.
    """
    with lend_library(folder) as library:
        ids = [one for one in changes if not one.startswith(("+", "-"))]
        if not ids and changes:
            raise click.UsageError("Which articles? Name them by the beginnings of their ids.")
        if ids:
            _change(library, ids, changes, as_json)
        else:
            _list(library, as_json)


def _change(library: Library, ids: list[str], changes: tuple[str, ...], as_json: bool) -> None:
    from index.tagging import tags_in  # noqa: PLC0415  (--help does without)
    from reader.commands import printing  # noqa: PLC0415
    from reader.forms import json_lines  # noqa: PLC0415

    add, remove = (
        [tag for one in changes if one.startswith(sign) for tag in tags_in(one[1:])]
        for sign in "+-"
    )
    articles = {article.id: article for article in map(library.article, ids)}
    for id_, tags in library.tags.change(list(articles), add, remove).items():
        if as_json:
            click.echo(json_lines.as_json({"id": id_, "tags": tags}))
        else:
            click.echo(printing.tagged_line(articles[id_], tags))


def _list(library: Library, as_json: bool) -> None:
    from reader.commands import printing  # noqa: PLC0415
    from reader.forms import json_lines  # noqa: PLC0415

    counts = library.tags.counts()
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        if as_json:
            click.echo(json_lines.as_json({"tag": name, "articles": counts[name]}))
        else:
            click.echo(printing.tag_line(name, counts[name]))
    if not counts and not as_json and console.to_terminal():
        console.complain("There are no tags: broadsheet tag ID +TAG")


@click.command()
@click.argument("query", callback=as_text, default="")
@json_option
@library_option
def notes(query: str, as_json: bool, folder: Path | None) -> None:
    """List highlights and notes, the newest first: all, or those in articles that QUERY finds.

    Each is looked for in its article as that is now; what is there no more is kept, and told so.
    """
    from index.highlights import noted  # noqa: PLC0415  (--help does without)
    from reader.commands import printing  # noqa: PLC0415

    with lend_library(folder) as library, console.asking(query):
        highlights = library.highlights.all()
        if query.strip():
            library.sync(wait=False)
            found = set(library.search(query, limit=0).ids[:])
            highlights = tuple(one for one in highlights if one.id in found)
        for one in noted(library.articles, highlights):
            if as_json:
                click.echo(printing.noted_json(one))
            else:
                click.echo("\n".join(printing.noted_lines(one)))
    if not highlights and not as_json and console.to_terminal():
        console.complain("There are no highlights or notes there.")


COMMANDS = (tag, notes)
