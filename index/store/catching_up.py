"""The traits of articles that were written without: by an older version, or read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.alike import VERSION, traits
from index.progress import Progress
from index.store.rows import next_change
from index.store.traits import add, known_up_to

if TYPE_CHECKING:
    from index.progress import Listener
    from index.store.articles import ArticleTable
    from index.store.database import Database


def catch_up(database: Database, articles: ArticleTable, progress: Listener) -> None:
    """Find the traits of what was written without: by an older version, or read anew."""
    with database.writing() as db:
        if known_up_to(db)[1] != VERSION:
            db.execute("DELETE FROM traits")
            db.execute("UPDATE traits_known SET change = 0, version = ?", (VERSION,))
        after, last = known_up_to(db)[0], next_change(db) - 1
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
