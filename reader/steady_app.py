"""An application that stays quick while it is used, and ends in order however its end comes."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import InputEvent

from reader import terminal
from reader.tidying import Tidying

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.events import Event

_LOOK_SECONDS = 2.0
"""How often to look whether the terminal is still there, and whether nobody waits."""


class SteadyApp(App[None]):
    """What is between the reader and the terminal, the system and Python."""

    def __init__(self) -> None:
        super().__init__()
        self._tidying = Tidying()
        self.inputs = 0
        """How many keys were pressed, and movements of the mouse made, so far."""

    def get_driver_class(self) -> type[Driver]:
        """Draw so that a terminal may go away."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        # Other systems have no such driver, and tests none at all.
        from reader.steady_driver import SteadyDriver  # noqa: PLC0415

        return SteadyDriver

    def on_mount(self) -> None:
        """Give the terminal back in order when the window is closed or the process ended."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, RuntimeError):
                loop.add_signal_handler(number, self.exit)

    def start_up_is_over(self) -> None:
        """From now on, keep what would stop the screen to the pauses."""
        self._tidying.begin()
        self.set_interval(_LOOK_SECONDS, self._look_after_itself)

    def on_unmount(self) -> None:
        """Leave everything as it was."""
        self._tidying.end()

    def _look_after_itself(self) -> None:
        if terminal.is_gone():
            self.exit()
        self._tidying.look()

    async def on_event(self, event: Event) -> None:
        """Take notice of keys and the mouse."""
        if isinstance(event, InputEvent):
            self.inputs += 1
            self._tidying.input_came()
        await super().on_event(event)
