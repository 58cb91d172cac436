"""What was measured in one run, kept as JSON: the raw figures, before anything is made of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from benchmarks.memory import Memory
from index.article import Frozen

if TYPE_CHECKING:
    from pathlib import Path


class Asked(Frozen):
    """The answers of one engine to the questions of one kind, in their order."""

    times: tuple[float, ...]
    """Milliseconds from question to answer."""

    processor: tuple[float, ...]
    """Milliseconds of them in which the process was at work, rather than waiting for its turn."""

    hits: tuple[int, ...]
    """How many articles were found, shown or not."""


class EngineFigures(Frozen):
    """What one engine took."""

    version: str
    build_seconds: float
    index_bytes: int
    imports: tuple[float, ...]
    """Milliseconds to import the engine and all it needs, in fresh processes."""

    openings: tuple[float, ...]
    """Milliseconds to open the index and answer a first question, in the same processes."""

    adding: tuple[float, ...]
    """Milliseconds from having an article to finding it."""

    memory: Memory | None
    """After all questions were answered."""

    asked: dict[str, Asked]
    """By kind of question."""


class Machine(Frozen):
    """Where it was measured."""

    system: str
    processor: str
    cores: int
    memory_bytes: int
    python: str
    load: tuple[float, float]
    """How many processes wanted a core, on the average of a minute: before, and after."""


class Run(Frozen):
    """All that was measured with one number of articles."""

    articles: int
    published: int
    """How many of them are as they were published; the others are spliced from two."""

    text_bytes: int
    reading_seconds: float
    """To read all articles from the record, and do nothing with them."""

    day: str
    revision: str
    machine: Machine
    interpreter: Memory | None
    """What an interpreter has that does nothing."""

    engines: dict[str, EngineFigures]
    missing: dict[str, str] = Field(default_factory=dict)
    """Engines that were not measured, and why."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of question that any engine answered."""
        asked = [kind for figures in self.engines.values() for kind in figures.asked]
        return tuple(dict.fromkeys(asked))

    def write(self, folder: Path) -> None:
        """Keep the run in a folder, in the place of an earlier one of this size."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.articles}.json"
        path.write_text(self.model_dump_json(indent=1), encoding="utf-8")


def kept_runs(folder: Path) -> list[Run]:
    """Return the runs that a folder keeps, the smallest first.

    Those that were written in another form, before something else was measured, are passed over.
    """
    runs = []
    for path in folder.glob("*.json"):
        with suppress(ValidationError):
            runs.append(Run.model_validate_json(path.read_bytes()))
    return sorted(runs, key=lambda run: run.articles)
