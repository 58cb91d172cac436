"""Where the reader was in articles that were left before their end, or at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.article import Position

if TYPE_CHECKING:
    from index.store.database import Database


class PositionTable:
    """A position by article id; none for an article that was left at its top."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, id_: str) -> Position | None:
        """Return where the reader was in an article."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT passage, offset, part FROM positions WHERE id = ?", (id_,)
            ).fetchone()
        return Position(*row) if row else None

    def put(self, id_: str, position: Position | None) -> None:
        """Note where the reader is in an article; None for its top."""
        with self._database.writing() as db:
            if position is None:
                db.execute("DELETE FROM positions WHERE id = ?", (id_,))
            else:
                db.execute("REPLACE INTO positions VALUES (?, ?, ?, ?)", (id_, *position))
