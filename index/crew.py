"""Several processes that write segments of the index side by side, and whoever gives them work.

Python does one thing at a time in a process: what analyses thousands of articles would stop the
typing, and use one core of several. Each process is a fresh interpreter with pipes of its own, so
that it can be started from within a program that has taken over the terminal.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from index.errors import IndexDamagedError, LibraryError
from index.jobs import REPLY, Advanced, Failed, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.jobs import Job, Reply

MOST_PROCESSES = 2
"""Processes at a time: each takes some 100 MB."""

_LOOK_UP_SECONDS = 0.2
"""After which whoever listens hears that nothing is new, and can end it all."""

_PATIENCE = 10.0
"""Seconds until a process that was asked to end is ended."""


class _Answer(NamedTuple):
    """What a process said of a job, by the job's number."""

    number: int
    reply: Reply


class Crew:
    """Processes that do jobs for the holder of the lock on the index in ``folder``.

    ``record``: the file of the record, which they read. They are ended with this context.
    """

    def __init__(self, record: Path, folder: Path) -> None:
        self._words = [sys.executable, "-m", "index.segment_process", str(record), str(folder)]
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
            self._members.append(_Member(self._words))
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


class _Member:
    """One process."""

    def __init__(self, words: list[str]) -> None:
        paths = [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
        self._errors = TemporaryFile()  # noqa: SIM115 -- closed with the process
        self._process = subprocess.Popen(  # noqa: S603 -- this very interpreter, and our module
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            # Ctrl+C is for whoever started it, and it is ended by them.
            start_new_session=True,
        )

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
                    answers.put(_Answer(number, Failed(reason=self._last_words())))
                return

    def _replies(self, job: Job) -> Iterator[Reply]:
        stdin, stdout = self._pipes
        stdin.write(job.model_dump_json().encode() + b"\n")
        stdin.flush()
        for line in stdout:
            reply = REPLY.validate_json(line)
            yield reply
            if not isinstance(reply, Advanced):
                return

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ValueError("The process has no pipes.")
        return stdin, stdout

    def _last_words(self) -> str:
        """Return what a process that ended too early complained of last."""
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        said = next((line for line in reversed(lines) if line.strip()), "")
        return f"a process that builds the index ended too early. {said}".strip()

    def terminate(self) -> None:
        """Ask the process to end, whatever it is at."""
        self._process.terminate()

    def wait(self) -> None:
        """Return when the process has ended."""
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """Let go of what is left of it."""
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._errors.close()
