"""When Python looks for what nobody can reach any more, and memory goes back to the system.

While the reader does nothing, that is.
"""

from __future__ import annotations

import gc
import time
from contextlib import suppress

PAUSE = 1.0
"""Seconds without a key after which nobody waits for the next picture."""

OFTEN, SELDOM = 10.0, 120.0
"""Seconds from one look at everything to the next: in pauses, and where there are none."""

_LONG = 0.02
"""Seconds that a look at everything may take."""

_NEVER = 1_000_000


class Tidying:
    """Python's collector of cycles, which looks at everything when it is asked to, not in between.

    By itself it does so every other second of typing, and stops the screen for as long as it takes
    to draw it three times.
    """

    def __init__(self) -> None:
        self._thresholds = gc.get_threshold()
        self._input = self._looked = time.monotonic()

    def begin(self) -> None:
        """Take over: what start-up made stays, and need not be looked at again and again."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*self._thresholds[:2], _NEVER)

    def end(self) -> None:
        """Leave it to Python again."""
        gc.set_threshold(*self._thresholds)
        gc.unfreeze()

    def input_came(self) -> None:
        """Note that the reader does something."""
        self._input = time.monotonic()

    def look(self) -> bool:
        """Look at everything, if nobody waits or it was long ago; tell whether that was done.

        Where it takes long, because much is kept by now, that is not looked at again.
        """
        now = time.monotonic()
        every = OFTEN if now - self._input >= PAUSE else SELDOM
        if now - self._looked < every:
            return False
        gc.collect()
        _give_back()
        self._looked = time.monotonic()
        if self._looked - now > _LONG:
            gc.freeze()
        return True


def _give_back() -> None:
    """Have the C library give the system what is free between that which is still used.

    By itself it keeps what large results leave behind, and an hour of typing leaves much. Only
    glibc has this; it takes less than a millisecond.
    """
    # Not needed by the first frame.
    import ctypes  # noqa: PLC0415

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
