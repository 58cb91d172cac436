"""From places into the record: what is there is added, and what was is read anew."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from index.batches import in_batches
from index.errors import LibraryError, UnreadableError
from index.feeds.addresses import is_on_web
from index.intake import parse
from index.intake.files import find
from index.progress import Listener, Progress
from index.reading import Files, streamed
from index.taking import BATCH, BATCH_BYTES, Fate, Problem, Report, Told, take

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from index.article import Article
    from index.store import Original, Store

__all__ = ["Fate", "Listener", "Problem", "Progress", "Report", "add", "reparse", "take"]


def add(
    store: Store,
    places: Iterable[str | Path],
    progress: Listener,
    told: Told | None = None,
    stream: BinaryIO | None = None,
) -> Report:
    """Take into the record all articles in files, folders and a ``stream``, and at addresses.

    A text that begins with ``http://`` or ``https://`` is an address, whatever files there are.
    ``told`` hears what came of each.
    """
    paths, addresses = _sorted_out(places)
    files = Files(find(paths))
    documents = chain(files, streamed(stream)) if stream else files
    report = take(store, documents, progress, told, files.part)
    if addresses:
        from index.feeds.visits import visit  # noqa: PLC0415  (imports asyncio, and few need it)

        report += visit(store, addresses, progress, told)
    return report


def _sorted_out(places: Iterable[str | Path]) -> tuple[list[str | Path], list[str]]:
    """Return the paths, and the addresses of the web."""
    paths: list[str | Path] = []
    addresses: list[str] = []
    for place in places:
        if isinstance(place, str) and is_on_web(place):
            addresses.append(place)
        else:
            paths.append(place)
    return paths, addresses


def reparse(store: Store, progress: Listener) -> None:
    """Read every article anew from the bytes it came as, as today's parsers understand them."""
    ids = store.articles.ids()
    revised = _revised(store, ids, progress)
    for batch in in_batches(revised, lambda one: len(one[0].raw), BATCH, BATCH_BYTES):
        store.articles.revise(batch)


def _revised(
    store: Store, ids: Sequence[str], progress: Listener
) -> Iterator[tuple[Original, Article]]:
    for done, id_ in enumerate(ids, 1):
        try:
            known = store.articles.original(id_)
            yield known, parse(known.raw, known.origin)
        except (UnreadableError, LibraryError):
            # What was an article stays one, whatever a later parser thinks of its bytes, and
            # whatever became of them.
            continue
        finally:
            progress(Progress("reading", done, len(ids)))
