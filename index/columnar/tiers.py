"""Which segments to merge, and merging them into one.

Segments of about the same size are a tier, each tier four times the one below; a tier of four is
merged. So a document is written again at most once a tier, however many commits there are, and
small commits stay cheap. Smaller segments that fit are taken along, which costs little beside what
is written anyway. Of large segments, three that fit into one are merged: each costs every
search some tenths of a millisecond. Segments of which too much is deleted are written anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.columnar.arrayfile import ArrayFileWriter
from index.columnar.building import write_field
from index.columnar.columns import add_column
from index.columnar.segment import LARGEST
from index.columnar.sources import GONE, InSegment
from index.columnar.stored import add_stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from whoosh.fields import Schema

    from index.columnar.arrays import U32
    from index.columnar.generation import Live

WIDTH = 4
"""Segments that a tier holds before they are merged; and how much larger the next tier is."""

LARGE, MOST_LARGE = 4_096, 3
"""Documents of a large segment, and how many of these are merged whatever their tiers."""

MOST_DELETED = 0.05
"""The share of a segment's documents that may be deleted. They still count where the rarity of a
word is measured, so that many of them would spoil the ranking."""


def crowded(segments: Sequence[Live], everything: bool) -> list[int]:
    """Return the places of some segments that should be one, ascending; none where all is well.

    ``everything``: merge all neighbours that fit together, not only crowded tiers.
    """
    alive = [_alive(live) for live in segments]
    if everything:
        for place in range(len(segments)):
            group = _fitting(range(place, len(segments)), alive)
            if len(group) > 1 or alive[place] < segments[place].segment.size:
                return group
        return []
    order = sorted(range(len(segments)), key=alive.__getitem__)
    for place in order:
        tier = [p for p in order if alive[place] <= alive[p] < max(alive[place], 1) * WIDTH]
        group = _fitting(tier, alive)
        if len(group) >= WIDTH:
            smaller = [p for p in order if alive[p] < alive[place]]
            return sorted(_fitting([*group, *smaller], alive))
    large = _fitting([place for place in order if alive[place] >= LARGE], alive)
    if len(large) >= MOST_LARGE:
        return sorted(large)
    return [place for place in order if _is_worn(segments[place])][:1]


def _is_worn(live: Live) -> bool:
    return _alive(live) < (1 - MOST_DELETED) * live.segment.size


def _fitting(places: Sequence[int], alive: list[int]) -> list[int]:
    """Return as many of the first places as fit into one segment."""
    sizes = np.cumsum([alive[place] for place in places])
    return list(places[: int(np.searchsorted(sizes, LARGEST, side="right"))])


def merge_segments(
    path: Path, schema: Schema, parts: Sequence[Live], *, durable: bool = True
) -> int:
    """Write segments as one, without what is deleted; return how many documents it has.

    Without any document, nothing is written. ``durable``: return when it is on disk. Raises
    IndexDamagedError where a segment is not as it was written: under the new checksums nobody
    would ever notice.
    """
    for live in parts:
        live.segment.verify()
    numbers = list(_renumbered(parts))
    size = sum(map(_alive, parts))
    if not size:
        return 0
    with ArrayFileWriter(path) as file:
        for name in _names(parts, "terms"):
            sources = [
                InSegment(live.segment, field, new)
                for live, new in zip(parts, numbers, strict=True)
                if (field := live.segment.field(name)) is not None
            ]
            if name in schema:
                write_field(file, name, schema, sources, size)
        for name in _names(parts, "stored"):
            add_stored(file, f"{name}/stored", list(_stored(parts, name)))
        columns = {
            name: add_column(file, f"{name}/column", list(_values(parts, name, schema)))
            for name in _names(parts, "column")
            if name in schema and schema[name].column_type
        }
        file.finish({"documents": size, "columns": columns}, durable=durable)
    return size


def _names(parts: Sequence[Live], kind: str) -> list[str]:
    return sorted(set().union(*(live.segment.names[kind] for live in parts)))


def _alive(live: Live) -> int:
    return live.segment.size - (0 if live.deleted is None else int(live.deleted.sum()))


def _renumbered(parts: Sequence[Live]) -> Iterator[U32]:
    """Yield the new number of each document of each segment."""
    base = 0
    for live in parts:
        kept = np.array(_kept(live), np.intp)
        numbers = np.full(live.segment.size, GONE, np.uint32)
        numbers[kept] = np.arange(base, base + len(kept), dtype=np.uint32)
        base += len(kept)
        yield numbers


def _kept(live: Live) -> list[int]:
    """Return the numbers of the documents that are not deleted."""
    if live.deleted is None:
        return list(range(live.segment.size))
    kept: list[int] = np.flatnonzero(~live.deleted).tolist()
    return kept


def _stored(parts: Sequence[Live], name: str) -> Iterator[bytes]:
    """Yield the stored values of a field, as JSON."""
    for live in parts:
        column = live.segment.stored_columns.get(name)
        for document in _kept(live):
            yield b"" if column is None else column.raw(document)


def _values(parts: Sequence[Live], name: str, schema: Schema) -> Iterator[Any]:
    """Yield the sortable values of a field."""
    kind: Any = schema[name].column_type
    for live in parts:
        column = live.segment.column(name)
        values = None if column is None else column.values.tolist()
        for document in _kept(live):
            yield kind.default_value() if values is None else values[document]
