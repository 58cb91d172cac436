"""The list of feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.drawing.feed_rows import HEIGHT, feed_rows
from reader.keymap import bind, pager
from reader.widgets.keyed_list import KeyedList

if TYPE_CHECKING:
    from textual.binding import BindingType

    from index.feeds import Subscribed
    from reader.drawing.runs import Run


class FeedList(KeyedList["Subscribed"]):
    """Feeds as rows, each with its unread count, or with what goes wrong with it."""

    LOOKS = KeyedList.LOOKS | {
        "feed-name", "feed-unread", "feed-count", "feed-summary", "feed-trouble",
        "mark-unread", "mark-read",
    }  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{look}" for look in LOOKS}

    BINDINGS: ClassVar[list[BindingType]] = [
        *pager("feeds", "feed"),
        bind("enter,l,right", "screen.open", "Read", id="feeds.open", tooltip="Read its articles"),
    ]

    def key_of(self, thing: Subscribed) -> object:
        """Return what it is known again by."""
        return thing.key

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return HEIGHT

    def drawn(self, place: int) -> list[list[Run]]:
        """Draw a feed."""
        return feed_rows(self.things[place], self.line_width, self.shown_at)
