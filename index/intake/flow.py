"""Text as it flows on a page to blocks: white space as a browser has it, links where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.article import Block, Link
from index.cleaning import clean_lines
from index.intake.lines import SURE_BULLETS
from index.key_points import is_heading

if TYPE_CHECKING:
    from index.article import BlockKind

_SPACE = re.compile("[ \t\n\r\f\x0b]+")
_SPACES = " \xa0\u2000-\u200a\u202f\u3000"
_WIDE_SPACE = re.compile(f"[{_SPACES}]{{2,}}")
_LEADING = re.compile(rf"[{_SPACES}\u200c-\u200f\ufe0f]+")
_TRAILING = re.compile(rf"[{_SPACES}\u200c\u200e\u200f]+\Z")
_BULLET = re.compile(rf"[{''.join(sorted(SURE_BULLETS))}][{_SPACES}]*")

CELL_END = " | "
"""What parts the cells of a table's row."""


class _Stretch(NamedTuple):
    """Text without a line end, and the address it leads to."""

    text: str
    url: str | None


class Flow:
    """The blocks of a page while they are being gathered, from its first word to its last."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._lines: list[list[_Stretch]] = [[]]
        self._has_text = False
        self._cell_ended = False

    def add(self, text: str, url: str | None = None, *, preformatted: bool = False) -> None:
        """Let ``text`` follow on the current line; it leads to ``url``.

        Its line ends are white space, unless it is ``preformatted``.
        """
        if not preformatted:
            self._add_to_line(clean_lines(_SPACE.sub(" ", text)), url)
            return
        first, *others = clean_lines(text).split("\n")
        self._add_to_line(first, url)
        for line in others:
            self.break_line()
            self._add_to_line(line, url)

    def _add_to_line(self, text: str, url: str | None) -> None:
        if not text:
            return
        if not text.isspace():
            if self._cell_ended:
                self._lines[-1].append(_Stretch(CELL_END, None))
                self._cell_ended = False
            self._has_text = True
        self._lines[-1].append(_Stretch(text, url))

    def end_cell(self) -> None:
        """Part what follows from what stands on the line, as cells of a table are parted."""
        self._cell_ended = self._has_text

    def break_line(self) -> None:
        """End the line. Two breaks in a row end a paragraph."""
        self._lines.append([])

    def end_block(self, kind: BlockKind, *, by_line: bool = False) -> int:
        """Make blocks of ``kind`` of what stands since the last one; return how many.

        Besides an empty line, a bullet at the beginning of a line begins a block. With
        ``by_line`` each line is one, and so it is below a heading of key points.
        """
        if not self._has_text:
            self._lines = [[]]
            return 0
        before = len(self._blocks)
        group: list[_Stretch] = []
        texts = ["".join(stretch.text for stretch in line).strip() for line in self._lines]
        by_line = by_line or (len(texts) > 1 and is_heading(next(filter(None, texts))))
        for line, text in zip(self._lines, texts, strict=True):
            if not text or by_line or text[0] in SURE_BULLETS:
                self._tell(group, kind)
                group = []
            group += (*line, _Stretch(" ", None))
        self._tell(group, kind)
        self._lines, self._has_text, self._cell_ended = [[]], False, False
        return len(self._blocks) - before

    def _tell(self, stretches: list[_Stretch], kind: BlockKind) -> None:
        block = _block(stretches, kind)
        if block:
            self._blocks.append(block)

    def blocks(self) -> tuple[Block, ...]:
        """Return all blocks that were ended."""
        return tuple(self._blocks)


def _block(stretches: list[_Stretch], kind: BlockKind) -> Block | None:
    """Return the block of one line's text, or None where nothing of it is visible."""
    text, links = _joined(stretches)
    end = len(_TRAILING.sub("", text))
    start = 0
    if bullet := _BULLET.match(text, 0, end):
        start = bullet.end()
        kind = "list_item" if kind == "paragraph" else kind
    if start >= end:
        return None
    shifted = (
        Link(start=max(link.start, start) - start, end=min(link.end, end) - start, url=link.url)
        for link in links
    )
    return Block(
        kind=kind,
        text=text[start:end],
        links=tuple(link for link in shifted if link.start < link.end),
    )


def _joined(stretches: list[_Stretch]) -> tuple[str, list[Link]]:
    """Join stretches, with one space at most where there is any between them."""
    parts: list[str] = []
    links: list[Link] = []
    length = 0
    for stretch in stretches:
        text = _WIDE_SPACE.sub(" ", stretch.text)
        if (not parts or parts[-1][-1].isspace()) and (space := _LEADING.match(text)):
            text = text[space.end() :]
        if not text:
            continue
        parts.append(text)
        if stretch.url:
            _add_link(links, length, length + len(text), stretch.url)
        length += len(text)
    return "".join(parts), links


def _add_link(links: list[Link], start: int, end: int, url: str) -> None:
    if links and links[-1].end == start and links[-1].url == url:
        links[-1] = Link(start=links[-1].start, end=end, url=url)
    else:
        links.append(Link(start=start, end=end, url=url))
