"""The reader on a stage: opened over a library, driven by keys, and looked at."""

from __future__ import annotations

import asyncio
import unicodedata
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style
from textual.events import Key
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.widgets import Input
from textual.widgets._toast import Toast

from index.gather import Report
from reader.app import BroadsheetApp
from reader.config import Config

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.app import App
    from textual.pilot import Pilot
    from textual.strip import Strip

    from index.gather import Listener
    from index.library import Library
    from index.results import Results
    from reader.app import Job
    from reader.screens.main import MainScreen
    from reader.widgets.guided_article import GuidedArticle
    from reader.widgets.result_list import ResultList

WIDE, NARROW, SMALL = (120, 40), (80, 24), (40, 12)
SIZES = (WIDE, NARROW, SMALL)

_MOST_TRIES = 3000
"""Half a minute: some things are done by processes that take a while to start."""

_PAUSE = 0.01

_ROUNDS = 4
"""Half as many as a message takes from a widget up to the screen, and what it causes back down."""


def nothing_to_do(library: Library, progress: Listener) -> Report:
    """Bring nothing up to date: the library is as it should be."""
    return Report()


def strips(app: App[None]) -> list[Strip]:
    """Return what is on the screen. The one place that asks Textual's compositor for it."""
    return app.screen._compositor.render_strips()


def screen_text(app: App[None]) -> str:
    """Return what is on the screen as plain text."""
    return "\n".join(strip.text for strip in strips(app))


async def until(pilot: Pilot[None], condition: Callable[[], object], what: str = "") -> None:
    """Wait until a condition holds; fail with a picture of the screen where it never does."""
    for _ in range(_MOST_TRIES):
        await pilot.pause(0)
        if condition():
            return
        await pilot.pause(_PAUSE)
    picture = screen_text(pilot.app)
    raise AssertionError(f"never came to be: {what or condition}\n{picture}")


def _key(key: str) -> Key:
    """Return what a terminal sends for a key, given by its character or, like ``enter``, a name."""
    if len(key) > 1:
        return Key(key, None)
    name = unicodedata.name(key).lower().replace("-", "_").replace(" ", "_")
    return Key(key if key.isalnum() else KEY_NAME_REPLACEMENTS.get(name, name), key)


class Drawn(NamedTuple):
    """A stretch of the screen in one style, and where it is."""

    x: int
    y: int
    text: str
    style: Style


class Stage:
    """An open reader, and what a person would do with it and see."""

    def __init__(self, app: BroadsheetApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    # --- doing ----------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and let the screen follow.

        As :meth:`textual.pilot.Pilot.press`, without its wait of a twentieth of a second a key.
        """
        for key in keys:
            self.app.post_message(_key(key))
            await self.settle()
        await self.settle()
        await self._record_idle()
        await self.settle()

    async def _record_idle(self) -> None:
        """Wait for what is done with the record: what is put behind it is done after it."""
        written = asyncio.Event()
        deliver = asyncio.get_running_loop().call_soon_threadsafe
        self.app.record.put(lambda: None, deliver, lambda _: written.set())
        # Nobody writes any more once the reader is left.
        while not (written.is_set() or self._is_left()):
            with suppress(TimeoutError):
                await asyncio.wait_for(written.wait(), _PAUSE)

    def _is_left(self) -> bool:
        return not self.app.is_running

    @staticmethod
    def key(key: str) -> Key:
        """Return what a terminal sends for a key."""
        return _key(key)

    async def settle(self) -> None:
        """Let all widgets work off what they were sent, and what came of that."""
        for _ in range(_ROUNDS):
            await self.pilot.pause(0)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until a condition holds."""
        await until(self.pilot, condition, what)

    async def search(self, query: str) -> None:
        """Type a query from wherever one is, and go to its results."""
        await self.press("\\", "ctrl+u", *query)
        await self.until(lambda: self.answered == query, f"an answer to {query!r}")
        await self.press("enter")

    async def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(*size)
        await self.pilot.pause()

    # --- seeing ---------------------------------------------------------------------------------

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return self.app.main

    @property
    def result_list(self) -> ResultList:
        """The list of results."""
        return self.main.result_list

    @property
    def article_view(self) -> GuidedArticle:
        """The open article."""
        return self.main.view

    @property
    def results(self) -> Results:
        """The results on the screen."""
        assert self.main.results is not None
        return self.main.results

    @property
    def answered(self) -> str | None:
        """The query that the results on the screen are for."""
        return None if self.main.results is None else self.main.results.query

    @property
    def text(self) -> str:
        """The screen as plain text."""
        return screen_text(self.app)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return self.text.split("\n")

    @property
    def status(self) -> str:
        """The last line of the screen."""
        return self.lines[-1]

    @property
    def finding(self) -> bool:
        """Whether something is looked for within the article."""
        return self.article_view.finding

    @property
    def said(self) -> str:
        """What the reader was told for a few seconds."""
        toasts = (str(toast.render()) for toast in self.app.screen.query(Toast))
        return "\n".join([self.status, *toasts])

    @property
    def title(self) -> str:
        """The title of the article in view, or nothing."""
        return self.main.article.title if self.main.article else ""

    @property
    def titles(self) -> list[str]:
        """The titles of the results that are here, in their order."""
        results = self.main.results
        return [hit.title for hit in results.hits] if results else []

    @property
    def lit(self) -> str:
        """What stands on the lines of the article that are lit."""
        view = self.article_view
        ground = view.style_of("paragraph", ground="line--lit").bgcolor
        here = (one for one in self.drawn() if one.x >= view.region.x)
        texts = (one.text.strip(" ┃") for one in here if one.style.bgcolor == ground)
        return " ".join(text for text in texts if text)

    def drawn(self) -> list[Drawn]:
        """Return all stretches of the screen, with their styles."""
        found = []
        for y, strip in enumerate(strips(self.app)):
            x = 0
            for segment in strip:
                found.append(Drawn(x, y, segment.text, segment.style or Style()))
                x += segment.cell_length
        return found

    def place_of(self, text: str) -> tuple[int, int]:
        """Return the column and line where a text stands on the screen."""
        for y, line in enumerate(self.lines):
            if text in line:
                return line.index(text), y
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")


async def opened(app: BroadsheetApp, pilot: Pilot[None]) -> Stage:
    """Wait until a reader that was started shows its first results and has nothing to do."""
    stage = Stage(app, pilot)
    await stage.until(lambda: hasattr(app, "main") and app.main.is_mounted, "the main screen")
    for line in app.main.query(Input):
        line.cursor_blink = False
    await stage.until(lambda: app.main.settled, "the end of the update")
    await app.workers.wait_for_complete()
    await stage.until(lambda: app.main.results is not None, "the first results")
    # Scrollbars appear when there is nothing else to do.
    await pilot.pause()
    return stage


@asynccontextmanager
async def reading(
    library: Library,
    size: tuple[int, int] = WIDE,
    config: Config | None = None,
    update: Job = nothing_to_do,
) -> AsyncIterator[Stage]:
    """Open the reader over a library, and wait for its first results."""
    app = BroadsheetApp(library, config or Config(), update)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield await opened(app, pilot)
