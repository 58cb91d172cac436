"""Anything, in any order, for a while: after each step the screen agrees with record and query.

``BROADSHEET_SOAK_SECONDS`` says for how long (a few seconds where it does not), and
``BROADSHEET_SOAK_SEED`` what is done: the same again with the same seed.
"""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest
from desk import write
from stage import NARROW, SMALL, WIDE, Stage, reading

from index.errors import QueryError
from index.narrowing import Having
from index.results import Marks
from reader.drawing.render import READ, STARRED, UNREAD

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library
    from index.results import Results

SECONDS = float(os.environ.get("BROADSHEET_SOAK_SECONDS", "8"))
SEED = int(os.environ.get("BROADSHEET_SOAK_SEED", "1987"))

ARTICLES = 60
_WORDS = (
    "ceasefire", "council", "ferry", "harbour", "minister", "budget", "border", "talks", "storm",
    "election",
)  # fmt: skip

_QUERIES = (
    "council", "ferry harbour", "talks OR storm", '"ferry harbour"', "minister -budget",
    "nothing like it", "place:istanbul", "is:unread", "bud", "title:council", "is:starred", "(",
)  # fmt: skip

_KEYS = {
    **dict.fromkeys(("j", "k", "J", "K", "space", "b", "d", "u", "n", "N"), 6),
    **dict.fromkeys(("enter", "q", "s", "m", "U", "tab", "shift+tab", "]", "["), 4),
    **dict.fromkeys(("S", "f", ".", "z", "g", "G", "}", "{", "escape", "A", "T", "h", "l"), 2),
    **dict.fromkeys(("Z", "<", ">", "(", ")", "O", "L", "="), 1),
}
"""Keys that may be pressed anywhere but in a line that is typed into, and how often each is."""

_DANGEROUS = frozenset({"q", "escape"})
"""Keys that leave the reader where there is no way back."""


@pytest.fixture
def library(library: Library, tmp_path: Path) -> Library:
    """The samples, and more articles than a screen shows."""
    chance = random.Random(SEED)
    folder = tmp_path / "stories"
    folder.mkdir()
    for number in range(ARTICLES):
        paragraphs = [" ".join(chance.choices(_WORDS, k=30)) + "." for _ in range(12)]
        title = f"Story {number} of the {chance.choice(_WORDS)}"
        write(folder, f"{number}.md", "\n\n".join([f"# {title}", *paragraphs]))
    library.add([folder])
    return library


