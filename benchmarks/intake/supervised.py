"""Read hostile input in a process of its own, which may crash, hang or fill the memory."""

from __future__ import annotations

import faulthandler
import io
import multiprocessing
import re
import traceback
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from pydantic import BaseModel

from index.cleaning import mask
from index.errors import UnreadableError
from index.intake import parse
from index.intake.feed import parse_feed
from index.intake.opml import read_opml
from index.intake.recognition import START_SIZE, Format, recognise
from index.intake.unpack import unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection

    from index.intake.document import Document

PATIENCE = 5.0
"""Seconds that one input may take."""

MEMORY = 500 * 1024 * 1024
"""Bytes that the process may take while it reads one input."""

ADDRESSES = 4 * 1024**3
"""Bytes of addresses that the process gets at all, so that a bomb does not take the machine."""

_START = 60.0
"""Seconds in which the process has to be ready."""

_PEAK = re.compile(r"VmHWM:\s*(\d+) kB")

Kind = Literal["crash", "hang", "memory"]


class Case(NamedTuple):
    """An input as it would come: its bytes, and the name of the file that they are in."""

    name: str
    raw: bytes


class Failure(NamedTuple):
    """What went wrong with a case."""

    kind: Kind
    case: Case
    told: str
    """The traceback, or how much of what it took."""

    @property
    def place(self) -> str:
        """What two failures have in common that are one: the error, and where it was raised."""
        *lines, last = [line.strip() for line in self.told.splitlines() if line.strip()]
        ours = [line for line in lines if line.startswith("File ") and "/index/" in line]
        # The innermost call comes last, but first where a process is asked what it is doing.
        inner = ours[:1] if self.kind == "hang" else ours[-1:]
        return " ".join((self.kind, *inner, last[:120]))


class NotHarmlessError(Exception):
    """A text that came out could do harm on a terminal."""


def read(case: Case) -> None:
    """Read all that is in a case, as adding a file or a feed does.

    Raises whatever the intake raises other than UnreadableError, and NotHarmlessError.
    """
    origin = f"/hostile/{case.name}"
    for found in _documents(case.raw, origin):
        if not isinstance(found, UnreadableError):
            with suppress(UnreadableError):
                article = parse(found.raw, found.origin)
                # Names of files may be anything: whatever shows them makes them harmless.
                require_harmless(article.model_dump(exclude={"origin"}), _format(found))


def _documents(raw: bytes, origin: str) -> Iterable[Document | UnreadableError]:
    """Return the documents in a file; what lists and feeds say of themselves is read as well."""
    try:
        match recognise(raw[:START_SIZE], origin):
            case Format.FEED:
                feed = parse_feed(raw, origin)
                require_harmless(feed.model_dump(exclude={"documents"}), "feed")
                return feed.documents
            case Format.OPML:
                require_harmless(read_opml(raw, origin)._asdict(), "list")
                return ()
            case _:
                return unpack(io.BytesIO(raw), origin, len(raw))
    except UnreadableError:
        return ()


def _format(document: Document) -> str:
    return recognise(document.raw[:START_SIZE], document.origin).name.lower()


def require_harmless(told: Any, name: str = "") -> None:
    """Raise NotHarmlessError where any text in ``told`` has a character that is no text."""
    if isinstance(told, str) and mask(told) != told:
        raise NotHarmlessError(f"{told[:200]!r}\nin {name}")
    if isinstance(told, dict):
        for key, value in told.items():
            require_harmless(value, f"{name}.{key}")
    elif isinstance(told, list | tuple):
        for one in told:
            require_harmless(one.model_dump() if isinstance(one, BaseModel) else one, name)


class Supervised:
    """A process that reads cases, and is replaced whenever one was too much for it."""

    def __init__(self, reading: Callable[[Case], None] = read, patience: float = PATIENCE) -> None:
        self._reading, self._patience = reading, patience
        self._context = multiprocessing.get_context("spawn")
        self._diary = NamedTemporaryFile()  # noqa: SIM115 - it is closed with the process.
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        self._diary.close()

    def failures(self, case: Case) -> Iterator[Failure]:
        """Give what is wrong with a case: nothing, if all is well.

        What took too long is tried once more, for the machine may have been busy.
        """
        for is_last in (False, True):
            failure = self._tried(case)
            if failure is None or failure.kind != "hang" or is_last:
                break
        if failure:
            yield failure

    def _tried(self, case: Case) -> Failure | None:
        kind: Kind | None
        try:
            self._connection.send(case)
            if self._connection.poll(self._patience):
                kind, told = self._connection.recv()
            else:
                kind, told = "hang", self._doing()
        except (EOFError, OSError):
            self._process.join()
            kind, told = "crash", f"The process ended by itself: {self._process.exitcode}."
        if kind is None:
            return None
        self._stop()
        self._start()
        return Failure(kind, case, told)

    def _doing(self) -> str:
        """Return what the process said that it was doing when its time was nearly up."""
        doing = Path(self._diary.name).read_text(encoding="utf-8")
        return f"{doing}\nTakes more than {self._patience:g} s."

    def _start(self) -> None:
        self._connection, other = self._context.Pipe()
        self._process = self._context.Process(
            target=_serve,
            args=(other, self._reading, self._diary.name, 0.9 * self._patience),
            daemon=True,
        )
        self._process.start()
        other.close()
        if not self._connection.poll(_START):
            raise TimeoutError("the process that reads does not start")
        self._connection.recv()

    def _stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


def _serve(
    connection: Connection, reading: Callable[[Case], None], diary: str, patience: float
) -> None:
    """Read one case after the other, and tell how each went.

    What takes nearly too long is written to the diary.
    """
    _bound_addresses()
    # What is imported when it is first needed counts for nobody.
    read(Case("warm.html", b"<html><body><h1>Warm</h1><time>den 4 quux 2026</time><p>Up.</p>"))
    read(Case("warm.xml", b"<rss><channel><item><title>Warm</title></item></channel></rss>"))
    connection.send("ready")
    with suppress(EOFError), Path(diary).open("w") as file:
        while True:
            case = connection.recv()
            file.truncate(0)
            faulthandler.dump_traceback_later(patience, file=file)
            answer = _answer(case, reading)
            faulthandler.cancel_dump_traceback_later()
            connection.send(answer)


def _answer(case: Case, reading: Callable[[Case], None]) -> tuple[Kind | None, str]:
    try:
        reading(case)
    except MemoryError:
        return "memory", "Takes all the memory there is."
    except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for.
        return "crash", traceback.format_exc()
    peak = peak_memory()
    return ("memory", f"Takes {peak // 1024**2:,} MB.") if peak > MEMORY else (None, "")


def peak_memory() -> int:
    """Return the most bytes that this process has had in memory so far."""
    status = Path("/proc/self/status")
    if status.exists() and (found := _PEAK.search(status.read_text())):
        return int(found[1]) * 1024
    import resource  # noqa: PLC0415  (not on every system)

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _bound_addresses() -> None:
    import resource  # noqa: PLC0415  (not on every system)

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
