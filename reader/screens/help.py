"""The help: all keys as they are bound now, and the query language on a page."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.drawing.wrap import wrap
from reader.keymap import bind, keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.dom import DOMNode

QUERIES = (
    ("taliban ceasefire", "both words, in any of their forms"),
    ("“final warning”", "these words in this order"),
    ("ceasefire OR truce", "one of them"),
    ("taliban -doha", "without a word"),
    ("title:warning  points:", "only in the title, the key points, place:, source:"),
    ("cease*  wrod~", "the beginning of a word; nearly this word"),
    ("date:2025-10  after:2025-10-09", 'a month; date:"last week"; date:2025-10..2025-11'),
    ("feed:dawn  tag:world", "from a feed of this name; with this tag, or from a feed with it"),
    ("is:unread  is:starred  has:points", "by your marks, and by what a story has"),
)

ADDING = (
    ("broadsheet add PATH…", "take files and folders into the library"),
    ("broadsheet open PATH…", "read a folder as it is"),
)

_NARROWEST_MEANING = 24
_INDENT = 4
_KEYS_WIDTH = 22
_QUERY_WIDTH = 34


class HelpScreen(ModalScreen[None]):
    """Everything that can be done, on one scrolled page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("escape,q,h,left,question_mark,f1", "app.pop_screen", "Close", id="help.close"),
        bind("j", "scroll(1)", "Down", id="help.down", tooltip="One line down"),
        bind("k", "scroll(-1)", "Up", id="help.up", tooltip="One line up"),
    ]

    def __init__(
        self, panes: Sequence[tuple[str, Sequence[type[DOMNode]]]], keymap: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._panes = panes
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="help", can_focus=True):
            yield Static(id="help-text", markup=False)

    def on_resize(self) -> None:
        """Lay the page out for the width it has."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        text = self.query_one("#help-text", Static)
        text.update(Content("\n").join(self._lines(text.size.width)))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)

    def _lines(self, width: int) -> list[Content]:
        lines = []
        for title, nodes in self._panes:
            lines += [_title(title)]
            # The ten digits do the same.
            for description, alike in groupby(keys(nodes, self._keymap), attrgetter("description")):
                pressed = " ".join(key for one in alike for key in one.keys)
                lines += [_line(pressed, description, _KEYS_WIDTH, width)]
            lines += [Content("")]
        lines += [_title("What can be searched for")]
        lines += [_line(query, meaning, _QUERY_WIDTH, width) for query, meaning in QUERIES]
        lines += [Content(""), _title("Adding articles, in the shell")]
        lines += [_line(command, meaning, _QUERY_WIDTH, width) for command, meaning in ADDING]
        return lines


def _title(text: str) -> Content:
    return Content.styled(text, "bold $accent")


def _line(left: str, right: str, column: int, width: int) -> Content:
    """Put a key and its meaning side by side, or one below the other where that is too wide."""
    if width < column + _NARROWEST_MEANING:
        column = _INDENT
    rows = [right[start:end] for start, end in wrap(right, width - column)]
    if len(left) >= column:
        rows.insert(0, "")
    return Content.assemble((f"{left:<{column}}", "$primary"), ("\n" + " " * column).join(rows))
