"""The feeds: how each is, to be found, gone through, and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on

from reader import feed_wording
from reader.keymap import bind
from reader.screens.feed_screen import FeedScreen
from reader.screens.finding_screen import FindingScreen
from reader.widgets.feed_list import FeedList
from reader.widgets.search_pane import SearchPane
from reader.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from index.feeds import Feeds, Subscribed

Which = Literal["all", "unread", "failing"]

_NEXT: dict[Which, Which] = {"all": "unread", "unread": "failing", "failing": "all"}
_SAID: dict[Which, str] = {"all": "all feeds", "unread": "with unread", "failing": "failing"}
_NO_FEEDS = "No feeds yet. a subscribes: to a feed, a page that leads to one, a list of feeds."
_NOT_FOUND = "No feed is like that."


class FeedsScreen(FindingScreen["str | None"], FeedScreen):
    """A list of feeds. Gives the query for the articles of one, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "f", "filter", "Filter", id="feeds.filter",
            tooltip="Filter: all feeds, with unread articles, failing",
        ),
        bind(
            "slash", "find", "Find", id="feeds.find",
            tooltip="Find a feed by its name, address or tag",
        ),
        bind(
            "enter,down,escape", "leave_find", "Feeds", id="feeds.found",
            tooltip="While finding a feed: to the list",
        ),
        bind(
            "q,h,left,escape", "back", "Back", id="feeds.back",
            tooltip="Back: from what is found, the filter, the feeds",
        ),
    ]  # fmt: skip

    def __init__(self, feeds: Feeds) -> None:
        super().__init__(feeds)
        self._all: tuple[Subscribed, ...] | None = None
        self._which: Which = "all"
        self._is_reading = False
        self._wanted: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield SearchPane("find a feed", id="search")
        yield FeedList(id="feeds")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        """Show what is known."""
        self.set_focus(self.list_)
        self.look()

    @property
    def feed(self) -> Subscribed | None:
        """The feed at the cursor."""
        return next((list_.current for list_ in self.query(FeedList)), None)

    @property
    def list_(self) -> FeedList:
        """The list of feeds."""
        return self.query_one(FeedList)

    # --- what is shown --------------------------------------------------------------------------

    def look(self, key: str | None = None) -> None:
        """Show the feeds as they are now, soon, and go to the one with this key."""
        self._wanted = key or self._wanted
        # Several hundred take a while to read; once they are being read, that will do.
        if not self._is_reading:
            self._is_reading = True
            self.app.record.put(self._read, self.call_later, self._known)

    def _read(self) -> tuple[Subscribed, ...]:
        # From here on, what changes will not have been seen.
        self._is_reading = False
        return self._feeds.all()

    def _known(self, feeds: tuple[Subscribed, ...]) -> None:
        self._all = feeds
        if self.query(FeedList):
            self._show()

    @on(SearchPane.Changed)
    def _show(self) -> None:
        if self._all is None:
            return
        shown = self.found(filter(self._is_within, self._all), _text_of)
        here = self.feed
        self.list_.message = _NOT_FOUND if self._all else _NO_FEEDS
        self.list_.show(shown, self._wanted or (here.key if here else None))
        if self.feed is not None and self.feed.key == self._wanted:
            self._wanted = None
        self._say_state()

    def _is_within(self, feed: Subscribed) -> bool:
        within = {"all": True, "unread": feed.unread > 0, "failing": feed.error is not None}
        return within[self._which]

    @on(FeedList.Moved)
    def _say_state(self) -> None:
        shown, total = self.list_.things, len(self._all or ())
        number, *parts = feed_wording.feeds_state(shown, total, self.list_.cursor + 1)
        within = [] if self._which == "all" else [_SAID[self._which]]
        self.pane.state(number, *within, *parts, keep=1 + len(within))
        self.refresh_bindings()

    # --- from place to place --------------------------------------------------------------------

    @on(FeedList.Opened)
    def action_open(self) -> None:
        """Read the articles of the feed at the cursor."""
        if self.feed is not None:
            self.dismiss(feed_wording.articles_query(self.feed, self._all or ()))

    def action_filter(self) -> None:
        """Show other feeds: all, with unread articles, failing."""
        self._which = _NEXT[self._which]
        self._show()

    def action_back(self) -> None:
        """Undo one step of the way here: what is found, the filter, the feeds."""
        if self._which != "all" and not self.pane.query_text:
            self._which = "all"
            self._show()
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave del to the line for its text, while the reader types there."""
        if action == "unsubscribe" and self.is_finding:
            return False
        return super().check_action(action, parameters)


def _text_of(feed: Subscribed) -> str:
    return " ".join([feed.name, feed.address, *(f"#{tag}" for tag in feed.tags)])
