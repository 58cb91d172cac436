"""Pieces of an array on their way into a file: in memory while they are few, then on disk."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.columnar.arrays import Array

_IN_MEMORY = 1 << 20
"""Bytes of an array that are kept in memory."""

_PASSING = ".new"
"""The ending of a file that a writer sweeps away, should it ever find one."""

_ROWS = 1 << 20
"""Rows that are read from disk at a time."""


class Spool:
    """An array in pieces of the same type, each of shape ``(any, *row)``.

    ``folder``: where a file without a name is made, should it be needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pieces: list[Array] = []
        self._bytes = 0
        self._file: IO[bytes] | None = None

    def append(self, piece: Array) -> None:
        """Take the next piece."""
        self._pieces.append(piece)
        self._bytes += piece.nbytes
        if self._bytes > _IN_MEMORY:
            if self._file is None:
                self._file = _unnamed(self._folder)
            for waiting in self._pieces:
                self._file.write(waiting.tobytes())
            # One stays, without rows: it knows the type.
            self._pieces, self._bytes = [piece[:0].copy()], 0

    def __iter__(self) -> Iterator[Array]:
        if self._file is not None:
            dtype, row = self.kind
            self._file.seek(0)
            size = dtype.itemsize * int(np.prod(row, dtype=np.intp))
            while raw := self._file.read(_ROWS * size):
                yield np.frombuffer(raw, dtype).reshape(-1, *row)
            self.close()
        yield from self._pieces

    def close(self) -> None:
        """Forget what is on disk. Reading it to the end does this, too."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def kind(self) -> tuple[np.dtype[np.generic], tuple[int, ...]]:
        """The type of the array, and the shape of a row."""
        return self._pieces[0].dtype, self._pieces[0].shape[1:]


def _unnamed(folder: Path) -> IO[bytes]:
    """Return a new file that is gone when it is closed, or garbage.

    Some file systems can't make one without a name: there it has one for a moment, and keeps it if
    the process is killed in it.
    """
    return TemporaryFile(dir=folder, suffix=_PASSING)
