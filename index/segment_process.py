"""A process that writes segments of the index, for one that holds the lock; see :mod:`index.crew`.

``python -m index.segment_process RECORD FOLDER`` reads a job a line, and answers on standard
output. It ends with its input, whatever it is at: whoever started it is gone, or wants no more.
What it leaves half written is swept away by the next writer.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from index.child_process import heard
from index.columnar.generation import open_segment
from index.columnar.loading import Loading
from index.columnar.manifest import new_name
from index.columnar.tiers import merge_segments
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
        self._loading = Loading(SCHEMA, self._new_path)
        self._generation = 0

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

    def _new_path(self) -> Path:
        return self._folder / new_name(self._generation, "segment")

    def _done(self, job: Job) -> Written:
        self._generation = job.generation
        return self._build(job) if isinstance(job, Build) else self._merge(job)

    def _build(self, job: Build) -> Written:
        try:
            return self._loaded(job)
        except BaseException:
            self._loading.abandon()
            raise

    def _loaded(self, job: Build) -> Written:
        withdrawn: list[str] = []
        unsaid = 0
        for change in self._store.articles.changes(job.after, job.up_to):
            if change.article is None:
                withdrawn.append(change.id)
            else:
                self._loading.add(document(change.article))
            unsaid += 1
            if unsaid == _STEP:
                _say(Advanced(articles=unsaid))
                unsaid = 0
        _say(Advanced(articles=unsaid))
        files = tuple(path.name for path in self._loading.finish())
        return Written(files=files, withdrawn=tuple(withdrawn))

    def _merge(self, job: Merge) -> Written:
        path = self._new_path()
        parts = [open_segment(self._folder, part) for part in job.parts]
        size = merge_segments(path, SCHEMA, parts)
        return Written(files=(path.name,) if size else ())


def _say(reply: Reply) -> None:
    sys.stdout.write(reply.model_dump_json() + "\n")
    sys.stdout.flush()


def main() -> None:
    """Do jobs until there are no more."""
    record, folder = map(Path, sys.argv[1:])
    lines = heard()
    process = _SegmentProcess(record, folder)
    while True:
        _say(process.reply(lines.get()))


if __name__ == "__main__":
    main()
