"""A screen with a feed at hand: what can be done with that feed, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from index.tagging import tags_in
from reader.beside.errands import Subscribe
from reader.keymap import bind
from reader.screens.ask import AskScreen, Paths
from reader.screens.asking import TAGS_HINT

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from index.feeds import Feeds, Subscribed
    from reader.errand_app import ErrandApp

    Undo = Callable[[], None]

_OF_A_FEED = frozenset({"open", "sync_one", "unsubscribe", "rename", "tag", "always_full"})
"""Actions that are about the feed at hand."""


class FeedScreen(Screen[str | None]):
    """Changes of :attr:`feed`; which feeds are shown is up to a subclass."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "a", "subscribe", "Subscribe", id="feeds.subscribe",
            tooltip="Subscribe: an address, a file, a list of feeds, a command",
        ),
        bind("r", "sync_one", "Sync", id="feeds.sync_one", tooltip="Sync this feed"),
        bind(
            "x,delete", "unsubscribe", "Remove", id="feeds.remove",
            tooltip="Remove the feed; its articles stay",
        ),
        bind("e", "rename", "Rename", id="feeds.rename", tooltip="Call the feed by another name"),
        bind("t", "tag", "Tags", id="feeds.tag", tooltip="Give the feed tags"),
        bind(
            "w", "always_full", "Whole pages", id="feeds.full",
            tooltip="Fetch the page of each new article, too; or no longer",
        ),
        bind("U", "undo", "Undo", id="feeds.undo", tooltip="Undo the last change of a feed"),
    ]  # fmt: skip

    app: ErrandApp

    def __init__(self, feeds: Feeds) -> None:
        super().__init__()
        self._feeds = feeds
        self._undoes: list[tuple[Subscribed, str, Undo]] = []
        """What was changed; only touched where changes are made, so that their order is kept."""

    @property
    def feed(self) -> Subscribed | None:
        """The feed at hand."""
        raise NotImplementedError

    def look(self, key: str | None = None) -> None:
        """Show the feeds as they are now, soon, and go to the one with this key."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing where there is no feed to do it with."""
        if action in _OF_A_FEED:
            return self.feed is not None
        return super().check_action(action, parameters)

    # --- changing -------------------------------------------------------------------------------

    def _change(self, feed: Subscribed, what: str, change: Callable[[], Undo]) -> None:
        def make() -> None:
            self._undoes.append((feed, what, change()))

        def made(_: object) -> None:
            self.app.say(f"{feed.name}: {what}")
            self.look()

        self.app.record.put(make, self.call_later, made)

    def action_undo(self) -> None:
        """Take back the last change."""

        def take_back() -> tuple[Subscribed, str] | None:
            if not self._undoes:
                return None
            feed, what, undo = self._undoes.pop()
            undo()
            return feed, what

        def taken_back(change: tuple[Subscribed, str] | None) -> None:
            if change is None:
                self.app.say("There is nothing to undo.")
                return
            feed, what = change
            self.app.say(f"Undone: {what}, {feed.name}")
            self.look(feed.key)

        self.app.record.put(take_back, self.call_later, taken_back)

    def action_unsubscribe(self) -> None:
        """Forget the feed."""
        if (feed := self.feed) is not None:
            what = "removed, its articles stay"
            self._change(feed, what, lambda: self._feeds.unsubscribe(feed.key))

    def action_always_full(self) -> None:
        """Have whole pages fetched, or no longer."""
        if (feed := self.feed) is not None:
            on = not feed.always_full
            what = f"whole pages {'on' if on else 'off'}"
            self._change(feed, what, lambda: self._feeds.set_always_full(feed.key, on=on))

    async def action_rename(self) -> None:
        """Let the reader type another name."""
        if (feed := self.feed) is None:
            return

        def rename(name: str | None) -> None:
            if name is not None:
                self._change(feed, "renamed", lambda: self._feeds.rename(feed.key, name))

        hint = f"Empty: as it calls itself, {feed.title or feed.address}."
        asking = AskScreen("Rename the feed", hint, value=feed.name, required=False)
        await self.app.push_screen(asking, rename)

    async def action_tag(self) -> None:
        """Let the reader type tags."""
        if (feed := self.feed) is None:
            return

        def tag(typed: str | None) -> None:
            if typed is not None:
                tags = tags_in(typed)
                self._change(feed, "tagged", lambda: self._feeds.tag(feed.key, tags))

        tags = ", ".join(feed.tags)
        asking = AskScreen("Tags of the feed", TAGS_HINT, value=tags, required=False)
        await self.app.push_screen(asking, tag)

    # --- fetching -------------------------------------------------------------------------------

    async def action_subscribe(self) -> None:
        """Let the reader say which feed to subscribe to."""

        def subscribe(typed: str | None) -> None:
            if typed is not None:
                self.app.errands.send(Subscribe(address=typed))
                self.app.say("Looking for the feed…")

        hint = "A feed, a page that leads to one, a file, a list (OPML), or exec: and a command."
        asking = AskScreen("Subscribe", hint, placeholder="news.example", suggester=Paths())
        await self.app.push_screen(asking, subscribe)

    def action_sync_one(self) -> None:
        """Sync the feed."""
        if (feed := self.feed) is not None:
            self.app.sync((feed.key,))
