"""The record's SQLite file: its tables, its transactions, and its errors in our words."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from index.errors import LibraryBusyError, LibraryError
from index.store.tables import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Connection = sqlite3.Connection

CHUNK = 256
"""Rows fetched, or values bound into one statement, at a time."""

_APPLICATION_ID = 0x42524454
_BUSY_SECONDS = 30.0
_RETRY_SECONDS = 0.02


class Database:
    """A connection that reads and one that writes, each used by one thread at a time.

    WAL, so that readers and the writer do not wait for one another, with ``synchronous=FULL``,
    so that what was committed survives a power cut.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_lock, self._write_lock = threading.RLock(), threading.RLock()
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = self._connect()
        try:
            self._prepare()
            self._reader = self._connect()
        except BaseException:
            self._writer.close()
            raise

    def _connect(self) -> Connection:
        with self._errors():
            return sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )

    def _prepare(self) -> None:
        with self._errors():
            # Before anything is changed: the file may be somebody else's. One transaction, since
            # another process may be writing the tables this very moment.
            self._writer.execute("BEGIN")
            try:
                found = self._format()
            finally:
                self._writer.execute("ROLLBACK")
            self._turn_to_wal()
            self._writer.execute("PRAGMA synchronous = FULL")
        if found == len(FORMATS):
            return
        with self.writing() as db:
            # Looked up again inside the transaction: another process may have been first.
            for statements in FORMATS[self._format() :]:
                for statement in statements.split(";\n"):
                    db.execute(statement)
            db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {len(FORMATS)}")

    def _format(self) -> int:
        """Return the format of the file, 0 for an empty one; refuse what is no record of ours."""
        (application,) = self._writer.execute("PRAGMA application_id").fetchone()
        (found,) = self._writer.execute("PRAGMA user_version").fetchone()
        (tables,) = self._writer.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != _APPLICATION_ID and (application or found or tables):
            raise LibraryError(f"{self.path} is a database of another program.")
        if found > len(FORMATS):
            raise LibraryError(f"{self.path} was written by a newer Broadsheet.")
        return int(found)

    def _turn_to_wal(self) -> None:
        """Choose the journal; SQLite does not wait for others who choose it at the same time."""
        give_up = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                self._writer.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > give_up:
                    raise
                time.sleep(_RETRY_SECONDS)
            else:
                return

    def close(self) -> None:
        """Close both connections."""
        with self._read_lock, self._write_lock:
            self._reader.close()
            self._writer.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend the connection that reads what was committed last."""
        with self._read_lock, self._errors():
            yield self._reader

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend the other connection for one transaction: committed at the end, or not at all."""
        with self._write_lock, self._errors():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    @cached_property
    def identity(self) -> str:
        """What tells this record from all others."""
        with self.reading() as db:
            return str(db.execute("SELECT identity FROM record").fetchone()[0])

    def damage(self) -> Iterator[str]:
        """Give a sentence for each fault that SQLite finds in the file."""
        with self.reading() as db:
            found = [row[0] for row in db.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            yield from (f"{self.path}: {line}" for line in found)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if _is_busy(error):
                raise LibraryBusyError(f"{self.path} is in use by another program.") from error
            raise LibraryError(f"{self.path} cannot be used: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"{self.path} cannot be used: {error}.") from error
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be used: {error.strerror}.") from error


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def data_version(db: Connection) -> int:
    """Return something that is another after each commit of any other connection."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give values by as many as one statement takes."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def select_in(db: Connection, select: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the rows of ``select``, which ends in ``IN``, for all values, a chunk at a time."""
    rows: list[tuple[Any, ...]] = []
    for chunk in chunks(values):
        rows += db.execute(f"{select} ({', '.join('?' * len(chunk))})", chunk).fetchall()
    return rows
