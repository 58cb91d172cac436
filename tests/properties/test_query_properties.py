"""Whatever is typed is answered, and what is highlighted is what was found."""

from __future__ import annotations

import datetime as dt
import string
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import article, searcher

from index.analysis import _patterns, fold, words
from index.article import Article, Passage
from index.errors import QueryError
from index.excerpts import excerpt
from index.matching import Matcher
from index.query.lexer import QUOTES
from index.query.names import FIELDS, FLAGS, OPERATORS
from index.query.syntax import parse
from index.recorded import RecordedIn
from index.schema import stem
from index.search import rank
from index.store import KeptFeed, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.searching import Searcher

    from index.results import Ranking, Sort

TODAY = dt.date(2025, 10, 22)
NAMES = (
    "Taliban News", "Türkiye", "U.S. talks", "北京", "Al-Qaeda", "👍", "a/b", "News/World", "*",
)  # fmt: skip
FEEDS = tuple(
    KeptFeed(address, address, title=name, tags=(name,))
    for number, name in enumerate(NAMES)
    for address in [f"https://{number}.example/rss"]
)

VOCABULARY = (
    "a", "the", "Taliban", "talks", "talk", "talking", "Türkiye", "U.S.", "us", "US", "Al-Qaeda",
    "qaeda", "al", "O’Brien", "Kabul’s", "2,600-kilometer-long", "3.5", "commitments.The", "北京",
    "北", "हिन्दी", "ceasefire", "cease-fire", "p.m.", "running", "runs", "Łódź", "👍", "—",
)  # fmt: skip

texts = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join) | st.text(max_size=20)
articles = st.builds(
    article,
    st.sampled_from(string.ascii_lowercase),
    texts,
    texts,
    texts.map(lambda text: f"#{text}"),
    texts,
    points=st.lists(texts, max_size=2),
    published=st.none() | st.dates() | st.datetimes(timezones=st.none() | st.just(dt.UTC)),
    place=st.none() | texts,
)
pieces = st.sampled_from([
    *VOCABULARY, *sorted(OPERATORS), *'-"(*?~^', *(f"{name}:" for name in FIELDS),
    *(f"{name}:{flag}" for name, flags in FLAGS.items() for flag in flags),
    *(f"{field}:{name}" for field in ("feed", "tag") for name in NAMES), "/",
    " ", " ", ")", "~2", "^2", "date:2025", "..", "“", "tal", "last week", "*", "\x00", "\udc80",
])  # fmt: skip
names = st.sampled_from(NAMES) | st.text(st.characters(exclude_characters=QUOTES), max_size=5)
queries = st.text(max_size=30) | st.lists(pieces, max_size=12).map("".join)
positive = st.one_of(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=2).map(" ".join),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(lambda w: f'"{" ".join(w)}"'),
    st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=3).map(
        lambda w: f'"{" ".join(w)}"~3'
    ),
    st.sampled_from(VOCABULARY).map(lambda word: f"{word[:3]}*"),
    st.sampled_from(VOCABULARY).map(lambda word: f"*{word[1:4]}"),
    st.sampled_from(VOCABULARY).map(lambda word: f"{word[:2]}?{word[3:]}"),
    st.sampled_from(VOCABULARY).map(lambda word: f"{word[1::-1]}{word[2:]}~"),
    st.sampled_from(VOCABULARY).map(lambda word: f"{word[:-2]}~2"),
    st.sampled_from(VOCABULARY).map(lambda word: f"title:{word}"),
    st.sampled_from(VOCABULARY).map(lambda word: f"points:{word} OR heading:{word}"),
)
typed = st.one_of(
    positive,
    positive.map(lambda text: text[:-1]),
    st.tuples(st.sampled_from(VOCABULARY), st.sampled_from(VOCABULARY), st.integers(1, 5)).map(
        lambda parts: f'"{parts[0]} {parts[1][: parts[2]]}'
    ),
)
# The machine may be busy, and the first example fills the caches.
slow = settings(suppress_health_check=[HealthCheck.too_slow])


