"""Where articles came from: each origin, whether its text is shown or kept as a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.errors import LibraryError
from index.store import copies
from index.store.database import select_in
from index.store.rows import digest_of, fault, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.intake.document import Document
    from index.store.copies import Earlier, Place
    from index.store.database import Database


class Known(NamedTuple):
    """What the record knows of an origin."""

    id: str
    """Of the article that came from there."""

    stamp: str | None
    """Of the file; None where the article has to be read again."""


_LISTED = {
    "articles": "SELECT origin, digest, id FROM articles WHERE present",
    "copies": "SELECT copies.origin, copies.digest, copies.id FROM copies"
    " JOIN articles USING (id) WHERE copies.present AND articles.present",
}


class OriginTable:
    """Origins of the articles, and the articles of origins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, origins: Sequence[str]) -> dict[str, str]:
        """Return the ids of the articles that came from these origins, by origin."""
        found: dict[str, str] = {}
        with self._database.reading() as db:
            for table in ("copies", "articles"):
                found |= select_in(db, f"SELECT origin, id FROM {table} WHERE origin IN", origins)  # noqa: S608
        return found

    def unchanged(self, documents: Iterable[Document]) -> frozenset[str]:
        """Return the origins of those documents that came last with these very bytes.

        What would be mended by taking them in again is not among them.
        """
        digests = {document.origin: digest_of(document.raw) for document in documents}
        found: set[str] = set()
        with self._database.reading() as db:
            for table in ("articles", "copies"):
                rows = select_in(db, f"{_LISTED[table]} AND {table}.origin IN", list(digests))
                found |= {
                    origin
                    for origin, digest, id_ in rows
                    if digests[origin] == digest and fault(db, id_) is None
                }
        return frozenset(found)

    def present(self) -> dict[str, Known]:
        """Return all origins that were there when they were looked for last.

        A damaged article is without a stamp, as if its file had been touched.
        """
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT origin, id, iif(json_valid(parsed), stamp, NULL) FROM articles"
                " WHERE present UNION ALL SELECT origin, id, stamp FROM copies WHERE present"
            ).fetchall()
        return {origin: Known(id_, stamp) for origin, id_, stamp in rows}

    def of(self, id_: str) -> tuple[Place, ...]:
        """Return where an article came from: the text that is shown first, then in order."""
        with self._database.reading() as db:
            return copies.places(db, id_)

    def earlier(self, id_: str) -> tuple[Earlier, ...]:
        """Return what an article was before it changed, the newest first."""
        with self._database.reading() as db:
            return copies.earlier(db, id_)

    def raw(self, origin: str) -> bytes:
        """Return the bytes that came from an origin last.

        Raises :class:`LibraryError` where none came, or they are damaged.
        """
        query = (
            "SELECT raw FROM articles WHERE origin = :origin"
            " UNION ALL SELECT raw FROM copies WHERE origin = :origin"
        )
        with self._database.reading() as db:
            row = db.execute(query, {"origin": origin}).fetchone()
        raw = unpacked(row[0]) if row else None
        if raw is None:
            raise LibraryError(
                f"{self._database.path}: what came from {origin} is damaged or unknown."
            )
        return raw
