"""The reader's marks on articles, and the way back from each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from index.results import Marks
from index.store.database import data_version, select_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.store.database import Connection, Database

Mark = Literal["read", "starred"]


class Undone(NamedTuple):
    """What an undo took back: the mark, and the articles it was taken back on."""

    mark: Mark
    ids: tuple[str, ...]


class MarkTable:
    """Read and starred, by article id; they outlive the article's text and its file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._marked: dict[Mark, tuple[int, frozenset[str]]] = {}

    def get(self, ids: Sequence[str]) -> dict[str, Marks]:
        """Return the marks of these articles; one without marks is left out."""
        with self._database.reading() as db:
            return _marks(db, ids)

    def marked(self, mark: Mark) -> frozenset[str]:
        """Return the ids of all articles that carry the mark.

        The same set as before, while it has the same ids: whoever derives something from it may
        keep that.
        """
        with self._database.reading() as db:
            version = data_version(db)
            known = self._marked.get(mark)
            if known is None or known[0] != version:
                rows = db.execute(f"SELECT id FROM marks WHERE {mark}").fetchall()  # noqa: S608
                marked = frozenset(row[0] for row in rows)
                if known is not None and known[1] == marked:
                    marked = known[1]
                known = self._marked[mark] = version, marked
        return known[1]

    @property
    def read(self) -> frozenset[str]:
        """The ids of all articles that were read."""
        return self.marked("read")

    @property
    def starred(self) -> frozenset[str]:
        """The ids of all articles that were starred."""
        return self.marked("starred")

    def put(self, ids: Sequence[str], mark: Mark, *, on: bool, undoable: bool = True) -> None:
        """Set or take away a mark on articles, as one step of undo unless not ``undoable``."""
        with self._database.writing() as db:
            (step,) = db.execute("SELECT coalesce(max(step), 0) + 1 FROM mark_changes").fetchone()
            known = _marks(db, ids)
            for id_ in dict.fromkeys(ids):
                before = getattr(known.get(id_, Marks()), mark)
                if before is on:
                    continue
                if undoable:
                    row = (step, id_, mark, before)
                    db.execute("INSERT INTO mark_changes VALUES (?, ?, ?, ?)", row)
                _write(db, id_, mark, on)

    def undo(self) -> Undone | None:
        """Take back the newest step; return what it was, or None where there is none."""
        with self._database.writing() as db:
            rows = db.execute(
                "SELECT step, id, mark, before FROM mark_changes"
                " WHERE step = (SELECT max(step) FROM mark_changes)"
            ).fetchall()
            for step, id_, mark, before in rows:
                _write(db, id_, mark, bool(before))
                db.execute("DELETE FROM mark_changes WHERE step = ? AND id = ?", (step, id_))
        return Undone(rows[0][2], tuple(row[1] for row in rows)) if rows else None


def _marks(db: Connection, ids: Sequence[str]) -> dict[str, Marks]:
    rows = select_in(db, "SELECT id, read, starred FROM marks WHERE id IN", ids)
    return {id_: Marks(read=bool(read), starred=bool(starred)) for id_, read, starred in rows}


def _write(db: Connection, id_: str, mark: Mark, on: bool) -> None:
    db.execute("INSERT OR IGNORE INTO marks (id) VALUES (?)", (id_,))
    db.execute(f"UPDATE marks SET {mark} = ? WHERE id = ?", (on, id_))  # noqa: S608
