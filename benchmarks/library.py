"""A library with a record of so many articles, filled once and used again."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

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


class StaleLibraryError(Exception):
    """The folder's library was filled from other articles."""


def fill(folder: Path, corpora: Corpora, size: int, progress: Listener = silent) -> None:
    """Put the first ``size`` articles into the record in a folder; what is there already, stays.

    Raises :class:`StaleLibraryError` where it was begun with other articles.
    """
    _require_made_of(corpora, folder)
    store = Store(folder / RECORD)
    try:
        done = min(len(store.articles.ids()), size)
        coming = corpora.articles(done, size) if done < size else iter(())
        while batch := list(islice(coming, BATCH)):
            store.articles.put(batch)
            done += len(batch)
            progress(Progress("filling", done, size))
    finally:
        store.close()


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


def _require_made_of(corpora: Corpora, folder: Path) -> None:
    """Note what the library is made of where it is new, and compare with the note where not."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / _MADE_OF
    if not note.exists():
        note.write_text(json.dumps({"corpora": corpora.identity}), encoding="utf-8")
    if json.loads(note.read_text(encoding="utf-8"))["corpora"] != corpora.identity:
        raise StaleLibraryError(f"{folder} was filled from other articles: remove it.")
