"""What is done in the reader, and how long its screen takes to show it."""

from __future__ import annotations

import re
import time
from functools import partial
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.screen.terminal import Terminal
    from index.library import Library

PAUSE = 0.08
"""Seconds from what is shown to the next key: a fast typist's."""

BLIND_PAUSE = 0.12
"""Seconds from one key to the next where nobody waits for what is shown."""

ENTER, SEARCH, DOWN, PAGE = "\r", "\\", "j", " "

_LIST, _ARTICLE = slice(0, 46), slice(47, None)
"""Columns of the panes on a wide screen."""

_TOP, _BOTTOM = 1, -1
"""Lines between the search line and the status line."""

_SEEN = 20
"""Characters of a title by which it is known."""


class Expected(NamedTuple):
    """What the screen shows of the answer to a query."""

    query: str
    total: int
    title: str
    """The beginning of the first hit's title."""


def expected(library: Library, line: str) -> list[Expected]:
    """Return what each letter of a line, typed one after the other, is to show."""
    return [_expected(library, line[:end]) for end in range(1, len(line) + 1)]


def _expected(library: Library, query: str) -> Expected:
    results = library.search(query, typing=True)
    return Expected(query, results.total, _known_by(results.hits[0].title) if results.hits else "")


def _known_by(title: str) -> str:
    """Return the beginning of a title: as far as it stands on one line, in letters of one cell."""
    plain = re.match(r"[ -~]*", title)
    return plain[0][:_SEEN].rsplit(" ", 1)[0] if plain else ""


def type_line(terminal: Terminal, letters: Sequence[Expected]) -> list[float]:
    """Type a line into the search pane, from the list, and wait for each letter's results.

    Returns the milliseconds from each key to its results; letters that change nothing that is
    shown are left out, as nobody could tell when they were answered.
    """
    took = []
    terminal.send(SEARCH)
    terminal.rest(PAUSE)
    before: tuple[object, ...] = ()
    for wanted in letters:
        pressed = terminal.send(wanted.query[-1])
        if wanted[1:] != before:
            shown = terminal.until(partial(_answers, wanted), wanted.query)
            took.append((shown - pressed) * 1e3)
        before = wanted[1:]
        terminal.rest(PAUSE)
    terminal.send(ENTER)
    terminal.rest(PAUSE)
    return took


def _answers(wanted: Expected, lines: Sequence[str]) -> bool:
    """Whether the screen shows the results that are wanted, and the query that they are of."""
    if wanted.query.strip() not in lines[0]:
        return False
    if not wanted.total:
        return "none" in lines[0]
    is_total = re.search(rf"\bof {wanted.total:,}\b", lines[0])
    return bool(is_total) and any(wanted.title in line[_LIST] for line in lines[_TOP:8])


def open_hits(terminal: Terminal, library: Library, query: str, most: int) -> list[float]:
    """Search, go through the list, and wait for each article to be shown beside it.

    Returns the milliseconds from each key to the article.
    """
    hits = library.search(query, typing=True, limit=most).hits
    ask(terminal, query)
    took = []
    for hit, following in pairwise(hits):
        pressed = terminal.send(DOWN)
        title = _known_by(following.title)
        if title and title != _known_by(hit.title):
            shown = terminal.until(partial(_is_open, title), title)
            took.append((shown - pressed) * 1e3)
        terminal.rest(PAUSE)
    return took


def _is_open(title: str, lines: Sequence[str]) -> bool:
    return any(title in line[_ARTICLE] for line in lines[_TOP:6])


def ask(terminal: Terminal, query: str) -> None:
    """Search for something, and go on to the list of what was found."""
    terminal.send(SEARCH)
    terminal.rest(PAUSE)
    for letter in query:
        terminal.send(letter)
        terminal.rest(PAUSE)
    terminal.rest(1.0)
    terminal.send(ENTER)
    terminal.rest(PAUSE)


def scroll(terminal: Terminal, key: str, times: int) -> list[float]:
    """Scroll in the open article; return the milliseconds from each key to another picture."""
    took = []
    for _ in range(times):
        before = _article(terminal.lines)
        pressed = terminal.send(key)
        shown = terminal.until(partial(_has_moved, before), f"what {key!r} does")
        took.append((shown - pressed) * 1e3)
        terminal.rest(PAUSE)
    return took


def _has_moved(before: Sequence[str], lines: Sequence[str]) -> bool:
    return _article(lines) != before


def _article(lines: Sequence[str]) -> list[str]:
    return [line[_ARTICLE] for line in lines[_TOP:_BOTTOM]]


def work(terminal: Terminal, lines: Iterable[str], seconds: float) -> None:
    """Type lines, open what is found, and scroll, for so long, whatever the screen shows."""
    end = time.monotonic() + seconds
    for line in cycle(lines):
        for key in _keys(line):
            if time.monotonic() > end:
                return
            terminal.send(key)
            terminal.rest(BLIND_PAUSE)


def _keys(line: str) -> Iterator[str]:
    yield from (SEARCH, *line, ENTER)
    yield from (DOWN, DOWN, ENTER, *PAGE * 3, "n", "n", "J", "q")
