"""The tags that the reader gave to articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.store.database import data_version, select_in
from index.store.same_sets import SameSets
from index.store.steps import put_step
from index.tagging import distinct, spelt, without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.store.database import Connection, Database

Tags = tuple[str, ...]


class TagTable:
    """Any number of tags of each article; they outlive its text and its file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sets = SameSets(database)
        self._counts: tuple[int, dict[str, int]] = (-1, {})

    def counts(self) -> Mapping[str, int]:
        """Return all tags, and how many articles bear each."""
        with self._database.reading() as db:
            version = data_version(db)
            if self._counts[0] != version:
                rows = db.execute("SELECT tag, count(*) FROM tags GROUP BY tag").fetchall()
                self._counts = version, dict(rows)
        return self._counts[1]

    def by_tag(self) -> dict[str, set[str]]:
        """Return the ids of the articles that bear each tag."""
        found: dict[str, set[str]] = {}
        with self._database.reading() as db:
            for tag, id_ in db.execute("SELECT tag, id FROM tags"):
                found.setdefault(tag, set()).add(id_)
        return found

    def of(self, id_: str) -> Tags:
        """Return the tags of an article."""
        with self._database.reading() as db:
            return tags_of(db, [id_]).get(id_, ())

    def articles(self, tags: Sequence[str]) -> frozenset[str]:
        """Return the ids of all articles that bear any of these tags.

        The same set as before, while it has the same ids.
        """
        asked = tuple(tags)
        query = "SELECT id FROM tags WHERE tag IN"
        return self._sets.get(asked, lambda db: select_in(db, query, asked))

    def put(self, id_: str, tags: Sequence[str]) -> Tags:
        """Give an article these tags and no others, as one step of undo; return them."""
        with self._database.writing() as db:
            return _change(db, {id_: spelt(tags, _spellings(db))})[id_]

    def change(
        self, ids: Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> dict[str, Tags]:
        """Give articles tags, and take others from them, as one step of undo; return all theirs."""
        with self._database.writing() as db:
            before, added = tags_of(db, ids), spelt(add, _spellings(db))
            kept = {id_: without(before.get(id_, ()), remove) for id_ in ids}
            return _change(db, {id_: distinct((*tags, *added)) for id_, tags in kept.items()})


def tags_of(db: Connection, ids: Sequence[str]) -> dict[str, Tags]:
    """Return the tags of articles, in the order of the alphabet; one without any is left out."""
    rows = select_in(db, "SELECT id, tag FROM tags WHERE id IN", ids)
    found: dict[str, list[str]] = {}
    for id_, tag in rows:
        found.setdefault(id_, []).append(tag)
    return {id_: tuple(sorted(tags, key=str.casefold)) for id_, tags in found.items()}


def write_tags(db: Connection, tags: Mapping[str, Sequence[str]]) -> None:
    """Give articles these tags, and no others."""
    for id_, own in tags.items():
        db.execute("DELETE FROM tags WHERE id = ?", (id_,))
        rows = [(id_, tag) for tag in own]
        db.executemany("INSERT INTO tags VALUES (?, ?)", rows)


def _change(db: Connection, wanted: Mapping[str, Sequence[str]]) -> dict[str, Tags]:
    before = tags_of(db, list(wanted))
    changed = [id_ for id_, tags in wanted.items() if set(tags) != set(before.get(id_, ()))]
    put_step(db, "tags", changed, {id_: before.get(id_, ()) for id_ in changed})
    write_tags(db, {id_: wanted[id_] for id_ in changed})
    now = tags_of(db, list(wanted))
    return {id_: now.get(id_, ()) for id_ in wanted}


def _spellings(db: Connection) -> list[str]:
    return [tag for (tag,) in db.execute("SELECT DISTINCT tag FROM tags ORDER BY tag")]
