"""Which segments of the index are written anew with what is added: few segments, few deletions."""

from __future__ import annotations

from typing import Any

from whoosh.reading import SegmentReader

SMALL = 1000
"""Articles up to which a segment is cheap to write anew."""

MOST_DELETED = 0.05
"""The share of a segment's articles that may be deleted. They still count where the rarity of a
word is measured, so that many of them would spoil the ranking."""


def merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Write small and worn segments into the new one; return those that stay.

    A segment is small beside all those that are smaller, so that there are never more than about
    as many as the number of articles has binary digits. Whoosh's own policy keeps hundreds.
    """
    total = writer.doc_count()
    staying = []
    for segment in sorted(segments, key=_living):
        living = _living(segment)
        if living > max(total, SMALL) and not _is_worn(segment):
            staying.append(segment)
            continue
        total += living
        if living:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return [segment for segment in segments if segment in staying]


def _living(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _is_worn(segment: Any) -> bool:
    return bool(segment.deleted_count() > MOST_DELETED * segment.doc_count_all())
