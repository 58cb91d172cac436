"""A bulk load: many documents into as few segments as can be, in bounded memory.

Documents are sorted in memory, a *run* at a time; each run is a segment of its own, for as long as
it takes. The runs are then merged, so each document is written twice, however many there are.
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
        for path in (*self._runs, *self._written):
            path.unlink(missing_ok=True)
        self._runs, self._written, self._waiting = [], [], 0
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
        if self._vocabulary.is_large:
            self._vocabulary = Vocabulary()
        self._building = Building(self._schema, self._vocabulary)

    def _merge(self) -> None:
        """Make one segment of the runs."""
        if len(self._runs) == 1:
            to_disk(self._runs[0])
            self._written += self._runs
        elif self._runs:
            path = self._new_path()
            merge_segments(path, self._schema, [opened(run) for run in self._runs])
            self._written.append(path)
            for run in self._runs:
                run.unlink()
        self._runs, self._waiting = [], 0
