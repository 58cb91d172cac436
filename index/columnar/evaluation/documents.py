"""A set of documents of one segment, as a mask or as numbers, whichever is at hand.

A mask costs as many bytes as the segment has documents (at most 65,536), so combining two takes
some microseconds, whatever they hold. Numbers are cheaper where there are few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import Indices, Mask


class Documents:
    """Some documents of a segment of ``size``. Neither of its arrays is ever changed."""

    def __init__(
        self,
        size: int,
        *,
        mask: Mask | None = None,
        numbers: Indices | None = None,
        count: int = -1,
    ) -> None:
        self.size = size
        self.is_few = mask is None
        """Whether the numbers are at hand, rather than the mask."""

        self._mask, self._numbers = mask, numbers
        self._count = len(numbers) if numbers is not None else count

    def __len__(self) -> int:
        if self._count < 0:
            self._count = int(np.count_nonzero(self.mask))
        return self._count

    @property
    def mask(self) -> Mask:
        """Whether each document is in the set, bool ``[size]``."""
        if self._mask is None:
            self._mask = np.zeros(self.size, np.bool_)
            self._mask[self.numbers] = True
        return self._mask

    @property
    def numbers(self) -> Indices:
        """The numbers of the documents, intp ``[n]``, ascending."""
        if self._numbers is None:
            self._numbers = np.flatnonzero(self.mask)
        return self._numbers

    def has(self, numbers: Indices) -> Mask:
        """Return whether each of some documents is in the set."""
        return self.mask.take(numbers)

    def others(self) -> Documents:
        """Return all documents of the segment that are not in the set."""
        return Documents(self.size, mask=~self.mask)

    def without(self, excluded: Documents) -> Documents:
        """Return the documents that are not in another set."""
        if self.is_few:
            return Documents(self.size, numbers=self.numbers[~excluded.has(self.numbers)])
        return Documents(self.size, mask=self.mask > excluded.mask)


def nothing(size: int) -> Documents:
    """Return a set of no document."""
    return Documents(size, numbers=np.zeros(0, np.intp))


def union(parts: Sequence[Documents], size: int) -> Documents:
    """Return the documents of any of some sets."""
    parts = [part for part in parts if not part.is_few or len(part)]
    if len(parts) < 2:
        return parts[0] if parts else nothing(size)
    wide = [part.mask for part in parts if not part.is_few]
    mask = wide[0].copy() if wide else np.zeros(size, np.bool_)
    for other in wide[1:]:
        np.logical_or(mask, other, out=mask)
    for part in parts:
        if part.is_few:
            mask[part.numbers] = True
    return Documents(size, mask=mask)


def intersection(parts: Sequence[Documents]) -> Documents:
    """Return the documents of all of some sets, of which there is at least one."""
    few = [part for part in parts if part.is_few]
    if not few:
        mask = parts[0].mask
        for part in parts[1:]:
            mask = mask & part.mask
        return Documents(parts[0].size, mask=mask, count=-1 if len(parts) > 1 else len(parts[0]))
    least = min(few, key=len)
    numbers = least.numbers
    for part in parts:
        if part is not least and len(numbers):
            numbers = numbers[part.has(numbers)]
    return Documents(least.size, numbers=numbers)
