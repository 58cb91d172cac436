"""How far a long task has come, and whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Progress(NamedTuple):
    """How far a long task has come: ``done`` of ``total`` (0 where not known yet)."""

    task: str
    done: int
    total: int = 0
    part: float | None = None
    """How much of everything is done, from 0 to 1, where that is known without the total."""

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == self.total


Listener = Callable[[Progress], None]
"""What is told how far a long task has come."""


def silent(_: Progress) -> None:
    """Listen to no progress."""
