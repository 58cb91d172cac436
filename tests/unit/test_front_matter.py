"""What stands above a text is read as its author meant it, whoever's generator it was meant for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.intake.front_matter import LONGEST, split
from index.intake.simple_yaml import DEEPEST, read_yaml

if TYPE_CHECKING:
    from index.intake.yaml_flow import Value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a: plain text", "plain text"),
        ("a: plain  # with a comment", "plain"),
        ("a: a#b is no comment", "a#b is no comment"),
        ("a: Part one: the ferry", "Part one: the ferry"),
        ("a: https://paper.example/#top", "https://paper.example/#top"),
        ("a: 'it''s # quoted'", "it's # quoted"),
        (r'a: "“x” \"y\" \\ \t\u2014\x41\U0001F600"', "“x” \"y\" \\ \t—A😀"),
        ('a: "never closed', "never closed"),
        ("a:", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: ''", ""),
        ("a: 007", "007"),
        ("a: this goes\n  on and\n\n  on", "this goes on and\non"),
        ('a: "this goes\n  on and\n\n  on"', "this goes on and\non"),
        ("a:\n  below", "below"),
        ("a: |\n  two\n   lines\n\n", "two\n lines"),
        ("a: |2\n   kept\n", " kept"),
        ("a: >-\n  one\n  line\n\n  and another", "one line\nand another"),
        ("a: [b, 'c, d', \"e\", [f], {g: h}]", ["b", "c, d", "e", ["f"], {"g": "h"}]),
        ("a: [b,\n  c, # comment\n]", ["b", "c"]),
        ("a: [b, c", ["b", "c"]),
        ("a: []", []),
        ("a: {}", {}),
        ("a: {b: c, 'd': [e], f}", {"b": "c", "d": ["e"], "f": None}),
        ("a: [https://paper.example/x]", ["https://paper.example/x"]),
        ("a:\n  - b\n  - 'c'\n  -\n", ["b", "c", None]),
        ("a:\n- b\n- c", ["b", "c"]),
        ("a:\n  - b: 1\n    c: 2\n  - d", [{"b": "1", "c": "2"}, "d"]),
        ("a:\n  b:\n    c: 1\n  d: 2", {"b": {"c": "1"}, "d": "2"}),
        ("a: !!str text", "text"),
        ("a: &x text", "text"),
        ("# first\n\n\"a\": 1", "1"),
        ("\ta: indented", "indented"),
    ],
)  # fmt: skip
def test_yaml(written: str, value: Value) -> None:
    for above, below in (("", ""), ("z: 1\n", "\nb: 2")):
        found = read_yaml((above if not written.startswith("\t") else "") + written + below)
        assert found["a"] == value


def test_of_a_field_written_twice_the_first_counts() -> None:
    assert read_yaml("a: 1\na: 2") == {"a": "1"}


def test_lines_that_make_no_sense_are_left_out() -> None:
    assert read_yaml("what?\na: 1\n: x\n]\n- b\nc: 2") == {"a": "1", "c": "2"}


@given(st.text("ab:-[]{}|>'\"#,&!\\ \n\t", max_size=120))
def test_any_yaml_is_read(text: str) -> None:
    assert isinstance(read_yaml(text), dict)


names = st.text("abcdefgh_", min_size=1, max_size=8)
scalars = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(st.dictionaries(names, st.one_of(scalars, st.lists(scalars, min_size=1, max_size=4))))
def test_what_is_written_is_read(fields: dict[str, str | list[str]]) -> None:
    lines = []
    for name, value in fields.items():
        if isinstance(value, str):
            lines.append(f"{name}: {quoted(value)}")
        else:
            lines += [f"{name}:", *(f"  - {quoted(one)}" for one in value)]
    assert read_yaml("\n".join(lines)) == fields


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 50_000, "a: " + "{a: " * 20_000, "a: " + "- " * 40_000, "- " * 40_000,
        "\n".join(" " * depth + "a:" for depth in range(300)),
        "\n".join(" " * depth + "- a:" for depth in range(300)),
        'a: "' + "\\" * 90_000, "a" * 90_000 + ":", "a" + " " * 90_000 + "b", "[" * 90_000,
        "'" * 90_000, "a: " + "!x " * 30_000, "\n" * 90_000, "a:\n" + "-\n" * 40_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_yaml_is_read_within_bounds(text: str) -> None:
    assert isinstance(read_yaml(text), dict)


def test_what_is_deeper_than_the_bound_is_left_out() -> None:
    found: Value = read_yaml("a: " + "[" * DEEPEST + "b" + "]" * DEEPEST)["a"]
    for _ in range(DEEPEST - 1):
        assert isinstance(found, list)
        found = found[0]
    assert found == ["b"]


def test_yaml_above_a_text() -> None:
    assert split("---\nTitle: A\ntags: [b]\n---\nText\n---\nmore") == (
        {"title": "A", "tags": ["b"]}, "\nText\n---\nmore",
    )  # fmt: skip
    assert split("\n---  \ntitle: A\n...\nText").fields == {"title": "A"}


def test_toml_above_a_text() -> None:
    text = '+++\ntitle = "A"\ndate = 2025-10-09\n[params]\nx = ["y"]\n+++\nText'
    expected = {"title": "A", "date": dt.date(2025, 10, 9), "params": {"x": ["y"]}}
    assert split(text) == (expected, "\nText")


@pytest.mark.parametrize(
    "text",
    ["Text", "", "---", "---\nno end", "---\nA break, not a field.\n---\nText", "--\na: b\n--\n",
     "---\na: b\n" + "x" * LONGEST + "\n---\n", "+++\na: b\n---\n"],
)  # fmt: skip
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert split(text) == ({}, text)


def test_damaged_toml_has_no_fields() -> None:
    assert split('+++\ntitle = "A\n+++\nText') == ({}, "\nText")
    assert split("+++\na = " + "[" * 20_000 + "\n+++\nText") == ({}, "\nText")
    assert split("---\n---\nText") == ({}, "\nText")


def test_keys_of_toml_without_end_are_not_read() -> None:
    assert split("+++\n" + ".".join("a" * 40_000) + " = 1\n+++\ntext").fields == {}
