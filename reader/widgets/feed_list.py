"""The list of feeds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from reader.drawing.feed_rows import HEIGHT, feed_rows
from reader.keymap import bind, pager
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from index.feeds import Subscribed
    from reader.drawing.runs import Run


class FeedList(RowList):
    """Feeds as rows, each with its unread count, or with what goes wrong with it."""

    LOOKS = RowList.LOOKS | {
        "feed-name", "feed-unread", "feed-count", "feed-summary", "feed-trouble",
        "mark-unread", "mark-read",
    }  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("feeds", "feed"),
        bind("enter,l,right", "screen.open", "Read", id="feeds.open", tooltip="Read its articles"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.feeds: tuple[Subscribed, ...] = ()
        self._now = dt.datetime.now(dt.UTC)

    @property
    def current(self) -> Subscribed | None:
        """The feed at the cursor."""
        return self.feeds[self.cursor] if self.feeds else None

    def show(self, feeds: Sequence[Subscribed], key: str | None) -> None:
        """Show feeds, with the cursor at the one with this key, or else where it was."""
        self.feeds, self._now = tuple(feeds), dt.datetime.now(dt.UTC)
        places = (place for place, feed in enumerate(feeds) if feed.key == key)
        self.show_rows(len(feeds), next(places, self.cursor))

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return HEIGHT

    def drawn(self, place: int) -> list[list[Run]]:
        """Draw a feed."""
        return feed_rows(self.feeds[place], self.line_width, self._now)
