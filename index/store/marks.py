"""The reader's marks on articles, and the way back from each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from index.results import Marks
from index.store.database import chunks, select_in
from index.store.highlights import restore
from index.store.same_sets import SameSets
from index.store.steps import put_step, take_step
from index.store.tags import tags_of, write_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.store.database import Connection, Database
    from index.store.steps import Step, Undone

Mark = Literal["read", "starred"]


class MarkTable:
    """Read and starred, by article id; they outlive the article's text and its file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sets = SameSets(database)

    def get(self, ids: Sequence[str]) -> dict[str, Marks]:
        """Return the marks of these articles; one without marks is left out."""
        with self._database.reading() as db:
            return _marks(db, ids)

    def marked(self, mark: Mark) -> frozenset[str]:
        """Return the ids of all articles that carry the mark.

        The same set as before, while it has the same ids.
        """
        query = f"SELECT id FROM marks WHERE {mark}"  # noqa: S608
        return self._sets.get(mark, lambda db: db.execute(query))

    @property
    def read(self) -> frozenset[str]:
        """The ids of all articles that were read."""
        return self.marked("read")

    @property
    def starred(self) -> frozenset[str]:
        """The ids of all articles that were starred."""
        return self.marked("starred")

    def put(self, ids: Sequence[str], mark: Mark, *, on: bool, undoable: bool = True) -> int:
        """Set or take away a mark on articles, as one step of undo unless not ``undoable``.

        Return how many it was set on, or taken away from.
        """
        with self._database.writing() as db:
            having = f"SELECT id FROM marks WHERE {mark} AND id IN"  # noqa: S608
            marked = {id_ for (id_,) in select_in(db, having, ids)}
            changed = [id_ for id_ in dict.fromkeys(ids) if (id_ in marked) is not on]
            if undoable:
                put_step(db, mark, changed, not on)
            _write(db, changed, mark, on)
        return len(changed)

    def toggle(self, id_: str, mark: Mark) -> bool:
        """Set a mark on an article, or take it away; return whether it is set now."""
        on = not getattr(self.get([id_]).get(id_, Marks()), mark)
        self.put([id_], mark, on=on)
        return on

    def undo(self) -> Undone | None:
        """Take back the newest step; return what it was, or None where there is none."""
        with self._database.writing() as db:
            step = take_step(db)
            if step is None:
                return None
            _take_back(db, step)
        return step.undone


def _marks(db: Connection, ids: Sequence[str]) -> dict[str, Marks]:
    rows = select_in(db, "SELECT id, read, starred FROM marks WHERE id IN", ids)
    flags = {id_: (bool(read), bool(starred)) for id_, read, starred in rows}
    tags = tags_of(db, ids)
    found = {}
    for id_ in flags.keys() | tags.keys():
        read, starred = flags.get(id_, (False, False))
        found[id_] = Marks(read=read, starred=starred, tags=tags.get(id_, ()))
    return found


def _take_back(db: Connection, step: Step) -> None:
    ids, changed = step.undone.ids, step.undone.changed
    match changed:
        case "read" | "starred":
            _write(db, ids, changed, step.before)
        case "tags":
            write_tags(db, step.before)
        case _:
            restore(db, step.before)


def _write(db: Connection, ids: Sequence[str], mark: Mark, on: bool) -> None:
    # Many at a time: while a statement runs, other threads go on.
    for chunk in chunks(ids):
        rows = ", ".join([f"(?, {int(on)})"] * len(chunk))
        db.execute(
            f"INSERT INTO marks (id, {mark}) VALUES {rows}"  # noqa: S608
            f" ON CONFLICT (id) DO UPDATE SET {mark} = excluded.{mark}",
            chunk,
        )
