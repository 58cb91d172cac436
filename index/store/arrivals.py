"""When each article came for the first time, by the number of the change that brought it.

A change of its text gives an article another number; this one stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.store.same_sets import SameSets

if TYPE_CHECKING:
    from index.store.database import Database


class ArrivalTable:
    """What came after what."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sets = SameSets(database)

    def after(self, change: int) -> frozenset[str]:
        """Return the ids of all articles that came for the first time after a change.

        The same set as before, while it has the same ids.
        """
        query = "SELECT id FROM arrivals WHERE change > ?"
        return self._sets.get(change, lambda db: db.execute(query, (change,)))

    def seen(self, indexed: int, before: int) -> int:
        """Return up to which change all that arrived could be found, ``before`` at the least.

        ``indexed``: the newest change that can be found. What arrived earlier and was changed since
        cannot be, perhaps: rather than never, it is new once more.
        """
        with self._database.reading() as db:
            (unsure,) = db.execute(
                "SELECT min(arrivals.change) FROM articles JOIN arrivals USING (id)"
                " WHERE articles.change > ? AND arrivals.change > ?",
                (indexed, before),
            ).fetchone()
        return max(before, indexed if unsure is None else min(indexed, unsure - 1))
