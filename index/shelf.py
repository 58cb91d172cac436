"""What a library has in its record: articles to read, and all that the reader noted on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import LibraryError
from index.results import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Article
    from index.results import Marks
    from index.store import Mark, Store, Undone


class Shelf:
    """Articles and marks, by id; how articles are found is up to a subclass.

    Every method raises :class:`~index.errors.LibraryError` where the record can't be used.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.origins = store.origins
        """Where articles came from."""

        self.tags = store.tags
        """The tags that the reader gave to articles."""

        self.highlights = store.highlights
        """The passages that the reader marked, and notes on them."""

        self.positions = store.positions
        """Where the reader was in articles."""

        self.queries = store.queries
        """The queries that the reader went into."""

    # --- reading --------------------------------------------------------------------------------

    def article(self, beginning: str) -> Article:
        """Return the article whose id begins so.

        Raises :class:`~index.errors.UnknownArticleError` where none does, or more than one.
        """
        id_ = self._store.articles.resolve(beginning)
        found = self._store.articles.get([id_])
        if id_ not in found:
            raise LibraryError(f"Article {id_} is damaged.")
        return found[id_]

    def length(self, id_: str) -> int:
        """Return about how many characters an article has, without reading it."""
        return self._store.articles.length(id_)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all articles: newest first, undated after dated."""
        return self._store.articles.newest_first()

    def articles(self, ids: Sequence[str]) -> Iterator[Article]:
        """Give the articles with these ids, in this order, a page at a time."""
        for start in range(0, len(ids), PAGE):
            page = ids[start : start + PAGE]
            found = self._store.articles.get(page)
            yield from (found[id_] for id_ in page if id_ in found)

    def raw(self, id_: str) -> bytes:
        """Return the bytes an article came as."""
        return self._store.articles.original(id_).raw

    # --- marks ----------------------------------------------------------------------------------

    def marks(self, ids: Sequence[str]) -> dict[str, Marks]:
        """Return the marks of these articles; one without marks is left out."""
        return self._store.marks.get(ids)

    def marked(self, mark: Mark) -> frozenset[str]:
        """Return the ids of all articles that carry the mark."""
        return self._store.marks.marked(mark)

    def set_mark(self, ids: Sequence[str], mark: Mark, *, on: bool, undoable: bool = True) -> int:
        """Set or take away a mark, as one step of undo unless not ``undoable``.

        Return how many articles it was set on, or taken away from.
        """
        return self._store.marks.put(ids, mark, on=on, undoable=undoable)

    def toggle_mark(self, id_: str, mark: Mark) -> bool:
        """Set a mark on an article, or take it away; return whether it is set now."""
        return self._store.marks.toggle(id_, mark)

    def undo(self) -> Undone | None:
        """Take back the newest step; return what it was, or None where there is none."""
        return self._store.marks.undo()
