"""The stretch of an article that shows best why it was found."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.article import Passage
from index.results import Excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article
    from index.matching import Match, Matcher
    from index.results import Spans

LENGTH = 180
"""Characters an excerpt has at most; a passage up to a tenth longer is taken whole."""

LONGEST_WORD = 40
"""Characters to look through for the end of a word, before cutting into it."""

_LOOKED_INTO = 8
"""Passages in which the best stretch is looked for: those that may have the most of the query."""

_SENTENCE_END = re.compile(r"[.!?…।。][”’\"')]*\s+")

_PREFERENCE = {"points": 2, "headings": 1, "body": 1, "title": 0}
"""Among stretches that show as much. The title is shown above the excerpt anyway."""

_SHOWN_AS: dict[str, Literal["title", "points", "body"]] = {
    "title": "title",
    "points": "points",
    "headings": "body",
    "body": "body",
}


class _Bound(NamedTuple):
    """What no stretch of a passage is better than: as the first fields of :class:`_Stretch`."""

    distinct: int
    preference: int
    tightness: int
    earliness: int


class _Stretch(NamedTuple):
    """Where matches of one passage lie close together; the greater, the better."""

    distinct: int
    """How many of the query's words and phrases are in it."""

    preference: int
    tightness: int
    earliness: int
    start: int
    end: int
    passage: Passage


def excerpt(article: Article, matcher: Matcher) -> Excerpt:
    """Return the stretch with the most words of the query close together.

    Among equals a key point comes before the body, and the body before the title. It is looked for
    in those passages that may have the most of the query, not in all. Where the query matches
    nothing, as an empty query does, it is the first key point or else the beginning of the first
    paragraph.
    """
    best: _Stretch | None = None
    for place, bound in enumerate(_bounds(article.passages, matcher)):
        if best is not None and (bound < best[: len(bound)] or place >= _LOOKED_INTO):
            break
        number = -bound.earliness
        passage = article.passages[number]
        stretch = _best(passage, number, matcher.matches(passage))
        best = max(filter(None, (best, stretch)), default=None)
    if best is None:
        return _cut(_opening(article), 0, 0, ())
    return _cut(best.passage, best.start, best.end, matcher.spans(best.passage))


def _bounds(passages: Sequence[Passage], matcher: Matcher) -> list[_Bound]:
    """Return how good a stretch each passage can have at best, the most promising one first."""
    counts = enumerate(matcher.parts(passages))
    return sorted(
        (
            _Bound(count, _PREFERENCE[passages[place].field], 0, -place)
            for place, count in counts
            if count
        ),
        reverse=True,
    )


def _best(passage: Passage, number: int, matches: list[Match]) -> _Stretch | None:
    """Return the best stretch of one passage: a window that slides over its matches."""
    best: _Stretch | None = None
    inside: Counter[int] = Counter()
    first = 0
    for match in matches:
        inside[match.leaf] += 1
        while inside[matches[first].leaf] > 1 or match.end - matches[first].start > LENGTH:
            if matches[first] is match:
                break
            inside[matches[first].leaf] -= 1
            if not inside[matches[first].leaf]:
                del inside[matches[first].leaf]
            first += 1
        width = match.end - matches[first].start
        key = (len(inside), _PREFERENCE[passage.field], -width if len(inside) > 1 else 0)
        if best is None or key > best[:3]:
            best = _Stretch(*key, -number, matches[first].start, match.end, passage)
    return best


def _opening(article: Article) -> Passage:
    """Return the passage that stands, below the title, for the article as a whole."""
    for point in article.key_points.points:
        return Passage("points", point)
    paragraphs = [block for block in article.blocks if block.kind == "paragraph"]
    if article.title_from == "first sentence":
        # A row of the list shows the beginning of the first one as the title.
        paragraphs = paragraphs[1:] or paragraphs
    for block in (*paragraphs, *article.blocks):
        return Passage("body", block.text)
    return Passage("title", article.title)


def _cut(passage: Passage, first: int, last: int, spans: Spans) -> Excerpt:
    """Cut an excerpt out of a passage, around the stretch from ``first`` to ``last``."""
    text = passage.text
    start, end = 0, len(text)
    if end > LENGTH * 1.1:
        start = max(0, min(_begin(text, first, last), end - LENGTH))
        end = start + LENGTH
        start, end = _word_begin(text, start, first), _word_end(text, end, last)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Excerpt(
        field=_SHOWN_AS[passage.field],
        text=text[start:end],
        spans=tuple(
            (max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start
        ),
        leads_in=start > 0,
        leads_out=end < len(text),
    )


def _begin(text: str, first: int, last: int) -> int:
    """Return where to begin: with the sentence if that leaves room, else a little before."""
    spare = max(0, LENGTH - (last - first))
    sentence = 0
    for match in _SENTENCE_END.finditer(text, max(0, first - spare), first):
        sentence = match.end()
    if sentence or first <= spare:
        return sentence
    return first - spare // 3


def _word_begin(text: str, start: int, limit: int) -> int:
    """Return where the first whole word at or behind ``start`` begins, ``limit`` at the latest.

    In a script without spaces, where that is far off, any character begins a word.
    """
    if start == 0 or text[start - 1].isspace():
        return start
    for begin in range(start, min(limit, start + LONGEST_WORD) + 1):
        if text[begin - 1].isspace():
            return begin
    return _character(text, start, 1)


def _word_end(text: str, end: int, limit: int) -> int:
    """Return where the last whole word at or before ``end`` ends, ``limit`` at the earliest."""
    if end == len(text) or text[end].isspace():
        return end
    for stop in range(end, max(limit, end - LONGEST_WORD) - 1, -1):
        if stop < len(text) and text[stop].isspace():
            return stop
    return _character(text, end, -1)


def _character(text: str, place: int, step: int) -> int:
    """Return the nearest place in the direction of ``step`` that parts no letter from a mark."""
    while 0 < place < len(text) and unicodedata.category(text[place]).startswith("M"):
        place += step
    return place
