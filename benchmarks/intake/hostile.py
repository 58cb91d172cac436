"""Hostile input: whatever it is, nothing crashes, hangs or fills the memory.

``python -m benchmarks.intake.hostile --minutes 10`` looks for inputs of which that is not true.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
import tarfile
import time
from collections import Counter
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import VARIABLE
from benchmarks.intake.figures import Figure
from benchmarks.intake.mutations import LARGEST, mutated
from benchmarks.intake.samples import samples
from benchmarks.intake.supervised import Case, Failure, Supervised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SETS = {
    "naughty strings in all formats": ("adversarial/blns/blns.json",),
    "all that is adversarial: terminals, bidi, XML": ("adversarial",),
    "texts in 51 encodings": ("adversarial/charsets_chardet.dev.tar.gz",),
    "feeds, broken and whole": ("feeds",),
    "lists of feeds, most of them broken": ("opml",),
}
"""Collections, and where in the folder they are: files, folders of files, or archives of files."""

_REAL = ("html_extraction", "digitalgov_md", "feeds", "opml")
"""Collections of which real inputs are mutated."""

_REAL_EACH = 60
_LONGEST_REAL = 100_000


def figures(folder: Path) -> list[Figure]:
    """Return for each collection how many of its files were too much."""
    rows = []
    with Supervised() as supervised:
        for what, places in SETS.items():
            number, kinds = 0, Counter[str]()
            for case in cases_of(folder, places):
                number += 1
                kinds.update(failure.kind for failure in supervised.failures(case))
            told = ", ".join(f"{kinds[kind]} {name}" for kind, name in _COUNTED.items())
            rows.append(Figure(what, f"{number:,} files", told, must="0"))
    return rows


_COUNTED = {"crash": "crash", "hang": "take over 5 s", "memory": "take over 500 MB"}


def cases_of(folder: Path, places: Iterable[str]) -> Iterator[Case]:
    """Give the files of a collection, those in archives one by one."""
    for place in places:
        path = folder / place
        if path.name == "blns.json":
            for text in json.loads(path.read_bytes()):
                yield from samples(text, f"{text}\n\n{text} {text}")
        elif path.is_dir():
            files = (one for one in sorted(path.rglob("*")) if one.is_file())
            for file in files:
                yield from _cases_in(file)
        elif path.exists():
            yield from _cases_in(path)


def _cases_in(path: Path) -> Iterator[Case]:
    if path.name.endswith(".tar.gz"):
        with tarfile.open(path) as archive:
            for info in archive:
                if info.isfile() and (file := archive.extractfile(info)):
                    yield Case(Path(info.name).name, file.read())
    elif path.suffix == ".gz":
        yield Case(path.stem, gzip.decompress(path.read_bytes()))
    else:
        yield Case(path.name, path.read_bytes())


# --- looking for more -----------------------------------------------------------------------------


def fuzz(
    cases: Sequence[Case], seed: int, numbers: Iterable[int], supervised: Supervised
) -> Iterator[tuple[int, Failure | None]]:
    """Give each number of a hostile input that was made from ``cases``, and what went wrong."""
    for number in numbers:
        case = mutated(cases, seed, number)
        yield number, next(supervised.failures(case), None)


def real_samples(folder: Path, chance: random.Random) -> list[Case]:
    """Return some real pages, texts, feeds and lists of those in a folder of collections."""
    found = []
    for name in _REAL:
        cases = [case for case in cases_of(folder, [name]) if len(case.raw) <= _LONGEST_REAL]
        found += chance.sample(cases, min(_REAL_EACH, len(cases)))
    return found


class _Found:
    """The failures of a run: each kind once, its input kept in a folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder, self.places = folder, Counter[str]()

    def add(self, failure: Failure, seed: int, number: int) -> None:
        place = failure.place
        self.places[place] += 1
        if self.places[place] > 1:
            return
        print(f"seed {seed}, number {number}: {failure.case.name}\n{failure.told}", flush=True)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            digest = blake2b(failure.case.raw, digest_size=4).hexdigest()
            kept = self._folder / f"{failure.kind}-{digest}-{failure.case.name}"
            kept.write_bytes(failure.case.raw)
            print(f"kept as {kept}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Look for inputs that are too much, for some minutes; return 1 where there were any."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.intake.hostile",
        description="Bend real and made-up inputs of every format until something breaks.",
    )
    parser.add_argument("--minutes", type=float, default=10, metavar="N")
    parser.add_argument("--seed", type=int, metavar="N", help="The same inputs as before.")
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="N",
                        help="The number of the first input.")  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="DIR", help="Where to keep what failed.")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help=f"The news; also ${VARIABLE}.")
    given = parser.parse_args(arguments)
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    cases = list(samples())
    named = given.corpora or os.environ.get(VARIABLE)
    if named:
        cases += real_samples(Path(named), random.Random(seed))
    found, done = _Found(given.keep), 0
    end = time.monotonic() + 60 * given.minutes
    with Supervised() as supervised:
        for number, failure in fuzz(cases, seed, count(given.first), supervised):
            done += 1
            if failure:
                found.add(failure, seed, number)
            if time.monotonic() > end:
                break
    print(f"seed {seed}: {done:,} inputs from {len(cases)} samples, of up to {LARGEST:,} bytes")
    for place, times in found.places.most_common():
        print(f"{times:6} {place}")
    return 1 if found.places else 0


if __name__ == "__main__":
    sys.exit(main())
