"""Several fetches at a time, in a thread with an event loop of its own, for one that waits.

Whoever asks is never more than a moment from being able to stop: leaving the context cancels all
that is under way. Answers that nobody took yet are few, however slow whoever takes them is.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, deque
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Self

from index.feeds.addresses import host_of
from index.feeds.asking import Failed, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.feeds.asking import Answer, Asked
    from index.feeds.fetching import Fetcher

LOOK_UP_SECONDS = 0.1
"""After which whoever waits hears that nothing came, and can stop."""

_AHEAD = 8
"""Answers that wait to be taken, at the most: each can be megabytes."""


class Rounds:
    """Fetches what it is asked for. A context: it ends everything."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._answers: SimpleQueue[Answer | BaseException] = SimpleQueue()
        self._ahead: deque[Asked] = deque()
        self._busy: Counter[str] = Counter()
        self._outstanding = 0
        self._loop = asyncio.new_event_loop()
        self._more = asyncio.Event()
        self._room = asyncio.Semaphore(_AHEAD)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._work: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._work = self._loop.create_task(self._fetch_all())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        work = self._work
        if work is not None:
            with suppress(RuntimeError):  # It ended by itself.
                self._loop.call_soon_threadsafe(work.cancel)
        self._thread.join()

    def ask(self, asked: Iterable[Asked]) -> None:
        """Have more fetched."""
        several = tuple(asked)
        self._outstanding += len(several)
        self._loop.call_soon_threadsafe(self._take, several)

    def answers(self) -> Iterator[Answer | None]:
        """Give what came, in the order in which it came, until all has; None while nothing does."""
        while self._outstanding:
            try:
                answer = self._answers.get(timeout=LOOK_UP_SECONDS)
            except Empty:
                yield None
                continue
            if isinstance(answer, BaseException):
                raise answer
            self._outstanding -= 1
            yield answer
            self._loop.call_soon_threadsafe(self._room.release)

    # --- in the thread --------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            with suppress(asyncio.CancelledError):
                self._loop.run_until_complete(self._work or asyncio.sleep(0))
        except BaseException as error:  # noqa: BLE001 -- told where it can be dealt with
            self._answers.put(error)
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            self._loop.close()

    def _take(self, asked: tuple[Asked, ...]) -> None:
        self._ahead.extend(asked)
        self._more.set()

    async def _fetch_all(self) -> None:
        # httpx takes long to import, and this thread is one that may.
        from index.feeds.fetching import Fetcher  # noqa: PLC0415

        fetcher = Fetcher(self._limits)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._limits.at_once):
                    group.create_task(self._fetch_some(fetcher))
        finally:
            await fetcher.close()

    async def _fetch_some(self, fetcher: Fetcher) -> None:
        while True:
            asked = await self._next()
            host = host_of(asked.address)
            self._busy[host] += 1
            try:
                answer = await self._fetch(fetcher, asked)
            finally:
                self._busy[host] -= 1
                self._more.set()
            await self._room.acquire()
            self._answers.put(answer)

    async def _fetch(self, fetcher: Fetcher, asked: Asked) -> Answer:
        try:
            return await fetcher.fetch(asked)
        except Exception as error:  # noqa: BLE001 -- one feed that is too much is no reason to stop
            return Failed(asked, f"a fault of ours: {error!r}")

    async def _next(self) -> Asked:
        """Return the first that waits and whose host is not being asked already."""
        while True:
            for place, asked in enumerate(self._ahead):
                if not self._busy[host_of(asked.address)]:
                    del self._ahead[place]
                    return asked
            self._more.clear()
            await self._more.wait()
