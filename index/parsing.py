"""Documents made ready for the record, in order: a few here, many by processes side by side.

What needs no look at the record is most of the work, and processes do that of a large collection,
while this one unpacks and writes.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from itertools import chain
from queue import SimpleQueue
from typing import TYPE_CHECKING, Self

from index.batches import in_batches
from index.child_process import ChildProcess
from index.cleaning import clean
from index.errors import UnreadableError
from index.intake.document import Document
from index.store.incoming import Incoming, read
from index.stretches import ANSWERED, ASKED, READY, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

FEW, FEW_BYTES = 500, 4 * 1024 * 1024
"""Documents, or bytes of them, up to which it is not worth while to start processes."""

MOST_PROCESSES = 4
"""Processes at a time: each takes some 60 MB, and up to 180 MB where pages are usual ones."""

STRETCH, STRETCH_BYTES = 40, 256 * 1024
"""Documents, or bytes of them, that a process is given at a time."""

AHEAD, AHEAD_BYTES = 3, 8 * 1024 * 1024
"""Stretches for each process, or bytes of all, that are under way ahead of whose turn it is."""

SECONDS = 60.0
"""How long a process may take for a stretch, or a document that is tried again alone."""

_LONGEST_COMPLAINT = 200
"""Characters of what a process that crashed said last."""

_LOOK_UP_SECONDS = 0.2
"""After which whoever waits can end it all."""

Found = Document | UnreadableError
Ready = Incoming | UnreadableError


class Parsing:
    """Whoever makes documents ready. The processes are ended with this context.

    ``waiting``: called now and then while there is nothing new; what it raises ends this.
    """

    def __init__(self, waiting: Callable[[], object] = lambda: None) -> None:
        self._waiting = waiting
        self._number = min(MOST_PROCESSES, os.cpu_count() or 1)
        self._processes = _Processes(self._number)
        # More than processes: while one looks at an answer, another has its process go on.
        self._threads = ThreadPoolExecutor(2 * self._number)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._processes.end()
        self._threads.shutdown(cancel_futures=True)
        self._processes.close()

    def ready(self, found: Iterable[Found]) -> Iterator[Ready]:
        """Give what becomes of each document, in their order; errors among them stay as they are.

        A document that a process crashes at, or takes too long for, becomes an error, too.
        """
        ahead = iter(found)
        few = _few(ahead) if self._number > 1 else ahead
        yield from map(_read, few)
        further = next(ahead, None)
        if further is not None:
            stretches = in_batches(chain([further], ahead), _size, STRETCH, STRETCH_BYTES)
            for stretch in self._side_by_side(stretches):
                yield from stretch

    def _side_by_side(self, stretches: Iterable[Sequence[Found]]) -> Iterator[list[Ready]]:
        under_way: deque[tuple[Future[list[Ready]], int]] = deque()
        total = 0
        for stretch in stretches:
            size = sum(map(_size, stretch))
            under_way.append((self._threads.submit(self._processes.read, stretch), size))
            total += size
            while len(under_way) > AHEAD * self._number or total > AHEAD_BYTES:
                future, size = under_way.popleft()
                yield self._awaited(future)
                total -= size
        for future, _ in under_way:
            yield self._awaited(future)

    def _awaited(self, future: Future[list[Ready]]) -> list[Ready]:
        while not wait([future], _LOOK_UP_SECONDS).done:
            self._waiting()
        return future.result()


class _Processes:
    """Several processes that parse: each is started when it is wanted, and again if it ended."""

    def __init__(self, number: int) -> None:
        self._idle: SimpleQueue[_Process | None] = SimpleQueue()
        for _ in range(number):
            self._idle.put(None)
        self._alive: set[_Process] = set()
        self._changing = threading.Lock()
        self._is_over = self._is_unable = False

    def read(self, stretch: Sequence[Found]) -> list[Ready]:
        """Have the documents of a stretch made ready by one of the processes."""
        answers = iter(self._read([one for one in stretch if isinstance(one, Document)]))
        return [next(answers) if isinstance(one, Document) else one for one in stretch]

    def end(self) -> None:
        """End all processes, whatever they are at, and start no more."""
        with self._changing:
            self._is_over = True
            for process in self._alive:
                process.terminate()

    def close(self) -> None:
        """Let go of what is left of them."""
        for process in list(self._alive):
            self._let_go(process)

    def _read(self, documents: list[Document]) -> list[Ready]:
        if not documents:
            return []
        try:
            answer = self._answer(ASKED.dump_json(documents))
        except _EndedError as ended:
            if len(documents) > 1:
                # It may have been any of them.
                return [ready for document in documents for ready in self._read([document])]
            return [UnreadableError(documents[0].origin, str(ended))]
        except OSError:
            # No process can be started: the system has too few, or too little memory.
            return [_read(document) for document in documents]
        return [
            UnreadableError(*one) if isinstance(one, Refused) else one
            for one in ANSWERED.validate_json(answer)
        ]

    def _answer(self, asked: bytes) -> bytes:
        process = self._idle.get()
        try:
            process = process or self._started()
            answer = process.answer(asked)
        except BaseException:
            if process:
                self._let_go(process)
            self._idle.put(None)
            raise
        self._idle.put(process)
        return answer

    def _started(self) -> _Process:
        with self._changing:
            self._require_going_on()
            process = _Process()
            self._alive.add(process)
        if not process.is_ready():
            self._is_unable = True
            self._let_go(process)
            self._require_going_on()
        return process

    def _require_going_on(self) -> None:
        if self._is_over:
            raise CancelledError
        if self._is_unable:
            raise OSError("A process that parses cannot be started.")

    def _let_go(self, process: _Process) -> None:
        process.terminate()
        process.wait()
        with self._changing:
            self._alive.discard(process)
        process.close()


class _EndedError(Exception):
    """A process ended where it should have answered. It says why, fit for a person."""


class _Process(ChildProcess):
    """One process."""

    def __init__(self) -> None:
        super().__init__("index.parse_process", str(SECONDS))

    def is_ready(self) -> bool:
        """Wait until it is there; return whether it is."""
        return next(self.lines(), b"") == READY

    def answer(self, asked: bytes) -> bytes:
        """Return what it answers. Raises _EndedError where it ends before."""
        began, answer = time.monotonic(), b""
        try:
            self.say(asked.decode())
            answer = next(self.lines(), b"")
        except OSError:
            pass
        if answer.endswith(b"\n"):
            return answer
        if time.monotonic() - began >= SECONDS:
            raise _EndedError(f"takes longer than {SECONDS:.0f} seconds to read")
        complaint = clean(self.last_words())[:_LONGEST_COMPLAINT]
        raise _EndedError(": ".join(filter(None, ("crashes what reads it", complaint))))


def _few(documents: Iterator[Found]) -> Iterator[Found]:
    """Give the first of them, and leave the rest."""
    size = 0
    for number, document in enumerate(documents, 1):
        yield document
        size += _size(document)
        if number == FEW or size >= FEW_BYTES:
            return


def _size(found: Found) -> int:
    return len(found.raw) if isinstance(found, Document) else 0


def _read(found: Found) -> Ready:
    try:
        return found if isinstance(found, UnreadableError) else read(found)
    except UnreadableError as error:
        return error
