"""The figures of feeds and of lists of feeds, on what other readers are tested with."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from benchmarks.intake.feed_checks import Check, seen
from benchmarks.intake.feed_expectations import json_checks, python_checks
from benchmarks.intake.feeds import figures
from benchmarks.intake.lists import found_in

needs_corpora = pytest.mark.skipif(
    "BROADSHEET_CORPORA" not in os.environ, reason="BROADSHEET_CORPORA is not set"
)


@needs_corpora
def test_feeds_are_read_as_other_readers_expect() -> None:
    for figure in figures(Path(os.environ["BROADSHEET_CORPORA"])):
        found = re.search(r"\(([\d.]+) %\)", figure.measured)
        assert found, figure
        assert float(found[1]) >= 99, figure


def test_expectations_in_python() -> None:
    raw = b"""<!--
    Expect: not bozo and entries[0]['title_detail']['value'] == 'A' and feed.link == 'http://a/'
      and entries[1].updated_parsed == (2003, 12, 31, 10, 14, 55, 2, 365, 0) -->"""
    assert python_checks(raw.replace(b"\n      and", b" and")) == [
        Check("title", 0, "A"),
        Check("link", None, "http://a/"),
        Check("published", 1, "2003-12-31T10:14:55Z"),
    ]
    assert python_checks(b"<!-- Expect: bozo and encoding == 'utf-8' -->") == []
    assert python_checks(b"<!-- Expect: ( -->") == []


def test_expectations_in_json() -> None:
    raw = b'{"title": "A", "items": [{"guid": "b", "authors": [{"name": "C"}], "content": "D"}]}'
    assert json_checks(raw) == [
        Check("title", None, "A"),
        Check("id", 0, "b"),
        Check("author", 0, "C"),
        Check("text", 0, "D"),
    ]


def test_what_is_seen_of_markup() -> None:
    assert seen("<p>A <b>b</b></p><script>c</script> &amp; d") == "Ab&d"


@needs_corpora
def test_each_feed_of_real_lists_is_found() -> None:
    for found in found_in(Path(os.environ["BROADSHEET_CORPORA"])):
        assert found.ours == found.written, found.name
