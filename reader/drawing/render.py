"""What is drawn: articles and hits as lines of styled runs. Pure; the widgets only paint it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from rich.cells import cell_len

from index.cleaning import mask
from reader.drawing.layout import POINTS_BAR
from reader.drawing.links import with_links
from reader.drawing.runs import Run
from reader.drawing.wrap import shorten, wrap
from reader.wording import hit_summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.results import Excerpt, Hit, Span, Spans
    from reader.drawing.layout import Layout, Row

UNREAD, READ, STARRED = "●", "○", "★"
CURSOR_BAR = "▌"
MARGIN = 3
"""Cells before the text of a result: the cursor's bar, the mark, a space."""

_SAID = frozenset({"no-points", "links-heading", "tags", "note"})
"""Looks of lines that are no part of the article's text."""

_WORD_BREAKS = 8
"""Cells that a line loses at most, as a rule, by breaking between words."""


def article_row(layout: Layout, row: Row, spans: Spans, current: Span | None) -> list[Run]:
    """Cut a line of an article into runs: its lead, then plain text and matches.

    ``spans`` are the matches of the row's whole text, ``current`` the one the reader is at.
    """
    lead = list(_lead(row))
    if row.look == "rule":
        return [Run("─" * _rule_width(layout, row), "rule")]
    text = layout.texts[row.text]
    runs = _runs(text, row.start, row.end, row.look, spans, current)
    links = layout.links.get(row.text, ())
    return lead + (with_links(runs, links, (row.start, row.end)) if links else runs)


def _lead(row: Row) -> Iterator[Run]:
    if row.look in _SAID:
        bar = POINTS_BAR if row.lead.startswith(POINTS_BAR) else ""
        if bar:
            yield Run(bar, "points-bar")
        yield Run(row.lead.removeprefix(bar), row.look)
    elif row.lead:
        yield Run(row.lead, "points-bar" if row.lead.startswith(POINTS_BAR) else "lead")


def _rule_width(layout: Layout, row: Row) -> int:
    return min(layout.width, cell_len(layout.texts[row.text]))


def _runs(
    text: str, start: int, end: int, look: str, spans: Spans, current: Span | None = None
) -> list[Run]:
    """Cut ``text[start:end]`` at the borders of the spans that touch it."""
    runs = []
    position = start
    for span in spans[max(0, bisect_right(spans, (start, start)) - 1) :]:
        left, right = max(span[0], position), min(span[1], end)
        if left >= end:
            break
        if right <= left:
            continue
        if left > position:
            runs.append(Run(mask(text[position:left]), look, "none", position))
        runs.append(
            Run(mask(text[left:right]), look, "current" if span == current else "match", left)
        )
        position = right
    if position < end:
        runs.append(Run(mask(text[position:end]), look, "none", position))
    return runs


def hit_rows(hit: Hit, width: int, height: int, *, points: bool = False) -> list[list[Run]]:
    """Draw a hit on exactly ``height`` lines: title, where it is from, excerpt or key points.

    The last line stays free, as the gap before the next hit, where ``height`` is 4 or more. With
    little height the excerpt goes first, then what is known about the source.
    """
    width = max(1, width - MARGIN)
    used = height - 1 if height >= 4 else height
    titles = 1 if used < 4 else 2
    rows = _filled(hit.title, hit.title_spans, "hit-title", width, min(titles, used))
    if len(rows) < used:
        rows.append([Run(mask(shorten(hit_summary(hit), width)), "hit-summary")])
    if len(rows) < used and points and hit.points:
        rows += _points(hit, width, used - len(rows))
    elif len(rows) < used:
        rows += _excerpt(hit, width, used - len(rows))
    return rows + [[] for _ in range(height - len(rows))]


def _excerpt(hit: Hit, width: int, height: int) -> list[list[Run]]:
    """Draw as much of an excerpt as there is room for: the part that shows most of the query."""
    excerpt = hit.excerpt
    start = _best_start(excerpt, (width - _WORD_BREAKS) * height)
    text = excerpt.text[start:]
    spans = tuple((max(0, a - start), b - start) for a, b in excerpt.spans if b > start)
    if excerpt.leads_in or start:
        text, spans = "…" + text, tuple((a + 1, b + 1) for a, b in spans)
    if excerpt.leads_out:
        text += "…"
    return _filled(text, spans, "hit-excerpt", width, height)


def _best_start(excerpt: Excerpt, room: int) -> int:
    """Return where to begin, so that most different matches are within the next ``room`` cells."""
    text, spans = excerpt.text, excerpt.spans
    if not spans or cell_len(text) <= room:
        return 0

    def shown(first: Span) -> list[Span]:
        """Return the matches in view where the first one shown is ``first``."""
        return [span for span in spans if span >= first and span[1] - first[0] <= room]

    def different(first: Span) -> int:
        return len({text[start:end].casefold() for start, end in shown(first)})

    best = max(spans, key=lambda span: (different(span), -span[0]))
    end = max((span[1] for span in shown(best)), default=best[1])
    spare = max(0, room - (end - best[0]))
    earliest = max(0, min(best[0] - spare // 2, len(text) - room))
    start = text.find(" ", earliest) + 1 if earliest else 0
    return start if start <= best[0] else text.rfind(" ", 0, best[0]) + 1


def _points(hit: Hit, width: int, height: int) -> list[list[Run]]:
    rows: list[list[Run]] = []
    spans = hit.points_spans or ((),) * len(hit.points)
    for point, of_point in zip(hit.points, spans, strict=True):
        if len(rows) >= height:
            break
        for number, runs in enumerate(
            _filled(point, of_point, "hit-point", width - 2, min(2, height - len(rows)))
        ):
            rows.append([Run("• " if number == 0 else "  ", "hit-bullet"), *runs])
    return rows


def _filled(text: str, spans: Spans, look: str, width: int, height: int) -> list[list[Run]]:
    """Draw a text on at most ``height`` lines, with an ellipsis where it goes on."""
    lines = wrap(text, width)
    rows = [_runs(text, start, end, look, spans) for start, end in lines[:height]]
    if len(lines) > height:
        start, end = lines[height - 1]
        if cell_len(text[start:end]) >= width:
            # Better a whole word less than half a word more.
            end = start + wrap(text[start:end], width - 1)[0][1]
        if cell_len(text[start:end]) >= width:
            # A single character that takes all there is.
            end = start
        rows[-1] = [*_runs(text, start, end, look, spans), Run("…", look)]
    return rows


def match_marks(rows: Sequence[int], total: int, height: int) -> frozenset[int]:
    """Say where on a bar ``height`` lines high to mark matches on ``rows`` of ``total``.

    Source of the mapping: that of a scrollbar, ``row * height // total``.
    """
    if not total or not height:
        return frozenset()
    return frozenset(min(height - 1, row * height // total) for row in rows)


def plain(rows: Sequence[Sequence[Run]]) -> Iterator[str]:
    """Give the lines as plain text."""
    return ("".join(run.text for run in row) for row in rows)
