"""What is written to and read from the record beside the screen: in order, and nothing is lost."""

from __future__ import annotations

import threading
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from reader.beside.search_worker import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.errors import BroadsheetError

    Task = Callable[[], Any]
    Then = Callable[[Any], None]


class RecordWorker:
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
        self._tasks: SimpleQueue[tuple[Task, Then] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="record", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Do what is left, and end the thread."""
        self._tasks.put(None)
        self._thread.join()

    def put(self, task: Task, then: Then) -> None:
        """Do something with the record soon, and then call ``then`` with its result."""
        self._tasks.put((task, then))

    def _work(self) -> None:
        while (waiting := self._tasks.get()) is not None:
            task, then = waiting
            try:
                result = task()
            except Exception as error:  # noqa: BLE001
                self._deliver(partial(self._complain, told(error)))
            else:
                self._deliver(partial(then, result))
