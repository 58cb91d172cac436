"""The steps of undo: what each change of the reader's marks was before, the newest on top."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.store.database import Connection

Changed = Literal["read", "starred", "tags", "highlight", "note", "removed highlight"]
"""What a step changed."""


class Undone(NamedTuple):
    """What an undo took back, and the articles it was taken back on."""

    changed: Changed
    ids: tuple[str, ...]


class Step(NamedTuple):
    """One change, on any number of articles."""

    undone: Undone
    before: Any
    """What tells how it was, in values of JSON: up to what was changed."""


def put_step(db: Connection, changed: Changed, ids: Sequence[str], before: Any) -> None:
    """Write a step, unless it is about no article."""
    if ids:
        row = (changed, "\n".join(ids), json.dumps(before, ensure_ascii=False))
        db.execute("INSERT INTO steps (changed, ids, before) VALUES (?, ?, ?)", row)


def take_step(db: Connection) -> Step | None:
    """Return the newest step, which is one no more; None where there is none."""
    newest = "SELECT step, changed, ids, before FROM steps ORDER BY step DESC LIMIT 1"
    row = db.execute(newest).fetchone()
    if row is None:
        return None
    step, changed, ids, before = row
    db.execute("DELETE FROM steps WHERE step = ?", (step,))
    return Step(Undone(changed, tuple(ids.split("\n"))), json.loads(before))
