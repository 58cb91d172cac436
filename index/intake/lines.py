"""Lines to blocks: wrapped lines are joined, bullets and quotation marks recognised."""

from __future__ import annotations

import re
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from index.article import Block
from index.intake.files import MOST_BLOCKS
from index.key_points import NumberedItem, is_unmistakable_heading, may_be_sentence
from index.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NARROWEST, WIDEST = 30, 100
"""Characters of the lines that a program or a person would have wrapped."""

_SHAPE_SAMPLE = 2000
"""Lines from which the shape of a text is told."""

SURE_BULLETS = frozenset("•▪●‣◦■►▸▶➤➢⁃∙○□◆◇❖✓✔·")
"""Bullets that are nothing else. A dash or a number is a bullet only where it has neighbours."""

_BULLET = re.compile(
    rf"(?P<sure>[{''.join(sorted(SURE_BULLETS))}])\s*"
    r"|(?P<dash>[-–—*])\s+"
    r"|(?P<number>\(?\d{1,2}[.)])\s+"
)
_QUOTE = re.compile(r">[>\s]*")
_MOST_SENTENCES = 8
"""Lines under a heading of key points that are points without a bullet."""

_BLANK_LINES = re.compile(r"\n{3,}")


class Line(NamedTuple):
    """One line of a text, apart from its marks."""

    text: str
    """Without the space around it, and without its bullet."""

    indent: int
    bullet: str
    """The bullet as written, or its kind of number; empty where the line has none."""

    whole: str
    """The text with its bullet."""

    quoted: bool
    blank_before: bool


class _Shape(NamedTuple):
    """How the lines of a text are broken."""

    wrapped: bool
    """Lines end where the next word did not fit any more, not where a paragraph ends."""

    width: int = 0


def to_blocks(text: str) -> list[Block]:
    """Return the paragraphs, list items and quotes of a text whose line ends are its only marks.

    A line is a paragraph, unless the text was wrapped at a width: then lines are joined with a
    space, up to a blank line, an indent or a line that was left short. Of a text that has more of
    them than any article may have, one too many is returned.
    """
    lines = _read(text)
    beginning = list(islice(lines, _SHAPE_SAMPLE))
    groups = _grouped(_with_points(chain(beginning, lines)), _shape(beginning))
    return list(islice(_settle_bullets(groups), MOST_BLOCKS + 1))


def _read(text: str) -> Iterator[Line]:
    blank_before = True
    bullet_alone = ""
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    for raw in text.split("\n"):
        whole = raw.strip()
        if not whole:
            blank_before = True
            continue
        line = _line(raw, whole, blank_before)
        if line.bullet and not line.text:  # A bullet on a line of its own marks the next line.
            bullet_alone = line.bullet
            continue
        if bullet_alone and not line.bullet:
            line = line._replace(bullet=bullet_alone)
        yield line
        bullet_alone = ""
        blank_before = False
    if bullet_alone:
        yield _line(bullet_alone, bullet_alone, blank_before)._replace(text=bullet_alone, bullet="")


def _with_points(lines: Iterable[Line]) -> Iterator[Line]:
    """Give bullets to the sentences that touch a heading of key points, and a blank line ends."""
    touching: list[Line] = []
    for line in lines:
        if touching and (line.blank_before or len(touching) > _MOST_SENTENCES):
            yield from _as_points(touching, ended=line.blank_before)
            touching = []
        if touching or is_unmistakable_heading(line.text):
            touching.append(line)
        else:
            yield line
    if touching:
        yield from _as_points(touching, ended=touching[0].blank_before)


def _as_points(touching: list[Line], *, ended: bool) -> Iterator[Line]:
    heading, *below = touching
    are_points = ended and len(below) >= 2 and all(_is_sentence(line) for line in below)
    yield heading
    yield from (line._replace(bullet="•") for line in below) if are_points else below


def _is_sentence(line: Line) -> bool:
    bare = not line.bullet and not line.quoted
    return bare and may_be_sentence(line.text) and ends_sentence(line.text)


