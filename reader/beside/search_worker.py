"""Searching beside the screen: one thread, the latest question wins, nothing stale comes back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.errors import BroadsheetError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.library import Library
    from index.narrowing import Field, Narrowing
    from index.results import Cost, Facet, Glance, Hit, Offer, Results, Scope, Sort

MOST_PERIODS = 30
"""Into which the time of all that is found is divided."""

_MOST_VALUES = 2_000
"""Of each field that are counted: more than anybody looks for."""


class Question(NamedTuple):
    """What the screen wants to know."""

    query: str
    """As it stands in the line: its last word may be the beginning of one."""

    sort: Sort
    scope: Scope
    keep_place: bool = False
    """The same question again: the reader's place in the list is to be kept."""

    narrowed: tuple[Narrowing, ...] = ()

    wanted: str | None = None
    """The id of an article that is to be gone to among the results."""

    @property
    def about(self) -> tuple[str, Scope, tuple[Narrowing, ...]]:
        """What is found: another order finds the same."""
        return self.query, self.scope, self.narrowed


class Answer(NamedTuple):
    """The results of a question, or why there are none."""

    question: Question | None
    """None where a page of an earlier answer could not be fetched."""

    results: Results | None
    error: BroadsheetError | None = None


class Page(NamedTuple):
    """Hits of one answer, as wanted by the list."""

    results: Results
    start: int
    hits: tuple[Hit, ...]


class Counts(NamedTuple):
    """What is told at a glance of all articles of an answer."""

    results: Results
    glance: Glance | None
    """None where the index can't be asked yet."""


class Facets(NamedTuple):
    """Which values the articles of an answer have in common."""

    results: Results
    facets: Mapping[Field, tuple[Facet, ...]] | None
    """None where the index can't be asked now."""


class Offered(NamedTuple):
    """How the query of an answer may go on."""

    results: Results
    offers: tuple[Offer, ...]


class Explained(NamedTuple):
    """Why an answer is none: what its query finds without each of its parts."""

    results: Results
    costs: tuple[Cost, ...]


Counted = Counts | Facets | Offered | Explained

Found = Answer | Page | Counted

Counting = Literal["glance", "facets", "offers", "costs"]
"""What can be counted: in the order of :data:`Counted`."""


class SearchWorker:
    """A long-lived thread that answers the newest question and forgets those before it.

    Hits come before counts. ``deliver`` is called on that thread, and must only hand things over.
    """

    def __init__(self, library: Library, deliver: Callable[[Found], object]) -> None:
        self._library = library
        self._deliver = deliver
        self._wake = threading.Condition()
        self._question: Question | None = None
        self._wanted: dict[int, tuple[Results, int]] = {}
        self._answered: tuple[Question, Results] | None = None
        self._to_count: list[Counting] = []
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="search", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the work in hand and end the thread."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join()

    def ask(self, question: Question) -> None:
        """Ask; whatever was asked before and has no answer yet will not get one."""
        with self._wake:
            self._question = question
            self._wanted.clear()
            self._wake.notify()

    def want(self, results: Results, start: int, stop: int) -> None:
        """Ask for the hits on places ``start`` to ``stop`` of an answer."""
        with self._wake:
            self._wanted[start] = (results, stop)
            self._wake.notify()

    def count(self, what: Counting) -> None:
        """Ask for counts of the newest answer, or of the one that is to come."""
        with self._wake:
            if what not in self._to_count:
                self._to_count.append(what)
            self._wake.notify()

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._stopping or self._has_work)
                if self._stopping:
                    return
                question, self._question = self._question, None
                page = self._wanted.popitem() if self._wanted and not question else None
                counting = None if question or page else self._to_count.pop(0)
            if question is not None:
                self._answer(question)
            elif page is not None:
                start, (results, stop) = page
                self._fetch(results, start, stop)
            elif counting is not None and self._answered is not None:
                self._count(counting, *self._answered)

    @property
    def _has_work(self) -> bool:
        return bool(self._question or self._wanted or (self._to_count and self._answered))

    def _answer(self, question: Question) -> None:
        try:
            results = self._library.search(
                question.query,
                typing=True,
                sort=question.sort,
                scope=question.scope,
                narrowed=question.narrowed,
            )
            answer = Answer(question, results)
            self._answered = question, results
        except QueryError as error:
            answer = Answer(question, None, error)
            self._answered = None
        except Exception as error:  # noqa: BLE001
            # The results before stay on the screen, and can be counted.
            answer = Answer(question, None, told(error))
        self._deliver_unless_superseded(answer)

    def _deliver_unless_superseded(self, found: Found) -> bool:
        with self._wake:
            superseded = self._question is not None
        if not superseded:
            self._deliver(found)
        return not superseded

    def _count(self, what: Counting, question: Question, results: Results) -> None:
        counted: Found
        try:
            counted = self._counted(what, question, results)
        except BroadsheetError:
            # Whatever is wrong was told by the search, or is being repaired.
            nothing: dict[Counting, Counted] = {
                "glance": Counts(results, None),
                "facets": Facets(results, None),
                "offers": Offered(results, ()),
                "costs": Explained(results, ()),
            }
            counted = nothing[what]
        except Exception as error:  # noqa: BLE001
            counted = Answer(None, None, told(error))
        if not self._deliver_unless_superseded(counted):
            self.count(what)

    def _counted(self, what: Counting, question: Question, results: Results) -> Counted:
        overview, query = self._library.overview, question.query
        scope, narrowed = question.scope, question.narrowed
        if what == "offers":
            return Offered(results, overview.offers(query, scope=scope, narrowed=narrowed))
        if what == "costs":
            if results.total:
                return Explained(results, ())
            return Explained(results, overview.costs(query, scope=scope, narrowed=narrowed))
        tally = overview.of(query, typing=True, scope=scope, narrowed=narrowed)
        if what == "glance":
            return Counts(results, tally.glance(MOST_PERIODS))
        return Facets(results, tally.all_facets(_MOST_VALUES))

    def _fetch(self, results: Results, start: int, stop: int) -> None:
        try:
            page = Page(results, start, self._library.hits(results, start, stop))
        except Exception as error:  # noqa: BLE001
            self._deliver(Answer(None, None, told(error)))
        else:
            self._deliver(page)


def told(error: Exception) -> BroadsheetError:
    """Return what a thread failed with as something that can be told to the reader.

    A thread that ends in silence would leave the screen waiting for it for ever.
    """
    if isinstance(error, BroadsheetError):
        return error
    return BroadsheetError(f"Something went wrong: {type(error).__name__}: {error}")
