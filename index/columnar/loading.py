"""A bulk load: many documents into as few segments as can be, in bounded memory.

Documents are sorted in memory, a *run* at a time; each run is a segment of its own, for as long as
it takes. The runs are then merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.columnar.building import Building
from index.columnar.generation import opened
from index.columnar.memory import keep_freed_memory
from index.columnar.segment import LARGEST
from index.columnar.tiers import merge_segments
from index.columnar.vocabulary import Vocabulary
from index.durable import to_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from whoosh.fields import Schema

_MOST_RUNS = 8
"""Runs that are merged at once. All are read in turn, and each takes some memory for that."""


class Loading:
    """Documents of one schema on their way into segments.

    ``new_path``: gives the path of a file whose name was never used, in the folder of the index.
    Whoever is interrupted leaves files that no manifest names.
    """

    def __init__(self, schema: Schema, new_path: Callable[[], Path]) -> None:
        self._schema, self._new_path = schema, new_path
        self._vocabulary = Vocabulary()
        self._building = Building(schema, self._vocabulary)
        self._runs: list[Path] = []
        self._merged: list[Path] = []
        """What was made of earlier runs, when they were too many to be merged at once."""

        self._waiting = 0
        self._written: list[Path] = []
        keep_freed_memory(16 << 20)

    def add(self, fields: Mapping[str, Any]) -> None:
        """Take a document, as :meth:`Building.add` does."""
        self._building.add(fields)
        if self._building.is_full:
            self._end_run()

    def finish(self) -> list[Path]:
        """Return the segments of all documents added so far, on disk; then begin anew."""
        self._end_run()
        self._merge()
        written, self._written = self._written, []
        return written

    def abandon(self) -> None:
        """Forget all documents added since the last finish, and remove what is written of them."""
        for path in (*self._merged, *self._runs, *self._written):
            path.unlink(missing_ok=True)
        self._merged, self._runs, self._written, self._waiting = [], [], [], 0
        self._building = Building(self._schema, self._vocabulary)

    def _end_run(self) -> None:
        """Write what is in memory, if there is anything."""
        size = len(self._building)
        if self._waiting + size > LARGEST:
            self._merge()
        if size:
            path = self._new_path()
            self._building.write(path, durable=False)
            self._runs.append(path)
            self._waiting += size
        if len(self._runs) == _MOST_RUNS:
            self._merged.append(self._joined(self._runs, durable=False))
            self._runs = []
        if self._vocabulary.is_large:
            self._vocabulary = Vocabulary()
        self._building = Building(self._schema, self._vocabulary)

    def _merge(self) -> None:
        """Make one segment of the runs."""
        runs = self._merged + self._runs
        if runs:
            self._written.append(self._joined(runs))
        self._merged, self._runs, self._waiting = [], [], 0

    def _joined(self, runs: list[Path], *, durable: bool = True) -> Path:
        """Return a segment of all that is in some runs, of which none stays."""
        if len(runs) == 1:
            to_disk(runs[0])
            return runs[0]
        path = self._new_path()
        merge_segments(path, self._schema, [opened(run) for run in runs], durable=durable)
        for run in runs:
            run.unlink()
        return path
