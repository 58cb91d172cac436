"""Several processes that write segments of the index side by side, and whoever gives them work.

Python does one thing at a time in a process: what analyses thousands of articles would stop the
typing, and use one core of several.
"""

from __future__ import annotations

import os
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, Self

from index.child_process import ChildProcess
from index.errors import IndexDamagedError, LibraryError
from index.jobs import REPLY, Advanced, Failed, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from index.jobs import Job, Reply

MOST_PROCESSES = 2
"""Processes at a time: each takes some 100 MB."""

_LOOK_UP_SECONDS = 0.2
"""After which whoever listens hears that nothing is new, and can end it all."""


class _Answer(NamedTuple):
    """What a process said of a job, by the job's number."""

    number: int
    reply: Reply


class Crew:
    """Processes that do jobs for the holder of the lock on the index in ``folder``.

    ``record``: the file of the record, which they read. They are ended with this context.
    """

    def __init__(self, record: Path, folder: Path) -> None:
        self._words = ("index.segment_process", str(record), str(folder))
        self._folder = folder
        self._members: list[_Member] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for member in self._members:
            member.terminate()
        for member in self._members:
            member.wait()
        for thread in self._threads:
            thread.join()
        for member in self._members:
            member.close()
        self._members.clear()

    def done(self, jobs: Sequence[Job], advanced: Callable[[int], object]) -> Iterator[Written]:
        """Have jobs done side by side; give what became of each in the order of ``jobs``.

        ``advanced``: told how many more articles are in memory, and now and then that none are;
        what it raises ends this. Raises LibraryError, or
        IndexDamagedError, where a job can't be done, and OSError where the system said so.
        """
        answers: SimpleQueue[_Answer] = SimpleQueue()
        ahead = iter(enumerate(jobs))
        taking = threading.Lock()
        while len(self._members) < min(MOST_PROCESSES, os.cpu_count() or 1, len(jobs)):
            self._members.append(_Member(*self._words))
        threads = [
            threading.Thread(target=member.work, args=(ahead, taking, answers), daemon=True)
            for member in self._members
        ]
        self._threads += threads
        for thread in threads:
            thread.start()
        written: dict[int, Written] = {}
        for number in range(len(jobs)):
            while number not in written:
                try:
                    answer = answers.get(timeout=_LOOK_UP_SECONDS)
                except Empty:
                    advanced(0)
                    continue
                match answer.reply:
                    case Written():
                        written[answer.number] = answer.reply
                    case Advanced(articles=articles):
                        advanced(articles)
                    case Failed():
                        self._fail(answer.reply)
            yield written.pop(number)

    def _fail(self, failed: Failed) -> None:
        if failed.errno is not None:
            raise OSError(failed.errno, failed.reason, str(self._folder))
        if failed.damaged:
            raise IndexDamagedError(failed.reason)
        raise LibraryError(f"{self._folder} cannot be written: {failed.reason}")


class _Member(ChildProcess):
    """One process."""

    def work(
        self,
        ahead: Iterator[tuple[int, Job]],
        taking: threading.Lock,
        answers: SimpleQueue[_Answer],
    ) -> None:
        """Take one job after another, until there are none, and pass on what the process says."""
        while True:
            with taking:
                number, job = next(ahead, (-1, None))
            if job is None:
                return
            reply: Reply | None = None
            try:
                for reply in self._replies(job):
                    answers.put(_Answer(number, reply))
            except (OSError, ValueError):
                reply = None
            if not isinstance(reply, Written):
                if not isinstance(reply, Failed):
                    reason = f"a process that builds the index ended too early. {self.last_words()}"
                    answers.put(_Answer(number, Failed(reason=reason.strip())))
                return

    def _replies(self, job: Job) -> Iterator[Reply]:
        self.say(job.model_dump_json())
        for line in self.lines():
            reply = REPLY.validate_json(line)
            yield reply
            if not isinstance(reply, Advanced):
                return
