"""A process that writes segments of the index, for one that holds the lock; see :mod:`index.crew`.

``python -m index.segment_process RECORD FOLDER`` reads a job a line, and answers on standard
output. It ends with its input, whatever it is at: whoever started it is gone, or wants no more.
What it leaves half written is swept away by the next writer.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from index.columnar.building import Building
from index.columnar.generation import open_segment
from index.columnar.manifest import new_name
from index.columnar.tiers import merge_segments
from index.columnar.vocabulary import Vocabulary
from index.errors import BroadsheetError, IndexDamagedError
from index.jobs import JOB, Advanced, Build, Failed, Merge, Written
from index.schema import SCHEMA, document
from index.store import Store

if TYPE_CHECKING:
    from index.jobs import Job, Reply

_STEP = 100
"""Articles from one report to the next."""


class _SegmentProcess:
    def __init__(self, record: Path, folder: Path) -> None:
        self._store, self._folder = Store(record), folder
        self._vocabulary = Vocabulary()

    def reply(self, line: bytes) -> Reply:
        """Do a job; return what became of it."""
        try:
            return self._done(JOB.validate_json(line))
        except IndexDamagedError as error:
            return Failed(reason=str(error), damaged=True)
        except OSError as error:
            return Failed(reason=str(error.strerror), errno=error.errno)
        except BroadsheetError as error:
            return Failed(reason=str(error))
        except Exception as error:  # noqa: BLE001 -- told where it can be dealt with
            return Failed(reason=repr(error))

    def _done(self, job: Job) -> Written:
        return self._build(job) if isinstance(job, Build) else self._merge(job)

    def _build(self, job: Build) -> Written:
        files: list[str] = []
        withdrawn: list[str] = []
        building = Building(SCHEMA, self._vocabulary)
        unsaid = 0
        for change in self._store.articles.changes(job.after, job.up_to):
            if change.article is None:
                withdrawn.append(change.id)
            else:
                building.add(document(change.article))
            if building.is_full:
                building = self._flushed(building, job.generation, files)
            unsaid += 1
            if unsaid == _STEP:
                _say(Advanced(articles=unsaid))
                unsaid = 0
        _say(Advanced(articles=unsaid))
        self._flushed(building, job.generation, files)
        return Written(files=tuple(files), withdrawn=tuple(withdrawn))

    def _flushed(self, building: Building, generation: int, files: list[str]) -> Building:
        """Write what is in memory, if there is anything, and begin anew."""
        if len(building):
            name = new_name(generation, "segment")
            building.write(self._folder / name)
            files.append(name)
        if self._vocabulary.is_large:
            self._vocabulary = Vocabulary()
        return Building(SCHEMA, self._vocabulary)

    def _merge(self, job: Merge) -> Written:
        name = new_name(job.generation, "segment")
        parts = [open_segment(self._folder, part) for part in job.parts]
        size = merge_segments(self._folder / name, SCHEMA, parts)
        return Written(files=(name,) if size else ())


def _say(reply: Reply) -> None:
    sys.stdout.write(reply.model_dump_json() + "\n")
    sys.stdout.flush()


def _listen(lines: SimpleQueue[bytes]) -> None:
    """Pass on what is asked for, and end the process at the end of it."""
    # Without a buffer: the lock of one would stand in the way of whoever else ends the process.
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as asked:
        for line in asked:
            lines.put(line)
    os._exit(0)


def main() -> None:
    """Do jobs until there are no more."""
    record, folder = map(Path, sys.argv[1:])
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    process = _SegmentProcess(record, folder)
    while True:
        _say(process.reply(lines.get()))


if __name__ == "__main__":
    main()
