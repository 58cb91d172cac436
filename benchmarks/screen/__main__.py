"""The command behind ``make bench-ui``: drive the reader, and write what was measured."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from benchmarks.corpora import VARIABLE, CorporaError, corpora
from benchmarks.library import StaleLibraryError
from benchmarks.machine import machine, revision
from benchmarks.page import PAGE, with_screen
from benchmarks.queries import SAMPLE
from benchmarks.screen import figures, scenes
from benchmarks.screen.libraries import LONG_TITLE, headlines, library, with_long_article
from benchmarks.screen.loads import adding, nothing, syncing
from benchmarks.screen.section import section
from benchmarks.screen.start import start, watched_reader
from index.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpora import Corpora
    from benchmarks.screen.figures import Figure
    from benchmarks.screen.loads import Load
    from index.progress import Progress

LINES = 20
"""Headlines that are typed."""

OPENED = 60
"""Articles that are opened one after the other."""

STARTS = 7

MORE = 20_000
"""Articles that another program adds."""

LOADED_SECONDS = 40.0
WORKED_MINUTES = 10.0

_BEGUN = monotonic()


def say(text: str) -> None:
    """Tell whoever waits what is going on, and since when."""
    print(f"{monotonic() - _BEGUN:7.1f} s  {text}", file=sys.stderr, flush=True)


def measured(news: Corpora, folder: Path, size: int, minutes: float) -> list[Figure]:
    """Drive the reader over a library of ``size`` articles of the news; return all figures."""
    small, large = (library(folder, news, number, _quietly) for number in (1_000, size))
    with TemporaryDirectory(dir=folder) as temporary:
        place = Path(temporary)
        say("a library with a long article")
        used = with_long_article(large.place, place / "library")
        with closing(Library(used)) as asked:
            lines = headlines(asked.articles(asked.ids()[:SAMPLE]), LINES)
            found = [*_read(asked, used, place, lines)]
        found += [*_starts(small.place, large.place)]
        found += [*_stalls(used, place, lines, _more(news, large.taken, place))]
        # By now the other has the articles that were added, too.
        worked = with_long_article(large.place, place / "worked")
        return [*found, _memory(worked, place, lines, minutes)]


def _read(asked: Library, used: Path, place: Path, lines: Sequence[str]) -> list[Figure]:
    """Type, open and scroll, and wait each time until it is shown."""
    say("what each letter is to show")
    letters = [scenes.expected(asked, line) for line in lines]
    terminal, _ = watched_reader(used, place)
    with terminal:
        say("typing")
        typed = [took for line in letters for took in scenes.type_line(terminal, line)]
        say("opening")
        opened = scenes.open_hits(terminal, asked, "government", OPENED)
        say("scrolling")
        scenes.ask(terminal, LONG_TITLE.split()[0])
        terminal.send(scenes.ENTER)
        terminal.rest(scenes.PAUSE)
        by_line = scenes.scroll(terminal, scenes.DOWN, 100)
        by_page = scenes.scroll(terminal, scenes.PAGE, 60)
    return [
        figures.waits("key to drawn results, 95th percentile", typed, "50 ms", "16 ms"),
        figures.waits("key to opened article, 95th percentile", opened, "50 ms", "16 ms"),
        figures.waits("scrolling a line of 50,000 words, the same", by_line, "16 ms", "8 ms"),
        figures.waits("scrolling a page of 50,000 words, the same", by_page, "16 ms", "8 ms"),
    ]


def _starts(small: Path, large: Path) -> list[Figure]:
    """Start over a small and a large library in turn; the first of each warms the files."""
    say("starting")
    took = [(start(small), start(large)) for _ in range(STARTS + 1)][1:]
    return [figures.starts(*map(list, zip(*took, strict=True)))]


def _stalls(used: Path, place: Path, lines: Sequence[str], file: Path) -> list[Figure]:
    loads: dict[str, Load] = {
        "typing and reading": nothing,
        "while feeds are synced": syncing,
        "while another program adds articles": adding(file),
    }
    return [_stalled(what, load, used, place, lines) for what, load in loads.items()]


def _stalled(what: str, load: Load, used: Path, place: Path, lines: Sequence[str]) -> Figure:
    """Type and read while something else goes on, and look whether the screen is served."""
    say(what)
    with load(used) as begin:
        reader = watched_reader(used, place)
        with reader.terminal:
            reader.terminal.rest(2.0)
            begin(reader.terminal)
            begun = monotonic()
            scenes.work(reader.terminal, lines, LOADED_SECONDS)
            return figures.stalls(what, reader.late(begun, monotonic()))


def _more(news: Corpora, first: int, place: Path) -> Path:
    """Write a file of articles that the library does not have."""
    file = place / "more.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for incoming in news.articles(first, first + MORE):
            article = incoming.article
            body = "\n\n".join(block.text for block in article.blocks)
            lines.write(json.dumps({"title": article.title, "body": body}) + "\n")
    return file


def _memory(used: Path, place: Path, lines: Sequence[str], minutes: float) -> Figure:
    say(f"{minutes:g} minutes of typing and reading")
    reader = watched_reader(used, place)
    with reader.terminal:
        scenes.work(reader.terminal, lines, 20.0)
        at = [reader.memory()]
        for _ in range(max(1, round(2 * minutes))):
            scenes.work(reader.terminal, lines, 30.0)
            at.append(reader.memory())
    return figures.memory(f"private memory after {minutes:g} minutes of typing and reading", at)


def _quietly(progress: Progress) -> None:
    if not progress.done % 10_000:
        say(f"{progress.task}: {progress.done:,} of {progress.total:,}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and write the section of the page."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.screen",
        description=f"Drive the reader in a terminal, and write a part of {PAGE.name}.",
    )
    parser.add_argument("size", type=int, nargs="?", default=100_000, metavar="ARTICLES")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help=f"The news; also ${VARIABLE}.")
    parser.add_argument(
        "--folder", type=Path, default=Path(".bench"), metavar="DIR", help="For libraries."
    )
    parser.add_argument("--minutes", type=float, default=WORKED_MINUTES, help="To watch memory.")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    given = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    try:
        found = measured(corpora(given.corpora), given.folder, given.size, given.minutes)
    except (CorporaError, StaleLibraryError) as error:
        parser.error(str(error))
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    told = f"{given.size:,} different articles, {today}, at `{revision()}`."
    part = section(found, told, machine(load))
    sys.stdout.write(part)
    page = given.page.read_text(encoding="utf-8")
    given.page.write_text(with_screen(page, part), encoding="utf-8")


if __name__ == "__main__":
    main()
