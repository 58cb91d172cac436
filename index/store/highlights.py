"""The passages that the reader highlighted, and the notes on them."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

from index.anchors import Anchor
from index.highlights import Highlight
from index.store.same_sets import SameSets
from index.store.steps import put_step

if TYPE_CHECKING:
    from index.store.database import Connection, Database
    from index.store.steps import Changed

_COLUMNS = "key, id, start, end_, quote, before, behind, note, made"
_PLACES = ", ".join("?" * len(_COLUMNS.split(",")))


class HighlightTable:
    """Highlights; they outlive the text that they are in, and its file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sets = SameSets(database)

    def of(self, id_: str) -> tuple[Highlight, ...]:
        """Return the highlights of an article, in the order in which they were made."""
        return self._select("WHERE id = ? ORDER BY key", id_)

    def all(self) -> tuple[Highlight, ...]:
        """Return all highlights, the newest first."""
        return self._select("ORDER BY made DESC, key DESC")

    def _select(self, which: str, *bound: str) -> tuple[Highlight, ...]:
        query = f"SELECT {_COLUMNS} FROM highlights {which}"  # noqa: S608
        with self._database.reading() as db:
            return tuple(map(_highlight, db.execute(query, bound).fetchall()))

    def articles(self, *, with_note: bool = False) -> frozenset[str]:
        """Return the ids of all articles with a highlight, or with a note.

        The same set as before, while it has the same ids.
        """
        which = "WHERE note != ''" if with_note else ""
        query = f"SELECT DISTINCT id FROM highlights {which}"  # noqa: S608
        return self._sets.get(with_note, lambda db: db.execute(query))

    def add(self, id_: str, anchor: Anchor, note: str = "") -> Highlight:
        """Keep a passage of an article, as one step of undo."""
        with self._database.writing() as db:
            row = (None, id_, *anchor, note, time.time())
            key = db.execute(f"INSERT INTO highlights VALUES ({_PLACES})", row).lastrowid  # noqa: S608
            _put_step(db, "highlight", id_, key, None)
            return _highlight(_row(db, key))

    def note(self, key: int, note: str) -> None:
        """Write another note on a highlight, or none, as one step of undo."""
        with self._database.writing() as db:
            row = _row(db, key)
            if row is not None and _highlight(row).note != note:
                _put_step(db, "note", row[1], key, row)
                db.execute("UPDATE highlights SET note = ? WHERE key = ?", (note, key))

    def remove(self, key: int) -> None:
        """Forget a highlight and its note, as one step of undo."""
        with self._database.writing() as db:
            row = _row(db, key)
            if row is not None:
                _put_step(db, "removed highlight", row[1], key, row)
                db.execute("DELETE FROM highlights WHERE key = ?", (key,))


def restore(db: Connection, before: Any) -> None:
    """Make a highlight what it was before a change of it: perhaps none."""
    db.execute("DELETE FROM highlights WHERE key = ?", (before["key"],))
    if before["row"] is not None:
        db.execute(f"INSERT INTO highlights VALUES ({_PLACES})", before["row"])  # noqa: S608


def _put_step(db: Connection, changed: Changed, id_: str, key: int | None, row: Any) -> None:
    put_step(db, changed, [id_], {"key": key, "row": row})


def _row(db: Connection, key: int | None) -> Any:
    query = f"SELECT {_COLUMNS} FROM highlights WHERE key = ?"  # noqa: S608
    return db.execute(query, (key,)).fetchone()


def _highlight(row: tuple[Any, ...]) -> Highlight:
    key, id_, start, end, quote, before, behind, note, made = row
    moment = dt.datetime.fromtimestamp(made, dt.UTC)
    return Highlight(key, id_, Anchor(start, end, quote, before, behind), note, moment)