@cache
def newsroom() -> Searcher:
    return searcher(
        [article("a", "Taliban talks", "The U.S. and Türkiye", points=["A ceasefire"])],
        [article("b", "O’Brien", "#北京", "हिन्दी", published=TODAY), article("c", "", "")],
    )


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecordedIn]:
    """A record in which some of the articles were read, and came from feeds."""
    store = Store(tmp_path_factory.mktemp("recorded") / "library.db")
    store.marks.put(["a", "c"], "read", on=True)
    store.marks.put(["b"], "starred", on=True)
    store.feeds.add(FEEDS)
    for number, feed in enumerate(FEEDS):
        store.feeds.note(feed.key, ["abc"[number % 3], "abc"[number // 3]])
    yield RecordedIn(store)
    store.close()


def answer(
    text: str, recorded: RecordedIn, *, typing: bool = False, sort: Sort = "relevance"
) -> Ranking | QueryError:
    try:
        return rank(newsroom(), text, typing=typing, sort=sort, today=TODAY, recorded=recorded)
    except QueryError as error:
        return error


@slow
@given(queries, st.booleans(), st.sampled_from(("relevance", "date")))
def test_anything_typed_gives_a_ranking_or_points_at_the_fault(
    recorded: RecordedIn, text: str, typing: bool, sort: Sort
) -> None:
    ranking = answer(text, recorded, typing=typing, sort=sort)
    if isinstance(ranking, QueryError):
        assert 0 <= ranking.start <= ranking.end <= len(text)
        return
    assert ranking.total == len(ranking.ids) == len(set(ranking.ids)) == len(ranking.scores)
    assert list(ranking.scores) == sorted(ranking.scores, reverse=True)
    assert set(ranking.ids) <= set("abc")


def ids(text: str, recorded: RecordedIn, *, typing: bool = False) -> set[str]:
    ranking = answer(text, recorded, typing=typing)
    assert not isinstance(ranking, QueryError), text
    return set(ranking.ids)


@slow
@given(st.sampled_from(FEEDS), st.integers(1, 20), st.sampled_from(("feed", "tag")))
def test_a_feed_is_found_by_its_name_and_by_all_beginnings_of_it(
    recorded: RecordedIn, feed: KeptFeed, length: int, field: str
) -> None:
    came = recorded.of_feed(feed.key, begins=False)
    assert ids(f'{field}:"{feed.title}"', recorded) >= came
    assert ids(f'{field}:"{feed.title[:length]}', recorded, typing=True) >= came
    assert ids(f"feed:{feed.key}", recorded) == came


@slow
@given(st.sampled_from(("feed", "tag")), names, st.booleans())
def test_what_a_name_finds_and_what_it_excludes_are_all_there_is(
    recorded: RecordedIn, field: str, name: str, typing: bool
) -> None:
    asked = f'{field}:"{name}"'
    if isinstance(answer(asked, recorded), QueryError):
        return
    found, others = (ids(text, recorded, typing=typing) for text in (asked, f"-{asked}"))
    assert found | others == set("abc")
    assert not found & others
    assert ids(f"{asked} OR -{asked}", recorded, typing=typing) == set("abc")


@slow
@given(queries, articles, st.booleans())
def test_spans_are_sorted_disjoint_and_inside(text: str, one: Article, typing: bool) -> None:
    try:
        matcher = Matcher(parse(text, typing=typing, today=TODAY), stem)
    except QueryError:
        return
    for passage in one.passages:
        behind = 0
        for start, end in matcher.spans(passage):
            assert behind <= start < end <= len(passage.text)
            behind = end
    shown = excerpt(one, matcher)
    assert any(shown.text in passage.text for passage in one.passages)
    assert all(0 <= start < end <= len(shown.text) for start, end in shown.spans)


@slow
@given(
    st.lists(articles, min_size=1, max_size=4, unique_by=lambda one: one.id), typed, st.booleans()
)
def test_an_article_is_found_just_when_it_has_highlights(
    library: list[Article], text: str, typing: bool
) -> None:
    try:
        node = parse(text, typing=typing)
    except QueryError:
        return
    matcher = Matcher(node, stem)
    if not matcher.has_words:
        return
    found = rank(searcher(library[:2], library[2:]), text, typing=typing).ids
    for one in library:
        highlighted = {match.leaf for passage in one.passages for match in matcher.matches(passage)}
        if one.id in found:
            assert highlighted
        elif " OR " in text or len(text.split()) == 1 or text.startswith('"'):
            assert not highlighted


@slow
@given(st.text() | texts)
def test_words_lie_inside_and_in_order(text: str) -> None:
    behind, position = 0, 0
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.position >= position
        assert word.start >= behind or word.position == position
        assert word.form
        behind, position = word.start, word.position


@slow
@given(
    st.text(st.sampled_from("aBz09.,-'`_ \"U.S"), max_size=30)
    | st.text(st.characters(codec="ascii"))
)
def test_plain_text_is_taken_apart_as_any_text_is(text: str) -> None:
    plain, general = _patterns(plain=True), _patterns(plain=False)
    assert plain.surface.findall(text) == general.surface.findall(text)
    assert plain.parts.findall(text) == general.parts.findall(text)


@slow
@given(st.text())
def test_folding_is_finished_in_one_go(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@slow
@given(texts)
def test_a_text_finds_itself(text: str) -> None:
    passage = Passage("body", text)
    for word in words(text):
        surface = text[word.start : word.end]
        matcher = Matcher(parse(f'"{surface}"'), stem)
        assert any(a <= word.start and word.end <= b for a, b in matcher.spans(passage))
