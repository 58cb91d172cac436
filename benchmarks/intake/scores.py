"""How texts, names and days are compared with what they should be."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

_WORD = re.compile(r"\w+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff]")
_NO_LETTER = re.compile(r"[\W_]+")


def word_f1(text: str, gold: str) -> float:
    """Return the harmonic mean of precision and recall of words, each as often as it comes."""
    return _f1(_WORD.findall(text.lower()), _WORD.findall(gold.lower()))


def shingle_f1(text: str, gold: str, length: int = 4) -> float:
    """Return the same of runs of words, as the benchmark of Scrapinghub counts them."""
    return _f1(_shingles(text, length), _shingles(gold, length))


def _shingles(text: str, length: int) -> list[tuple[str, ...]]:
    words = _WORD.findall(text)
    if len(words) < length:
        return [tuple(words)] if words else []
    return [tuple(words[place : place + length]) for place in range(len(words) - length + 1)]


def _f1(found: Iterable[Hashable], wanted: Iterable[Hashable]) -> float:
    counts, gold = Counter(found), Counter(wanted)
    shared = (counts & gold).total()
    if not shared:
        return float(not counts and not gold)
    precision, recall = shared / counts.total(), shared / gold.total()
    return 2 * precision * recall / (precision + recall)


def squeezed(text: str) -> str:
    """Return ``text`` without what no eye sees, white space made one space."""
    return " ".join(_INVISIBLE.sub("", text).split())


def same_words(text: str, gold: str) -> bool:
    """Whether two texts agree apart from case, white space and signs."""
    return _letters(text) == _letters(html.unescape(gold))


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", _INVISIBLE.sub("", text)).lower()


def day_agrees(found: dt.datetime | dt.date | str | None, gold: str) -> bool:
    """Whether the day is that of ``gold``, as written or in UTC."""
    if found is None:
        return False
    days = {str(found)[:10]}
    if isinstance(found, dt.datetime) and found.tzinfo:
        days.add(found.astimezone(dt.UTC).date().isoformat())
    return gold[:10] in days


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of the values stay below or at."""
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0
