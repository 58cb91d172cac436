"""The articles of the record, and the log of their changes.

Each write of an article gets the next *change number*. Whatever is derived from the record
remembers the last change it has seen, and asks for those after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.article import as_id
from index.errors import LibraryError, UnknownArticleError
from index.store.database import CHUNK, data_version, select_in
from index.store.recent import RecentArticles
from index.store.rows import (
    AS_WRITTEN,
    digest_of,
    fault,
    in_seconds,
    next_change,
    read_parsed,
    seal_of,
    unpacked,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.article import Article
    from index.store.database import Database
    from index.store.incoming import Incoming, Outcome

_BEHIND_ALL = "\U0010ffff"
"""What comes behind all that an id can go on with."""

_SELECT_PARSED = f"SELECT id, {AS_WRITTEN} FROM articles WHERE id IN"  # noqa: S608


class Original(NamedTuple):
    """An article as it came."""

    id: str
    origin: str
    raw: bytes
    change: int
    """The number of the change that wrote it."""


class Change(NamedTuple):
    """A write of the record: the article as it is now, or None where it is no longer listed."""

    number: int
    id: str
    article: Article | None


class ArticleTable:
    """All articles: as they came, as parsed, and when each was written last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._recent = RecentArticles()
        self._listed: tuple[int, tuple[str, ...]] = -1, ()

    # --- writing --------------------------------------------------------------------------------

    def put(self, incoming: Sequence[Incoming]) -> list[Outcome]:
        """Write articles in one transaction; tell of each what came of it."""
        # Comparing needs NumPy, and reading does not.
        from index.store.admission import admit  # noqa: PLC0415
        from index.store.traits import keeping_up  # noqa: PLC0415

        with self._database.writing() as db, keeping_up(db):
            return [admit(db, one) for one in incoming]

    def revise(self, revisions: Iterable[tuple[Original, Article]]) -> None:
        """Write articles as their bytes are understood today, in one transaction.

        One that was written by somebody else since its bytes were looked up is left as it is.
        """
        with self._database.writing() as db:
            for known, article in revisions:
                parsed = article.model_copy(update={"id": known.id}).model_dump_json()
                db.execute(
                    "UPDATE articles SET parsed = ?, published = ?, seal = ?, change = ?"
                    " WHERE id = ? AND change = ? AND CAST(parsed AS BLOB) <> CAST(? AS BLOB)",
                    (
                        parsed,
                        in_seconds(article.published),
                        seal_of(known.id, known.origin, digest_of(known.raw), parsed),
                        next_change(db),
                        known.id,
                        known.change,
                        parsed,
                    ),
                )

    def withdraw(self, origins: Iterable[str]) -> int:
        """Stop listing articles whose file is gone, unless there is a copy: that is shown instead.

        They, and their marks, stay in the record. Return how many are not listed any more.
        """
        from index.store.admission import withdraw  # noqa: PLC0415  (imports NumPy)

        with self._database.writing() as db:
            return sum(withdraw(db, origin) for origin in list(origins))

    # --- reading --------------------------------------------------------------------------------

    def resolve(self, beginning: str) -> str:
        """Return the one id that begins so.

        Raises :class:`UnknownArticleError` where none does, or more than one.
        """
        meant = as_id(beginning)
        if not meant:
            raise UnknownArticleError("An id is needed, or the beginning of one.")
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT id FROM articles WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
                (meant, f"{meant}{_BEHIND_ALL}"),
            ).fetchall()
        if not rows:
            raise UnknownArticleError(f"No article has an id that begins with “{beginning}”.")
        if len(rows) > 1:
            raise UnknownArticleError(f"Several articles have ids that begin with “{beginning}”.")
        return str(rows[0][0])

    def get(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles with these ids; one that is unknown or damaged is left out."""
        with self._database.reading() as db:
            known = self._recent.known(ids, data_version(db))
            for id_, parsed in select_in(db, _SELECT_PARSED, [i for i in ids if i not in known]):
                article = read_parsed(db, id_, parsed)
                if article is not None:
                    known[id_] = article
                    self._recent.keep(article)
        return known

    def length(self, id_: str) -> int:
        """Return about how many characters an article has, without reading it; 0 if unknown."""
        with self._database.reading() as db:
            row = db.execute("SELECT length(parsed) FROM articles WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else 0

    def original(self, id_: str) -> Original:
        """Return an article as it came.

        Raises :class:`LibraryError` where its bytes are damaged.
        """
        with self._database.reading() as db:
            row = db.execute(
                "SELECT id, origin, raw, change FROM articles WHERE id = ?", (id_,)
            ).fetchone()
        if row is None:
            raise UnknownArticleError(f"No article has the id “{id_}”.")
        found = Original(*row)
        raw = unpacked(found.raw)
        if raw is None:
            raise LibraryError(f"{self._database.path}: article {id_} is damaged.")
        return found._replace(raw=raw)

    def has(self, id_: str) -> bool:
        """Tell whether the record knows an article with this id, be it whole or damaged."""
        with self._database.reading() as db:
            return bool(db.execute("SELECT 1 FROM articles WHERE id = ?", (id_,)).fetchone())

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all articles, those no longer listed among them."""
        with self._database.reading() as db:
            return tuple(row[0] for row in db.execute("SELECT id FROM articles ORDER BY id"))

    def newest_first(self) -> tuple[str, ...]:
        """Return the ids of all listed articles: newest first, undated after dated.

        They are kept until something is written: an empty query asks for them again and again.
        """
        query = "SELECT id FROM articles WHERE present ORDER BY published DESC NULLS LAST, id"
        with self._database.reading() as db:
            version = data_version(db)
            if self._listed[0] != version:
                self._listed = version, tuple(row[0] for row in db.execute(query))
            return self._listed[1]

    # --- the log of changes ---------------------------------------------------------------------

    def last_change(self) -> int:
        """Return the number of the newest change; 0 in an empty record."""
        with self._database.reading() as db:
            return next_change(db) - 1

    def count_changes(self, after: int, up_to: int) -> int:
        """Return how many articles :meth:`changes` will give."""
        with self._database.reading() as db:
            query = "SELECT count(*) FROM articles WHERE change > ? AND change <= ?"
            return int(db.execute(query, (after, up_to)).fetchone()[0])

    def change_ends(self, after: int, up_to: int, size: int) -> list[int]:
        """Return the last change of each stretch of ``size`` changes; ``up_to`` is the last."""
        ends: list[int] = []
        with self._database.reading() as db:
            query = "SELECT change FROM articles WHERE change > ? AND change <= ? ORDER BY change"
            while row := db.execute(
                f"{query} LIMIT 1 OFFSET ?", (ends[-1] if ends else after, up_to, size - 1)
            ).fetchone():
                ends.append(row[0])
        return ends if ends and ends[-1] == up_to else [*ends, up_to]

    def changes(self, after: int, up_to: int) -> Iterator[Change]:
        """Give what was written after change ``after``, up to ``up_to``, oldest first.

        It reads a few hundred rows at a time, so a writer elsewhere never waits for the reader.
        """
        while True:
            with self._database.reading() as db:
                rows = db.execute(
                    f"SELECT change, id, present, {AS_WRITTEN} FROM articles"  # noqa: S608
                    " WHERE change > ? AND change <= ? ORDER BY change LIMIT ?",
                    (after, up_to, CHUNK),
                ).fetchall()
                changes = [
                    Change(number, id_, read_parsed(db, id_, parsed) if present else None)
                    for number, id_, present, parsed in rows
                ]
            if not changes:
                return
            yield from changes
            after = changes[-1].number

    # --- trust ----------------------------------------------------------------------------------

    def damage(self) -> Iterator[str]:
        """Give a sentence for each article that is not as it was written."""
        for id_ in self.ids():
            with self._database.reading() as db:
                found = fault(db, id_)
            if found:
                yield f"{self._database.path}: article {id_} is damaged: {found}"
