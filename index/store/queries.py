"""The queries that the user went into, with the order that was chosen for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.results import SORTS

if TYPE_CHECKING:
    from index.results import Sort
    from index.store.database import Connection, Database

MOST = 1_000
"""Queries that are kept: the latest ones."""


class PastQuery(NamedTuple):
    """A query that was gone into."""

    query: str
    sort: Sort | None
    """As it was chosen for this query, if it was."""


class QueryTable:
    """Past queries, each of them once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[PastQuery, ...]:
        """Return them, the latest first."""
        with self._database.reading() as db:
            rows = db.execute("SELECT query, sort FROM queries ORDER BY number DESC").fetchall()
        return tuple(PastQuery(query, _known(sort)) for query, sort in rows)

    def note(self, query: str, sort: Sort | None = None) -> None:
        """Make a query the latest one; an order that was chosen stays unless there is another."""
        with self._database.writing() as db:
            db.execute(
                "INSERT INTO queries VALUES (?, ?, ?) ON CONFLICT (query) DO UPDATE"
                " SET number = excluded.number, sort = coalesce(excluded.sort, sort)",
                (query, sort, _next_number(db)),
            )
            db.execute(
                "DELETE FROM queries WHERE number <="
                " (SELECT number FROM queries ORDER BY number DESC LIMIT 1 OFFSET ?)",
                (MOST,),
            )


def _next_number(db: Connection) -> int:
    return int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM queries").fetchone()[0])


def _known(sort: str | None) -> Sort | None:
    return sort if sort in SORTS else None
