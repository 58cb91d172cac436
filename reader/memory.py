"""What the reader remembers of the screen from one time to the next: not settings, but habits."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reader.config import LEAST_MEASURE, MOST_MEASURE

if TYPE_CHECKING:
    from pathlib import Path

Arrangement = Literal["both", "list", "article"]
"""On a wide screen: list and article side by side; one of them at a time; the article alone."""


class Habits(BaseModel):
    """How the screen was left. What an older or a newer reader wrote is taken as far as it goes."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    arrangement: Arrangement = "both"
    measure: int | None = Field(default=None, ge=LEAST_MEASURE, le=MOST_MEASURE)
    """The measure that was set by keys."""

    configured: int | None = None
    """The measure of the configuration at that time: if it is another one by now, that counts."""


class Memory:
    """The habits, kept in a small file; without it, or where it is damaged, there are none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.habits = _read(path) if path is not None else Habits()
        self._written = self.habits

    def measure(self, configured: int) -> int:
        """Return the measure: as it was set by keys, unless it was configured anew since."""
        habits = self.habits
        if habits.measure is None or habits.configured != configured:
            return configured
        return habits.measure

    def save(self) -> None:
        """Write the file, if it says something else.

        What can't be written is no reason to stand in anybody's way.
        """
        habits = self.habits
        if self._path is None or habits == self._written:
            return
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(habits.model_dump_json(), encoding="utf-8")
            aside.replace(self._path)
            self._written = habits


def _read(path: Path) -> Habits:
    try:
        return Habits.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return Habits()
