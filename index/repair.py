"""Repairs of the index: at once for who waits for right answers, or beside a screen that answers.

A screen must not stand still while a hundred thousand articles are read again. There, search
answers from what is whole, and the index is built anew by other processes, led by a thread.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from index.change_log import ChangeLog
from index.errors import BroadsheetError, IndexDoubtedError, LibraryError, StoppedError
from index.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.errors import IndexDamagedError
    from index.fulltext import FullText
    from index.progress import Listener
    from index.store import Store


class Repairs:
    """Repairs of the index of one record.

    ``fulltext``: returns the index; whoever asks first waits for the search engine to be imported.
    ``notice``: told once what is wrong, when something is done about it. ``progress``: told how far
    what is done beside the screen has come, at last with nothing left to do.
    """

    def __init__(
        self,
        fulltext: Callable[[], FullText],
        store: Store,
        notice: Callable[[str], object],
        progress: Listener,
    ) -> None:
        self._fulltext, self._store = fulltext, store
        self._notice, self._progress = notice, progress
        self.are_beside = False
        """Whether search goes on meanwhile."""

        self._mutex = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._is_wanted = False
        self._is_left = threading.Event()

    def make(self, progress: Listener | None = None) -> None:
        """Build the index anew if need be, and return when it is there."""
        self._fulltext().repair(ChangeLog(self._store, progress or self._progress), self._say)
        with self._mutex:
            self._is_wanted = False

    def go_beside(self) -> None:
        """From now on repair beside what goes on; begin with a look at every byte of the index."""
        if not self.are_beside:
            self.are_beside = True
            self._start(self._check)

    def begin(self, damage: IndexDamagedError) -> None:
        """Build the index anew beside what goes on, unless it is not to be, or was begun already.

        Where it can't be built, it is left at that: whoever types would hear of it at every key.
        """
        with self._mutex:
            if self._is_wanted or not self.are_beside:
                return
            self._is_wanted = True
        self._start(lambda: self._repair(damage))

    def stop(self) -> None:
        """Leave everything as it is, and return when nothing is done any more."""
        self._is_left.set()
        for thread in self._threads:
            thread.join()

    def _start(self, task: Callable[[], object]) -> None:
        thread = threading.Thread(target=self._run, args=(task,), name="repair", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self, task: Callable[[], object]) -> None:
        try:
            task()
        except StoppedError:
            pass
        except BroadsheetError as error:
            self._notice(str(error))
        except Exception as error:  # noqa: BLE001 -- a thread must not end in silence
            self._notice(f"Something went wrong: {type(error).__name__}: {error}")

    def _check(self) -> None:
        """Read the index; its arrays are not looked into, as that would take memory."""
        for fault in self._fulltext().faults(self._going_on, within=False):
            self.begin(fault)

    def _repair(self, damage: IndexDamagedError) -> None:
        try:
            was_needed = self._fulltext().repair(ChangeLog(self._store, self._listen), self._say)
        finally:
            if not self._is_left.is_set():
                self._progress(Progress("indexing", 0, 0))
        if isinstance(damage, IndexDoubtedError) and not was_needed:
            # Nothing is wrong with the files: so it is a fault of ours.
            raise LibraryError(str(damage))
        with self._mutex:
            self._is_wanted = False

    def _listen(self, progress: Progress) -> None:
        self._going_on()
        self._progress(progress)

    def _going_on(self) -> None:
        if self._is_left.is_set():
            raise StoppedError

    def _say(self, damage: IndexDamagedError) -> None:
        # A new library has no index yet, and nothing that could be missing in one.
        if self._store.articles.last_change() or self._fulltext().version:
            meanwhile = "; some articles can't be found until then" if self.are_beside else ""
            self._notice(f"{damage} It is being rebuilt{meanwhile}.")
