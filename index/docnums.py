"""What each document number of an index stands for: ids and dates, read once per segment."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary


class Documents:
    """The columns of one segment that a ranking needs, by document number."""

    def __init__(self, reader: Any) -> None:
        ids, published = reader.column_reader("id"), reader.column_reader("published")
        numbers = range(reader.doc_count_all())
        self.ids: list[str] = [ids[number] for number in numbers]
        self.published: list[int] = [published[number] for number in numbers]
        self._deleted: list[bool] = [reader.is_deleted(number) for number in numbers]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The document number of each id."""
        return {id_: number for number, id_ in enumerate(self.ids) if not self._deleted[number]}


_known: WeakKeyDictionary[Any, Documents] = WeakKeyDictionary()


def documents(reader: Any) -> Documents:
    """Return the documents of a segment's reader, remembered for as long as the reader lives."""
    if reader not in _known:
        _known[reader] = Documents(reader)
    return _known[reader]
