"""Where the terms of a field are in each document: positions, and with them the frequencies.

A position is two bytes, of which one bit is set in the first of a document. So how often each
document has a term is told by its positions; but for terms that are many times in most documents,
this would mean to look at millions: of those, the frequencies are stored as well.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.arrays import offsets
from index.columnar.narrow import Narrow, patch

if TYPE_CHECKING:
    from index.columnar.arrayfile import ArrayFile
    from index.columnar.arrays import U16, U32, Array, Indices

FIRST = 1 << 15
"""Set in a position that is the first one in its document."""

LONG = 4
"""Of dense terms that documents have more often than this on average, frequencies are stored."""

_POSITION = np.uint16(FIRST - 1)


class Positions:
    """The positions of one field's terms. ``bounds``: where the postings of each term begin."""

    def __init__(self, file: ArrayFile, name: str, bounds: Array) -> None:
        self.bounds = file[f"{name}.occurrences"]
        """Where the occurrences of each term begin, and where the last end."""

        self._marked: U16 = file[f"{name}.positions"]
        self._places: U32 = file[f"{name}.positions.places"]
        self._wide: U32 = file[f"{name}.positions.wide"]
        self._file, self._name, self._postings = file, name, bounds

    def marked(self, low: int, high: int) -> U16:
        """Return the positions of the terms ``low`` to before ``high`` as they are stored.

        :data:`FIRST` is set in the first one of each document. The highest position without it
        stands for all that are too high for 15 bits.
        """
        return self._marked[int(self.bounds[low]) : int(self.bounds[high])]

    def exact(self, low: int, high: int) -> U32:
        """Return the positions of the terms ``low`` to before ``high``, uint32, in their order."""
        positions = (self.marked(low, high) & _POSITION).astype(np.uint32)
        patch(positions, int(self.bounds[low]), self._places, self._wide)
        return positions

    def exact_at(self, low: int, high: int, chosen: Indices) -> U32:
        """Return some of the same positions, by their places among them."""
        positions = (self.marked(low, high).take(chosen) & _POSITION).astype(np.uint32)
        highest = np.flatnonzero(positions == _POSITION)
        sought = chosen[highest] + int(self.bounds[low])
        places = np.searchsorted(self._places, sought)
        inside = places < len(self._places)
        inside[inside] = self._places[places[inside]] == sought[inside]
        positions[highest[inside]] = self._wide[places[inside]]
        return positions

    def has_wide(self, low: int, high: int) -> bool:
        """Tell whether any position of the terms ``low`` to before ``high`` exceeds its bits."""
        first, behind = np.searchsorted(self._places, (self.bounds[low], self.bounds[high]))
        return bool(first < behind)

    def frequencies(self, low: int, high: int) -> U32 | Indices:
        """Return how often each document has the terms ``low`` to before ``high``."""
        stored = self._stored(low, high)
        if stored is not None:
            return stored
        bounds = self.bounds_of(low, high)
        return bounds[1:] - bounds[:-1]

    def bounds_of(self, low: int, high: int) -> Indices:
        """Return where the occurrences in each document begin, and at last where they end.

        They are counted from the first one of the terms ``low`` to before ``high``.
        """
        stored = self._stored(low, high)
        if stored is not None:
            return offsets(stored)
        marked = self.marked(low, high)
        return np.append(np.flatnonzero(marked >= FIRST), len(marked))

    def _stored(self, low: int, high: int) -> U32 | None:
        """Return the frequencies that are stored for one term, None for one or more without."""
        start = self._long.get(low) if high == low + 1 else None
        if start is None:
            return None
        count = int(self._postings[high]) - int(self._postings[low])
        return self._frequencies.read(start, start + count)

    @cached_property
    def _long(self) -> dict[int, int]:
        """Where the stored frequencies of each term begin that has any."""
        if f"{self._name}.long" not in self._file:
            return {}
        terms = self._file[f"{self._name}.long"].astype(np.intp)
        starts = offsets(self._postings[terms + 1] - self._postings[terms])
        return dict(zip(terms.tolist(), starts.tolist(), strict=False))

    @cached_property
    def _frequencies(self) -> Narrow:
        return Narrow.from_file(self._file, f"{self._name}.long.frequencies")
