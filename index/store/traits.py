"""The traits of all articles in the record, kept up with its changes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.alike import VERSION, traits
from index.progress import Progress
from index.store.rows import next_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.alike import Trait
    from index.progress import Listener
    from index.store.articles import ArticleTable
    from index.store.database import Connection, Database

_MOST_SHARING = 1_000
"""Articles that are found by traits: of thousands of forms with the same words, some do."""


def add(db: Connection, id_: str, wanted: Iterable[Trait]) -> None:
    """Let an article be found by traits, beside those that it is found by."""
    rows = [(trait.key, id_) for trait in wanted]
    db.executemany("INSERT OR IGNORE INTO traits VALUES (?, ?)", rows)


def sharing(db: Connection, wanted: Sequence[Trait]) -> Iterator[tuple[str, Trait]]:
    """Give the ids of articles that are found by traits, and by which."""
    by_key = {trait.key: trait for trait in wanted}
    places = ", ".join("?" * len(by_key))
    query = f"SELECT id, trait FROM traits WHERE trait IN ({places}) LIMIT {_MOST_SHARING}"  # noqa: S608
    rows = db.execute(query, tuple(by_key))
    return ((id_, by_key[key]) for id_, key in rows)


@contextmanager
def keeping_up(db: Connection) -> Iterator[None]:
    """Note that the changes made within bring their traits, if all before have."""
    was_up = _known(db) == (next_change(db) - 1, VERSION)
    yield
    if was_up:
        db.execute("UPDATE traits_known SET change = ?", (next_change(db) - 1,))


def catch_up(database: Database, articles: ArticleTable, progress: Listener) -> None:
    """Find the traits of what was written without: by an older version, or read anew."""
    with database.writing() as db:
        if _known(db)[1] != VERSION:
            db.execute("DELETE FROM traits")
            db.execute("UPDATE traits_known SET change = 0, version = ?", (VERSION,))
        after, last = _known(db)[0], next_change(db) - 1
    total, done = articles.count_changes(after, last), 0
    for end in articles.change_ends(after, last, 500) if total else ():
        found = [
            (change.id, traits(change.article))
            for change in articles.changes(after, end)
            if change.article is not None
        ]
        with database.writing() as db:
            for id_, wanted in found:
                add(db, id_, wanted)
            db.execute("UPDATE traits_known SET change = max(change, ?)", (end,))
        after, done = end, done + len(found)
        progress(Progress("comparing", done, total))


def _known(db: Connection) -> tuple[int, int]:
    change, version = db.execute("SELECT change, version FROM traits_known").fetchone()
    return int(change), int(version)
