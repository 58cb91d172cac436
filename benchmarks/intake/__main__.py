"""Measure the intake and write ``docs/intake.md``; ``make bench-intake`` calls it."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import VARIABLE, CorporaError, news_folder
from benchmarks.machine import machine, revision
from benchmarks.tables import NONE, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.figures import Machine
    from benchmarks.intake.figures import Figure

PAGE = Path(__file__).parents[2] / "docs" / "intake.md"

SUBJECTS = {
    "pages": "Web pages",
    "pasted": "Pasted pages",
    "pasted_points": "Key points in text",
    "feeds": "Feeds",
    "lists": "Lists of feeds",
    "hostile": "Hostile input",
    "sync": "Syncs",
    "again": "Once only",
    "bulk": "Much at once",
}
"""The modules that measure, in the order of the page."""

_HEAD = """\
# How well the news gets in

Written by `make bench-intake`, from real pages, feeds and articles in the folder that
`$BROADSHEET_CORPORA` names. Peers are measured in the same run, on the same files.
"""


def page(figures: Iterable[tuple[str, Sequence[Figure]]], on: Machine) -> str:
    """Return the page: a table for each subject."""
    parts = [_HEAD, _measured_on(on)]
    for title, found in figures:
        rows = ([one.what, one.data, one.measured, one.reference or NONE, one.must or NONE]
                for one in found)  # fmt: skip
        head = ["", "on", "measured", "beside", "must"]
        parts.append(f"\n## {title}\n\n{table(head, rows)}")
    return "".join(parts)


def _measured_on(on: Machine) -> str:
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    where = f"{on.processor}, {on.cores} cores, Python {on.python}"
    return f"\nMeasured on {day} at `{revision()}`: {where}.\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all subjects and write the page; of those that are named, print it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.intake",
        description=f"Measure how well the news gets in, and write {PAGE.name}; of some subjects,"
        " print what it would say.",
    )
    parser.add_argument("subjects", nargs="*", choices=[[], *SUBJECTS], metavar="SUBJECT")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help=f"The news; also ${VARIABLE}.")
    parser.add_argument("--page", type=Path, metavar="FILE")
    given = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    try:
        folder = news_folder(given.corpora)
    except CorporaError as error:
        parser.error(str(error))
    measured = [
        (SUBJECTS[name], import_module(f"benchmarks.intake.{name}").figures(folder))
        for name in given.subjects or SUBJECTS
    ]
    written = page(measured, machine(load))
    if given.subjects and not given.page:
        sys.stdout.write(written)
    else:
        (given.page or PAGE).write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
