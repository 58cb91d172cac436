"""Dates, lengths and counts in words."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import article

from index.gather import Problem, Progress, Report
from index.results import Results, Scope, Sort
from reader import wording
from reader.drawing.matches import Matches


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, "undated"),
        (dt.date(2025, 10, 9), "9 Oct 2025"),
        (dt.datetime(2025, 1, 31), "31 Jan 2025"),
        (dt.datetime(2025, 1, 31, 0, 5), "31 Jan 2025, 00:05"),
        (dt.datetime(2025, 12, 1, 18, 30, tzinfo=dt.UTC), "1 Dec 2025, 18:30"),
    ],
)
def test_dates_are_said_in_one_way(published: dt.date | None, expected: str) -> None:
    assert wording.date(published) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [(0, "1 min"), (220, "1 min"), (600, "3 min"), (50_000, "227 min")]
)
def test_reading_takes_a_minute_at_least(words: int, expected: str) -> None:
    assert wording.reading_time(words) == expected


@pytest.mark.parametrize(
    ("number", "noun", "plural", "expected"),
    [
        (0, "article", None, "0 articles"),
        (1, "article", None, "1 article"),
        (1374, "article", None, "1,374 articles"),
        (2, "story", "stories", "2 stories"),
    ],
)
def test_numbers_agree_with_their_nouns(
    number: int, noun: str, plural: str | None, expected: str
) -> None:
    assert wording.count(number, noun, plural) == expected


def test_bylines_say_what_is_known_and_leave_out_the_rest() -> None:
    known = article(
        "0", "T", "one two", place="KABUL", source="Dawn", published=dt.date(2025, 1, 2)
    )
    assert wording.summary_line(known) == "Dawn · 2 Jan 2025 · KABUL · 1 min"
    assert wording.byline(known) == "Dawn · 2 Jan 2025 · KABUL · 2 words · 1 min"
    assert wording.summary_line(article("0", "T")) == "undated · 1 min"


def test_a_quotation_says_where_it_is_from() -> None:
    story = article("0", "The title", source="Dawn", published=dt.date(2025, 1, 2)).model_copy(
        update={"url": "https://example.org/1"}
    )
    assert (
        wording.quotation(" some words ", story)
        == "“some words”\n— Dawn · The title · 2 Jan 2025 · https://example.org/1\n"
    )
    assert (
        wording.quotation("The title", story)
        == "“The title”\n— Dawn · 2 Jan 2025 · https://example.org/1\n"
    )


@pytest.mark.parametrize(
    ("place", "results", "sort", "scope", "expected"),
    [
        (1, None, "relevance", "all", ()),
        (1, Results(query="is:read", total=2), "relevance", "all", ("1 of 2", "newest first")),
        (1, Results(query="", total=5), "relevance", "all", ("1 of 5", "newest first")),
        (
            3,
            Results(query="x", total=12, highlights=True),
            "relevance",
            "all",
            ("3 of 12", "relevance"),
        ),
        (
            3,
            Results(query="x", total=12, highlights=True),
            "newest",
            "all",
            ("3 of 12", "newest first"),
        ),
        (
            1,
            Results(query="x", total=0, highlights=True),
            "newest",
            "all",
            ("none", "all articles"),
        ),
        (
            1,
            Results(query="x", total=1, hidden=4, highlights=True),
            "newest",
            "unread",
            ("1 of 1", "unread (4 hidden)"),
        ),
    ],
)
def test_the_state_of_a_search_is_said_from_the_most_telling_part_on(
    place: int, results: Results | None, sort: Sort, scope: Scope, expected: tuple[str, ...]
) -> None:
    said = wording.state(place, results.total if results else 0, results, sort, scope)
    assert said[:2] == expected


def test_the_place_counts_matches_and_articles() -> None:
    matches = Matches([((0, 1), (2, 3))])
    assert wording.place(1, 3, matches, 0.125) == "match –/2 · article 1/3 · 12 %"
    matches.move(1)
    assert wording.place(2, 1200, matches, None) == "match 1/2 · article 2/1,200"
    assert wording.place(1, 5, Matches(), 1.0) == "article 1/5 · 100 %"
    assert wording.place(1, 0, Matches(), None) == ""


def test_an_empty_list_says_why_and_what_to_do() -> None:
    empty = Results(query="", total=0)
    assert "sample" in wording.nothing_found(empty)
    assert "brought up to date" in wording.nothing_found(empty, settled=False)
    assert wording.nothing_found(Results(query="x", total=0)) == "Nothing found."
    hidden = empty.model_copy(update={"hidden": 4})
    assert "4 outside the filter" in wording.nothing_found(hidden)


def test_a_suggestion_says_how_to_take_it_where_enter_does() -> None:
    assert wording.suggestion(Results(query="x", total=0)) == ""
    without = wording.suggestion(Results(query="talban", total=0, suggestion="taliban"))
    assert without.startswith("Did you mean: taliban")
    assert "Enter" in without
    some = wording.suggestion(Results(query="talban", total=2, suggestion="taliban"))
    assert "Enter" not in some


def test_long_jobs_say_how_far_they_are() -> None:
    assert wording.progress(Progress("indexing", 200, 5000)) == "indexing 200 of 5,000"
    assert wording.progress(Progress("reading", 1200)) == "reading 1,200"
    assert wording.progress(Progress("reading", 1200, part=0.426)) == "reading 1,200 · 43 %"


@pytest.mark.parametrize(
    ("progress", "seconds", "said"),
    [
        (Progress("reading", 0), 9, ""),
        (Progress("reading", 50), 1, ""),
        (Progress("reading", 50), 10, " · 5 a second"),
        (Progress("reading", 50, part=0.25), 10, " · 5 a second · 30 s left"),
        (Progress("indexing", 100, 1000), 100, " · 1 a second · 15 min left"),
        (Progress("indexing", 1, 1000), 100, " · 0 a second · 28 h left"),
        (Progress("indexing", 1000, 1000), 100, " · 10 a second · 1 s left"),
    ],
)
def test_pace(progress: Progress, seconds: float, said: str) -> None:
    assert wording.pace(progress, seconds) == said


def test_problems_are_one_clean_sentence() -> None:
    bad = Problem(path="a\x1b]2;owned\x07.txt", error="it is [/] empty")
    said = wording.problems(Report(problems=(bad, bad, bad)))
    assert said == "a.txt: it is [/] empty (and 2 others)"
    assert wording.problems(Report(problems=(bad,))) == "a.txt: it is [/] empty"


_NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (dt.timedelta(seconds=3), "just now"),
        (dt.timedelta(minutes=5), "5 min ago"),
        (dt.timedelta(hours=3), "3 h ago"),
        (dt.timedelta(days=3), "22 Nov 2026"),
        (dt.timedelta(hours=-30), "26 Nov 2026"),
    ],
)
def test_how_long_ago_something_was(past: dt.timedelta, said: str) -> None:
    assert wording.ago(_NOW - past, _NOW) == said
