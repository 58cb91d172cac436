"""The commands about feeds: subscribe, feeds, unsubscribe, sync."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reader.commands import console
from reader.commands.lending import as_text, as_texts, json_option, lend_library, library_option
from reader.periods import seconds_of

if TYPE_CHECKING:
    from pathlib import Path

    from index.feeds import Feeds, SyncReport


def _period(_: click.Context, __: click.Parameter, typed: str | None) -> int | None:
    """Understand a span of time, if one was typed."""
    try:
        return None if typed is None else seconds_of(typed)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.argument("addresses", nargs=-1, required=True, callback=as_texts, metavar="ADDRESS…")
@click.option("--tag", "tags", multiple=True, callback=as_texts, help="A tag; can be repeated.")
@click.option("--name", callback=as_text, help="What to call the feed.")
@click.option("--full", is_flag=True, help="Also fetch the page of each new article.")
@library_option
def subscribe(
    addresses: tuple[str, ...],
    tags: tuple[str, ...],
    name: str | None,
    full: bool,
    folder: Path | None,
) -> None:
    """Subscribe to feeds, and take in what they have.

    ADDRESS is that of a feed, or of a web page that leads to one; or a file: a feed, or a list of
    feeds (OPML), which the next sync fetches; or exec: and a command that prints a feed. Exit code
    1: some could not be subscribed to.
    """
    from index.errors import FeedError, SeveralFeedsError, UnreadableError  # noqa: PLC0415

    if name is not None and len(addresses) > 1:
        raise click.UsageError("--name is for one feed.")
    failed = False
    with lend_library(folder, make=True) as library:
        for address in addresses:
            try:
                failed |= not _subscribe(library.feeds, address, tags, name, full)
            except SeveralFeedsError as error:
                failed = True
                console.complain(str(error), *(f"    {one}" for one in error.feeds))
            except (FeedError, UnreadableError) as error:
                failed = True
                console.complain(str(error))
    sys.exit(console.SOME_UNREADABLE if failed else 0)


def _subscribe(
    feeds: Feeds, address: str, tags: tuple[str, ...], name: str | None, full: bool
) -> bool:
    """Subscribe to a feed or a list; say what came of it, and return whether all went well."""
    from index.feeds.lists import list_at  # noqa: PLC0415  (imports parsers)
    from reader import feed_wording  # noqa: PLC0415

    if (raw := list_at(address)) is None:
        before = {feed.key for feed in feeds.all()}
        feed = feeds.subscribe(address, name=name, tags=tags, always_full=full)
        click.echo(feed_wording.subscribed_line(feed, is_new=feed.key not in before))
        return feed.error is None
    if name is not None:
        raise click.UsageError("--name is for one feed.")
    report = feeds.import_opml(raw, address)
    for feed in report.subscribed:
        feeds.tag(feed.key, (*feed.tags, *tags))
        feeds.set_always_full(feed.key, on=full)
    then = " broadsheet sync fetches them." if report.subscribed else ""
    click.echo(feed_wording.opml_line(report) + then)
    console.complain(*report.refused)
    return not report.refused


@click.command("feeds")
@json_option
@click.option("--opml", is_flag=True, help="Print a list for other feed readers.")
@library_option
def feeds_(as_json: bool, opml: bool, folder: Path | None) -> None:
    """List the feeds, and how the last sync of each went."""
    from reader import feed_wording  # noqa: PLC0415
    from reader.forms import json_lines  # noqa: PLC0415

    if as_json and opml:
        raise click.UsageError("--json and --opml exclude each other.")
    with lend_library(folder) as library:
        if opml:
            click.echo(library.feeds.export_opml(), nl=False)
            return
        feeds = library.feeds.all()
    for feed in feeds:
        if as_json:
            click.echo(json_lines.as_json(feed.model_dump(mode="json")))
        else:
            click.echo("\n".join(feed_wording.feed_lines(feed)))
    if not feeds and not as_json and console.to_terminal():
        console.complain(_NO_FEEDS)


@click.command()
@click.argument("feeds", nargs=-1, required=True, callback=as_texts, metavar="FEED…")
@library_option
def unsubscribe(feeds: tuple[str, ...], folder: Path | None) -> None:
    """Forget feeds; their articles stay.

    FEED is the name or the address of one, or a part of either that no other has.
    """
    from reader import feed_wording  # noqa: PLC0415

    with lend_library(folder) as library:
        found = {feed.key: feed for feed in map(library.feeds.find, feeds)}
        for feed in found.values():
            library.feeds.unsubscribe(feed.key)
            click.echo(feed_wording.unsubscribed_line(feed))


@click.command()
@click.argument("feeds", nargs=-1, callback=as_texts, metavar="[FEED]…")
@click.option(
    "--every", callback=_period, metavar="TIME", help="Go on, and sync again each 15m, 2h, 1d."
)
@json_option
@library_option
def sync(feeds: tuple[str, ...], every: int | None, as_json: bool, folder: Path | None) -> None:
    """Fetch all feeds, or some, and take in what is new.

    FEED is the name or the address of one, or a part of either that no other has. It can be
    stopped: what came is kept. With --every, feeds that ask to be left alone longer are, and those
    that fail are asked ever less. Exit code 1: some could not be fetched, and the others were.
    """
    with lend_library(folder) as library, console.interruptible() as stopped:
        keys = [library.feeds.find(feed).key for feed in feeds] or None
        while True:
            with console.progress() as progress:
                report = library.feeds.sync(
                    keys, progress, lambda: not stopped.is_set(), due=every is not None
                )
            _tell(report, as_json)
            if every is None or stopped.wait(every):
                break
    if report.was_stopped:
        sys.exit(console.STOPPED)
    sys.exit(console.SOME_UNREADABLE if report.failed else 0)


def _tell(report: SyncReport, as_json: bool) -> None:
    from reader import feed_wording  # noqa: PLC0415
    from reader.forms import json_lines  # noqa: PLC0415

    if as_json:
        click.echo(json_lines.as_json(feed_wording.sync_json(report)))
        return
    click.echo(feed_wording.sync_line(report))
    console.complain(*feed_wording.sync_problems(report))
    if not report.feeds and not report.skipped and console.to_terminal():
        console.complain(_NO_FEEDS)


_NO_FEEDS = "There are no feeds: broadsheet subscribe ADDRESS…"

COMMANDS = (subscribe, feeds_, unsubscribe, sync)
