"""The application: themes, keys, the screens, and a clean end however it comes."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.message import Message

from index.cleaning import mask
from index.errors import BroadsheetError, StoppedError
from reader import locations, wording
from reader.beside.errands import Add, Sync
from reader.beside.search_worker import told
from reader.errand_app import ErrandApp
from reader.keymap import bind, display, unknown
from reader.memory import Memory
from reader.screens.main import MainScreen
from reader.themes import THEMES, fallback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import ActiveBinding, BindingType
    from textual.screen import Screen

    from index.gather import Progress, Report
    from index.library import Library
    from reader.config import Config
    from reader.screens.feeds import FeedsScreen

    Job = Callable[[Library, Callable[[Progress], None]], Report]
    """Something long that changes the library and tells how far it is."""

_LOOK_SECONDS = 2.0
"""How often to look whether another process wrote to the library."""

_PROGRESS_SECONDS = 0.1


class BroadsheetApp(ErrandApp):
    """The reader over one library."""

    TITLE = "Broadsheet"
    CSS_PATH = "broadsheet.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  (as in the base)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-medium"), (30, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("question_mark,f1", "help", "Help", id="help.open"),
        bind(
            "a", "add", "Add articles", id="add.open",
            tooltip="Add articles: files, folders, archives, web addresses",
        ),
        bind("F", "feeds", "Feeds", id="feeds.show", tooltip="The feeds"),
        bind("R", "sync", "Sync all", id="feeds.sync", tooltip="Sync all feeds, or end that"),
        bind("Q", "quit", "Quit at once", id="quit"),
    ]  # fmt: skip

    class Updated(Message):
        """The library is up to date, or can't be brought there."""

        def __init__(self, report: Report | None, error: BroadsheetError | None = None) -> None:
            super().__init__()
            self.report = report
            self.error = error

    class Progressed(Message):
        """The library has come further on its way there."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    def __init__(
        self, library: Library, config: Config, update: Job, name: str = "the library"
    ) -> None:
        super().__init__(library.folder)
        self._name_of_library = mask(name)
        self._library = library
        self._config = config
        self.chosen_keys = config.keys
        self._update = update
        self._seen: object = None
        self._feeds: FeedsScreen | None = None
        self._leaving = threading.Event()
        self._last_progress = 0.0
        library.notice = self._notice
        library.progress = self._listen
        for theme in THEMES:
            self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the other themes our colour names."""
        return fallback(dark=self.current_theme.dark)

    def on_mount(self) -> None:
        """Set the reader up, and bring the library up to date beside it."""
        self._use_config()
        memory = Memory(locations.habits())
        self.main = MainScreen(self._library, self._config, memory, self._name_of_library)
        self.push_screen(self.main)
        self.call_after_refresh(self._begin_in_background)

    def _begin_in_background(self) -> None:
        """Do what would hold up the first frame."""
        self._library.keep_answering()
        self._bring_up_to_date()
        if seconds := self._config.sync_seconds:
            self.sync(due=True)
            self.set_interval(seconds, lambda: self.sync(due=True))
        self.set_interval(_LOOK_SECONDS, self._look_now_and_then)
        self.start_up_is_over()

    def _use_config(self) -> None:
        if self._config.theme in self.available_themes:
            self.theme = self._config.theme
        else:
            self.theme = THEMES[0].name
            self.warn(f"There is no theme “{self._config.theme}”.")
        if self.chosen_keys:
            from reader.panes import PANES  # noqa: PLC0415  (all that has keys)

            known = [node for _, nodes in PANES for node in nodes]
            for name in unknown(known, self.chosen_keys):
                self.warn(f"There is no action “{name}” to give keys to.")
            self.set_keymap(self.chosen_keys)

    def _notice(self, text: str) -> None:
        """Hear what the library has to say, on any thread."""
        self.call_later(self.warn, text)

    # --- the library ----------------------------------------------------------------------------

    @work(thread=True, group="update", exit_on_error=False)
    def _bring_up_to_date(self) -> None:
        """Take in beside the screen what the reader was opened on."""
        try:
            self.post_message(self.Updated(self._update(self._library, self._listen)))
        except Exception as error:  # noqa: BLE001
            self.post_message(self.Updated(None, told(error)))

    def _listen(self, progress: Progress) -> None:
        """Hear of progress, on any thread; end what goes on while the reader is being left."""
        if self._leaving.is_set():
            raise StoppedError
        if progress.is_over or time.monotonic() - self._last_progress >= _PROGRESS_SECONDS:
            self._last_progress = time.monotonic()
            self.post_message(self.Progressed(progress))

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave the reader, and whatever goes on beside the screen."""
        self._leaving.set()
        if self.main.is_there:
            self.main.leaving()
            super().exit(*args, **options)
        else:
            # Its panes are on their way, and would look for one another in vain.
            self.call_after_refresh(self.exit, *args, **options)

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self.main.is_there:
            over = event.progress.is_over
            self.activity("" if over else wording.progress(event.progress))
            self._look()

    @on(Updated)
    def _updated(self, event: Updated) -> None:
        if not self.main.is_there:
            return
        self.activity("")
        self.main.settled = self.main.up_to_date = True
        if event.error is not None:
            self.warn(str(event.error))
        if event.report is not None and event.report.problems:
            self.warn(wording.problems(event.report))
        self._has_changed()
        # Also where nothing came: what an empty list says depends on there being nothing to come.
        self.main.ask(keep_place=True)

    def came(self, feed: str | None = None) -> None:
        """Show what came of an errand, a feed with this key perhaps."""
        if self.main.is_there:
            self._look()
            self._look_at_feeds(feed)

    def _look_now_and_then(self) -> None:
        self._look()
        if self.errands.is_under_way(Sync):
            self._look_at_feeds()

    def _look(self) -> None:
        """Show what came into the library, from here or from another process."""
        if self._has_changed():
            self.main.ask(keep_place=True)

    def _has_changed(self) -> bool:
        """Tell whether something came into the library since this was last asked."""
        before = self._seen
        with suppress(BroadsheetError):
            self._seen = self._library.version
        return self._seen != before

    def _look_at_feeds(self, key: str | None = None) -> None:
        if self._feeds is not None:
            self._feeds.look(key)

    @on(MainScreen.SamplesWanted)
    def _add_samples(self) -> None:
        samples = locations.samples()
        if samples is not None:
            self.errands.send(Add(places=(str(samples),)))

    async def action_feeds(self) -> None:
        """Show the feeds; the articles of one, if the reader wants them."""
        # Not needed by the first frame.
        from reader.screens.feeds import FeedsScreen  # noqa: PLC0415

        def show(query: str | None) -> None:
            self._feeds = None
            if query is not None:
                self.main.reading = False
                self.main.search_for(query)

        self._feeds = FeedsScreen(self._library.feeds)
        await self.push_screen(self._feeds, show)

    # --- help and palette -----------------------------------------------------------------------

    async def action_help(self) -> None:
        """Show all keys."""
        # Not needed by the first frame.
        from reader.panes import PANES  # noqa: PLC0415
        from reader.screens.help import HelpScreen  # noqa: PLC0415

        await self.push_screen(HelpScreen(PANES, self.chosen_keys))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to what is open before the rest."""
        if action in ("help", "sync"):
            return not self.screen.is_modal
        if action in ("add", "feeds"):
            return self.screen is self.main
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Put every action that is possible now into the command palette."""
        alive: dict[str, list[ActiveBinding]] = {}
        for active in screen.active_bindings.values():
            if active.binding.id and active.enabled:
                alive.setdefault(active.binding.id, []).append(active)
        for actives in alive.values():
            binding, node = actives[0].binding, actives[0].node
            yield SystemCommand(
                f"{binding.tooltip or binding.description} ({binding.id})",
                " ".join(display(active.binding.key) for active in actives),
                partial(self.call_later, self.run_action, binding.action, node),
            )
        yield SystemCommand("Change the theme", "Light, dark and others", self.action_change_theme)


def run(library: Library, config: Config, update: Job, name: str) -> None:
    """Open the screen over a library called ``name``, and return when the reader is left.

    Raises ``SystemExit`` with its exit code where the screen broke down.
    """
    app = BroadsheetApp(library, config, update, name)
    app.run()
    if app.return_code:
        sys.exit(app.return_code)
