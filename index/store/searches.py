"""The searches that the user saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.results import SORTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.results import NamedScope, Sort
    from index.store.database import Database

_COLUMNS = "name, key, query, sort, scope, looked"


class SavedSearch(NamedTuple):
    """A query with a name, and how its results are wanted."""

    name: str
    key: str | None
    """A character that opens it."""

    query: str
    sort: Sort
    scope: NamedScope
    looked: int
    """What arrived up to this change of the record was there when the user looked last."""


class SearchTable:
    """Saved searches, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[SavedSearch, ...]:
        """Return them, in the order of their names."""
        with self._database.reading() as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM searches").fetchall()  # noqa: S608
        known = (SavedSearch(*row) for row in rows if row[3] in SORTS)
        return tuple(sorted(known, key=lambda search: (search.name.casefold(), search.name)))

    def exchange(self, names: Iterable[str], searches: Iterable[SavedSearch]) -> None:
        """Forget some searches, and save others, all in one step."""
        with self._database.writing() as db:
            db.executemany("DELETE FROM searches WHERE name = ?", [(name,) for name in names])
            db.executemany(
                f"REPLACE INTO searches ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
                list(searches),
            )

    def look(self, name: str, change: int) -> None:
        """Note what was there when the user looked."""
        with self._database.writing() as db:
            db.execute("UPDATE searches SET looked = max(looked, ?) WHERE name = ?", (change, name))
