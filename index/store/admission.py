"""How an article is let into the record: as new, as a new text of one that is there, or as a copy.

One story, one article: whoever finds a story under other addresses, in other files or in nearly
the same words finds the article that is there. Each place where it came from is kept with the bytes
that came from there, so that nothing is lost whatever is taken for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.addresses import host_of
from index.alike import same_story
from index.store import copies
from index.store.incoming import prepare_packed
from index.store.rows import AS_WRITTEN, fault, next_change, read_parsed, seal_of
from index.store.traits import add as add_traits
from index.store.traits import sharing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.alike import Alike, Trait
    from index.article import Article
    from index.store.copies import Copy
    from index.store.database import Connection
    from index.store.incoming import Incoming, Outcome

_FULLER = 1.2
"""How many times as many words a copy has that is shown instead."""

_MOST = 0.8
"""Of the words that a copy had: one that has fewer was cut, not corrected."""

_CLOSE_LOOKS = 8
"""Articles with a common trait that are compared with a new one, those that share most first."""


_SURE_FIRST: Sequence[Alike] = ("text", "url", "similar text")


class _Shown(NamedTuple):
    """What the record has of an article whose origin, or kin, comes in."""

    id: str
    origin: str
    digest: bytes
    seal: bytes
    present: int
    stamp: str | None


_SHOWN = "SELECT id, origin, digest, seal, present, stamp FROM articles WHERE"


class _Kin(NamedTuple):
    """An article that tells the same story, and in what it is alike."""

    article: Article
    alike: Alike


def admit(db: Connection, incoming: Incoming) -> Outcome:
    """Let one article in, within a transaction."""
    row = db.execute(f"{_SHOWN} origin = ?", (incoming.origin,)).fetchone()
    if row:
        return _admit_shown(db, incoming, _Shown(*row))
    copy = copies.from_origin(db, incoming.origin)
    if copy and copy.digest == incoming.digest:
        return _admit_known_copy(db, incoming, copy)
    kin = _kin(db, incoming)
    if copy:
        copies.keep_earlier(db, copy.id, copy)
        copies.delete(db, incoming.origin)
        # It was the first to tell the story, and the article has its id: it speaks for it still.
        kin = kin or _namesake(db, incoming.id)
    if kin:
        return _join(db, incoming, kin, copy)
    if db.execute("SELECT 1 FROM articles WHERE id = ?", (incoming.id,)).fetchone():
        return "clashing"
    _write(db, incoming)
    return "added"


def _admit_shown(db: Connection, incoming: Incoming, shown: _Shown) -> Outcome:
    """Let in what comes from where the text that is shown came from."""
    incoming = _as_known(db, incoming, shown.id)
    same_bytes = shown.digest == incoming.digest
    if same_bytes and shown.seal == _seal(incoming) and shown.present and not fault(db, shown.id):
        if shown.stamp != incoming.stamp:
            db.execute("UPDATE articles SET stamp = ? WHERE id = ?", (incoming.stamp, shown.id))
        return "unchanged"
    is_same = same_bytes
    if not same_bytes:
        known = _read(db, shown.id)
        article = incoming.article
        is_same = article == known
        if article.is_teaser and known and not known.is_teaser and shown.present:
            # The feed has become miserly: what is known of the story is more.
            copies.keep_earlier(db, shown.id, incoming)
            return "unchanged"
        copies.keep_earlier(db, shown.id, copies.shown(db, shown.id))
    _write(db, incoming)
    # The same bytes, read anew by a better parser, are no update that a person would count, nor is
    # a page of which only the advertisements are others.
    return "unchanged" if is_same and shown.present else "updated"


def _admit_known_copy(db: Connection, incoming: Incoming, copy: Copy) -> Outcome:
    """Let in a copy that came before, byte for byte."""
    copies.write(db, copy._replace(stamp=incoming.stamp, present=1))
    listed = db.execute("SELECT present FROM articles WHERE id = ?", (copy.id,)).fetchone()
    if listed and listed[0]:
        return "unchanged"
    _show_instead(db, incoming, copy.id, copy.alike)
    return "updated"


def _join(db: Connection, incoming: Incoming, kin: _Kin, before: Copy | None) -> Outcome:
    """Let in another copy of an article that is there; ``before``: what it was until now."""
    known = kin.article
    row = db.execute(f"{_SHOWN} id = ?", (known.id,)).fetchone()
    present = _Shown(*row).present
    is_wanted = not present or _is_fuller(incoming.article, kin)
    if is_wanted or (before and _is_correction(incoming.article, kin, before)):
        _show_instead(db, incoming, known.id, kin.alike)
        return "updated" if present else "added"
    copies.write(db, copies.copy_of(incoming, known.id, kin.alike))
    add_traits(db, known.id, incoming.traits)
    return "known"


def _show_instead(db: Connection, incoming: Incoming, id_: str, alike: Alike) -> None:
    """Show the text that comes in, and make a copy of the one that was shown."""
    article = _completed(incoming.article.model_copy(update={"id": id_}), _read(db, id_))
    copies.delete(db, incoming.origin)
    copies.write(db, copies.shown(db, id_)._replace(alike=alike))
    _write(db, incoming.saying(article))


def withdraw(db: Connection, origin: str) -> bool:
    """Take note that a file is gone; tell whether its article is not listed any more.

    Where there is a copy whose file is there, that is shown instead.
    """
    db.execute("UPDATE copies SET present = 0 WHERE origin = ?", (origin,))
    row = db.execute("SELECT id FROM articles WHERE origin = ? AND present", (origin,)).fetchone()
    if row is None or _promote(db, row[0]):
        return False
    change = next_change(db)
    db.execute("UPDATE articles SET present = 0, change = ? WHERE id = ?", (change, row[0]))
    return True


def _promote(db: Connection, id_: str) -> bool:
    """Show a copy instead of a text whose file is gone; tell whether there is one."""
    copy = copies.first_present(db, id_)
    article = copy and copies.parsed(copy)
    if not copy or not article:
        return False
    gone = copies.shown(db, id_)._replace(present=0, alike=copy.alike)
    article = _completed(article.model_copy(update={"id": id_}), _read(db, id_))
    copies.delete(db, copy.origin)
    copies.write(db, gone)
    _write(db, prepare_packed(article, copy.raw, copy.digest, copy.stamp))
    return True


def _is_fuller(article: Article, kin: _Kin) -> bool:
    """Whether more of the story is told than is known."""
    known = kin.article
    if article.is_teaser != known.is_teaser:
        return known.is_teaser and article.words >= known.words
    return kin.alike == "url" and article.words > _FULLER * known.words


def _is_correction(article: Article, kin: _Kin, before: Copy) -> bool:
    """Whether a copy of the article says something else than it did, and does not just say less."""
    earlier = copies.parsed(before) if before.id == kin.article.id else None
    if earlier is None or (article.is_teaser and not kin.article.is_teaser):
        return False
    return _said(article) != _said(earlier) and article.words >= _MOST * earlier.words


def _said(article: Article) -> tuple[object, ...]:
    return article.title, article.key_points.points, article.blocks


# --- kin ------------------------------------------------------------------------------------------


def _kin(db: Connection, incoming: Incoming) -> _Kin | None:
    """Return the article that tells the same story, if there is one."""
    if incoming.form_of and (known := _read(db, incoming.form_of)):
        return _Kin(known, "url")
    for id_, ways in _sharing(db, incoming.traits):
        known = _read(db, id_)
        for alike in ways:
            if known and same_story(incoming.article, known, alike):
                return _Kin(known, alike)
    return None


def _sharing(db: Connection, wanted: Sequence[Trait]) -> Iterator[tuple[str, list[Alike]]]:
    """Give the articles that share traits, those that share most first, and the ways they do."""
    shared: dict[str, list[Alike]] = {}
    for id_, trait in sharing(db, wanted):
        shared.setdefault(id_, []).append(trait.alike)
    most_first = sorted(shared, key=lambda id_: len(shared[id_]), reverse=True)
    for id_ in most_first[:_CLOSE_LOOKS]:
        yield id_, sorted(set(shared[id_]), key=_SURE_FIRST.index)


def _namesake(db: Connection, id_: str) -> _Kin | None:
    known = _read(db, id_)
    # Whatever it says now, it is shown: an article without any text is shorter than any.
    return (
        _Kin(known.model_copy(update={"is_teaser": True, "blocks": ()}), "url") if known else None
    )


# --- rows -----------------------------------------------------------------------------------------


def _read(db: Connection, id_: str) -> Article | None:
    query = f"SELECT id, {AS_WRITTEN} FROM articles WHERE id = ?"  # noqa: S608
    row = db.execute(query, (id_,)).fetchone()
    return read_parsed(db, *row) if row else None


def _as_known(db: Connection, incoming: Incoming, id_: str) -> Incoming:
    """Return an article under the id that it has, with what only its other copies say of it."""
    has_copies = copies.has_any(db, id_)
    if incoming.id == id_ and not has_copies:
        return incoming
    article = incoming.article.model_copy(update={"id": id_})
    return incoming.saying(_completed(article, _read(db, id_)) if has_copies else article)


def _completed(article: Article, known: Article | None) -> Article:
    """Fill in what a text does not say of itself, and what was known of its story."""
    if known is None:
        return article
    fields = ("published", "source", "authors", "language", "url")
    missing = {field: getattr(known, field) for field in fields if not getattr(article, field)}
    if known.source and article.source == host_of(article.url):
        # A page that does not say whose it is.
        missing["source"] = known.source
    return article.model_copy(update=missing)


_COLUMNS = "id, origin, raw, digest, stamp, parsed, published, seal, present, change"


def _write(db: Connection, incoming: Incoming) -> None:
    *columns, traits, _ = incoming
    change = next_change(db)
    row = (*columns, _seal(incoming), True, change)
    places = ", ".join("?" * len(row))
    db.execute(f"REPLACE INTO articles ({_COLUMNS}) VALUES ({places})", row)  # noqa: S608
    db.execute("INSERT OR IGNORE INTO arrivals VALUES (?, ?)", (incoming.id, change))
    add_traits(db, incoming.id, traits)


def _seal(incoming: Incoming) -> bytes:
    return seal_of(incoming.id, incoming.origin, incoming.digest, incoming.parsed)
