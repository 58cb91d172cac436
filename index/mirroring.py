"""Keep the record like files and folders that change: what comes, comes in; what goes, goes."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.intake.files import find, origin_of
from index.reading import Files, stamp_of
from index.taking import take

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from pathlib import Path

    from index.progress import Listener
    from index.store import Store
    from index.taking import Fate, Report


def mirror(store: Store, paths: Sequence[str | Path], progress: Listener) -> Report:
    """Bring the record up to what ``paths`` stand for now; what was below them and is gone, goes.

    Files that were not touched since they were read are not read again. Articles from elsewhere
    stay as they are, and so do those in folders that can't be looked into.
    """
    known = store.origins.present()
    files, unreadable = _found(paths)
    holding = _by_file(known, files)
    untouched = {
        origin
        for origin, path in files.items()
        if {known[one].stamp for one in holding[origin]} == {stamp_of(path)}
    }
    there = {origin for file in untouched for origin in holding[file]}
    unchanged = len(there)

    def hear(fate: Fate) -> None:
        if fate.outcome != "failed":
            there.add(fate.origin)

    touched = [path for origin, path in files.items() if origin not in untouched]
    reading = Files([*unreadable, *touched])
    report = take(store, reading, progress, hear, reading.part)
    # Of a file that could not be read to its end, what is known stays.
    broken = [problem.path for problem in report.problems if problem.path in files]
    closed = [error.path for error in unreadable if os.path.lexists(error.path)]
    within, out_of_sight = Places(map(origin_of, paths)), Places([*closed, *broken])
    store.articles.withdraw(
        [
            origin
            for origin in known
            if origin not in there and origin in within and origin not in out_of_sight
        ]
    )
    return report.model_copy(update={"unchanged": report.unchanged + unchanged})


def _found(paths: Sequence[str | Path]) -> tuple[dict[str, Path], list[UnreadableError]]:
    """Return the files that paths stand for, by origin, and what can't be looked into."""
    found = list(find(paths))
    files = {origin_of(one): one for one in found if not isinstance(one, UnreadableError)}
    return files, [one for one in found if isinstance(one, UnreadableError)]


def _by_file(origins: Iterable[str], files: Container[str]) -> defaultdict[str, list[str]]:
    """Return the origins that lie in each file: the file itself, or what is packed in it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for origin in origins:
        holder = origin
        while holder and holder not in files:
            holder = holder[: max(holder.rfind("/"), holder.rfind("#"), 0)]
        if holder:
            found[holder].append(origin)
    return found


class Places:
    """Files and folders, with all that is below them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(paths)
        # A folder ends in a separator, lest `news` holds `news-archive`; the root has one already.
        # So do archives; in other files, the rest of an origin stands behind a hash.
        self._prefixes = tuple(
            prefix
            for path in self._paths
            for prefix in (os.path.join(path, ""), f"{path}#")  # noqa: PTH118
        )

    def __contains__(self, path: str) -> bool:
        return path in self._paths or path.startswith(self._prefixes)
