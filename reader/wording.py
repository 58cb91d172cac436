"""How dates, lengths and counts are put into words, the same on the screen and the command line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

from index.cleaning import clean
from reader import scopes, sorting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.article import Article
    from index.gather import Problem, Progress, Report
    from index.results import Hit, Results, Scope, Sort
    from reader.drawing.matches import Matches

WORDS_A_MINUTE = 220
"""Silent reading of English prose: 238 words a minute on average for non-fiction (Brysbaert 2019,
"How many words do we read per minute?"), a little less for news read on a screen."""

_TELLING_SECONDS = 2
"""Seconds after which it can be said how fast something goes."""

_SECONDS_TO_SAY, _MINUTES_TO_SAY = 90, 100
"""From so many on, the next larger unit is said."""

_DAYS_TO_SAY = 48 * 3600
"""Seconds from which on the day is said when something was."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

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
    day = f"{published.day} {MONTHS[published.month - 1]} {published.year}"
    if isinstance(published, dt.datetime) and (published.hour or published.minute):
        return f"{day}, {published:%H:%M}"
    return day


def ago(moment: dt.datetime, now: dt.datetime) -> str:
    """Say how long something is past: ``just now``, ``5 min ago``, ``3 h ago``; or else the day."""
    seconds = (now - moment).total_seconds()
    if not 0 <= seconds < _DAYS_TO_SAY:
        return date(moment.astimezone().date())
    return "just now" if seconds < _SECONDS_TO_SAY else f"{duration(seconds)} ago"


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


def hit_summary(hit: Hit) -> str:
    """Say the same of a result, with the tags that the reader gave to it."""
    return joined([summary_line(hit), *(f"#{tag}" for tag in hit.marks.tags)])


def tagged(tags: Sequence[str]) -> str:
    """Say which tags an article has now."""
    return f"Tags: {' '.join(f'#{tag}' for tag in tags)}" if tags else "No tags"


def quoted(text: str) -> str:
    """Put a text in quotation marks, on one line, unless it is in some."""
    text = " ".join(text.split())
    return text if text[:1] == "“" and text[-1:] == "”" else f"“{text}”"


