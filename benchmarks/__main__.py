"""The command behind ``make bench``: measure with so many articles, and write the page."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from itertools import islice
from pathlib import Path
from string import ascii_lowercase
from time import monotonic
from typing import TYPE_CHECKING

from benchmarks.corpora import VARIABLE, CorporaError, corpora, news_folder
from benchmarks.engines import ENGINES
from benchmarks.figures import Run, kept_runs
from benchmarks.library import StaleLibraryError, articles, fill, text_bytes
from benchmarks.machine import machine, revision
from benchmarks.measuring import Measuring
from benchmarks.memory import interpreter_memory
from benchmarks.page import PAGE, page, screen_of
from benchmarks.queries import SAMPLE, questions
from benchmarks.ranking import figures as ranking_figures
from benchmarks.ranking import keep as keep_ranking
from benchmarks.ranking import kept as kept_ranking
from benchmarks.timing import timed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.corpora import Corpora
    from index.article import Article
    from index.progress import Listener, Progress

ADDED = 11
"""Articles that are added one by one."""

FILLED_SAID = 10_000
"""After so many articles in the record it is said how many there are."""

_BEGUN = monotonic()


def say(text: str) -> None:
    """Tell whoever waits what is going on, and since when."""
    print(f"{monotonic() - _BEGUN:7.1f} s  {text}", file=sys.stderr, flush=True)


def measure(size: int, news: Corpora, folder: Path, engines: Iterable[str]) -> Run:
    """Measure engines on the first ``size`` articles, in a folder that keeps the library."""
    say(f"{size:,} articles")
    load = os.getloadavg()[0]
    measuring = Measuring(folder / str(size), size, say)
    taken = fill(measuring.library, news, size, _every(FILLED_SAID))
    took, text = timed(text_bytes, articles(measuring.library, size))
    kinds = questions(islice(articles(measuring.library, SAMPLE), SAMPLE))
    figures = measuring.measure(engines, kinds, _added(news, taken))
    return Run(
        articles=size,
        published=min(size, len(news)),
        text_bytes=text,
        reading_seconds=took / 1e3,
        day=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        revision=revision(),
        machine=machine(load),
        interpreter=interpreter_memory(),
        engines=figures,
        missing=measuring.missing,
    )


def _every(number: int) -> Listener:
    """Return a listener that passes on every so manieth step."""

    def listen(progress: Progress) -> None:
        if not progress.done % number:
            say(f"{progress.task}: {progress.done:,} of {progress.total:,}")

    return listen


def _added(news: Corpora, first: int) -> dict[str, Article]:
    """Return articles from a place of the stream on, by a word put into the title of each."""
    words = [f"zqxjkv{letter}" for letter in ascii_lowercase[:ADDED]]
    following = (incoming.article for incoming in news.articles(first, first + ADDED))
    return {
        word: article.model_copy(update={"title": f"{article.title} {word}"})
        for word, article in zip(words, following, strict=True)
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=f"Measure Broadsheet beside its peers, and write {PAGE.name}.",
    )
    parser.add_argument("sizes", type=int, nargs="*", metavar="ARTICLES")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help=f"The news; also ${VARIABLE}.")
    parser.add_argument(
        "--folder", type=Path, default=Path(".bench"), metavar="DIR", help="For libraries, indexes."
    )
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    parser.add_argument(
        "--engines", nargs="+", choices=ENGINES, default=list(ENGINES), metavar="ENGINE",
        help="Of " + ", ".join(ENGINES) + ".",
    )  # fmt: skip
    parser.add_argument("--ranking", action="store_true", help="Compare how well they rank, too.")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with each of the sizes; write the page of all runs that the folder keeps."""
    parser = _parser()
    given = parser.parse_args(arguments)
    kept, ranking = given.folder / "runs", given.folder / "ranking.json"
    try:
        for size in given.sizes:
            measure(size, corpora(given.corpora), given.folder, given.engines).write(kept)
        if given.ranking:
            keep_ranking(ranking_figures(news_folder(given.corpora)), ranking)
    except (CorporaError, StaleLibraryError) as error:
        parser.error(str(error))
    runs = kept_runs(kept)
    if not runs:
        parser.error("Nothing was measured yet: say with how many articles.")
    screen = screen_of(given.page.read_text(encoding="utf-8")) if given.page.exists() else ""
    given.page.write_text(page(runs, kept_ranking(ranking), screen), encoding="utf-8")


if __name__ == "__main__":
    main()