class Soak:
    """A reader that somebody plays with who does not look."""

    def __init__(self, stage: Stage, library: Library, chance: random.Random) -> None:
        self._stage, self._library, self._chance = stage, library, chance
        self.done: list[str] = []
        """What was done, for whoever has to find out what went wrong."""

    async def step(self) -> None:
        """Do something."""
        action = self._chance.choices(
            (self._press, self._query, self._narrow, self._erase, self._resize, self._add),
            (80, 12, 4, 3, 3, 2),
        )[0]
        await action()

    async def _press(self) -> None:
        """Press any key; whatever it opens is left again."""
        key = self._chance.choices(list(_KEYS), list(_KEYS.values()))[0]
        if key in _DANGEROUS and self._stage.main.check_action("quit", ()):
            return
        self.done.append(key)
        await self._stage.press(key)
        while self._stage.app.screen is not self._stage.main:
            await self._stage.press("escape")

    async def _narrow(self) -> None:
        """Narrow the results to some value that they have."""
        if not self._stage.main.check_action("facets", ()):
            return
        down = self._chance.randint(0, 9)
        self.done.append(f"narrow to value {down}")
        await self._stage.press("escape", "v")
        if self._stage.app.screen is not self._stage.main:
            await self._stage.press(*"j" * down, "enter")

    async def _query(self) -> None:
        query = self._chance.choice(_QUERIES)
        letters = query[: self._chance.randint(1, len(query))]
        self.done.append(f"query {letters!r}")
        await self._stage.press("\\", "ctrl+u", *letters, "enter")

    async def _erase(self) -> None:
        self.done.append("no query")
        await self._stage.press("\\", "ctrl+u", "enter")

    async def _resize(self) -> None:
        size = self._chance.choice((WIDE, NARROW, SMALL))
        self.done.append(f"{size[0]}×{size[1]}")
        await self._stage.resize(size)

    async def _add(self) -> None:
        """Add an article from elsewhere."""
        self.done.append("an article more")
        number = len(self._library.ids())
        text = f"# Council more {number}\n\n" + "The ferry of the council is late. " * 9
        place = write(self._library.folder.parent, f"more {number}.md", text)
        self._library.add([place])
        self._stage.app._look()

    async def agree(self) -> None:
        """Wait until the screen agrees with the record and the query."""
        try:
            await self._stage.until(self._is_settled, "what the record says")
        except AssertionError as error:
            last = " · ".join(self.done[-25:])
            raise AssertionError(f"{self._differs()}\nafter {last}\n{error}") from error

    def _is_settled(self) -> bool:
        """Whether all is as it has to be; what a key opened only after a while is left first."""
        late = self._stage.app.screen
        if late is not self._stage.main:
            late.dismiss()
            return False
        return not self._differs()

    # --- what has to be -------------------------------------------------------------------------

    def _differs(self) -> str:
        """Say what is wrong with the screen; nothing where all is right."""
        results, main = self._stage.results, self._stage.main
        if results.query != main.pane.query_text:
            return f"results of {results.query!r}, not of {main.pane.query_text!r}"
        if results.narrowed != main.narrowed:
            return f"results within {results.narrowed}, not within {main.narrowed}"
        wanted = self._wanted(results) if main.scope == "all" else None
        if wanted is not None and list(results.ids) != wanted:
            return "other results than the library gives"
        if not results.total:
            return "an article without results" if main.article else ""
        here = results.ids[self._stage.result_list.cursor]
        if main.article is None or main.article.id != here:
            return "another article in view than at the cursor"
        return self._rows_differ(results) if self._stage.result_list.size else ""

    def _wanted(self, results: Results) -> list[str] | None:
        """Return what the library finds; None where it depends on marks, which change."""
        is_marked = (isinstance(one, Having) and one.field == "read" for one in results.narrowed)
        if "is:" in results.query or any(is_marked):
            return None
        try:
            found = self._library.search(
                results.query,
                typing=results.typing,
                sort=self._stage.main.sort,
                narrowed=self._stage.main.narrowed,
            )
        except QueryError:
            return []
        return list(found.ids)

    def _rows_differ(self, results: Results) -> str:
        """Say which row shows another title than its article has, or other marks."""
        rows = self._stage.result_list
        first = -(-rows.scroll_offset.y // rows.row_height)
        behind = (rows.scroll_offset.y + rows.size.height) // rows.row_height
        marks = self._library.marks(results.ids[first:behind])
        for place in range(first, min(behind, results.total)):
            id_ = results.ids[place]
            y = rows.region.y + place * rows.row_height - rows.scroll_offset.y
            line = self._stage.lines[y][rows.region.x : rows.region.right]
            title = self._library.article(id_).title.split()[0]
            if f"{_sign(marks.get(id_, Marks()))} {title}" not in line:
                return f"row {place} is {line!r}, not {title!r} with {marks.get(id_)}"
        return ""


def _sign(marks: Marks) -> str:
    if marks.starred:
        return STARRED
    return READ if marks.read else UNREAD


async def test_whatever_is_done_the_screen_agrees(library: Library) -> None:
    end = time.monotonic() + SECONDS
    async with reading(library) as stage:
        soak = Soak(stage, library, random.Random(SEED))
        while time.monotonic() < end:
            await soak.step()
            await soak.agree()
        assert len(soak.done) > 10