def in_short(text: str, most: int = 60) -> str:
    """Return the beginning of a text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def noted(note: str) -> str:
    """Say what came of writing a note, or of deleting all of one."""
    return "Noted." if note else "No note any more."


def known_tags(counts: Mapping[str, int]) -> str:
    """Say which tags there are, those of most articles first."""
    often = sorted(counts, key=lambda tag: (-counts[tag], tag))
    return ", ".join(f"{tag} ({counts[tag]:,})" for tag in often)


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
    title = None if text.strip() == article.title else article.title
    from_ = joined([article.source, title, date(article.published), article.url])
    return f"“{text.strip()}”\n— {from_}\n"


def state(
    place: int, total: int, results: Results | None, sort: Sort, scope: Scope
) -> tuple[str, ...]:
    """Say which results there are: ``3 of 12``, ``relevance``, ``all articles``.

    A query without words, such as a date, has nothing to rank by and is in the order of time.
    """
    if results is None:
        return ()
    hidden = results.hidden + results.outside
    within = f"{scopes.said(scope)} ({hidden:,} hidden)" if hidden else scopes.said(scope)
    if results.narrowed and scope == "all":
        within = f"{hidden:,} hidden"
    if not total:
        return "none", within
    order = sorting.SAID[sorting.in_effect(sort, has_words=results.highlights)]
    count_ = f"{place:,} of {total:,}"
    # What is last is left out first where there is little room: never what hides articles.
    is_all = scope == "all" and not results.narrowed
    return (count_, order, within) if is_all else (count_, within, order)


def time_left(described: Described, unseen: float) -> str | None:
    """Say how long what is left of an article takes to read: ``4 min left``; nothing at its end."""
    return f"{reading_time(round(described.words * unseen))} left" if unseen > 0 else None


def place(
    number: int, total: int, matches: Matches, progress: float | None, left: str | None = None
) -> str:
    """Say where one is: ``match 1/9 · article 1/3 · 12 % · 4 min left``."""
    if not total:
        return ""
    current = "–" if matches.current is None else f"{matches.current + 1:,}"
    return joined(
        [
            f"match {current}/{len(matches):,}" if len(matches) else None,
            f"article {number:,}/{total:,}",
            None if progress is None else f"{progress:.0%}".replace("%", " %"),
            None if progress is None else left,
        ]
    )


def short_place(
    number: int, total: int, matches: Matches, progress: float | None, _: str | None = None
) -> str:
    """Say the same as :func:`place` on a narrow screen: ``1/9 · 1/3``."""
    if not total or progress is None:
        return f"{number:,}/{total:,}" if total else ""
    current = "–" if matches.current is None else f"{matches.current + 1:,}"
    return joined(
        [f"{current}/{len(matches):,}" if len(matches) else None, f"{number:,}/{total:,}"]
    )


def suggestion(results: Results) -> str:
    """Ask whether another query was meant; nothing where there is no reason to."""
    if not results.suggestion:
        return ""
    return f"Did you mean: {results.suggestion}" + ("" if results.total else "   (Enter)")


def nothing_found(results: Results, *, settled: bool = True) -> str:
    """Say why the list is empty, and what can be done."""
    if not settled:
        return "Nothing found yet: the library is still being brought up to date."
    if results.library_is_empty:
        return "This library is empty. Enter adds five sample articles, a your own; F is for feeds."
    if results.outside:
        return f"Nothing here, but {results.outside:,} outside what is narrowed (q)."
    if results.hidden:
        return f"Nothing here, but {results.hidden:,} outside the filter (f)."
    return "Nothing found."


def progress(progress: Progress) -> str:
    """Say how far something long has come: ``indexing 200 of 5,000``, ``reading 200 · 4 %``."""
    of = f" of {progress.total:,}" if progress.total else ""
    part = f" · {progress.part:.0%}".replace("%", " %") if progress.part is not None else ""
    return f"{progress.task} {progress.done:,}{of}{part}"


def pace(progress: Progress, seconds: float) -> str:
    """Say how fast something goes that began so many seconds ago, and how long it will take still.

    Nothing is said of the first moments, which tell little.
    """
    part = progress.part or (progress.done / progress.total if progress.total else 0)
    if seconds < _TELLING_SECONDS or not progress.done:
        return ""
    rate = f" · {progress.done / seconds:,.0f} a second"
    return rate + (f" · {duration(seconds / part - seconds)} left" if part else "")


def duration(seconds: float) -> str:
    """Say how long something takes, in the largest unit that fits: ``40 s``, ``3 min``, ``2 h``."""
    if seconds < _SECONDS_TO_SAY:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < _MINUTES_TO_SAY else f"{round(minutes / 60)} h"


def came(report: Report) -> str:
    """Say what came of adding something."""
    parts = (
        ("added", report.added),
        ("updated", report.updated),
        ("unchanged", report.unchanged),
        ("already there from elsewhere", report.known),
    )
    said = [f"{number:,} {what}" for what, number in parts if number]
    return ", ".join(said) if said else "nothing added"


def problem_line(problem: Problem) -> str:
    """Say which input could not be read, and why."""
    return f"{problem.path}: {problem.error}"


def problems(report: Report) -> str:
    """Say in one sentence what could not be read."""
    return complaints([f"{clean(one.path)}: {clean(one.error)}" for one in report.problems])


def complaints(sentences: Sequence[str]) -> str:
    """Say the first of several things that went wrong, and how many others did."""
    others = len(sentences) - 1
    return f"{sentences[0]} (and {count(others, 'other')})" if others else sentences[0]


def feed_hint(address: str) -> str:
    """Say what else can be done with a feed whose articles were added."""
    return f"{address} is a feed: broadsheet subscribe goes on with it"
