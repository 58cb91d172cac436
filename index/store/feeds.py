"""The feeds that the user subscribed to, how each fetch of them went, and what came from them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from index.errors import LibraryError
from index.store.database import data_version, select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.store.database import Connection, Database


class KeptFeed(NamedTuple):
    """A feed as the record knows it. Times are in seconds since the epoch."""

    key: str
    """The address as subscribed, without login; it never changes.

    The origins of the feed's articles are ``key#what tells the entry from others``.
    """

    address: str
    """Where the feed is now: a redirect for good changes it."""

    login: str | None = None
    """``user:password``, for the host of the address alone. Never to be shown."""

    title: str = ""
    """What the feed calls itself; empty before the first fetch."""

    name: str | None = None
    """What the user calls it."""

    home: str | None = None
    """The address of its site."""

    tags: tuple[str, ...] = ()
    always_full: bool = False
    """The page of each new article is fetched, too."""

    typed: bool = False
    """The user typed the address, or wrote it into the configuration; it came in no list."""

    private: bool = False
    """Its own address is on this machine or a private network."""

    etag: str | None = None
    last_modified: str | None = None
    digest: bytes | None = None
    """Of the bytes that came last."""

    ttl_minutes: int | None = None
    """How long the feed itself asks to be left alone after each fetch."""

    checked: float | None = None
    """When it was fetched last, well or not."""

    not_before: float | None = None
    """Until when the server wants to be left alone."""

    due: float = 0.0
    """When the automatic sync fetches it again."""

    error: str | None = None
    """What went wrong the last time; None where nothing did."""

    failures: int = 0
    """How often in a row it went wrong."""

    failing_since: float | None = None
    gone: bool = False
    """The server said that it is gone for good."""


class _Came(NamedTuple):
    """What came from some feeds, as it was in one version of the record."""

    version: int
    listed: str
    """The ids, one a line."""

    ids: frozenset[str]


class Counts(NamedTuple):
    """How many articles came from a feed, and how many of them are unread."""

    articles: int
    unread: int


_MOST_REMEMBERED = 500_000
"""Ids that are remembered of what came from feeds: of the feeds asked for last, some 50 MB."""

_COLUMNS = ", ".join(KeptFeed._fields)
_PLACES = ", ".join("?" * len(KeptFeed._fields))
_FLAGS = ("always_full", "typed", "private", "gone")

Value = str | float | bool | bytes | tuple[str, ...] | None


class FeedTable:
    """All feeds, and which articles came from which."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._all: tuple[int, tuple[KeptFeed, ...]] = (-1, ())
        self._came: dict[tuple[str, ...], _Came] = {}

    # --- feeds ----------------------------------------------------------------------------------

    def all(self) -> tuple[KeptFeed, ...]:
        """Return all feeds, in the order of their keys."""
        with self._database.reading() as db:
            version = data_version(db)
            known, feeds = self._all
            if known != version:
                rows = db.execute(f"SELECT {_COLUMNS} FROM feeds ORDER BY key")  # noqa: S608
                feeds = tuple(map(_feed, rows.fetchall()))
                self._all = version, feeds
        return feeds

    def places(self) -> frozenset[str]:
        """Return the addresses of all feeds, as subscribed and as they are now."""
        return frozenset(place for feed in self.all() for place in (feed.key, feed.address))

    def get(self, key: str) -> KeptFeed | None:
        """Return the feed with this key, or None."""
        query = f"SELECT {_COLUMNS} FROM feeds WHERE key = ?"  # noqa: S608
        with self._database.reading() as db:
            row = db.execute(query, (key,)).fetchone()
        return _feed(row) if row else None

    def add(self, feeds: Iterable[KeptFeed]) -> list[str]:
        """Write feeds in one transaction; return the keys of those that were not there yet."""
        statement = f"INSERT OR IGNORE INTO feeds ({_COLUMNS}) VALUES ({_PLACES})"  # noqa: S608
        with self._database.writing() as db:
            return [
                feed.key
                for feed in feeds
                if db.execute(statement, tuple(map(_stored, feed))).rowcount
            ]

    def change(self, key: str, **values: Value) -> None:
        """Write some of what is known of a feed, and leave the rest as it is.

        One that was unsubscribed meanwhile stays so.
        """
        if unknown := values.keys() - set(KeptFeed._fields[1:]):
            raise TypeError(f"Feeds have no {', '.join(sorted(unknown))}.")
        columns = ", ".join(f"{name} = ?" for name in values)
        bound = (*map(_stored, values.values()), key)
        with self._database.writing() as db:
            db.execute(f"UPDATE feeds SET {columns} WHERE key = ?", bound)  # noqa: S608

    def remove(self, key: str) -> bool:
        """Forget a feed; its articles stay. Tell whether there was one."""
        with self._database.writing() as db:
            db.execute("DELETE FROM feed_articles WHERE key = ?", (key,))
            return bool(db.execute("DELETE FROM feeds WHERE key = ?", (key,)).rowcount)

    # --- their articles -------------------------------------------------------------------------

    def note(self, key: str, ids: Iterable[str]) -> None:
        """Write that articles came from a feed, unless it was unsubscribed meanwhile."""
        with self._database.writing() as db:
            if db.execute("SELECT 1 FROM feeds WHERE key = ?", (key,)).fetchone():
                rows = [(key, id_) for id_ in ids]
                db.executemany("INSERT OR IGNORE INTO feed_articles VALUES (?, ?)", rows)

    def articles(self, keys: Sequence[str]) -> frozenset[str]:
        """Return the ids of all articles that came from any of these feeds.

        The same set as before, while it has the same ids: whoever derives something from it may
        keep that.
        """
        asked = tuple(keys)
        with self._database.reading() as db:
            version = data_version(db)
            came = self._came.pop(asked, None)
            if came is None or came.version != version:
                came = _look_again(db, asked, version, came)
            self._came[asked] = came
            self._forget_the_oldest()
        return came.ids

    def _forget_the_oldest(self) -> None:
        """Forget what was asked for longest ago, where it is too much; never the newest."""
        ids = sum(len(one.ids) for one in self._came.values())
        for keys, came in list(self._came.items())[:-1]:
            if ids > _MOST_REMEMBERED:
                ids -= len(came.ids)
                del self._came[keys]

    def of_article(self, id_: str) -> tuple[str, ...]:
        """Return the keys of the feeds that an article came from."""
        query = "SELECT key FROM feed_articles WHERE id = ? ORDER BY key"
        with self._database.reading() as db:
            return tuple(row[0] for row in db.execute(query, (id_,)))

    def counts(self) -> dict[str, Counts]:
        """Return how many articles came from each feed; one without any is left out."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT key, count(*), sum(coalesce(read, 0) = 0) FROM feed_articles"
                " LEFT JOIN marks USING (id) GROUP BY key"
            ).fetchall()
        return {key: Counts(articles, unread) for key, articles, unread in rows}


def _look_again(db: Connection, keys: tuple[str, ...], version: int, before: _Came | None) -> _Came:
    """Return what came from feeds, with the same set as before if it has the same ids.

    The record changes all the time while feeds are synced. To list the ids as one text takes a
    quarter of the time that rows do, and to compare it with another takes none.
    """
    rows = select_in(db, "SELECT group_concat(id, char(10)) FROM feed_articles WHERE key IN", keys)
    listed = "\n".join(row[0] for row in rows if row[0])
    if before is not None and before.listed == listed:
        return before._replace(version=version)
    return _Came(version, listed, frozenset(listed.split("\n")) if listed else frozenset())


def _stored(value: Value) -> str | float | bytes | None:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value


def _feed(row: tuple[object, ...]) -> KeptFeed:
    values = dict(zip(KeptFeed._fields, row, strict=True))
    try:
        tags = tuple(json.loads(str(values["tags"])))
    except (ValueError, TypeError) as error:
        raise LibraryError(f"The tags of the feed {values['key']} are damaged.") from error
    flags = {name: bool(values[name]) for name in _FLAGS}
    return KeptFeed(**{**values, **flags, "tags": tags})  # type: ignore[arg-type]
