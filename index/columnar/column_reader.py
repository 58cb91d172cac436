"""Whoosh's reader of a sortable column, for those who sort document by document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.columns import ColumnReader

from index.columnar.columns import BytesColumn, NumberColumn

if TYPE_CHECKING:
    from collections.abc import Iterator


class ColumnValues(ColumnReader):
    """Gives the values of a column by document number."""

    def __init__(self, column: BytesColumn | NumberColumn) -> None:
        self.column = column
        self._reverse = False

    def __len__(self) -> int:
        return len(self.column)

    def __getitem__(self, docnum: int) -> Any:
        return self.column[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.load())

    def sort_key(self, docnum: int) -> Any:
        """Return what orders a document among those of all segments."""
        value = self.column[docnum]
        return 0 - value if self._reverse and not isinstance(value, bytes) else value

    def load(self) -> list[Any]:
        """Return all values."""
        values: list[Any] = self.column.values.tolist()
        return values

    def set_reverse(self) -> None:
        """Make the sort keys descend. Raises NotImplementedError for byte strings, as Whoosh."""
        if isinstance(self.column, BytesColumn):
            raise NotImplementedError
        self._reverse = True
