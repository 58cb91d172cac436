"""The other forms in which an article came, and what it was before it changed: kept, not shown."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, NamedTuple

from index.errors import UnreadableError
from index.store.rows import unpacked

if TYPE_CHECKING:
    from index.alike import Alike
    from index.article import Article
    from index.store.database import Connection
    from index.store.incoming import Incoming


class Copy(NamedTuple):
    """What came from one origin, as a row."""

    origin: str
    id: str
    raw: bytes
    """Deflated."""

    digest: bytes
    stamp: str | None
    alike: Alike
    present: int


class Place(NamedTuple):
    """Where an article came from."""

    origin: str
    alike: Alike | None
    """In what it is like the text that is shown; None: it is that text."""

    present: bool
    """Whether its file was there when it was looked for last."""


def copy_of(incoming: Incoming, id_: str, alike: Alike) -> Copy:
    """Return what comes in, as a copy of an article that is there."""
    return Copy(
        incoming.origin, id_, incoming.raw, incoming.digest, incoming.stamp, alike, present=1
    )


_COLUMNS = "origin, id, raw, digest, stamp, alike, present"


def from_origin(db: Connection, origin: str) -> Copy | None:
    """Return the copy that came from an origin."""
    row = db.execute(f"SELECT {_COLUMNS} FROM copies WHERE origin = ?", (origin,)).fetchone()  # noqa: S608
    return Copy(*row) if row else None


def first_present(db: Connection, id_: str) -> Copy | None:
    """Return the copy of an article that came first, among those whose files are there."""
    query = f"SELECT {_COLUMNS} FROM copies WHERE id = ? AND present ORDER BY rowid LIMIT 1"  # noqa: S608
    row = db.execute(query, (id_,)).fetchone()
    return Copy(*row) if row else None


def shown(db: Connection, id_: str) -> Copy:
    """Return the text of an article that is shown, as a copy would be kept."""
    columns = "origin, id, raw, digest, stamp, 'url', present"
    return Copy(*db.execute(f"SELECT {columns} FROM articles WHERE id = ?", (id_,)).fetchone())  # noqa: S608


def has_any(db: Connection, id_: str) -> bool:
    """Whether an article came in more than one form."""
    return bool(db.execute("SELECT 1 FROM copies WHERE id = ? LIMIT 1", (id_,)).fetchone())


def write(db: Connection, copy: Copy) -> None:
    """Keep a copy, instead of what came from its origin before."""
    db.execute(f"REPLACE INTO copies ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", copy)  # noqa: S608


def delete(db: Connection, origin: str) -> None:
    """Forget a copy: it is shown by now, or is kept among what was earlier."""
    db.execute("DELETE FROM copies WHERE origin = ?", (origin,))


def keep_earlier(db: Connection, id_: str, copy: Copy | Incoming) -> None:
    """Keep what an article was before it changed."""
    db.execute(
        "INSERT OR IGNORE INTO earlier (origin, digest, id, raw, replaced) VALUES (?, ?, ?, ?, ?)",
        (copy.origin, copy.digest, id_, copy.raw, time.time()),
    )


class Earlier(NamedTuple):
    """What an article was at an origin until something else came from there."""

    origin: str
    replaced: dt.datetime
    """In UTC."""

    article: Article


def earlier(db: Connection, id_: str) -> tuple[Earlier, ...]:
    """Return what an article was before, the newest first; without what can't be read any more."""
    rows = db.execute(
        "SELECT origin, replaced, raw FROM earlier WHERE id = ? ORDER BY replaced DESC, rowid DESC",
        (id_,),
    ).fetchall()
    found = []
    for origin, replaced, raw in rows:
        moment = dt.datetime.fromtimestamp(replaced, dt.UTC)
        article = _parsed(raw, origin)
        found += [Earlier(origin, moment, article)] if article else []
    return tuple(found)


def parsed(copy: Copy) -> Article | None:
    """Read a copy, or return None where that can't be done any more."""
    return _parsed(copy.raw, copy.origin)


def _parsed(deflated: bytes, origin: str) -> Article | None:
    from index.intake import parse  # noqa: PLC0415  (takes long to import, and is seldom needed)

    raw = unpacked(deflated)
    if raw is None:
        return None
    try:
        return parse(raw, origin)
    except UnreadableError:
        return None


def places(db: Connection, id_: str) -> tuple[Place, ...]:
    """Return where an article came from: the text that is shown first, then in order."""
    rows = db.execute(
        "SELECT origin, NULL, present, -1 FROM articles WHERE id = :id"
        " UNION ALL SELECT origin, alike, present, rowid FROM copies WHERE id = :id ORDER BY 4",
        {"id": id_},
    )
    return tuple(Place(origin, alike, bool(present)) for origin, alike, present, _ in rows)
