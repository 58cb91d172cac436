"""The latest question wins, and nothing stale comes back."""

from __future__ import annotations

import queue
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from index.errors import LibraryError, QueryError
from index.results import Cost, Facet, Glance, Hit, Offer, Results, Timeline
from reader.beside.search_worker import (
    Answer,
    Counts,
    Explained,
    Facets,
    Found,
    Offered,
    Page,
    Question,
    SearchWorker,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 5.0


GLANCE = Glance(Timeline((), 0), 0)


class SlowTally:
    """Counts when it is told to."""

    def __init__(self, library: SlowLibrary, query: str) -> None:
        self._library, self._query = library, query

    def glance(self, _: int) -> Glance:
        self._library.work()
        if self._query == "damaged":
            raise LibraryError("no index")
        if self._query == "wrong":
            raise ZeroDivisionError
        return GLANCE

    def all_facets(self, _: int) -> dict[str, tuple[Facet, ...]]:
        self._library.work()
        return {"source": (Facet(self._query, 1),)}


class SlowLibrary:
    """Answers when it is told to, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.overview = self
        self.busy = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)

    def search(self, query: str, **_: object) -> Results:
        self.asked.append(query)
        self.work()
        if query == "(":
            raise QueryError("unclosed", 0, 1)
        return Results(query=query, total=0)

    def hits(self, _: Results, start: int, __: int) -> tuple[Hit, ...]:
        self.work()
        if start > 1000:
            raise LibraryError("gone")
        return ()

    def of(self, query: str, **_: object) -> SlowTally:
        return SlowTally(self, query)

    def offers(self, query: str, **_: object) -> tuple[Offer, ...]:
        self.work()
        return (Offer(query, 3, f"{query} "),)

    def costs(self, query: str, **_: object) -> tuple[Cost, ...]:
        self.work()
        return (Cost((query,), 0, 1, ""),)

    def work(self) -> None:
        self.busy.release()
        assert self.go_on.acquire(timeout=_SECONDS)

    def is_busy(self) -> bool:
        return self.busy.acquire(timeout=_SECONDS)


def question(query: str) -> Question:
    return Question(query, "relevance", "all")


class Desk:
    """A worker over a slow library, and what it delivered."""

    def __init__(self) -> None:
        self.library = SlowLibrary()
        self.delivered: queue.Queue[Found] = queue.Queue()
        library: Any = self.library
        self.worker = SearchWorker(library, self.delivered.put)

    def next(self) -> Found:
        return self.delivered.get(timeout=_SECONDS)


@contextmanager
def desk() -> Iterator[Desk]:
    at = Desk()
    at.worker.start()
    yield at
    at.library.go_on.release(100)
    at.worker.stop()
    assert not at.worker._thread.is_alive()


def test_a_question_is_answered() -> None:
    with desk() as at:
        at.worker.ask(question("one"))
        at.library.go_on.release()
        answer = at.next()
        assert isinstance(answer, Answer)
        assert answer.question == question("one")
        assert answer.results == Results(query="one", total=0)


def test_of_many_questions_the_latest_wins_and_no_stale_answer_comes() -> None:
    with desk() as at:
        at.worker.ask(question("t"))
        assert at.library.is_busy()
        for typed in ("ta", "tal", "tali"):
            at.worker.ask(question(typed))
        at.library.go_on.release(2)
        answer = at.next()
        assert isinstance(answer, Answer)
        assert answer.question == question("tali")
        assert at.library.asked == ["t", "tali"]
        assert at.delivered.empty()


def test_what_is_wrong_with_a_query_is_delivered_and_the_next_is_answered() -> None:
    with desk() as at:
        at.library.go_on.release(2)
        at.worker.ask(question("("))
        wrong = at.next()
        assert isinstance(wrong, Answer)
        assert isinstance(wrong.error, QueryError)
        assert wrong.results is None
        at.worker.ask(question("fine"))
        right = at.next()
        assert isinstance(right, Answer)
        assert right.error is None


def test_pages_are_fetched_and_a_failure_is_told() -> None:
    with desk() as at:
        results = Results(query="x", total=5000)
        at.library.go_on.release(2)
        at.worker.want(results, 50, 100)
        assert at.next() == Page(results, 50, ())
        at.worker.want(results, 2000, 2050)
        failed = at.next()
        assert isinstance(failed, Answer)
        assert isinstance(failed.error, LibraryError)


def test_a_new_question_drops_the_pages_of_the_old_one() -> None:
    with desk() as at:
        at.worker.ask(question("old"))
        assert at.library.is_busy()
        at.worker.want(Results(query="older", total=100), 50, 100)
        at.worker.ask(question("new"))
        at.library.go_on.release(2)
        answer = at.next()
        assert isinstance(answer, Answer)
        assert answer.question == question("new")
        assert at.delivered.empty()


def test_stopping_ends_the_thread_with_questions_left() -> None:
    with desk() as at:
        at.worker.ask(question("one"))
        assert at.library.is_busy()
        at.worker.ask(question("two"))


def results_of(found: Found) -> Results:
    assert isinstance(found, Answer)
    assert found.results is not None
    return found.results


def test_what_is_found_is_counted_after_it_was_delivered() -> None:
    with desk() as at:
        at.worker.count("glance")
        at.worker.ask(question("one"))
        at.library.go_on.release()
        results = results_of(at.next())
        assert at.delivered.empty()
        at.library.go_on.release()
        counts = at.next()
        assert isinstance(counts, Counts)
        assert counts.results is results
        assert counts.glance is GLANCE


def test_counts_that_are_superseded_never_come_but_those_of_the_new_answer() -> None:
    with desk() as at:
        at.worker.ask(question("old"))
        at.worker.count("facets")
        at.worker.count("glance")
        at.library.go_on.release()
        old = results_of(at.next())
        assert at.library.is_busy()
        assert at.library.is_busy()
        at.worker.ask(question("new"))
        at.library.go_on.release(4)
        new = results_of(at.next())
        counts, facets = at.next(), at.next()
        assert isinstance(counts, Counts)
        assert counts.results is new is not old
        assert facets == Facets(new, {"source": (Facet("new", 1),)})


def test_pages_come_before_counts() -> None:
    with desk() as at:
        at.worker.ask(question("one"))
        assert at.library.is_busy()
        at.worker.count("facets")
        at.worker.want(Results(query="old", total=50), 10, 20)
        at.library.go_on.release(3)
        results_of(at.next())
        assert isinstance(at.next(), Page)
        assert isinstance(at.next(), Facets)


def test_what_cannot_be_counted_is_left_out_and_a_fault_is_told() -> None:
    with desk() as at:
        at.library.go_on.release(4)
        at.worker.ask(question("damaged"))
        results = results_of(at.next())
        at.worker.count("glance")
        assert at.next() == Counts(results, None)
        at.worker.ask(question("wrong"))
        results_of(at.next())
        at.worker.count("glance")
        told = at.next()
        assert isinstance(told, Answer)
        assert "ZeroDivisionError" in str(told.error)


def test_how_a_query_may_go_on_and_why_it_finds_nothing_come_behind_its_answer() -> None:
    with desk() as at:
        at.library.go_on.release(5)
        at.worker.ask(question("one"))
        answer = at.next()
        assert isinstance(answer, Answer)
        assert answer.results is not None
        at.worker.count("offers")
        assert at.next() == Offered(answer.results, (Offer("one", 3, "one "),))
        at.worker.count("costs")
        assert at.next() == Explained(answer.results, (Cost(("one",), 0, 1, ""),))
