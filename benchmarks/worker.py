"""One engine in a process of its own, which does what it is told line by line.

``python -m benchmarks.worker ENGINE FOLDER`` reads commands from its input, one object of JSON a
line, and writes what came of each. Until it has to, it imports nothing of Broadsheet, so that an
engine's memory is that engine's alone.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.engines import ENGINES, Question
from benchmarks.memory import own_memory
from benchmarks.timing import timed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

_PATIENCE = 30_000.0
"""Milliseconds after which an article that is added is taken for lost."""


class Worker:
    """What can be told to the engine; each method is a command."""

    def __init__(self, engine: str, folder: Path) -> None:
        self._place, self._folder = ENGINES[engine], folder

    def start(self, modules: Sequence[str] = ()) -> dict[str, Any]:
        """Import the engine, and the modules that it is known to import later."""
        begun = perf_counter()
        self._engine = self._place.engine(self._folder)
        for name in modules:
            _import(name)
        took = (perf_counter() - begun) * 1e3
        return {"version": self._engine.version(), "imports": took}

    def build(self, library: str, most: int) -> dict[str, Any]:
        """Make the index of the first articles of a library."""
        # It imports pydantic, which searching with other engines has no part in.
        from benchmarks.library import articles  # noqa: PLC0415

        took, _ = timed(self._engine.build, articles(Path(library), most))
        return {"seconds": took / 1e3, "bytes": self._engine.size()}

    def open(self, question: list[Any] | None = None) -> dict[str, Any]:
        """Open the index, and answer a first question; name all modules imported by then."""
        begun = perf_counter()
        self._engine.open()
        if question is not None:
            self._engine.answer(_question(question))
        return {"milliseconds": (perf_counter() - begun) * 1e3, "modules": list(sys.modules)}

    def ask(self, warm_up: list[Any], questions: list[Any], seconds: float) -> dict[str, Any]:
        """Answer questions until all are answered or the time is over; of a warm-up, no times.

        Questions that the engine has no answer to are passed over.
        """
        for question in self._answerable(warm_up):
            self._engine.answer(question)
        times, processor, hits = [], [], []
        end = perf_counter() + seconds
        for question in self._answerable(questions):
            begun = process_time()
            took, answer = timed(self._engine.answer, question)
            processor.append((process_time() - begun) * 1e3)
            times.append(took)
            hits.append(answer.total)
            if perf_counter() > end:
                break
        return {"times": times, "processor": processor, "hits": hits}

    def add(self, articles: list[str], words: list[str]) -> dict[str, Any]:
        """Add articles one by one; time each until it is found by a word that it alone has.

        The first is not timed: what is imported to add it would be taken for adding.
        """
        from index.article import Article  # noqa: PLC0415  (as above)

        times = []
        for text, word in zip(articles, words, strict=True):
            article, question = Article.model_validate_json(text), Question("all", (word,))
            if self._engine.answer(question).total:
                raise RuntimeError(f"{word} is found before it is added.")
            times.append(timed(self._add_until_found, article, question)[0])
        self._engine.close()
        return {"times": times[1:]}

    def memory(self) -> dict[str, Any] | None:
        """Tell how much memory the process has."""
        memory = own_memory()
        return memory._asdict() if memory else None

    def _answerable(self, told: list[Any]) -> Iterator[Question]:
        questions = map(_question, told)
        return (one for one in questions if one.shape not in self._engine.cannot)

    def _add_until_found(self, article: Any, question: Question) -> None:
        begun = perf_counter()
        self._engine.add(article)
        while not self._engine.answer(question).total:
            if (perf_counter() - begun) * 1e3 > _PATIENCE:
                raise RuntimeError(f"{article.id} is not found.")


def _question(told: list[Any]) -> Question:
    shape, words, *rest = told
    return Question(shape, tuple(words), *rest)


def _import(name: str) -> None:
    try:
        import_module(name)
    except ImportError:
        # Some names in `sys.modules` are none that could be imported.
        return


def serve(worker: Worker, commands: TextIO, replies: TextIO) -> None:
    """Do what is told until nobody tells any more; an error is a reply, too."""
    for line in commands:
        command = json.loads(line)
        try:
            reply = {"done": getattr(worker, command.pop("do"))(**command)}
        except Exception as error:  # noqa: BLE001
            reply = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), file=replies, flush=True)


def main() -> None:
    """Serve with the engine and the folder that are named."""
    _, engine, folder = sys.argv
    # Whatever a library prints must not come between the replies.
    replies, sys.stdout = sys.stdout, sys.stderr
    serve(Worker(engine, Path(folder)), sys.stdin, replies)


if __name__ == "__main__":
    main()
