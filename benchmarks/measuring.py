"""One run: the same library in every engine, the same questions to all of them."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from benchmarks.engines import ENGINES, OURS
from benchmarks.figures import Asked, EngineFigures
from benchmarks.memory import Memory
from benchmarks.processes import EngineError, Process
from benchmarks.queries import SESSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from benchmarks.engines import Question
    from index.article import Article

OPENINGS = 5
WARM_UP = 3
"""Questions of each kind that are answered before the clock runs."""

SECONDS, SESSION_SECONDS = 20.0, 60.0
"""After so long, an engine gets no more questions of a kind."""

_Outcome = TypeVar("_Outcome")


class Built(NamedTuple):
    """An index that was made."""

    version: str
    seconds: float
    size: int


class Opened(NamedTuple):
    """Milliseconds of importing, and of opening and answering, in one fresh process each."""

    imports: tuple[float, ...]
    openings: tuple[float, ...]


class Searched(NamedTuple):
    """The answers by kind of question, and the memory after all of them."""

    asked: dict[str, Asked]
    memory: Memory | None


class Measuring:
    """Measures engines in a folder that holds ``library``, a library with so many articles.

    An engine that fails is left out of all that follows, and the others go on.
    """

    def __init__(self, folder: Path, size: int, say: Callable[[str], None]) -> None:
        self.missing: dict[str, str] = {}
        """The engines that failed, and why."""

        self.library = folder / "library"
        self._folder, self._size, self._say = folder, size, say

    def measure(
        self,
        engines: Iterable[str],
        kinds: Mapping[str, Sequence[Question]],
        added: Mapping[str, Article],
    ) -> dict[str, EngineFigures]:
        """Return the figures of the engines, those that bear so many articles.

        ``added`` are articles to be added, by a word that each of them alone has.
        """
        bearing = [name for name in engines if self._size <= (ENGINES[name].most or self._size)]
        first = next(iter(kinds.values()))[0]
        built = self._each(bearing, self._build)
        opened = self._each(built, partial(self._open, first))
        searched = self._search(opened, kinds)
        adding = self._each(searched, partial(self._add, added))
        return {
            name: EngineFigures(
                version=built[name].version,
                build_seconds=built[name].seconds,
                index_bytes=built[name].size,
                imports=opened[name].imports,
                openings=opened[name].openings,
                adding=adding[name],
                memory=searched[name].memory,
                asked=searched[name].asked,
            )
            for name in adding
        }

    def _each(self, names: Iterable[str], step: Callable[[str], _Outcome]) -> dict[str, _Outcome]:
        """Return what comes of one step, by engine; without those that fail at it."""
        outcomes = {}
        for name in names:
            try:
                outcomes[name] = step(name)
            except EngineError as error:
                self.missing[name] = str(error)
                self._say(f"{ENGINES[name].title} is left out: {error}")
        return outcomes

    def _process(self, name: str) -> Process:
        return Process(name, self.library if name == OURS else self._folder / name)

    @contextmanager
    def _searching(self, name: str) -> Iterator[Process]:
        """Lend a process that has opened its index."""
        with self._process(name) as process:
            process.tell("start")
            process.tell("open")
            yield process

    # --- the steps ------------------------------------------------------------------------------

    def _build(self, name: str) -> Built:
        if name != OURS:
            shutil.rmtree(self._folder / name, ignore_errors=True)
            (self._folder / name).mkdir()
        with self._process(name) as process:
            version = process.tell("start")["version"]
            built = process.tell("build", library=str(self.library), most=self._size)
        self._say(f"{ENGINES[name].title}: built in {built['seconds']:.1f} s")
        return Built(version, built["seconds"], built["bytes"])

    def _open(self, first: Question, name: str) -> Opened:
        with self._process(name) as process:
            process.tell("start")
            modules = process.tell("open", question=first)["modules"]
        imports, openings = [], []
        for _ in range(OPENINGS):
            # What would be imported when it is first used does not count as opening.
            with self._process(name) as process:
                imports.append(process.tell("start", modules=modules)["imports"])
                openings.append(process.tell("open", question=first)["milliseconds"])
        return Opened(tuple(imports), tuple(openings))

    def _search(
        self, names: Iterable[str], kinds: Mapping[str, Sequence[Question]]
    ) -> dict[str, Searched]:
        """Ask kind by kind, each of all engines: what disturbs the machine disturbs them all."""
        with ExitStack() as stack:
            asking = self._each(names, lambda name: stack.enter_context(self._searching(name)))
            asked: dict[str, dict[str, Asked]] = {name: {} for name in asking}
            for kind, questions in kinds.items():
                self._say(f"{kind}, {len(questions)} questions")
                seconds = SESSION_SECONDS if kind in SESSIONS else SECONDS
                answered = self._each(asking, partial(_ask, asking, questions, seconds))
                asking = {name: asking[name] for name in answered}
                for name, answers in answered.items():
                    if answers.times:
                        asked[name][kind] = answers
            memory = self._each(asking, lambda name: _memory(asking[name]))
            return {name: Searched(asked[name], memory[name]) for name in memory}

    def _add(self, added: Mapping[str, Article], name: str) -> tuple[float, ...]:
        articles = [article.model_dump_json() for article in added.values()]
        with self._searching(name) as process:
            return tuple(process.tell("add", articles=articles, words=list(added))["times"])


def _ask(
    asking: Mapping[str, Process], questions: Sequence[Question], seconds: float, name: str
) -> Asked:
    warm_up, timed = questions[:WARM_UP], questions[WARM_UP:] or questions
    told = asking[name].tell("ask", warm_up=warm_up, questions=timed, seconds=seconds)
    return Asked.model_validate(told)


def _memory(process: Process) -> Memory | None:
    told = process.tell("memory")
    return Memory(**told) if told else None
