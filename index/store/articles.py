"""The articles of the record, and the log of their changes.

Each write of an article gets the next *change number*. Whatever is derived from the record
remembers the last change it has seen, and asks for those after it.
"""

from __future__ import annotations

import datetime as dt
import zlib
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.article import Article
from index.errors import LibraryError, UnknownArticleError
from index.store.database import CHUNK, select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.store.database import Connection, Database

Outcome = Literal["added", "updated", "unchanged"]


class Incoming(NamedTuple):
    """An article on its way into the record, with the bytes it was parsed from."""

    article: Article
    raw: bytes
    stamp: str | None = None
    """Tells whether a file was touched since it was read; None for what is no file."""


class Change(NamedTuple):
    """A write of the record: the article as it is now, or None where it is no longer listed."""

    number: int
    id: str
    article: Article | None


class ArticleTable:
    """All articles: as they came, as parsed, and when each was written last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, incoming: Sequence[Incoming]) -> list[Outcome]:
        """Write articles in one transaction; tell for each whether it was new, changed or known."""
        with self._database.writing() as db:
            return [_put(db, *one) for one in incoming]

    def withdraw(self, ids: Iterable[str]) -> int:
        """Stop listing articles whose file is gone. They, and their marks, stay in the record."""
        with self._database.writing() as db:
            return sum(
                db.execute(
                    "UPDATE articles SET present = 0, change = ? WHERE id = ? AND present",
                    (_next_change(db), id_),
                ).rowcount
                for id_ in ids
            )

    def resolve(self, beginning: str) -> str:
        """Return the one id that begins so.

        Raises :class:`UnknownArticleError` where none does, or more than one.
        """
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT id FROM articles WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 2",
                (len(beginning), beginning),
            ).fetchall()
        if not beginning or not rows:
            raise UnknownArticleError(f"No article has an id that begins with “{beginning}”.")
        if len(rows) > 1:
            raise UnknownArticleError(f"Several articles have ids that begin with “{beginning}”.")
        return str(rows[0][0])

    def get(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles with these ids; an id that is unknown is left out."""
        with self._database.reading() as db:
            rows = select_in(db, "SELECT id, parsed FROM articles WHERE id IN", ids)
        return {id_: Article.model_validate_json(parsed) for id_, parsed in rows}

    def incoming(self, id_: str) -> Incoming:
        """Return an article as it was put in."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT parsed, raw, stamp FROM articles WHERE id = ?", (id_,)
            ).fetchone()
        if row is None:
            raise UnknownArticleError(f"No article has the id “{id_}”.")
        return Incoming(Article.model_validate_json(row[0]), zlib.decompress(row[1]), row[2])

    def newest_first(self) -> tuple[str, ...]:
        """Return the ids of all listed articles: newest first, undated after dated."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT id FROM articles WHERE present ORDER BY published DESC NULLS LAST, id"
            ).fetchall()
        return tuple(row[0] for row in rows)

    def stamps(self) -> dict[str, str | None]:
        """Return the stamp of every listed article, by id."""
        with self._database.reading() as db:
            return dict(db.execute("SELECT id, stamp FROM articles WHERE present").fetchall())

    def last_change(self) -> int:
        """Return the number of the newest change; 0 in an empty record."""
        with self._database.reading() as db:
            return _next_change(db) - 1

    def count_changes(self, after: int, up_to: int) -> int:
        """Return how many articles :meth:`changes` will give."""
        with self._database.reading() as db:
            query = "SELECT count(*) FROM articles WHERE change > ? AND change <= ?"
            return int(db.execute(query, (after, up_to)).fetchone()[0])

    def changes(self, after: int, up_to: int) -> Iterator[Change]:
        """Give what was written after change ``after``, up to ``up_to``, oldest first.

        It reads a few hundred rows at a time, so a writer elsewhere never waits for the reader.
        """
        while True:
            with self._database.reading() as db:
                rows = db.execute(
                    "SELECT change, id, present, parsed FROM articles"
                    " WHERE change > ? AND change <= ? ORDER BY change LIMIT ?",
                    (after, up_to, CHUNK),
                ).fetchall()
            if not rows:
                return
            for number, id_, present, parsed in rows:
                yield Change(number, id_, Article.model_validate_json(parsed) if present else None)
            after = rows[-1][0]

    def damage(self) -> Iterator[str]:
        """Give a sentence for each article whose bytes or parsed form are not what was written."""
        for id_ in self.newest_first():
            with self._database.reading() as db:
                row = db.execute(
                    "SELECT raw, digest, parsed FROM articles WHERE id = ?", (id_,)
                ).fetchone()
            if row is not None and not _is_whole(*row):
                yield f"{self._database.path}: article {id_} is damaged"


def _put(db: Connection, article: Article, raw: bytes, stamp: str | None) -> Outcome:
    fingerprint, parsed = _digest(raw), article.model_dump_json()
    known = db.execute(
        "SELECT digest, parsed, present, stamp, origin FROM articles WHERE id = ?", (article.id,)
    ).fetchone()
    if known and known[4] != article.origin:
        raise LibraryError(f"{article.origin} and {known[4]} would share the id {article.id}.")
    if known and known[:3] == (fingerprint, parsed, 1):
        if known[3] != stamp:
            db.execute("UPDATE articles SET stamp = ? WHERE id = ?", (stamp, article.id))
        return "unchanged"
    db.execute(
        "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)",
        (
            article.id,
            article.origin,
            zlib.compress(raw),
            fingerprint,
            stamp,
            parsed,
            _seconds(article.published),
            _next_change(db),
        ),
    )
    if known is None:
        return "added"
    # The same bytes, read anew by a better parser, are no update that a person would count.
    return "unchanged" if known[0] == fingerprint and known[2] else "updated"


def _next_change(db: Connection) -> int:
    return int(db.execute("SELECT coalesce(max(change), 0) + 1 FROM articles").fetchone()[0])


def _digest(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=16).digest()


def _seconds(published: dt.datetime | dt.date | None) -> float | None:
    """Seconds since the epoch; a day, or a time without a zone, counts as UTC."""
    if published is None:
        return None
    if not isinstance(published, dt.datetime):
        published = dt.datetime.combine(published, dt.time())
    return (published if published.tzinfo else published.replace(tzinfo=dt.UTC)).timestamp()


def _is_whole(raw: bytes, fingerprint: bytes, parsed: str) -> bool:
    try:
        Article.model_validate_json(parsed)
        return _digest(zlib.decompress(raw)) == fingerprint
    except (ValueError, zlib.error):
        return False
