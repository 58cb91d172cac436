"""What a part of a query finds in one segment, and how much each document scores, if asked.

Finding comes first, for the whole query; then only documents that the whole query finds are scored,
and of these only as many as are wanted. A document's score is the sum of what each leaf adds, in
the order of the leaves, whatever other documents are scored with it: so equals stay equal.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from index.columnar.evaluation.documents import Documents, nothing, union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import F64, Indices, Mask

FEW = 8
"""Of so many times fewer documents, each is looked up among the others."""


class Part:
    """A part of a query, evaluated over one segment."""

    documents: Documents
    """What it finds; deleted documents, too."""

    bound: float = inf
    """No document scores more."""

    is_confined = False
    """Whether parts that it is the sum of find documents that it does not."""

    def add_scores(self, totals: F64, documents: Indices, *, all_found: bool) -> None:
        """Add to each total what the document of the same place scores, 0 if it is not found.

        ``totals``: float64 ``[n]``; ``documents``: intp ``[n]``, ascending; ``all_found``: the
        caller knows that this part finds all of them.
        """
        raise NotImplementedError

    def add_everywhere(self, totals: F64) -> None:
        """Add the scores of all documents found to the totals of all documents of the segment."""
        documents = self.documents.numbers
        totals[documents] += self.scores(documents)

    def addends(self, *, all_found: bool) -> list[Part]:  # noqa: ARG002
        """Return the parts whose scores add up to this one's.

        ``all_found``: for documents that this part finds; otherwise for any.
        """
        return [self]

    def scores(self, documents: Indices) -> F64:
        """Return the score of each of some documents, all of which this part finds."""
        totals = np.zeros(len(documents))
        self.add_scores(totals, documents, all_found=True)
        return totals


class Constant(Part):
    """Documents that all have the same score."""

    def __init__(self, documents: Documents, score: float) -> None:
        self.documents, self.bound = documents, score

    def add_scores(self, totals: F64, documents: Indices, *, all_found: bool) -> None:
        """Add the score wherever a document is found."""
        if all_found:
            totals += self.bound
        elif self.documents.is_few and len(self.documents) * FEW < len(documents):
            places, kept = places_in(documents, self.documents.numbers)
            totals[places[kept]] += self.bound
        else:
            totals += self.documents.has(documents) * self.bound

    def addends(self, *, all_found: bool) -> list[Part]:  # noqa: ARG002
        """Return nothing where the score is 0."""
        return [self] if self.bound else []


class Given(Part):
    """Documents with a score each, both known already."""

    def __init__(self, size: int, numbers: Indices, scores: F64) -> None:
        self.documents = Documents(size, numbers=numbers)
        self._scores = scores

    def add_scores(self, totals: F64, documents: Indices, *, all_found: bool) -> None:  # noqa: ARG002
        """Add the scores that are known."""
        add_spread(totals, documents, self.documents, self._scores)


class Sum(Part):
    """Documents that score the sum of some parts.

    ``required``: parts that each find all of ``documents``; ``optional``: others. Unless it is
    ``confined``, no part finds any other document.
    """

    def __init__(
        self,
        documents: Documents,
        *,
        required: Sequence[Part] = (),
        optional: Sequence[Part] = (),
        confined: bool = True,
    ) -> None:
        self.documents = documents
        self.bound = sum(part.bound for part in (*required, *optional))
        self._required, self._optional, self.is_confined = required, optional, confined

    def add_scores(self, totals: F64, documents: Indices, *, all_found: bool) -> None:
        """Add what each part adds, of documents that are found."""
        if documents is self.documents.numbers and len(self._optional) > 1:
            # All of them at once: to look each part's up among all takes longer.
            everywhere = np.zeros(self.documents.size)
            for part in (*self._required, *self._optional):
                part.add_everywhere(everywhere)
            totals += everywhere.take(documents)
        elif all_found or not self.is_confined:
            for part in self._required:
                part.add_scores(totals, documents, all_found=True)
            for part in self._optional:
                part.add_scores(totals, documents, all_found=False)
        else:
            found = self.documents.has(documents)
            totals[found] += self.scores(documents[found])

    def addends(self, *, all_found: bool) -> list[Part]:
        """Return those of all parts, unless these may find documents that the sum does not."""
        if self.is_confined and not all_found:
            return [self]
        required = [one for part in self._required for one in part.addends(all_found=True)]
        return required + [one for part in self._optional for one in part.addends(all_found=False)]


class Highest(Part):
    """Documents of any part, each with the highest of its scores. None of these is negative."""

    def __init__(self, parts: Sequence[Part], size: int) -> None:
        self.documents = union([part.documents for part in parts], size)
        self.bound = max((part.bound for part in parts), default=0.0)
        self._parts = parts

    def add_scores(self, totals: F64, documents: Indices, *, all_found: bool) -> None:  # noqa: ARG002
        """Add the highest score that any part gives."""
        highest = np.zeros(len(documents))
        for part in self._parts:
            scores = np.zeros(len(documents))
            part.add_scores(scores, documents, all_found=False)
            np.maximum(highest, scores, out=highest)
        totals += highest


def any_of(parts: Sequence[Part], size: int) -> Part:
    """Return the documents of any part, their scores added."""
    parts = [part for part in parts if not part.documents.is_few or len(part.documents)]
    if len(parts) < 2:
        return parts[0] if parts else Constant(nothing(size), 0.0)
    documents = union([part.documents for part in parts], size)
    return Sum(documents, optional=parts, confined=False)


def places_in(documents: Indices, sought: Indices) -> tuple[Indices, Mask]:
    """Return where each sought document is among others, and whether it is there at all.

    Both are ascending; there is at least one of the others.
    """
    places = documents.searchsorted(sought)
    places[places == len(documents)] = 0
    kept: Mask = documents[places] == sought
    return places, kept


def add_spread(totals: F64, documents: Indices, own: Documents, scores: F64) -> None:
    """Add the scores of some documents to the totals of others, where they are the same."""
    if len(documents) == len(own) and (documents == own.numbers).all():
        totals += scores
    elif len(own) * FEW < len(documents):
        places, kept = places_in(documents, own.numbers)
        totals[places[kept]] += scores[kept]
    else:
        everywhere = np.zeros(own.size)
        everywhere[own.numbers] = scores
        totals += everywhere.take(documents)
