"""Errands: what takes long is done by a process of its own, and the screen never waits for it.

Python does one thing at a time in a process: what parses pages and feeds would make the keys wait.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, TypeAdapter

from index.article import Frozen
from index.child_process import ChildProcess
from index.narrowing import Narrowing
from index.results import Scope, Sort

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MODULE = "reader.beside.errand_process"


class Add(Frozen):
    """Take in what is at some places: files, folders, addresses."""

    kind: Literal["add"] = "add"
    places: tuple[str, ...]


class Subscribe(Frozen):
    """Subscribe to a feed, or to all in a list."""

    kind: Literal["subscribe"] = "subscribe"
    address: str


class Sync(Frozen):
    """Fetch feeds: these, or all; ``due``: no others than those that are due."""

    kind: Literal["sync"] = "sync"
    keys: tuple[str, ...] | None = None
    due: bool = False


class FetchFull(Frozen):
    """Fetch the page of an article of which a feed gave the beginning."""

    kind: Literal["fetch_full"] = "fetch_full"
    article_id: str


class Export(Frozen):
    """Write an article, or all that a query finds, into a file."""

    kind: Literal["export"] = "export"
    path: str
    replace: bool = False
    """A file that is there already makes way."""

    article_id: str | None = None
    query: str = ""
    typing: bool = False
    sort: Sort = "relevance"
    scope: Scope = "all"
    narrowed: tuple[Narrowing, ...] = ()


class Advanced(Frozen):
    """An errand has come further; the fields are those of :class:`~index.progress.Progress`."""

    kind: Literal["advanced"] = "advanced"
    task: str
    done: int
    total: int = 0
    part: float | None = None


class Done(Frozen):
    """An errand is done."""

    kind: Literal["done"] = "done"
    said: str
    """What came of it, in a few words."""

    complaints: tuple[str, ...] = ()
    """What went wrong, a sentence each."""

    feed: str | None = None
    """The key of the feed that was subscribed to."""

    unfetched: tuple[str, ...] = ()
    """The keys of feeds that were subscribed to and are to be synced."""


class Failed(Frozen):
    """An errand can't be done."""

    kind: Literal["failed"] = "failed"
    reason: str
    """A sentence."""


Errand = Add | Subscribe | Sync | FetchFull | Export
News = Advanced | Done | Failed

ERRAND: TypeAdapter[Errand] = TypeAdapter(Annotated[Errand, Field(discriminator="kind")])
NEWS: TypeAdapter[News] = TypeAdapter(Annotated[News, Field(discriminator="kind")])


class Errands:
    """The errands under way for the library in ``folder``.

    ``deliver`` hears of each what is new; it is called on a thread of the errand's, and must only
    hand it over. An errand ends with :class:`Done` or :class:`Failed`.
    """

    def __init__(self, folder: Path, deliver: Callable[[Errand, News], object]) -> None:
        self._folder, self._deliver = folder, deliver
        self._under_way: dict[_Runner, Errand] = {}

    def send(self, errand: Errand) -> None:
        """Have something done."""
        runner = _Runner(self._folder, errand, self._deliver)
        self._under_way = {one: of for one, of in self._under_way.items() if not one.is_done}
        self._under_way[runner] = errand
        runner.start()

    def is_under_way(self, kind: type[Errand]) -> bool:
        """Whether an errand of a kind is not done yet."""
        return any(isinstance(of, kind) and not one.is_done for one, of in self._under_way.items())

    def stop(self, kind: type[Errand] | None = None) -> None:
        """Have all, or those of a kind, end soon. What they did until then is kept."""
        for runner, errand in self._under_way.items():
            if kind is None or isinstance(errand, kind):
                runner.hang_up()


class _Runner(threading.Thread):
    """Whoever starts the process of one errand, and listens to it."""

    def __init__(
        self, folder: Path, errand: Errand, deliver: Callable[[Errand, News], object]
    ) -> None:
        # Nobody waits for it: when the reader is left, the process ends by itself, and in order.
        super().__init__(name=errand.kind, daemon=True)
        self._folder, self._errand, self._deliver = folder, errand, deliver
        self._process: ChildProcess | None = None
        self._is_unwanted = False
        self.is_done = False
        """Its end was delivered."""

    def hang_up(self) -> None:
        """Say that the errand is no longer wanted."""
        self._is_unwanted = True
        if self._process is not None:
            self._process.hang_up()

    def run(self) -> None:
        """Pass on what the process says."""
        try:
            self._process = process = ChildProcess(_MODULE, str(self._folder))
        except OSError as error:
            self._tell(Failed(reason=f"No process could be started: {error}"))
            return
        try:
            process.say(self._errand.model_dump_json())
            if self._is_unwanted:
                process.hang_up()
            for line in process.lines():
                self._tell(NEWS.validate_json(line))
        except (OSError, ValueError):
            process.terminate()
        process.wait()
        if not self.is_done and self._is_unwanted:
            self._tell(Done(said="Stopped"))
        elif not self.is_done:
            reason = f"A process ended too early. {process.last_words()}".strip()
            self._tell(Failed(reason=reason))
        process.close()

    def _tell(self, news: News) -> None:
        self.is_done = isinstance(news, Done | Failed)
        self._deliver(self._errand, news)
