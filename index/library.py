"""The library: one folder with a record and an index, behind one front door.

The only place that writes both. The record always comes first, so the index can be behind it but
never ahead, and whatever is missing there is taken from the record.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from index import verification
from index.change_log import ChangeLog
from index.errors import IndexDamagedError, LibraryBusyError
from index.finder import Asked, Finder
from index.hits import make_hits, matcher_of
from index.listing import everything
from index.progress import silent
from index.repair import Repairs
from index.results import PAGE, Results
from index.shelf import Shelf
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.article import Article
    from index.feeds import Feeds
    from index.fulltext import FullText
    from index.gather import Report
    from index.narrowing import Narrowing
    from index.overview import Overview
    from index.progress import Listener
    from index.results import Hit, Scope, Sort, Spans
    from index.searches import Searches
    from index.taking import Told

RECORD = "library.db"
"""The file that makes a folder a library."""


class Library(Shelf):
    """Articles that can be added, searched, read, marked, and proved to be all there.

    Every method raises :class:`~index.errors.LibraryError` where the folder can't be used.
    A damaged index is no error: it is rebuilt from the record, and ``notice`` is told. Whoever asks
    waits for that, unless the library is to :meth:`keep_answering`.
    """

    def __init__(self, folder: Path, notice: Callable[[str], object] = lambda _: None) -> None:
        self.folder = folder
        self.notice = notice
        self.progress: Listener = silent
        """Told of the progress of what the library does unasked."""

        super().__init__(Store(folder / RECORD))
        # Whichever they are by then.
        self._repairs = Repairs(
            lambda: self._fulltext,
            self._store,
            lambda sentence: self.notice(sentence),  # noqa: PLW0108
            lambda progress: self.progress(progress),  # noqa: PLW0108
        )
        self._finder = Finder(lambda: self._fulltext, self._store, self._repairs)

    def close(self) -> None:
        """Let go of all files."""
        self._repairs.stop()
        self._store.close()
        if "_fulltext" in self.__dict__:
            self._fulltext.close()

    @cached_property
    def _fulltext(self) -> FullText:
        # Whoosh takes long to import, and the first screen does without it.
        from index.fulltext import FullText  # noqa: PLC0415

        fulltext = FullText(self.folder / "index")
        fulltext.waiting = lambda sentence: self.notice(sentence)  # noqa: PLW0108
        return fulltext

    def keep_answering(self) -> None:
        """From now on, answer from what is whole of the index, and repair it beside.

        All of it is read once, in a thread: a byte that is wrong shows only then. It ends, whatever
        it is at, when the library is closed.
        """
        self._repairs.go_beside()

    # --- taking in ------------------------------------------------------------------------------

    def add(
        self,
        places: Sequence[str | Path],
        progress: Listener = silent,
        told: Told | None = None,
        stream: BinaryIO | None = None,
    ) -> Report:
        """Take in all articles in files, folders and a ``stream``; the next search finds them.

        A place can be on the web, too: a text that begins with ``http://`` or ``https://``.
        ``told`` hears what came of each. What ``progress`` raises ends it; what came in is safe.
        """
        from index import gather  # noqa: PLC0415  (parsers take long to import; reading needs none)

        self._begin(progress)
        report = gather.add(self._store, places, progress, told, stream)
        self.sync(progress)
        return report

    def mirror(self, paths: Sequence[str | Path], progress: Listener = silent) -> Report:
        """Make the library list what is in files and folders now, and what is from elsewhere."""
        from index.mirroring import mirror  # noqa: PLC0415

        self._begin(progress)
        report = mirror(self._store, paths, progress)
        self.sync(progress)
        return report

    def _indexed(self) -> int:
        """Return the newest change of the record that can be found."""
        return self._fulltext.change(ChangeLog(self._store, silent))

    def _begin(self, progress: Listener) -> None:
        """Make sure of an index before the record changes: one that is missing later was lost."""
        try:
            self._indexed()
        except IndexDamagedError:
            self._repairs.make(progress)

    def sync(self, progress: Listener = silent, *, wait: bool = True) -> None:
        """Bring the index up to the record; build it anew where it is missing or damaged.

        While another process writes it, it can be behind: without ``wait`` that is left so.
        """
        log = ChangeLog(self._store, progress)
        try:
            if self._fulltext.change(log) < log.last():
                self._fulltext.update(log, wait=wait)
        except IndexDamagedError:
            self._repairs.make(progress)
        except LibraryBusyError:
            self.notice("Another program is adding articles; the newest may not be found yet.")

    def rebuild(self, progress: Listener = silent) -> None:
        """Read all articles anew from their bytes, and build a new index beside the old one."""
        from index import gather  # noqa: PLC0415

        gather.reparse(self._store, progress)
        self._fulltext.rebuild(ChangeLog(self._store, progress))

    @property
    def version(self) -> tuple[int, object]:
        """Something that is another whenever articles came or can be found that could not be."""
        # Without an index open yet, there is nothing that could be found anew.
        index = self._fulltext.version if "_fulltext" in self.__dict__ else None
        return self._store.articles.last_change(), index

    @cached_property
    def feeds(self) -> Feeds:
        """The feeds that are subscribed to."""
        from index.feeds import Feeds  # noqa: PLC0415  (few commands need it)

        return Feeds(self._store, self.sync)

    @cached_property
    def searches(self) -> Searches:
        """The searches that were saved."""
        from index.searches import Searches  # noqa: PLC0415  (few commands need it)

        return Searches(self._store, self._indexed, lambda: self.overview)

    # --- finding --------------------------------------------------------------------------------

    def search(
        self,
        query: str,
        *,
        typing: bool = False,
        sort: Sort = "relevance",
        scope: Scope = "all",
        narrowed: tuple[Narrowing, ...] = (),
        limit: int = PAGE,
    ) -> Results:
        """Answer a query, with the first ``limit`` hits.

        With ``typing`` the last word is taken for the beginning of one, and what is unfinished is
        not wrong yet. An empty query finds everything; it has no relevance: newest first. Of what
        is found in the scope, only that within all ``narrowed`` counts.
        Raises :class:`~index.errors.QueryError` for a query that can't be understood.
        """
        listed = not (query.strip() or narrowed or sort in ("oldest", "source"))
        found = (
            everything(self._store, scope, self._finder.recorded)
            if listed
            else self._finder.rank(query, Asked(typing, sort, scope, narrowed, limit))
        )
        matcher = matcher_of(query, typing)
        return Results(
            query=query,
            typing=typing,
            total=found.total,
            hidden=found.hidden,
            narrowed=narrowed,
            outside=found.outside,
            highlights=matcher.has_words,
            suggestion=found.suggestion,
            hits=make_hits(self._store, found.ids[:limit], found.scores[:limit], matcher),
            ids=found.ids,
            scores=found.scores,
        )

    @cached_property
    def overview(self) -> Overview:
        """Counts over all that a query finds, and how words may go on."""
        from index.overview import Overview  # noqa: PLC0415  (imports Whoosh and NumPy)

        return Overview(self._finder.searcher, self._finder.recorded)

    def hits(self, results: Results, start: int, stop: int) -> tuple[Hit, ...]:
        """Return the hits on places ``start`` to ``stop`` of an answer."""
        try:
            ids, scores = results.ids[start:stop], results.scores[start:stop]
        except IndexDamagedError as error:
            self._repairs.begin(error)
            raise
        matcher = matcher_of(results.query, results.typing)
        return make_hits(self._store, ids, scores, matcher)

    def spans(self, article: Article, results: Results) -> tuple[Spans, ...]:
        """Return the match spans of an answer's query in each of an article's passages."""
        matcher = matcher_of(results.query, results.typing)
        return tuple(matcher.spans(passage) for passage in article.passages)

    # --- trust ----------------------------------------------------------------------------------

    def verify(self) -> list[str]:
        """Check every article, in the record and in the index; return what is wrong."""
        return verification.faults(self._store, self._fulltext)
