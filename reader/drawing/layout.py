"""An article as lines of a given width: which stretch of which text stands on which line.

Pure: no terminal, no styles. A line is described by offsets into the article's own passages, so a
match span, a selection and what is drawn are always about the same characters.
"""

from __future__ import annotations

from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.drawing.links import links_of, wrap_with_links
from reader.drawing.wrap import wrap
from reader.wording import byline, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.article import Article
    from index.results import Spans
    from reader.drawing.links import NumberedLink

Look = Literal[
    "title", "made-title", "byline", "points-heading", "point", "heading", "rule",
    "paragraph", "list_item", "quote", "no-points",
    "links-heading", "address", "blank", "tags", "note",
]  # fmt: skip
"""What a line is, and so how it looks."""

POINTS_BAR = "┃ "
DEFAULT_POINTS_HEADING = "KEY POINTS"
NO_POINTS = "This article has no key points."

LINKS_HEADING = "LINKS"
NO_LINKS: Mapping[int, tuple[NumberedLink, ...]] = MappingProxyType({})

_FIRST_POINT = 3
"""The text of the first key point: behind the title, the byline and the heading of the points."""


class Row(NamedTuple):
    """One line: a stretch of a text, and what stands before it."""

    look: Look
    text: int
    """Which of the layout's texts the stretch is from."""

    start: int
    end: int
    lead: str = ""
    """Decoration before the stretch: a bar, a number, a bullet, an indent."""


class Layout(NamedTuple):
    """A laid out article."""

    texts: tuple[str, ...]
    """As :func:`texts_of` gives them."""

    rows: tuple[Row, ...]
    width: int
    links: Mapping[int, tuple[NumberedLink, ...]] = NO_LINKS
    """By the number of the text that they are in; one without links is left out."""

    def row_of(self, text: int, offset: int) -> int:
        """Return the number of the line on which a character of a text stands."""
        low, high = 0, len(self.rows)
        while low < high:
            middle = (low + high) // 2
            row = self.rows[middle]
            if (row.text, row.end) <= (text, offset):
                low = middle + 1
            else:
                high = middle
        return min(low, len(self.rows) - 1)

    def heading_rows(self) -> tuple[int, ...]:
        """Return the first line of each heading, the key points' among them."""
        return tuple(
            number
            for number, row in enumerate(self.rows)
            if row.look in ("heading", "points-heading") and row.start == 0
        )

    def points_row(self) -> int | None:
        """Return the first line of the key points' panel, or None without key points."""
        for number, row in enumerate(self.rows):
            if row.look == "points-heading":
                return number
        return None


def text_of_point(point: int) -> int:
    """Return the number of the text that a key point is."""
    return _FIRST_POINT + point


def text_of_block(article: Article, block: int) -> int:
    """Return the number of the text that a block is."""
    points = article.key_points.points
    return (_FIRST_POINT + len(points) if points else _FIRST_POINT - 1) + block


def passage_of(article: Article, text: int, offset: int) -> tuple[int, int]:
    """Return the passage that a text is, and the offset; of what is none, the next or the last."""
    behind = text_of_passage(article, 1) - 1
    if text == 0 or text > behind:
        last = len(article.passages) - 1
        passage = max(0, text - behind)
        return (passage, offset) if passage <= last else (last, len(article.passages[last].text))
    return min(1, len(article.passages) - 1), 0


def text_of_passage(article: Article, passage: int) -> int:
    """Return the number of the text that a passage is."""
    points = len(article.key_points.points)
    return passage + (0 if passage == 0 else 2 if points else 1)


def texts_of(article: Article) -> tuple[str, ...]:
    """Return what stands on the lines of an article, in reading order.

    The passages of the article, with its byline behind the title, and the heading of the key
    points, where there are any, before those; at the end the addresses of its links.
    """
    title, *others = (passage.text for passage in article.passages)
    heading = article.key_points.heading or DEFAULT_POINTS_HEADING
    from_ = joined([byline(article), "only the beginning" if article.is_teaser else None])
    points = [heading] if article.key_points.points else []
    return (title, from_, *points, *others, *links_of(article).addresses)


