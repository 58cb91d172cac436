"""Writing marks beside the screen: one thread, in the order they were made, and none is lost."""

from __future__ import annotations

import threading
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from reader.search_worker import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.errors import BroadsheetError

    Change = Callable[[], Any]
    Then = Callable[[Any], None]


class MarkWriter:
    """A long-lived thread that waits for the record where another program is writing to it.

    ``deliver`` is called on that thread with something to be called on the screen's; ``complain``
    is among what is delivered, with what went wrong.
    """

    def __init__(
        self,
        deliver: Callable[[Callable[[], None]], object],
        complain: Callable[[BroadsheetError], None],
    ) -> None:
        self._deliver = deliver
        self._complain = complain
        self._changes: SimpleQueue[tuple[Change, Then] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="marks", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is left, and end the thread."""
        self._changes.put(None)
        self._thread.join()

    def put(self, change: Change, then: Then) -> None:
        """Make a change of the record soon, and then call ``then`` with its result."""
        self._changes.put((change, then))

    def _work(self) -> None:
        while (waiting := self._changes.get()) is not None:
            change, then = waiting
            try:
                result = change()
            except Exception as error:  # noqa: BLE001
                self._deliver(partial(self._complain, told(error)))
            else:
                self._deliver(partial(then, result))
