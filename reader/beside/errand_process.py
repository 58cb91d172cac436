"""A process that does one errand for the reader; see :mod:`reader.beside.errands`.

``python -m reader.beside.errand_process FOLDER`` reads the errand, a line, and answers on standard
output. When its input ends, nobody wants the errand any more: it comes to an end, and keeps what it
did.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from index.errors import StoppedError
from index.library import Library
from reader import feed_wording, wording
from reader.beside.errands import (
    ERRAND,
    Add,
    Advanced,
    Done,
    Export,
    Failed,
    FetchFull,
    Subscribe,
    Sync,
)
from reader.beside.search_worker import told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.progress import Progress
    from reader.beside.errands import Errand, News

_PROGRESS_SECONDS = 0.1
"""How often it is told how far an errand is."""


class _ErrandProcess:
    """``say``: passes on what is new. ``wanted``: whether anybody still wants the errand."""

    def __init__(
        self, folder: Path, say: Callable[[News], None], wanted: Callable[[], bool]
    ) -> None:
        self._folder, self._say, self._wanted = folder, say, wanted
        self._told = 0.0

    def do(self, errand: Errand) -> Done | Failed:
        """Do an errand; return what became of it."""
        try:
            with closing(Library(self._folder)) as library:
                match errand:
                    case Add(places=places):
                        return self._add(library, places)
                    case Subscribe(address=address):
                        return self._subscribe(library, address)
                    case Sync():
                        return self._sync(library, errand)
                    case Export():
                        return self._export(library, errand)
                    case FetchFull(article_id=id_):
                        article = library.feeds.fetch_full(id_, self._wanted)
                        return Done(said=f"Fetched: {wording.count(article.words, 'word')}")
        except StoppedError:
            return Done(said="Stopped: what came in is kept")
        except Exception as error:  # noqa: BLE001 -- told where it can be dealt with
            return Failed(reason=str(told(error)))

    def _advanced(self, progress: Progress) -> None:
        """Pass on how far the errand is, and end it where it is no longer wanted."""
        self._tell_advanced(progress)
        if not self._wanted():
            raise StoppedError

    def _tell_advanced(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.is_over or now - self._told >= _PROGRESS_SECONDS:
            self._told = now
            self._say(Advanced(**progress._asdict()))

    def _add(self, library: Library, places: tuple[str, ...]) -> Done:
        try:
            report = library.add(places, self._advanced)
        except StoppedError:
            library.sync()
            raise
        complaints = (
            *map(wording.problem_line, report.problems),
            *(f"{address} is a feed: subscribe to it to go on with it" for address in report.feeds),
        )
        return Done(said=wording.came(report), complaints=complaints)

    def _export(self, library: Library, errand: Export) -> Done | Failed:
        from reader.forms.export import export_to  # noqa: PLC0415  (other errands do without)

        path = Path(errand.path)
        ids: Sequence[str] = (errand.article_id,) if errand.article_id else ()
        if not errand.article_id:
            ids = library.search(
                errand.query,
                typing=errand.typing,
                sort=errand.sort,
                scope=errand.scope,
                narrowed=errand.narrowed,
                limit=0,
            ).ids
        try:
            export_to(path, library, ids, self._advanced, replace=errand.replace)
        except StoppedError:
            return Done(said="Stopped: nothing was written")
        except OSError as error:
            return Failed(reason=f"{path} can’t be written: {error.strerror or error}.")
        return Done(said=f"{wording.count(len(ids), 'article')} exported to {path}")

    def _subscribe(self, library: Library, address: str) -> Done:
        from index.feeds.lists import list_at  # noqa: PLC0415  (imports parsers)

        if (raw := list_at(address)) is not None:
            report = library.feeds.import_opml(raw, address)
            return Done(
                said=feed_wording.opml_line(report),
                complaints=report.refused,
                unfetched=tuple(feed.key for feed in report.subscribed),
            )
        before = {feed.key for feed in library.feeds.all()}
        feed = library.feeds.subscribe(address, wanted=self._wanted)
        said = feed_wording.subscribed_line(feed, is_new=feed.key not in before)
        return Done(said=said, feed=feed.key)

    def _sync(self, library: Library, errand: Sync) -> Done:
        # It ends by itself: a listener that ended it would have the index left behind.
        report = library.feeds.sync(errand.keys, self._tell_advanced, self._wanted, due=errand.due)
        complaints = tuple(feed_wording.sync_problems(report))
        if not report.feeds and not report.skipped and not report.was_stopped:
            return Done(said="There are no feeds yet.")
        return Done(said=feed_wording.sync_line(report), complaints=complaints)


def _say(stdout: TextIO, news: News) -> None:
    # Whoever hung up does not listen, either.
    with suppress(OSError):
        stdout.write(news.model_dump_json() + "\n")
        stdout.flush()


def _listen(gone: threading.Event) -> None:
    """Wait for the end of the input."""
    # Without a buffer: the lock of one would stand in the way of the end of the process.
    while os.read(sys.stdin.fileno(), 1):
        pass
    gone.set()


def main() -> None:
    """Do what is asked for."""
    # What else is printed here, by whatever library, is nothing that is listened to.
    stdout, sys.stdout = sys.stdout, sys.stderr
    errand = ERRAND.validate_json(_line())
    gone = threading.Event()
    threading.Thread(target=_listen, args=(gone,), daemon=True).start()
    say = partial(_say, stdout)
    process = _ErrandProcess(Path(sys.argv[1]), say, lambda: not gone.is_set())
    say(process.do(errand))


def _line() -> bytes:
    """Read a line, and not a byte more."""
    line = bytearray()
    while (byte := os.read(sys.stdin.fileno(), 1)) not in (b"", b"\n"):
        line += byte
    return bytes(line)


if __name__ == "__main__":
    main()