def by_text(article: Article, of_passages: Sequence[Spans]) -> list[Spans]:
    """Bring the match spans of an article's passages into the order of its texts."""
    title, *others = of_passages
    points: list[Spans] = [()] if article.key_points.points else []
    return [title, (), *points, *others, *((),) * len(links_of(article).addresses)]


def texts_of_passages(article: Article) -> tuple[int, ...]:
    """Return in which of the texts each passage of an article is."""
    numbered = by_text(
        article, [((number, number + 1),) for number in range(len(article.passages))]
    )
    return tuple(text for text, spans in enumerate(numbered) if spans)


def lay_out(article: Article, width: int) -> Layout:
    """Break an article into lines of at most ``width`` cells."""
    texts = texts_of(article)
    points = len(article.key_points.points)
    links, first_block = links_of(article), text_of_block(article, 0)
    of_texts = {first_block + block: of for block, of in links.of_blocks.items()}
    title: Look = "title" if article.title_from == "article" else "made-title"
    rows = [
        *_wrapped(title, 0, texts[0], width),
        *_wrapped("byline", 1, texts[1], width),
        _blank(1, texts[1]),
        *(_panel(texts, points, width) if points else _no_panel(texts, width)),
        *_body(article, texts, of_texts, width),
        *_addresses(texts, len(links.addresses), width),
    ]
    return Layout(texts, tuple(rows), width, of_texts)


def _panel(texts: Sequence[str], points: int, width: int) -> Iterator[Row]:
    """Lay out the key points: a bar along their left side, the points numbered."""
    heading = _FIRST_POINT - 1
    yield from _wrapped("points-heading", heading, texts[heading], width, POINTS_BAR, POINTS_BAR)
    digits = len(str(points))
    for number in range(1, points + 1):
        text = heading + number
        first = f"{POINTS_BAR}{number:>{digits}}  "
        rest = POINTS_BAR + " " * (digits + 2)
        yield from _wrapped("point", text, texts[text], width, first, rest)
    yield _blank(heading + points, texts[heading + points])


def _no_panel(texts: Sequence[str], width: int) -> Iterator[Row]:
    """Say plainly that there are no key points, rather than leaving a hole."""
    behind = len(texts[1])
    for start, end in wrap(NO_POINTS, width):
        yield Row("no-points", 1, behind, behind, NO_POINTS[start:end])
    yield _blank(1, texts[1])


def _body(
    article: Article,
    texts: Sequence[str],
    links: Mapping[int, tuple[NumberedLink, ...]],
    width: int,
) -> Iterator[Row]:
    blocks = article.blocks
    first = text_of_block(article, 0)
    for text, (block, following) in enumerate(zip_longest(blocks, blocks[1:]), first):
        content = texts[text]
        leads = ("", "")
        if block.kind == "list_item":
            leads = "" if content[:1].isdigit() else "• ", "  "
        elif block.kind == "quote":
            leads = "│ ", "│ "
        yield from _wrapped(block.kind, text, content, width, *leads, links.get(text, ()))
        if block.kind == "heading":
            yield Row("rule", text, len(content), len(content))
        elif not (following and block.kind == following.kind == "list_item"):
            yield _blank(text, content)


def _addresses(texts: Sequence[str], count: int, width: int) -> Iterator[Row]:
    """List the addresses of the links, by their numbers."""
    if not count:
        return
    first = len(texts) - count
    yield Row("links-heading", first, 0, 0, LINKS_HEADING)
    digits = len(str(count))
    for number, text in enumerate(range(first, len(texts)), 1):
        lead = f"{f'[{number}]':>{digits + 2}}  "
        yield from _wrapped("address", text, texts[text], width, lead, " " * len(lead))
    yield _blank(len(texts) - 1, texts[-1])


def _wrapped(
    look: Look,
    text: int,
    content: str,
    width: int,
    first: str = "",
    rest: str = "",
    links: Sequence[NumberedLink] = (),
) -> Iterator[Row]:
    for start, end in wrap_with_links(content, links, width - max(len(first), len(rest))):
        yield Row(look, text, start, end, first if start == 0 else rest)


def _blank(text: int, content: str) -> Row:
    return Row("blank", text, len(content), len(content))
