"""A library with a record of so many articles, filled once and used again."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.corpora import CorporaError
from index.library import RECORD
from index.progress import Listener, Progress, silent
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from benchmarks.corpora import Corpora
    from index.article import Article

BATCH = 500
"""Articles that are written in one transaction."""

_MADE_OF = "made-of.json"

_MOST_IN_VAIN = 20_000
"""Articles without a new one among them, after which there will be none."""


class StaleLibraryError(Exception):
    """The folder's library was filled from other articles."""


def fill(folder: Path, corpora: Corpora, size: int, progress: Listener = silent) -> int:
    """Put articles into the record in a folder until it has ``size``; what is there, stays.

    A few tell what another one told, and become its copies. Returns how many of the stream were
    taken: none of those behind them came in. Raises :class:`StaleLibraryError` where the library
    was begun with other articles, :class:`~benchmarks.corpora.CorporaError` where the corpora have
    too few.
    """
    taken = _taken(corpora, folder)
    store = Store(folder / RECORD)
    try:
        done, last_new = len(store.articles.ids()), taken
        coming = corpora.articles(taken) if done < size else iter(())
        while done < size:
            batch = list(islice(coming, min(BATCH, size - done)))
            added = store.articles.put(batch).count("added")
            taken += len(batch)
            last_new = taken if added else last_new
            if taken - last_new > _MOST_IN_VAIN:
                raise CorporaError(f"The collections have no {size:,} different articles.")
            done += added
            _note(corpora, folder, taken)
            progress(Progress("filling", done, size))
    finally:
        store.close()
    return taken


def articles(folder: Path, most: int) -> Iterator[Article]:
    """Read up to ``most`` articles from a library's record, in the order they were put there."""
    store = Store(folder / RECORD)
    try:
        changes = store.articles.changes(0, store.articles.last_change())
        listed = (change.article for change in changes if change.article is not None)
        yield from islice(listed, most)
    finally:
        store.close()


def text_bytes(articles: Iterable[Article]) -> int:
    """Return how much text there is to be searched: the UTF-8 bytes of all passages."""
    return sum(len(passage.text.encode()) for article in articles for passage in article.passages)


def _taken(corpora: Corpora, folder: Path) -> int:
    """Return how many articles of the stream a folder's library was made of so far."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        noted = json.loads((folder / _MADE_OF).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return 0
    if noted["corpora"] != corpora.identity:
        raise StaleLibraryError(f"{folder} was filled from other articles: remove it.")
    return int(noted["taken"])


def _note(corpora: Corpora, folder: Path, taken: int) -> None:
    noted = {"corpora": corpora.identity, "taken": taken}
    (folder / _MADE_OF).write_text(json.dumps(noted), encoding="utf-8")
