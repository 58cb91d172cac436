"""How dates, lengths and counts are put into words, the same on the screen and the command line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.article import Article

WORDS_A_MINUTE = 220
"""Silent reading of English prose: 238 words a minute on average for non-fiction (Brysbaert 2019,
"How many words do we read per minute?"), a little less for news read on a screen."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SEPARATOR = " · "


class Described(Protocol):
    """What a byline is made from: an article, or a hit."""

    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> dt.datetime | dt.date | None: ...  # noqa: D102
    @property
    def place(self) -> str | None: ...  # noqa: D102
    @property
    def words(self) -> int: ...  # noqa: D102


def date(published: dt.datetime | dt.date | None) -> str:
    """Say when something was published: ``9 Oct 2025``, with the time if it is known."""
    if published is None:
        return "undated"
    day = f"{published.day} {_MONTHS[published.month - 1]} {published.year}"
    if isinstance(published, dt.datetime) and (published.hour or published.minute):
        return f"{day}, {published:%H:%M}"
    return day


def reading_time(words: int) -> str:
    """Say how long a text takes to read: ``5 min``."""
    return f"{max(1, round(words / WORDS_A_MINUTE))} min"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Put a number before its noun: ``1 article``, ``1,374 articles``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def joined(parts: Iterable[str | None]) -> str:
    """Join what is known with middle dots."""
    return SEPARATOR.join(part for part in parts if part)


def summary_line(described: Described) -> str:
    """Say in one line where an article is from: ``Dawn · 9 Oct 2025 · ISLAMABAD · 5 min``."""
    return joined(
        [
            described.source,
            date(described.published),
            described.place,
            reading_time(described.words),
        ]
    )


def byline(described: Described) -> str:
    """Say the same above an open article, where there is room for the number of words."""
    return joined(
        [
            described.source,
            date(described.published),
            described.place,
            count(described.words, "word"),
            reading_time(described.words),
        ]
    )


def quotation(text: str, article: Article) -> str:
    """Put a quoted text together with where it is from, ready to be pasted."""
    from_ = joined([article.source, article.title, date(article.published), article.url])
    return f"“{text.strip()}”\n— {from_}\n"
