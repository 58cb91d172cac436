"""Which part of a query that finds nothing costs how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.costs import costs
from index.query.parts import parts
from index.query.syntax import parse

ARTICLES = ("taliban ceasefire doha", "taliban talks", "ferry doha", "ferry")


def count(query: str) -> int:
    """Count articles that have all words of a query."""
    return sum(all(word in one.split() for word in query.split()) for one in ARTICLES)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("taliban ceasefire", ["taliban ", "ceasefire"]),
        ('"final warning" -doha title:x', ['"final warning" ', "-doha ", "title:x"]),
        ("kabul OR doha talks ", ["kabul OR doha ", "talks "]),
        ("a AND (b c) OR d", ["a ", "(b c) OR d"]),
        ("NOT kabul source:(dawn OR bbc)^2 x", ["NOT kabul ", "source:(dawn OR bbc)^2 ", "x"]),
        ("-source:dawn (a", ["-source:dawn ", "(a"]),
        ("OR a ) b", ["OR a ) ", "b"]),
        ("", []),
    ],
)
def test_the_parts_of_a_query(query: str, expected: list[str]) -> None:
    assert parts(query) == expected


@given(st.text('ab:"()-* ORNTD', max_size=20))
def test_any_query_falls_into_parts_that_can_be_asked(query: str) -> None:
    found = parts(query)
    for part in found:
        parse(part, typing=True)


def test_what_finds_most_without_it_comes_first() -> None:
    assert costs("taliban doha ferry", count) == (
        (("taliban",), 2, 1, "doha ferry"),
        (("ferry",), 2, 1, "taliban doha "),
        (("doha",), 2, 0, "taliban ferry"),
    )
    assert costs("taliban zeppelin", count)[0] == (("zeppelin",), 0, 2, "taliban ")


def test_where_no_single_word_is_to_blame_the_rarest_ones_are_left_out() -> None:
    first, *others = costs("taliban zeppelin glacier talks", count)
    assert first == (("zeppelin", "glacier"), 0, 1, "taliban talks")
    assert [cost.found for cost in others] == [0, 0, 0, 0]
    assert [cost.found for cost in costs("zeppelin glacier", count)] == [0, 0]


def test_of_a_single_part_there_is_nothing_to_say() -> None:
    assert costs("zeppelin", count) == ()
    assert costs("kabul OR zeppelin", count) == ()
    assert costs(" ".join("abcdefghijklmnop"), count) == ()
