"""Saved searches: named, kept, counted, and what came since the user looked at them last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.cleaning import clean
from index.errors import IndexDamagedError, QueryError, SavedSearchError
from index.results import SearchCounts, Since
from index.store import SavedSearch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.overview import Overview
    from index.results import NamedScope, Sort
    from index.store import Store

_NOTHING = SearchCounts(0, 0, 0)

_DIGITS = "1234567890"


class CountedSearch(NamedTuple):
    """A saved search, and how many articles it finds today."""

    search: SavedSearch
    counts: SearchCounts = _NOTHING
    error: str | None = None
    """Why its query can't be understood."""


class _Change(NamedTuple):
    """What takes a change back: searches to be forgotten, others to be there again."""

    said: str
    forgotten: tuple[str, ...]
    restored: tuple[SavedSearch, ...]

    def under(self, names: Mapping[str, str]) -> _Change:
        """Return the same change, of searches that have other names by now."""
        return self._replace(forgotten=tuple(names.get(one, one) for one in self.forgotten))


class Searches:
    """What a library knows of saved searches; a part of it, as ``library.searches``.

    ``indexed`` tells up to which change of the record articles can be found. Whatever changes a
    search can be taken back, for as long as this lives. Every method raises
    :class:`~index.errors.LibraryError` where the record can't be used, and
    :class:`~index.errors.SavedSearchError` where there is no such search, or there can't be.
    """

    def __init__(
        self, store: Store, indexed: Callable[[], int], overview: Callable[[], Overview]
    ) -> None:
        self._store, self._indexed, self._overview = store, indexed, overview
        self._changes: list[_Change] = []

    # --- which there are ------------------------------------------------------------------------

    def all(self) -> tuple[SavedSearch, ...]:
        """Return them, in the order of their names."""
        return self._store.searches.all()

    def find(self, called: str) -> SavedSearch:
        """Return the search with this name or key, or the one whose name begins so."""
        known, wanted = self.all(), called.strip().casefold()
        for found in (
            [one for one in known if one.name == called],
            [one for one in known if one.key == called],
            [one for one in known if one.name.casefold() == wanted],
            [one for one in known if wanted and one.name.casefold().startswith(wanted)],
        ):
            if len(found) == 1:
                return found[0]
        raise SavedSearchError(f"There is no saved search “{clean(called)}”.")

    def counted(self) -> tuple[CountedSearch, ...]:
        """Return them, each with what it finds, what of that is unread, and what is new."""
        return tuple(map(self._count, self.all()))

    def _count(self, search: SavedSearch) -> CountedSearch:
        since = Since(search.looked)
        try:
            counts = self._overview().counts(search.query, scope=search.scope, since=since)
        except QueryError as error:
            return CountedSearch(search, error=error.message)
        return CountedSearch(search, counts)

    # --- looking --------------------------------------------------------------------------------

    def look(self, name: str) -> Since:
        """Note that the user looks at a search now; return since when what he sees is new."""
        search = self._named(name)
        self._store.searches.look(name, self._seen(search.looked))
        return Since(search.looked, search.scope)

    def _seen(self, before: int = 0) -> int:
        try:
            return self._store.arrivals.seen(self._indexed(), before)
        except IndexDamagedError:
            # Nobody knows what could be found.
            return before

    # --- changing -------------------------------------------------------------------------------

    def save(
        self, name: str, query: str, sort: Sort, scope: NamedScope, key: str | None = None
    ) -> SavedSearch:
        """Save a search; what it finds today is not new. Its key: the first digit that is free."""
        taken = {one.key for one in self.all()}
        key = key or next((digit for digit in _DIGITS if digit not in taken), None)
        search = SavedSearch(_cleaned(name), key, query, sort, scope, self._seen())
        _check_key(key)
        self._change("saved", (), (search,))
        return search

    def rename(self, name: str, to: str) -> None:
        """Call a search by another name."""
        before = self._named(name)
        self._replace("renamed", before, before._replace(name=_cleaned(to)))

    def give_key(self, name: str, key: str | None) -> None:
        """Have a search opened by another key, or by none."""
        before = self._named(name)
        self._replace("given another key", before, before._replace(key=key or None))

    def remove(self, name: str) -> None:
        """Forget a search."""
        self._change("removed", (self._named(name),), ())

    def undo(self) -> str | None:
        """Take back the last change; say which it was, or return None where there is none."""
        if not self._changes:
            return None
        said, forgotten, restored = self._changes[-1]
        others = [one for one in self.all() if one.name not in forgotten]
        again = [_apart_from(others, search) for search in restored]
        self._store.searches.exchange(forgotten, again)
        called = {one.name: now.name for one, now in zip(restored, again, strict=True)}
        self._changes = [change.under(called) for change in self._changes[:-1]]
        return said

    def _named(self, name: str) -> SavedSearch:
        for search in self.all():
            if search.name == name:
                return search
        raise SavedSearchError(f"There is no saved search “{name}” any more.")

    def _replace(self, what: str, before: SavedSearch, after: SavedSearch) -> None:
        _check_key(after.key)
        self._change(what, (before,), (after,))

    def _change(
        self, what: str, before: tuple[SavedSearch, ...], after: tuple[SavedSearch, ...]
    ) -> None:
        self._store.searches.exchange([one.name for one in before], after)
        said = f"{(after or before)[0].name} {what}"
        self._changes.append(_Change(said, tuple(one.name for one in after), before))


def _cleaned(name: str) -> str:
    """Return a name without what steers a terminal. Raises SavedSearchError where none is left."""
    cleaned = " ".join(clean(name).split())
    if not cleaned:
        raise SavedSearchError("A saved search needs a name.")
    return cleaned


def _check_key(key: str | None) -> None:
    if key is not None and not (len(key) == 1 and key.isprintable()):
        raise SavedSearchError("A key is one character.")


def _apart_from(others: Sequence[SavedSearch], search: SavedSearch) -> SavedSearch:
    """Return a search with a name and a key that no other has, its own if they are free."""
    taken = {one.name for one in others}
    names = (search.name, *(f"{search.name} {number}" for number in range(2, len(others) + 3)))
    name = next(name for name in names if name not in taken)
    key = search.key if search.key not in {one.key for one in others} else None
    return search._replace(name=name, key=key)
