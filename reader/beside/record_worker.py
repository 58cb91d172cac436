"""What is written to and read from the record beside the screen: in order, and nothing is lost."""

from __future__ import annotations

import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from reader.beside.search_worker import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.errors import BroadsheetError

    Task = Callable[[], Any]
    Then = Callable[[Any], None]
    Deliver = Callable[[Then, Any], object]


class RecordWorker:
    """A long-lived thread that waits for the record where another program is writing to it.

    ``complain`` is told what went wrong, on that thread.
    """

    def __init__(self, complain: Callable[[BroadsheetError], object]) -> None:
        self._complain = complain
        self._tasks: SimpleQueue[tuple[Task, Deliver, Then] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="record", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Do what is left, and end the thread."""
        self._tasks.put(None)
        self._thread.join()

    def put(self, task: Task, deliver: Deliver, then: Then = lambda _: None) -> None:
        """Do something with the record soon, and then have ``then`` called with its result.

        ``deliver`` does so on the thread of whoever asks, if it is still there.
        """
        self._tasks.put((task, deliver, then))

    def _work(self) -> None:
        while (waiting := self._tasks.get()) is not None:
            task, deliver, then = waiting
            # Whoever asked may be gone: what waits behind it has to be done all the same.
            try:
                deliver(then, task())
            except Exception as error:  # noqa: BLE001
                self._complain(told(error))
