"""The application: themes, keys, the screens, and a clean end however it comes."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.message import Message

from index.cleaning import mask
from index.errors import BroadsheetError, StoppedError
from reader import locations, wording
from reader.keymap import bind, display, unknown
from reader.screens.article_screen import ArticleScreen
from reader.screens.main import MainScreen
from reader.screens.results_screen import ResultsScreen
from reader.search_worker import told
from reader.themes import THEMES, fallback
from reader.widgets.article_view import ArticleView
from reader.widgets.paged_lines import PagedLines
from reader.widgets.result_list import ResultList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import ActiveBinding, BindingType
    from textual.screen import Screen

    from index.gather import Progress, Report
    from index.library import Library
    from reader.config import Config

    Job = Callable[[Library, Callable[[Progress], None]], Report]
    """Something long that changes the library and tells how far it is."""

_LOOK_SECONDS = 2.0
"""How often to look whether another process wrote to the library."""

_PROGRESS_SECONDS = 0.1


class BroadsheetApp(App[None]):
    """The reader over one library."""

    TITLE = "Broadsheet"
    CSS_PATH = "broadsheet.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  (as in the base)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("question_mark,f1", "help", "Help", id="help.open"),
        bind("a", "add", "Add articles", id="add.open"),
        bind("Q", "quit", "Quit at once", id="quit"),
    ]

    class Updated(Message):
        """A job in the background is done, or has failed."""

        def __init__(
            self, report: Report | None, error: BroadsheetError | None = None, *, asked: bool
        ) -> None:
            super().__init__()
            self.report = report
            self.error = error
            self.is_asked = asked
            """The reader asked for it, and likes to hear what came of it."""

    class Progressed(Message):
        """A job in the background has come further."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    def __init__(
        self, library: Library, config: Config, update: Job, name: str = "the library"
    ) -> None:
        super().__init__()
        self._name_of_library = mask(name)
        self._library = library
        self._config = config
        self._update = update
        self._seen: object = None
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
        self._end_well_on_signals()
        self._use_config()
        self.main = MainScreen(self._library, self._config, self._name_of_library)
        self.push_screen(self.main)
        self.call_after_refresh(self._begin_in_background)

    def _begin_in_background(self) -> None:
        """Do what would hold up the first frame."""
        self._library.keep_answering()
        self.run_job(self._update)
        self.set_interval(_LOOK_SECONDS, self._look)
        # What start-up made stays: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()

    def _use_config(self) -> None:
        if self._config.theme in self.available_themes:
            self.theme = self._config.theme
        else:
            self.theme = THEMES[0].name
            self.warn(f"There is no theme “{self._config.theme}”.")
        known = [node for _, nodes in PANES for node in nodes]
        for name in unknown(known, self._config.keys):
            self.warn(f"There is no action “{name}” to give keys to.")
        self.set_keymap(self._config.keys)

    def warn(self, text: str) -> None:
        """Tell the reader that something is not right, as plain text."""
        self.notify(mask(text), markup=False, severity="warning", timeout=8)

    def _notice(self, text: str) -> None:
        """Hear what the library has to say, on any thread."""
        self.call_later(self.warn, text)

    def _end_well_on_signals(self) -> None:
        """Give the terminal back in order when the window is closed or the process ended."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, RuntimeError):
                loop.add_signal_handler(number, self.exit)

    # --- the library ----------------------------------------------------------------------------

    @work(thread=True, group="job", exit_on_error=False)
    def run_job(self, job: Job, *, asked: bool = False) -> None:
        """Do something long beside the screen."""
        try:
            self.post_message(self.Updated(job(self._library, self._listen), asked=asked))
        except Exception as error:  # noqa: BLE001
            self.post_message(self.Updated(None, told(error), asked=asked))

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
        super().exit(*args, **options)

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if not self.main.is_there:
            return
        over = event.progress.is_over
        self.main.status.activity("" if over else wording.progress(event.progress))
        self._look()

    @on(Updated)
    def _updated(self, event: Updated) -> None:
        if not self.main.is_there:
            return
        self.main.status.activity("")
        self.main.settled = self.main.up_to_date = True
        if event.error is not None:
            self.warn(str(event.error))
        if event.report is not None and event.report.problems:
            self.warn(wording.problems(event.report))
        elif event.report is not None and event.is_asked:
            self.main.say(wording.came(event.report))
        self._look()

    def _look(self) -> None:
        """Show what came into the library, from here or from another process."""
        with suppress(BroadsheetError):
            version = self._library.version
            if version != self._seen:
                self._seen = version
                self.main.ask(keep_place=True)

    @on(MainScreen.SamplesWanted)
    def _add_samples(self) -> None:
        samples = locations.samples()
        if samples is not None:
            self.run_job(lambda library, progress: library.add([samples], progress))

    @work
    async def action_add(self) -> None:
        """Let the reader say what to add, and add it beside the screen."""
        # Not needed by the first frame.
        from reader.path_completion import meant  # noqa: PLC0415
        from reader.screens.add import AddScreen  # noqa: PLC0415

        typed = await self.push_screen_wait(AddScreen())
        if typed is not None:
            path = meant(typed)
            self.run_job(lambda library, progress: library.add([path], progress), asked=True)

    # --- help and palette -----------------------------------------------------------------------

    def action_help(self) -> None:
        """Show all keys."""
        # Not needed by the first frame.
        from reader.screens.help import HelpScreen  # noqa: PLC0415

        self.push_screen(HelpScreen(PANES, self._config.keys))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to what is open before the rest."""
        if action in ("help", "add"):
            return not self.screen.is_modal
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


PANES = (
    ("Everywhere", (MainScreen, ResultsScreen, ArticleScreen, BroadsheetApp)),
    ("In the list", (ResultList,)),
    ("In the article", (PagedLines, ArticleView)),
)
"""Whose keys there are, in the order of the help."""


def run(library: Library, config: Config, update: Job, name: str) -> None:
    """Open the screen over a library called ``name``, and return when the reader is left.

    Raises ``SystemExit`` with its exit code where the screen broke down.
    """
    app = BroadsheetApp(library, config, update, name)
    app.run()
    if app.return_code:
        sys.exit(app.return_code)
