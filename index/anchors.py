"""A passage of a text, found again when the text has changed.

It is looked for as it was, by its words with what stood around them; then by what stands around
it; then by as many of its words as are left. What can't be found is lost, rather than somewhere
else.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.results import Span

AROUND = 64
"""Characters that are kept of what stands before and behind a passage."""

_NEAR = 24
"""Characters of these that tell where a passage was whose own words are others."""

_DISTINCT = 24
"""Characters of a passage that is known by itself, whatever stands around it."""

_MOST = 50
"""Occurrences that are looked at closely."""

_FEW = 8
"""Words of a passage that, all but some, can be anywhere in a text."""

_LONG = 200
"""Words of a passage of which the beginning and the end are looked for."""

_ALIKE, _ALIKE_BETWEEN, _ALIKE_AROUND = 0.5, 0.4, 0.6
"""How much of the words has to be the same: of a passage, of one between what it was between, and
of what stands around one that is short."""

_SURE = 0.7
"""How much of the words of a passage that is known by these, whatever stands around it."""

_WORD = re.compile(r"\w+")


class Anchor(NamedTuple):
    """A passage as it was when it was marked."""

    start: int
    end: int
    quote: str
    """Its text."""

    before: str
    behind: str


def anchor(text: str, start: int, end: int) -> Anchor:
    """Remember a passage of a text."""
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Anchor(start, min(end, len(text)), text[start:end], before, behind)


def find_again(anchor: Anchor, text: str) -> Span | None:
    """Return where a passage is in a text that may have changed; None where it is lost."""
    if not anchor.quote.strip():
        return None
    if _is_there(anchor, text):
        return anchor.start, anchor.end
    return _as_it_was(anchor, text) or _between(anchor, text) or _changed(anchor, text)


def _is_there(anchor: Anchor, text: str) -> bool:
    start = anchor.start - len(anchor.before)
    whole = anchor.before + anchor.quote + anchor.behind
    return start >= 0 and text[start : start + len(whole)] == whole


def _as_it_was(anchor: Anchor, text: str) -> Span | None:
    """Return where the same words stand, with most of what stood around them."""
    size = len(anchor.quote)
    starts = sorted(_occurrences(text, anchor.quote), key=lambda at: abs(at - anchor.start))
    if not starts:
        return None
    sides = {at: _alike_around(anchor, text, at, at + size) for at in starts[:_MOST]}
    best = max(sides, key=lambda at: sum(sides[at]))
    known = size >= _DISTINCT or max(sides[best]) >= _ALIKE_AROUND
    return (best, best + size) if known else None


def _alike_around(anchor: Anchor, text: str, start: int, end: int) -> tuple[float, float]:
    """Tell how much of what stood before and behind a passage stands there of another."""
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return _ratio(anchor.before, before), _ratio(anchor.behind, behind)


def _between(anchor: Anchor, text: str) -> Span | None:
    """Return what stands between what the passage stood between, if it is like it."""
    before, behind = anchor.before[-_NEAR:], anchor.behind[:_NEAR]
    if len(before) < _NEAR or len(behind) < _NEAR:
        return None
    for at in sorted(_occurrences(text, before), key=lambda at: abs(at - anchor.start))[:_MOST]:
        start = at + len(before)
        end = text.find(behind, start, start + 2 * len(anchor.quote) + AROUND)
        if end > start and _in_common(anchor.quote, text[start:end]) >= _ALIKE_BETWEEN:
            return start, end
    return None


def _in_common(some: str, others: str) -> float:
    """Tell how much of the words of two texts is the same; of long ones, in whatever order."""
    words, other_words = _words(some), _words(others)
    if max(len(words), len(other_words)) <= _LONG:
        return _ratio(words, other_words)
    # Word for word, two chapters would take minutes.
    common = Counter(words) & Counter(other_words)
    return 2 * common.total() / (len(words) + len(other_words))


def _changed(anchor: Anchor, text: str) -> Span | None:
    """Return where most of the passage's words stand together, in their order."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end].casefold() for start, end in spans]
    wanted = _words(anchor.quote)
    if len(wanted) <= _LONG:
        found = _run(wanted, words, _count_before(spans, anchor.start))
    else:
        head = _run(wanted[:_LONG], words, _count_before(spans, anchor.start))
        tail = _run(wanted[-_LONG:], words, _count_before(spans, anchor.end))
        is_whole = head and tail and head.start < tail.end
        found = _Run(head.start, tail.end, 1.0) if head and tail and is_whole else None
    if found is None:
        return None
    start, end = _with_signs(anchor.quote, text, spans[found.start][0], spans[found.end - 1][1])
    known = len(wanted) >= _FEW and found.alike >= _SURE
    known = known or max(_alike_around(anchor, text, start, end)) >= _ALIKE_AROUND
    return (start, end) if known else None


class _Run(NamedTuple):
    """Some consecutive words, and how much they are like those that are wanted."""

    start: int
    end: int
    alike: float


def _run(wanted: Sequence[str], words: Sequence[str], near: int) -> _Run | None:
    """Return the run of words that is most like the wanted ones, nearest to where they were."""
    # A word or two are everywhere.
    if len(wanted) < 3 or not words:
        return None
    size = len(wanted)
    counts = list(_shared(wanted, words))
    best = max(range(len(counts)), key=lambda at: (counts[at], -abs(at - near)))
    first, behind = max(0, best - size // 2), min(len(words), best + size + size // 2)
    blocks = SequenceMatcher(None, wanted, words[first:behind], autojunk=False)
    found = [block for block in blocks.get_matching_blocks() if block.size]
    run = _Run(0, 0, 0.0)
    while found:
        start, end = first + found[0].b, first + found[-1].b + found[-1].size
        now = sum(block.size for block in found) / max(size, end - start)
        if now > run.alike:
            run = _Run(start, end, now)
        # A stray word far off is left out, of the two ends the one that matters less.
        found.pop(0 if found[0].size <= found[-1].size else -1)
    return run if run.alike >= _ALIKE else None


def _shared(wanted: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    """Give how many of the wanted words are among as many words, from each word on."""
    left, shared, size = Counter(wanted), 0, len(wanted)
    for at in range(1 - size, len(words)):
        if at + size <= len(words) and (coming := words[at + size - 1]) in left:
            shared += left[coming] > 0
            left[coming] -= 1
        if at >= 0:
            yield shared
            if (leaving := words[at]) in left:
                left[leaving] += 1
                shared -= left[leaving] > 0


def _with_signs(quote: str, text: str, start: int, end: int) -> Span:
    """Take in the signs at both ends of a passage that it had before."""
    signs = quote[: len(quote) - len(quote.lstrip("“‘«\"'(["))]
    while signs and not text[:start].endswith(signs):
        signs = signs[1:]
    last = _WORD.sub("", quote[-8:]).strip()
    while last and not text.startswith(last, end):
        last = last[:-1]
    return start - len(signs), end + len(last)


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _count_before(spans: Sequence[Span], offset: int) -> int:
    return sum(end <= offset for _, end in spans)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _ratio(some: Sequence[str], others: Sequence[str]) -> float:
    return SequenceMatcher(None, some, others, autojunk=False).ratio()
