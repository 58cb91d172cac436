"""How long a keystroke's search takes: every line of a file typed letter by letter.

``python -m benchmarks.typing --library DIR --lines FILE [--json]``. Each prefix of each line is
asked of the library as the screen asks it, the first page of hits included. The library is opened,
and asked once, before the clock runs.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.timing import Summary, summary, timed
from index.errors import BroadsheetError, QueryError
from index.library import RECORD, Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Keystroke(NamedTuple):
    """What stood in the line after a letter, and the milliseconds until it was answered."""

    query: str
    took: float


def type_lines(library: Library, lines: Iterable[str]) -> list[Keystroke]:
    """Type lines letter by letter, each into an empty line, and wait for every answer."""
    prefixes = (line[:end] for line in lines for end in range(1, len(line) + 1))
    return [Keystroke(typed, timed(_answer, library, typed)[0]) for typed in prefixes]


def _answer(library: Library, typed: str) -> None:
    try:
        library.search(typed, typing=True)
    except QueryError:
        # The screen shows what is wrong with it: that is an answer, too.
        return


def _told(keystrokes: Sequence[Keystroke], figures: Summary, *, as_json: bool) -> str:
    slowest = max(keystrokes, key=lambda keystroke: keystroke.took)
    if as_json:
        return json.dumps({**asdict(figures), "slowest": slowest._asdict()}, ensure_ascii=False)
    told = [f"{name:8}{took:9.2f} ms" for name, took in asdict(figures).items() if name != "count"]
    return "\n".join(
        [f"count   {figures.count:9}", *told, f"slowest {slowest.took:9.2f} ms  {slowest.query}"]
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.typing",
        description="Type every line of a file, letter by letter, into the search of a library.",
    )
    parser.add_argument("--library", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--lines", type=Path, required=True, metavar="FILE", help="What to type, in UTF-8."
    )
    parser.add_argument("--json", action="store_true", help="Print JSON, for scripts.")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a mistake ends it with a sentence and exit code 2."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if not (given.library / RECORD).is_file():
        parser.error(f"{given.library} is no library.")
    try:
        lines = [line for line in given.lines.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        parser.error(f"{given.lines} cannot be read: {error}.")
    if not lines:
        parser.error(f"{given.lines} has no lines to type.")
    library = Library(given.library, notice=lambda notice: print(notice, file=sys.stderr))
    try:
        library.sync()
        _answer(library, "a")
        keystrokes = type_lines(library, lines)
    except BroadsheetError as error:
        parser.error(str(error))
    finally:
        library.close()
    figures = summary([keystroke.took for keystroke in keystrokes])
    print(_told(keystrokes, figures, as_json=given.json))


if __name__ == "__main__":
    main()
