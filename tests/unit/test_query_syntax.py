"""What the notation means, and what is said about a query that means nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from index.errors import QueryError
from index.query.dates import RELATIVE_DAYS, UNITS
from index.query.names import FIELDS, FLAGS, OPERATORS, UNDATED
from index.query.syntax import DEEPEST_NESTING, LONGEST_QUERY, parse
from index.query.tree import (
    And,
    Boost,
    Days,
    Everything,
    FromFeed,
    Fuzzy,
    Has,
    Marked,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Tagged,
    Term,
    Wildcard,
)

TODAY = dt.date(2025, 10, 22)
GUIDE = Path(__file__).parents[2] / "docs" / "query-language.md"


def read(text: str, *, typing: bool = False) -> Node:
    return without_places(parse(text, typing=typing, today=TODAY))


def without_places(node: Node) -> Node:
    match node:
        case Term(form, field, completes):
            return Term(form, field, completes)
        case And(children) | Or(children):
            return type(node)(tuple(map(without_places, children)))
        case Not(child):
            return Not(without_places(child))
        case Boost(child, factor):
            return Boost(without_places(child), factor)
    return node


A, B, C = Term("a"), Term("b"), Term("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        (" \t\n", Everything()),
        ("*", Everything()),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a or b", And((A, Term("or"), B))),
        ("a b OR c", And((A, Or((B, C))))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("(a b) OR c", Or((And((A, B)), C))),
        ("((a))", A),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("NOT NOT a", A),
        ("a -b", And((A, Not(B)))),
        ("a - b", And((A, B))),
        ('-"a b"', Not(Phrase(("a", "b")))),
        ("-(a b)", Not(And((A, B)))),
        ("-title:a", Not(Term("a", "title"))),
        ("a-b", Phrase(("a", "b"))),
        ("Al-Qaeda", Phrase(("al", "qaeda"))),
        ("U.S.", Term("u.s.")),
        ("US", Term("us")),
        ("O’Brien’s", Term("obrien")),
        ("北京", Phrase(("北", "京"))),
        ('"a b"', Phrase(("a", "b"))),
        ("“a b”", Phrase(("a", "b"))),
        ('"talks"', Phrase(("talks",))),
        ('"a b"~3', Phrase(("a", "b"), None, 3)),
        ('"a b"~3^2', Boost(Phrase(("a", "b"), None, 3), 2.0)),
        ("a^2", Boost(A, 2.0)),
        ("(a b)^0.5", Boost(And((A, B)), 0.5)),
        ("wrod~", Fuzzy("wrod", 1)),
        ("wrod~2", Fuzzy("wrod", 2)),
        ("wrod~0", Term("wrod")),
        ("ab~2", Fuzzy("ab", 1)),
        ("a~", A),
        ("word*", Prefix("word")),
        ("al-q*", Prefix("al-q")),
        ("U.S*", Prefix("u.s")),
        ("w?rd", Wildcard("w?rd")),
        ("*ing", Wildcard("*ing")),
        ("**Ing*", Wildcard("*ing*")),
        ("Kabul?", Term("kabul")),
        ("\udc80*a", A),
        ("\udc80a*", Prefix("a")),
        ("title:a", Term("a", "title")),
        ("heading:a", Term("a", "headings")),
        ("TITLE:a", Term("a", "title")),
        ("title:(a OR body:b)", Or((Term("a", "title"), Term("b", "body")))),
        ('source:"new york"', Phrase(("new", "york"), "source")),
        ("place:new*", Prefix("new", "place")),
        ("place:*", Has("place")),
        ("is:unread", Not(Marked("read"))),
        ("is:Starred", Marked("starred")),
        ("has:points", Has("points")),
        ("has:date", Has("date")),
        ("date:none", Not(Has("date"))),
        ("date:2025-10", Days(dt.date(2025, 10, 1), dt.date(2025, 10, 31))),
        ('date:"last week"', Days(dt.date(2025, 10, 13), dt.date(2025, 10, 19))),
        ("after:2025-10-09", Days(dt.date(2025, 10, 9), None)),
        ("before:2025-10", Days(None, dt.date(2025, 9, 30))),
        ("feed:BBC", FromFeed("BBC")),
        ('feed:" BBC  News "', FromFeed("BBC  News")),
        ("FEED:“BBC News”", FromFeed("BBC News")),
        ("feed:(bbc OR dawn)", Or((FromFeed("bbc"), FromFeed("dawn")))),
        (
            "feed:(bbc -dawn title:a)",
            And((FromFeed("bbc"), Not(FromFeed("dawn")), Term("a", "title"))),
        ),
        ("-feed:dawn a", And((Not(FromFeed("dawn")), A))),
        ("(feed:dawn)^2", Boost(FromFeed("dawn"), 2.0)),
        ("feed:al*", FromFeed("al", begins=True)),
        ("feed:*", FromFeed("", begins=True)),
        ('feed:"al*"', FromFeed("al*")),
        (
            "feed:https://www.dawn.com/~ann/feed?x=1&y",
            FromFeed("https://www.dawn.com/~ann/feed?x=1&y"),
        ),
        ("feed:exec:news", FromFeed("exec:news")),
        ("feed:titel:x", FromFeed("titel:x")),
        ("feed:feed:x", FromFeed("feed:x")),
        ("feed:\udc80\x00", FromFeed("\udc80\x00")),
        ("feed:🎉", FromFeed("🎉")),
        ("tag:World", Tagged("World")),
        ("tag:news/asia", Tagged("news/asia")),
        ('tag:"long reads"', Tagged("long reads")),
        ("tag:new*", Tagged("new", begins=True)),
        ("tag:(a OR “b c”)", Or((Tagged("a"), Tagged("b c")))),
        ("Feed: a", And((Term("feed"), A))),
        ("Taliban: No", And((Term("taliban"), Term("no")))),
        ("foo:bar", Phrase(("foo", "bar"))),
        ("late:9", Phrase(("late", "9"))),
        ("source: Dawn", And((Term("source"), Term("dawn")))),
        (
            "https://dawn.com/?x=1",
            Phrase(("https", "dawn", "com", "x", "1")),
        ),
        ("a & b — 🎉", And((A, B))),
    ],
)
def test_meaning(text: str, node: Node) -> None:
    assert read(text) == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("tal", Term("tal", completes=True)),
        ("tal ", Term("tal")),
        ("a tal", And((A, Term("tal", completes=True)))),
        ("title:tal", Term("tal", "title", completes=True)),
        ("U.", Term("u", completes=True)),
        ("O’", Term("o", completes=True)),
        ("Al-", Term("al", completes=True)),
        ("2,6", Term("26", completes=True)),
        ("5.", Term("5", completes=True)),
        ("tal…", Term("tal")),
        ("-tal", Not(Term("tal"))),
        ("(a OR tal", Or((A, Term("tal", completes=True)))),
        ("al-qa", Or((Phrase(("al", "qa")), Prefix("al-qa")))),
        ('"final war', Phrase(("final", "war"), completes=True)),
        ('"final w', Phrase(("final",))),
        ('"fin', Phrase(("fin",), completes=True)),
        ('"final warning"', Phrase(("final", "warning"))),
        ("a OR", A),
        ("a AND", A),
        ("a NOT", A),
        ("a -", A),
        ("OR a", Term("a", completes=True)),
        ("a (", A),
        ("a ()", A),
        ("a)", A),
        ('a "', A),
        ("a title:", A),
        ("a title: ", A),
        ("a is:", A),
        ("a is:un", A),
        ("a date:20", A),
        ("a date:2025-02-0", A),
        ('a date:"last', A),
        ("a titel:", And((A, Term("titel")))),
        ("feed:al", FromFeed("al", begins=True)),
        ("feed:al ", FromFeed("al")),
        ("-feed:al", Not(FromFeed("al"))),
        ("feed:(bbc OR da", Or((FromFeed("bbc"), FromFeed("da", begins=True)))),
        ('feed:"bbc ne', FromFeed("bbc ne", begins=True)),
        ('feed:"bbc ', FromFeed("bbc ", begins=True)),
        ('feed:"bbc news"', FromFeed("bbc news")),
        ("feed:https://dawn.com/~", FromFeed("https://dawn.com/~", begins=True)),
        ('a feed:"', A),
        ("a feed:", A),
        ("tag:news/", Tagged("news/", begins=True)),
        ("-tag:new", Not(Tagged("new"))),
        ("a^", Term("a")),
        ("(", Everything()),
        ("🎉", Everything()),
    ],
)
def test_meaning_while_typing(text: str, node: Node) -> None:
    assert read(text, typing=True) == node


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ('a "b c', '"b c', "never closed"),
        ("a (b", "(", "never closed"),
        ("a) b", ")", "no bracket"),
        ("a ()", "()", "no word"),
        ('a ""', '""', "no word"),
        ("a OR", "OR", "lacks"),
        ("OR a", "OR", "lacks"),
        ("(a AND) b", "AND", "lacks"),
        ("a NOT", "NOT", "lacks"),
        ("a title:", "title:", "nothing after"),
        ("title:)", "title:", "nothing after"),
        ("a titel:x", "titel:", "did you mean title:"),
        ("sources:x", "sources:", "did you mean source:"),
        ("is:foo a", "foo", "is:unread"),
        ("has:foo a", "foo", "has:points"),
        ("date:2025-02-30 a", "2025-02-30", "no such day"),
        ("date:soon", "soon", "not a date"),
        ("before:0001", "0001", "no day before"),
        ("before:..2025", "..2025", "no day before"),
        ("date:(a b)", "date:(", "not a group"),
        ("feeds:x", "feeds:", "did you mean feed:"),
        ("tags:x", "tags:", "did you mean tag:"),
        ("a feed:", "feed:", "nothing after"),
        ('feed:""', '""', "no word"),
        ("feed:bbc^2 a", "^2", "feed: takes neither"),
        ("feed:bbc~", "~", "feed: takes neither"),
        ('tag:"a b"~2 a', "~2", "tag: takes neither"),
        ("a~3", "~3", "at most 2"),
        ('"a b"~99', "~99", "at most 50"),
        ("a^0", "0", "above 0"),
        ("a^1.2.3", "1.2.3", "above 0"),
        ("(a)^1000", "1000", "above 0"),
        ("🎉", "🎉", "no word"),
    ],
)
def test_errors_say_what_is_wrong_and_where(text: str, at: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, today=TODAY)
    assert says in caught.value.message
    assert caught.value.message[-1] in ".?"
    assert text[caught.value.start : caught.value.end] == at


@pytest.mark.parametrize(
    "text",
    ["is:foo a", "date:soon a", "titel:x", "a~3 b", "is:foo", "has:links", "date:soon",
     "date:2025-13", "after:2025-02-30", "date:2025-10..2024", "date:last-foo"],
)  # fmt: skip
def test_what_is_finished_and_wrong_is_said_while_typing_too(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text, typing=True, today=TODAY)


@pytest.mark.parametrize(
    "text",
    ["is:unread", "has:highlight", "date:none", "date:2025-09-30", "date:2025-10..2025-12-09",
     "date:last-30-days", 'date:"previous 3 months"', 'date:"the past 2 weeks"', "date:..friday",
     'date:"9 october 2025"', 'date:"october 9, 2025"', "date:9th-sept-2025", "before:this-year"],
)  # fmt: skip
def test_nothing_is_said_of_what_is_being_typed(text: str) -> None:
    for end in range(len(text) + 1):
        parse(text[:end], typing=True, today=TODAY)


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize(
    "text", ["(" * 10_000, "(" * 1_000, "-(" * 1_000, "a " * LONGEST_QUERY, "title:(" * 500]
)
def test_depth_and_length_are_limited(text: str, typing: bool) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, typing=typing)
    assert 0 <= caught.value.start <= caught.value.end <= len(text)


@pytest.mark.parametrize("text", ['"' + "a " * 65 + '"', "*b* " * 11, "ab~ " * 11])
def test_what_takes_long_is_limited(text: str) -> None:
    with pytest.raises(QueryError, match="at most"):
        parse(text)
    parse(text.replace("a ", "", 1).replace("*b* ", "", 1).replace("ab~ ", "", 1))


def test_a_long_sentence_without_spaces_is_looked_up_in_pieces() -> None:
    assert read("京" * 100) == And((Phrase(("京",) * 64), Phrase(("京",) * 36)))


def test_the_limits_leave_room() -> None:
    assert read("(" * DEEPEST_NESTING + "a" + ")" * DEEPEST_NESTING) == A
    assert read("NOT " * 1_000 + "a") == A
    assert isinstance(read("a " * (LONGEST_QUERY // 2)), And)


def test_a_term_knows_its_place() -> None:
    node = parse("  (Kabul’s)")
    assert isinstance(node, Term)
    assert node.place == (3, 8)


def test_the_guide_names_all_there_is() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    names = [f"`{name}:" for name in FIELDS]
    names += [f"`{name}:{flag}`" for name, flags in FLAGS.items() for flag in flags]
    names += [*OPERATORS, *'-"(*?~^', f"date:{UNDATED}", *RELATIVE_DAYS, *UNITS]
    missing = [name for name in names if name not in guide]
    assert not missing
