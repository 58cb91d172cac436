"""What the reader noted on an article, between and on its lines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from index.cleaning import mask
from index.highlights import by_passage, passage_starts
from reader.drawing.layout import POINTS_BAR, Row, texts_of_passages
from reader.drawing.matches import Place
from reader.drawing.wrap import wrap
from reader.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.article import Article
    from index.highlights import Highlight, Placed
    from index.results import Span
    from reader.drawing.layout import Layout, Look
    from reader.drawing.runs import Emphasis, Run
    from reader.drawing.selecting import Point, Stretch

NOTE_SIGN = "✎ "
LOST = "No longer in the text: "


class Lit(NamedTuple):
    """A highlight in the texts of an article: no places where its words are there no more."""

    highlight: Highlight
    places: tuple[Place, ...]

    @property
    def start(self) -> Point:
        """Where it begins."""
        return self.places[0].text, self.places[0].span[0]

    @property
    def end(self) -> Point:
        """Where its last character is."""
        return self.places[-1].text, self.places[-1].span[1] - 1


class Annotations(NamedTuple):
    """What the reader noted on an article, to be drawn with it."""

    tags: tuple[str, ...] = ()
    lit: tuple[Lit, ...] = ()
    """In reading order."""

    lost: tuple[Highlight, ...] = ()
    """Highlights whose words are in the text no more."""

    def spans(self, text: int) -> list[tuple[Span, int]]:
        """Return what is highlighted of one text, and by which highlights, by their keys."""
        return [
            (place.span, lit.highlight.key)
            for lit in self.lit
            for place in lit.places
            if place.text == text
        ]

    def beyond(self, point: Point, step: int) -> Lit | None:
        """Return the first highlight behind (1) a point, or the last before (-1) it."""
        if step > 0:
            return next((lit for lit in self.lit if lit.start > point), None)
        return next((lit for lit in reversed(self.lit) if lit.start < point), None)

    def by_key(self, key: int | None) -> Lit | None:
        """Return the highlight with a key."""
        return next((lit for lit in self.lit if lit.highlight.key == key), None)


NO_ANNOTATIONS = Annotations()


def annotations_of(
    article: Article, tags: tuple[str, ...], placed: Iterable[Placed]
) -> Annotations:
    """Bring what was noted on an article into its texts."""
    texts, starts = texts_of_passages(article), passage_starts(article)
    lit, lost = [], []
    for one in placed:
        if one.span is None:
            lost.append(one.highlight)
        else:
            parts = by_passage(article, one.span, starts)
            lit.append(Lit(one.highlight, tuple(Place(texts[n], span) for n, span in parts)))
    return Annotations(tags, tuple(lit), tuple(lost))


def span_of(article: Article, stretch: Stretch) -> Span:
    """Return which span of an article's whole text a stretch of its texts is.

    What is not of the article, such as the byline, is left out.
    """
    texts, starts = texts_of_passages(article), passage_starts(article)

    def offset(point: Point) -> int:
        for text, start, passage in zip(texts, starts, article.passages, strict=True):
            if text == point[0]:
                return start + min(point[1], len(passage.text))
            if text > point[0]:
                return start
        return starts[-1] + len(article.passages[-1].text)

    return offset(stretch.start), offset(stretch.end)


# --- lines ----------------------------------------------------------------------------------------


def annotated(layout: Layout, noted: Annotations) -> Layout:
    """Put what was noted on lines of its own: tags below the byline, notes below their paragraphs.

    These lines are decoration, at the end of the text that they stand behind: no character of an
    article is on them.
    """
    below = dict(_below(layout, noted))
    if not below:
        return layout
    rows: list[Row] = []
    for number, row in enumerate(layout.rows):
        rows.append(row)
        for look, said in below.get(number, ()):
            rows += _lines(look, said, row, layout.width)
    return layout._replace(rows=tuple(rows))


def _below(layout: Layout, noted: Annotations) -> Iterator[tuple[int, list[tuple[Look, str]]]]:
    """Give what is to be said below which lines."""
    said: dict[int, list[tuple[Look, str]]] = {}
    ends = [n for n, row in enumerate(layout.rows) if row.look == "byline"]
    if ends and noted.tags:
        said.setdefault(ends[-1], []).append(("tags", "  ".join(f"#{tag}" for tag in noted.tags)))
    for lost in noted.lost:
        there = LOST + quoted(lost.anchor.quote)
        note = NOTE_SIGN + (f"{lost.note} ({there})" if lost.note else there)
        said.setdefault(ends[-1] if ends else 0, []).append(("note", note))
    for lit in noted.lit:
        if lit.highlight.note:
            row = layout.row_of(lit.end[0], len(layout.texts[lit.end[0]]) - 1)
            said.setdefault(row, []).append(("note", NOTE_SIGN + lit.highlight.note))
    yield from said.items()


def _lines(look: Look, said: str, behind: Row, width: int) -> Iterator[Row]:
    """Break what was noted into lines."""
    said = mask(said)
    # The bar of the key points goes on along a note on one of them.
    bar = POINTS_BAR if behind.look == "point" else ""
    indent = "  " if look == "note" else ""
    for start, end in wrap(said, max(1, width - len(bar) - len(indent))):
        lead = bar + (indent if start else "") + said[start:end]
        yield Row(look, behind.text, behind.end, behind.end, lead)


# --- on lines -------------------------------------------------------------------------------------


def highlighted(
    runs: Iterable[Run], spans: Sequence[tuple[Span, int]], current: int | None
) -> Iterator[Run]:
    """Cut runs of a line at the borders of highlights, which lie under the matches."""
    for run in runs:
        if run.offset < 0 or run.emphasis != "none" or not spans:
            yield run
            continue
        start, end = run.offset, run.offset + len(run.text)
        edges = {start, end, *(edge for span, _ in spans for edge in span if start < edge < end)}
        ordered = sorted(edges)
        for left, right in pairwise(ordered):
            keys = [key for span, key in spans if span[0] <= left and right <= span[1]]
            part = run._replace(text=run.text[left - start : right - start], offset=left)
            if keys:
                lit: Emphasis = "highlight-current" if current in keys else "highlight"
                part = part._replace(emphasis=lit)
            yield part
