"""A list of things that are known again by their keys when they are shown anew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Generic, TypeVar

from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

Thing = TypeVar("Thing")


class KeyedList(RowList, Generic[Thing]):
    """A row for each thing; what is at the cursor stays there, whatever comes or goes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.things: tuple[Thing, ...] = ()
        self.shown_at = dt.datetime.now(dt.UTC)
        """What it is now, to those who say how long ago something was."""

    def key_of(self, thing: Thing) -> object:
        """Return what a thing is known again by."""
        raise NotImplementedError

    @property
    def current(self) -> Thing | None:
        """The thing at the cursor."""
        return self.things[self.cursor] if self.things else None

    def show(self, things: Sequence[Thing], key: object) -> None:
        """Show things, with the cursor at the one with this key, or else where it was."""
        self.things, self.shown_at = tuple(things), dt.datetime.now(dt.UTC)
        places = (place for place, thing in enumerate(things) if self.key_of(thing) == key)
        self.show_rows(len(things), next(places, self.cursor))
