"""What articles are found again by: their traits, kept up with the changes of the record."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.alike import VERSION
from index.store.rows import next_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.alike import Trait
    from index.store.database import Connection

_MOST_SHARING = 1_000
"""Articles that are found by traits: of thousands of forms with the same words, some do."""


def add(db: Connection, id_: str, wanted: Iterable[Trait]) -> None:
    """Let an article be found by traits, beside those that it is found by."""
    rows = [(trait.key, id_) for trait in wanted]
    db.executemany("INSERT OR IGNORE INTO traits VALUES (?, ?)", rows)


def sharing(db: Connection, wanted: Sequence[Trait]) -> Iterator[tuple[str, Trait]]:
    """Give the ids of articles that are found by traits, and by which."""
    by_key = {trait.key: trait for trait in wanted}
    places = ", ".join("?" * len(by_key))
    query = f"SELECT id, trait FROM traits WHERE trait IN ({places}) LIMIT {_MOST_SHARING}"  # noqa: S608
    rows = db.execute(query, tuple(by_key))
    return ((id_, by_key[key]) for id_, key in rows)


@contextmanager
def keeping_up(db: Connection) -> Iterator[None]:
    """Note that the changes made within bring their traits, if all before have."""
    was_up = known_up_to(db) == (next_change(db) - 1, VERSION)
    yield
    if was_up:
        db.execute("UPDATE traits_known SET change = ?", (next_change(db) - 1,))


def known_up_to(db: Connection) -> tuple[int, int]:
    """Return up to which change the traits are there, and which version of us found them."""
    change, version = db.execute("SELECT change, version FROM traits_known").fetchone()
    return int(change), int(version)
