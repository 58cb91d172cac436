"""The document number of each id, for Whoosh's own matchers."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary


def numbers(reader: Any) -> dict[str, int]:
    """Return the documents of a segment's reader by id, remembered for as long as it lives."""
    known = _known.get(reader)
    if known is None:
        ids = reader.column_reader("id")
        known = _known[reader] = {ids[number]: number for number in reader.all_doc_ids()}
    return known


_known: WeakKeyDictionary[Any, dict[str, int]] = WeakKeyDictionary()
