"""What is being typed at the end of a query, and the query with it completed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.syntax import parse
from index.query.unfinished import unfinished


@pytest.mark.parametrize(
    ("query", "field", "value", "completed"),
    [
        ("reu", None, "reuters", "reuters "),
        ("Tali", None, "taliban", "Taliban "),
        ("doha -tal", None, "taliban", "doha -taliban "),
        ("title:wa", "title", "warning", "title:warning "),
        ("(kabul OR do", None, "doha", "(kabul OR doha "),
        ('"foreign min', None, "minister", '"foreign minister '),
        ("source:", "source", "Dawn", "source:Dawn "),
        ("-source:d", "source", "New “York” Times", '-source:"New York Times" '),
        ('source:"new y', "source", "New York Times", 'source:"New York Times" '),
        ("source:(dawn OR re", "source", "Reuters", "source:(dawn OR Reuters "),
        ("x place:new", "place", "NEW YORK (AP)", 'x place:"NEW YORK (AP)" '),
        ("feed:", "feed", "BBC News", 'feed:"BBC News" '),
        ("tag:news/a", "tag", "News/Asia", "tag:News/Asia "),
        ("heading:re", "headings", "regional", "heading:regional "),
    ],
)
def test_what_is_typed_is_completed_in_its_place(
    query: str, field: str | None, value: str, completed: str
) -> None:
    typed = unfinished(query)
    assert typed is not None
    assert typed.field == field
    assert typed.completed(value) == completed


@pytest.mark.parametrize(
    "query",
    ["", "r", "taliban ", '"final warning"', "date:20", "is:un", "title:", "wor*", "w?rd", "x^2",
     "word~", "(", "source:dawn ", "a AND", "-", "https://x"],
)  # fmt: skip
def test_where_nothing_is_being_typed_nothing_is_completed(query: str) -> None:
    assert unfinished(query) is None


def test_a_value_is_found_by_the_beginning_of_any_of_its_words() -> None:
    typed = unfinished("source:yo")
    assert typed is not None
    assert typed.begins("New York Times")
    assert typed.begins("YONHAP")
    assert not typed.begins("Tokyo")


def test_what_is_excluded_is_asked_for() -> None:
    typed = unfinished("doha -source:d")
    assert typed is not None
    assert typed.asked == "doha source:d"


@given(st.text('ab:"()-* source', max_size=12), st.sampled_from(["source:", "", "-place:", "tag:"]))
def test_any_query_stays_one_when_it_is_completed(before: str, name: str) -> None:
    query = f"{before} {name}ab"
    typed = unfinished(query)
    if typed is not None:
        completed = typed.completed("abc d e")
        assert completed.startswith(query[: typed.start])
        parse(completed, typing=True)
