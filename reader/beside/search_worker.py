"""Searching beside the screen: one thread, the latest question wins, nothing stale comes back."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from index.errors import BroadsheetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.library import Library
    from index.results import Cost, Hit, Offer, Results, Scope, Sort


class Question(NamedTuple):
    """What the screen wants to know."""

    query: str
    """As it stands in the line: its last word may be the beginning of one."""

    sort: Sort
    scope: Scope
    keep_place: bool = False
    """The same question again: the reader's place in the list is to be kept."""

    offers: bool = False
    """It is being typed: say how its last word may go on, too."""


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


class Offered(NamedTuple):
    """How the query of a question may go on."""

    question: Question
    offers: tuple[Offer, ...]


class Explained(NamedTuple):
    """Why the query of a question finds nothing: what it finds without each of its parts."""

    question: Question
    costs: tuple[Cost, ...]


Found = Answer | Page | Offered | Explained


class SearchWorker:
    """A long-lived thread that answers the newest question and forgets those before it.

    ``deliver`` is called on that thread; it must only hand the answer over.
    """

    def __init__(self, library: Library, deliver: Callable[[Found], object]) -> None:
        self._library = library
        self._deliver = deliver
        self._wake = threading.Condition()
        self._question: Question | None = None
        self._wanted: dict[int, tuple[Results, int]] = {}
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

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._stopping or self._question or self._wanted)
                if self._stopping:
                    return
                question, self._question = self._question, None
                page = None if question else self._wanted.popitem()
            if question is not None:
                self._answer(question)
            elif page is not None:
                start, (results, stop) = page
                self._fetch(results, start, stop)

    def _answer(self, question: Question) -> None:
        try:
            results = self._library.search(
                question.query,
                typing=True,
                sort=question.sort,
                scope=question.scope,
            )
            answer = Answer(question, results)
        except Exception as error:  # noqa: BLE001
            answer = Answer(question, None, told(error))
        if self._is_superseded:
            return
        self._deliver(answer)
        # What is wrong has been told.
        with suppress(BroadsheetError):
            if question.offers:
                self._offer(question)
            found = answer.results
            if found is not None and not (found.total or found.hidden):
                self._explain(question)

    @property
    def _is_superseded(self) -> bool:
        with self._wake:
            return self._question is not None

    def _offer(self, question: Question) -> None:
        """Say how a query may go on."""
        offers = self._library.overview.offers(question.query, scope=question.scope)
        if not self._is_superseded:
            self._deliver(Offered(question, offers))

    def _explain(self, question: Question) -> None:
        """Say which part of a query costs how much."""
        if not self._is_superseded:
            costs = self._library.overview.costs(question.query, scope=question.scope)
            if costs and not self._is_superseded:
                self._deliver(Explained(question, costs))

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