def _line(raw: str, whole: str, blank_before: bool) -> Line:
    indent = len(raw) - len(raw.lstrip())
    if whole[0] == ">" and (mark := _QUOTE.match(whole)) and mark.end() < len(whole):
        rest = whole[mark.end() :]
        return Line(rest, indent, "", rest, quoted=True, blank_before=blank_before)
    bullet, text = "", whole
    if not whole[0].isalpha() and (mark := _BULLET.match(whole)):
        bullet = "1" if mark.lastgroup == "number" else whole[0]
        text = whole[mark.end() :]
    return Line(text, indent, bullet, whole, quoted=False, blank_before=blank_before)


def _shape(lines: list[Line]) -> _Shape:
    """Tell by neighbouring lines whether a text was wrapped, and how wide."""
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if not following.blank_before and not following.bullet and following.indent <= line.indent
    ]
    if not pairs:
        return _Shape(wrapped=False)
    widths = sorted(_width(line) for line, _ in pairs)
    width = widths[int(0.9 * (len(widths) - 1))]
    full = sum(_is_full(line, following, width) for line, following in pairs)
    flowing = sum(_flows(line, following) for line, following in pairs)
    wrapped = (
        NARROWEST <= width <= WIDEST and full >= 0.6 * len(pairs) and flowing >= 0.25 * len(pairs)
    )
    return _Shape(wrapped, width)


def _width(line: Line) -> int:
    return line.indent + len(line.whole)


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the ``following`` line had no room at the end of ``line``."""
    first_word = following.whole[:width].split(maxsplit=1)[0]
    return _width(line) + 1 + len(first_word) > width


def _flows(line: Line, following: Line) -> bool:
    """Whether a sentence seems to run on from ``line`` to the ``following`` one."""
    return not following.text[0].isupper() and not ends_sentence(line.text)


def _grouped(lines: Iterable[Line], shape: _Shape) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, list item or quote."""
    group: list[Line] = []
    for line in lines:
        if group and _continues(group, line, shape):
            group.append(line)
        else:
            if group:
                yield group
            group = [line]
    if group:
        yield group


def _continues(group: list[Line], line: Line, shape: _Shape) -> bool:
    """Whether ``line`` belongs to the paragraph, list item or quote of the lines before it."""
    previous = group[-1]
    if line.blank_before or line.bullet or line.quoted != previous.quoted:
        return False
    if group[0].bullet and (line.indent > group[0].indent or _runs_on(previous, line)):
        return True
    if not shape.wrapped:
        narrow = NARROWEST <= _width(previous) <= WIDEST and _width(line) <= WIDEST
        return narrow and _runs_on(previous, line)
    if line.indent >= previous.indent + 2 or previous.whole.isupper() > line.whole.isupper():
        return False
    if _is_full(previous, line, shape.width):
        return True
    if ends_sentence(previous.text):
        return False
    return _width(previous) >= 0.6 * shape.width or _flows(previous, line)


def _runs_on(line: Line, following: Line) -> bool:
    return following.text[0].islower() and not ends_sentence(line.text)


def _settle_bullets(groups: Iterator[list[Line]]) -> Iterator[Block]:
    """Make blocks, and take a dash or a number for a bullet only next to another one."""
    before = ""
    group = next(groups, None)
    while group:
        following = next(groups, None)
        bullet = group[0].bullet
        after = following[0].bullet if following else ""
        if group[0].quoted:
            yield Block(kind="quote", text=_joined(group))
        elif bullet == "1" and bullet in {before, after}:
            yield NumberedItem(text=_joined(group))
        elif bullet and (bullet in SURE_BULLETS or bullet in {before, after}):
            yield Block(kind="list_item", text=_joined(group))
        else:
            if bullet:
                group[0] = group[0]._replace(text=group[0].whole)
            yield Block(kind="paragraph", text=_joined(group))
        before, group = bullet, following


def _joined(group: list[Line]) -> str:
    return group[0].text if len(group) == 1 else " ".join(line.text for line in group)
