"""A screen on which an article is read: it answers what the article view can but ask."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.reactive import reactive

from reader import wording
from reader.drawing.choices import link_choices, outline_of
from reader.drawing.links import links_of
from reader.keymap import bind
from reader.screens.opening_screen import OpeningScreen
from reader.widgets.guided_article import GuidedArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType

    from index.library import Library
    from reader.config import Config
    from reader.drawing.choices import Choice
    from reader.memory import Arrangement, Memory
    from reader.screens.choose import Chosen

NO_CARRIER = "No paragraph says more of this key point."

_ON_WIDE_SCREENS: dict[Arrangement, str] = {
    "list": "On a wide screen: only the list.",
    "both": "On a wide screen: list and article side by side.",
}


class ReadingScreen(OpeningScreen):
    """Results, and an article to find one's way in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "O", "outline", "Outline", id="article.outline",
            tooltip="Outline: the key points and headings, to go to",
        ),
        bind(
            "L", "links", "Links", id="article.links",
            tooltip="Links: by their numbers, to be opened or copied",
        ),
        bind(
            "z", "zen", "Zen", id="screen.zen",
            tooltip="Zen: only the article, or all panes again",
        ),
        bind(
            "Z", "single", "List only", id="screen.single",
            tooltip="Only the list, or list and article side by side",
        ),
        bind(
            "greater_than_sign", "widen(4)", "Wider", id="article.wider",
            tooltip="Make the lines wider",
        ),
        bind(
            "less_than_sign", "widen(-4)", "Narrower", id="article.narrower",
            tooltip="Make the lines narrower",
        ),
    ]  # fmt: skip

    arrangement: reactive[Arrangement] = reactive("both", init=False)
    """Which panes are shown, on a wide screen, and while an article is read."""

    def __init__(self, library: Library, config: Config, memory: Memory) -> None:
        super().__init__(library, config.sort)
        self._memory, self._configured_measure = memory, config.measure
        self.measure = memory.measure(config.measure)
        """The greatest width of an article's lines at the start."""

    # --- panes ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Arrange the panes as they were left."""
        self.arrangement = self._memory.habits.arrangement

    def watch_arrangement(self, arrangement: Arrangement) -> None:
        """Show the panes that are wanted, and remember which they are."""
        self.set_panes("-single", on=arrangement == "list")
        self.set_panes("-alone", on=arrangement == "article")
        self._remember(arrangement=arrangement)
        self.view.post_message(self.view.Moved())

    def _remember(self, **habits: object) -> None:
        changed = self._memory.habits.model_copy(update=habits)
        if changed != self._memory.habits:
            self._memory.habits = changed
            self._write(self._memory.save)

    @property
    def shows_both(self) -> bool:
        """Whether list and article are side by side."""
        return self.has_class("-wide") and self.arrangement != "list"

    def action_zen(self) -> None:
        """Show nothing but the article, or all panes again."""
        self.arrangement = "both" if self.arrangement == "article" else "article"
        self.reading = True

    def action_single(self) -> None:
        """Show the list alone, or list and article side by side."""
        self.arrangement = "both" if self.arrangement == "list" else "list"
        if not self.has_class("-wide"):
            self.say(_ON_WIDE_SCREENS[self.arrangement])

    def action_widen(self, columns: int) -> None:
        """Make the lines of articles wider or narrower, and remember that."""
        measure = self.view.widen(columns)
        if measure is None:
            self.say("No wider than this." if columns > 0 else "No narrower than this.")
            return
        self._remember(measure=measure, configured=self._configured_measure)
        self.say(f"Lines of {wording.count(measure, 'column')} at most.")

    # --- outline and links ----------------------------------------------------------------------

    async def action_outline(self) -> None:
        """Let the reader choose a place of the article, and go there."""
        stops = outline_of(self.article) if self.article else ()
        if not stops:
            self.say("This article has no headings.")
            return

        def go(chosen: Chosen | None) -> None:
            if chosen is not None:
                self.reading = True
                self.view.go_to_lit(stops[chosen.place].text)

        at = max(0, sum(stop.text <= self.view.text_in_view for stop in stops) - 1)
        choices = [stop.choice for stop in stops]
        await self._choose("Outline", "Enter goes there, Esc back.", choices, go, at=at)

    async def action_links(self) -> None:
        """Let the reader choose a link of the article, and open or copy it."""
        links = links_of(self.article).addresses if self.article else ()
        if self.article is None or not links:
            self.say("This article leads nowhere.")
            return

        def use(chosen: Chosen | None) -> None:
            if chosen is None:
                return
            act = self.copy_address if chosen.copied else self.open_address
            act(links[chosen.place])

        hint = "A number or j k choose, Enter opens, y copies, Esc back."
        await self._choose("Links", hint, link_choices(self.article), use, copies=True)

    async def _choose(
        self,
        title: str,
        hint: str,
        choices: Sequence[Choice],
        then: Callable[[Chosen | None], None],
        **how: Any,
    ) -> None:
        # Not needed by the first frame.
        from reader.screens.choose import ChooseScreen  # noqa: PLC0415

        await self.app.push_screen(ChooseScreen(title, hint, choices, **how), then)

    # --- what the article asks for --------------------------------------------------------------

    @on(GuidedArticle.Said)
    def _said(self, event: GuidedArticle.Said) -> None:
        self.say(event.text)

    @on(GuidedArticle.PointFollowed)
    @work(group="point", exclusive=True)
    async def _follow_point(self, event: GuidedArticle.PointFollowed) -> None:
        """Go to the paragraph that carries a key point, which takes a while to find in a book."""
        # Imports Whoosh, which the first frame does without.
        from index.carriers import carrier_of  # noqa: PLC0415

        block = await asyncio.to_thread(carrier_of, event.article, event.point)
        if event.article is not self.article or not self.view.choosing:
            return
        if block is None:
            self.say(NO_CARRIER)
        else:
            self.view.go_to_block(block)
