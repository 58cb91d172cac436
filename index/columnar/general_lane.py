"""The general lane into a segment: any field of any schema, through Whoosh's ``field.index()``."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.columnar.arrays import offsets, spread
from index.columnar.following import following, numbers_of
from index.columnar.postings import Decoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whoosh.fields import FieldType

    from index.columnar.arrays import U32, Array


class Posting(NamedTuple):
    """One term of one document, as Whoosh's field types and formats give it."""

    term: bytes
    frequency: int
    weight: float
    value: bytes


class Terms:
    """The postings of one field, in the order in which its documents came."""

    def __init__(self, field: FieldType) -> None:
        kind: Any = field.format
        self._decoders = {
            name: kind.decoder(name)
            for name in ("positions", "characters", "position_boosts")
            if kind.supports(name)
        }
        # Every format with positions claims boosts; these two are the ones that keep them.
        if type(kind).__name__ not in ("PositionBoosts", "CharacterBoosts"):
            self._decoders.pop("position_boosts", None)
        self._numbers: dict[bytes, int] = {}
        self._terms, self._documents, self._frequencies = array("Q"), array("I"), array("I")
        self._weights = array("f")
        self._positions, self._spans, self._boosts = array("I"), array("I"), array("f")

    def add(self, document: int, postings: Iterable[Posting]) -> None:
        """Take the terms of one document, which comes after all before."""
        for term, frequency, weight, value in postings:
            self._terms.append(self._numbers.setdefault(term, len(self._numbers)))
            self._documents.append(document)
            self._frequencies.append(frequency)
            self._weights.append(weight)
            for name, decode in self._decoders.items():
                self._add_occurrences(name, decode(value))

    def _add_occurrences(self, name: str, occurrences: Iterable[Any]) -> None:
        match name:
            case "positions":
                self._positions.extend(occurrences)
            case "characters":
                for _, start, end in occurrences:
                    self._spans.extend((start, end))
            case "position_boosts":
                self._boosts.extend(boost for _, boost in occurrences)

    def postings(self) -> tuple[list[bytes], Decoded]:
        """Return all terms, sorted, and their postings."""
        terms = sorted(self._numbers)
        ranks = np.empty(len(terms), np.uint64)
        numbers = np.fromiter(map(self._numbers.__getitem__, terms), np.intp, len(terms))
        ranks[numbers] = np.arange(len(terms), dtype=np.uint64)
        term = ranks[np.array(self._terms, np.intp)]
        document = np.array(self._documents, np.uint32)
        order = np.argsort((term << np.uint64(32)) | document, kind="stable")
        frequencies = np.array(self._frequencies, np.uint32)
        counts = frequencies[order].astype(np.intp)
        places = spread(offsets(frequencies)[:-1][order], counts)

        def of_occurrences(name: str, values: array[Any], dtype: Any) -> Array | None:
            return np.array(values, dtype) if name in self._decoders else None

        spans = of_occurrences("characters", self._spans, np.uint32)
        positions = of_occurrences("positions", self._positions, np.uint32)
        boosts = of_occurrences("position_boosts", self._boosts, np.float32)
        behind = None
        if positions is not None:
            at = np.repeat(np.arange(len(frequencies)), frequencies)
            occurring = numbers_of(terms)[term[at].astype(np.intp)]
            behind = following(document[at], positions, occurring)
        decoded = Decoded(
            np.bincount(term.astype(np.intp), minlength=len(terms)),
            document[order].astype(np.uint16),
            frequencies[order],
            _unlike(np.array(self._weights, np.float32)[order], frequencies[order]),
            None if positions is None else positions[places],
            None if spans is None else spans.reshape(-1, 2)[places],
            None if boosts is None else boosts[places],
            None if behind is None else behind[places],
        )
        return terms, decoded


def _unlike(weights: Array, frequencies: U32) -> Array | None:
    """Return the weights, None where they are nothing but the frequencies."""
    return None if (weights == frequencies).all() else weights


def postings_of(field: FieldType, value: Any, boost: float) -> list[Posting]:
    """Return the terms of one value of a field.

    Raises ValueError for a value that the field's type does not take.
    """
    return [
        Posting(term, frequency, weight * boost, value_)
        for term, frequency, weight, value_ in field.index(value)
    ]
