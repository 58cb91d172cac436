"""What one row of the articles holds: packed, sealed, and read with care when it is not whole."""

from __future__ import annotations

import datetime as dt
import zlib
from hashlib import blake2b
from typing import TYPE_CHECKING

from pydantic import ValidationError

from index.article import Article
from index.errors import UnreadableError

if TYPE_CHECKING:
    from index.store.database import Connection

AS_WRITTEN = "CAST(parsed AS BLOB)"
"""The parsed article as bytes: damaged UTF-8 in one row must not stop the reading of the others."""


def packed(raw: bytes) -> bytes:
    """Deflate the bytes of an article."""
    # Half the time of the usual level, and four per cent more bytes.
    return zlib.compress(raw, 3)


def unpacked(packed: bytes) -> bytes | None:
    """Return what was packed, or None where it is damaged."""
    try:
        return zlib.decompress(packed)
    except (zlib.error, TypeError):
        return None


def digest_of(raw: bytes) -> bytes:
    """Return a fingerprint of an article's bytes as they came."""
    return blake2b(raw, digest_size=16).digest()


def seal_of(id_: str, origin: str, digest: bytes, parsed: str) -> bytes:
    """Return a fingerprint of all that a row says of an article."""
    said = "\0".join((id_, origin, parsed)).encode("utf-8", "surrogatepass")
    return blake2b(said + digest, digest_size=16).digest()


def in_seconds(published: dt.datetime | dt.date | None) -> float | None:
    """Return seconds since the epoch; a day, or a time without a zone, counts as UTC."""
    if published is None:
        return None
    if not isinstance(published, dt.datetime):
        published = dt.datetime.combine(published, dt.time())
    if published.tzinfo is None:
        published = published.replace(tzinfo=dt.UTC)
    return (published - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).total_seconds()


def read_parsed(db: Connection, id_: str, parsed: bytes) -> Article | None:
    """Return the article in a row, or None where it can't be had.

    A row written by another version, whose articles had other fields, or a damaged one, is read
    anew from the bytes that the article came as: they are the record, all else is said of them.
    """
    try:
        return Article.model_validate_json(parsed)
    except ValidationError:
        return _parsed_anew(db, id_)


def _parsed_anew(db: Connection, id_: str) -> Article | None:
    # The parsers take long to import, and are hardly ever needed to read.
    from index.intake import parse  # noqa: PLC0415

    query = "SELECT CAST(origin AS BLOB), raw FROM articles WHERE id = ?"
    origin, raw = db.execute(query, (id_,)).fetchone()
    came = unpacked(raw)
    if came is None:
        return None
    try:
        article = parse(came, origin.decode("utf-8", "replace"))
    except UnreadableError:
        return None
    return article.model_copy(update={"id": id_})


def fault(db: Connection, id_: str) -> str | None:
    """Say what is wrong with a row, or return None where it is as it was written."""
    query = f"SELECT CAST(origin AS BLOB), raw, digest, {AS_WRITTEN}, seal, published FROM articles"  # noqa: S608
    origin, raw, digest, parsed, seal, published = db.execute(
        f"{query} WHERE id = ?", (id_,)
    ).fetchone()
    came = unpacked(raw)
    if came is None or digest_of(came) != digest:
        return "the bytes it came as"
    try:
        whole = seal_of(id_, origin.decode(), digest, parsed.decode()) == seal
        article = Article.model_validate_json(parsed) if whole else None
    except UnicodeDecodeError:
        article = None
    except ValidationError:
        return None  # Whole, and of another version.
    if article is None:
        return "what was read from them"
    return None if in_seconds(article.published) == published else "its date"


def next_change(db: Connection) -> int:
    """Return the number for the next change that is written."""
    return int(db.execute("SELECT coalesce(max(change), 0) + 1 FROM articles").fetchone()[0])
