"""A cursor over the terms of a field, as Whoosh's automata and correctors move one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.codec.base import FieldCursor

if TYPE_CHECKING:
    from collections.abc import Callable

    from whoosh.reading import TermInfo

    from index.columnar.terms import Terms


class TermCursor(FieldCursor):
    """Stands at one term of a field, or behind the last. ``terms`` is None for a field without."""

    def __init__(self, terms: Terms | None, field: Any, info: Callable[[int], TermInfo]) -> None:
        self._terms, self._field, self._info = terms, field, info
        self._place = 0
        self._count = 0 if terms is None else len(terms)

    def first(self) -> Any:
        """Go to the first term, and return it."""
        self._place = 0
        return self.text()

    def find(self, string: str | bytes) -> Any:
        """Go to the first term that is not before ``string``, and return it.

        Raises ValueError where the terms are not in order: an automaton would go round for ever.
        """
        if self._terms is not None:
            raw = string if isinstance(string, bytes) else self._field.to_bytes(string)
            self._place = self._terms.place(raw)
            if self.is_valid() and self._terms[self._place] < raw:
                raise ValueError("terms that are not in order")
        return self.text()

    def next(self) -> Any:
        """Go to the next term, and return it."""
        self._place = min(self._place + 1, self._count)
        return self.text()

    def is_valid(self) -> bool:
        """Tell whether there is a term here."""
        return self._place < self._count

    def text(self) -> Any:
        """Return the term, None behind the last."""
        if self._terms is None or not self.is_valid():
            return None
        return self._field.from_bytes(self._terms[self._place])

    def term(self) -> Any:
        """Return the term, as :meth:`text`."""
        return self.text()

    def term_info(self) -> TermInfo | None:
        """Return the statistics of the term."""
        return self._info(self._place) if self.is_valid() else None
