"""The searches that the user saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.errors import SavedSearchError
from index.results import SORTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.results import NamedScope, Sort
    from index.store.database import Connection, Database

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
        """Forget some searches, and save others, all in one step; a look at those was one at these.

        Raises SavedSearchError where another has the name or the key of one.
        """
        with self._database.writing() as db:
            looks = [look for name in names for look in _forget(db, name)]
            for search in searches:
                _refuse_twin(db, search)
                row = search._replace(looked=max(search.looked, *looks, 0))
                db.execute(f"INSERT INTO searches ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", row)  # noqa: S608

    def look(self, name: str, change: int) -> None:
        """Note what was there when the user looked."""
        with self._database.writing() as db:
            db.execute("UPDATE searches SET looked = max(looked, ?) WHERE name = ?", (change, name))


def _forget(db: Connection, name: str) -> list[int]:
    """Forget a search; return up to which change it was looked at, where there is one."""
    rows = db.execute("SELECT looked FROM searches WHERE name = ?", (name,)).fetchall()
    db.execute("DELETE FROM searches WHERE name = ?", (name,))
    return [looked for (looked,) in rows]


def _refuse_twin(db: Connection, search: SavedSearch) -> None:
    # Within the transaction: another program may have saved it a moment ago.
    if db.execute("SELECT 1 FROM searches WHERE name = ?", (search.name,)).fetchone():
        raise SavedSearchError(f"There is a saved search “{search.name}” already.")
    other = db.execute("SELECT name FROM searches WHERE key = ?", (search.key,)).fetchone()
    if other is not None:
        raise SavedSearchError(f"“{search.key}” is the key of “{other[0]}”.")
