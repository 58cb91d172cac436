"""From typed text to ranked ids, in an index of a handful of articles in two segments."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import newsroom
import pytest
from newsroom import article, searcher

from index.errors import QueryError
from index.query.compile import compile_query
from index.query.recorded import NOTHING_RECORDED, MarkedIds
from index.query.syntax import parse
from index.schema import SCHEMA, UNDATED, document
from index.search import rank

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whoosh.searching import Searcher

    from index.article import Article
    from index.results import Sort

TODAY = dt.date(2025, 10, 22)
NEWS = [
    article(
        "warning",
        "Pakistan warns the Taliban",
        "The U.S. and Türkiye spoke. Al-Qaeda was running camps.",
        "#Regional powers",
        "Foreign ministers met in Kabul.",
        points=["Zero tolerance for terror", "Afghan soil"],
        published=dt.date(2025, 10, 9),
        place="ISLAMABAD",
        source="Dawn",
    ),
    article(
        "talks",
        "Talks resume",
        "The Taliban said commitments.The talks go on. O’Brien told us.",
        "北京 and हिन्दी",
        published=dt.datetime(2025, 10, 21, 22, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
    ),
]
MORE = [
    article("undated", "Foreign minister", "Ceasefire in Doha.", source="New York Times"),
    article("new", "Ceasefire", "It holds.", published=dt.datetime(2025, 10, 21, 9)),
]
MARKS = MarkedIds(read=frozenset({"talks", "undated"}), starred=frozenset({"new", "gone"}))


@pytest.fixture(scope="module")
def news() -> Searcher:
    return searcher(NEWS, MORE)


def found(
    news: Searcher, query: str, *, typing: bool = False, sort: Sort = "relevance"
) -> tuple[str, ...]:
    return tuple(rank(news, query, typing=typing, sort=sort, today=TODAY, recorded=MARKS).ids)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("taliban", "warning talks"),
        ("TALKED", "talks"),
        ("runs", "warning"),
        ("the taliban", "warning talks"),
        ("turkiye", "warning"),
        ("U.S.", "warning"),
        ("us", "talks warning"),
        ("obrien", "talks"),
        ("commitments the", "talks"),
        ("al-qaeda", "warning"),
        ("al qaeda", "warning"),
        ('"al qaeda"', "warning"),
        ("北京", "talks"),
        ("京北", ""),
        ('"foreign minister"', "undated"),
        ('"tolerance for terror"', "warning"),
        ('"terror afghan"', ""),
        ('"zero terror"~3', "warning"),
        ('"zero terror"~2', ""),
        ("kabul OR doha", "undated warning"),
        ("taliban -pakistan", "talks"),
        ("-taliban", "new undated"),
        ("-taliban -doha", "new"),
        ("taliban OR -is:read", "warning talks new"),
        ("title:taliban", "warning"),
        ("points:soil", "warning"),
        ("heading:powers", "warning"),
        ("body:powers", ""),
        ("place:islamabad", "warning"),
        ("source:dawn", "warning"),
        ('source:"york times"', "undated"),
        ("source:(dawn OR new*)", "warning undated"),
        ("cease*", "new undated"),
        ("*fire", "new undated"),
        ("t?lks", "talks"),
        ("ceasfire~", "new undated"),
        ("claeseire~2", ""),
        ("caesefire~", "new undated"),
        ("date:none", "undated"),
        ("date:2025-10-09", "warning"),
        ("date:yesterday", "talks new"),
        ("date:2025", "talks new warning"),
        ("after:2025-10-21", "talks new"),
        ("before:2025-10-21", "warning"),
        ("has:points", "warning"),
        ("-has:points", "talks new undated"),
        ("has:date has:place", "warning"),
        ("has:body", "talks new warning undated"),
        ("is:read", "talks undated"),
        ("is:unread", "new warning"),
        ("is:starred", "new"),
        ("-is:starred", "talks warning undated"),
        ("is:starred taliban", ""),
        ("is:starred OR (is:read taliban)", "talks new"),
        ("NOT (is:read OR is:starred)", "warning"),
        ("", "talks new warning undated"),
        ("*", "talks new warning undated"),
    ],
)
def test_found(news: Searcher, query: str, ids: str) -> None:
    assert found(news, query) == tuple(ids.split())


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("t", "talks warning"),
        ("ta", "talks warning"),
        ("tal", "talks warning"),
        ("talks", "talks"),
        ("runni", "warning"),
        ("title:ta", "warning talks"),
        ("taliban p", "warning"),
        ('"foreign min', "undated warning"),
        ('"foreign m', "undated warning"),
        ("al-qa", "warning"),
        ("हिन्", "talks"),
        ("taliban -pak", "warning talks"),
    ],
)
def test_found_while_typing(news: Searcher, query: str, ids: str) -> None:
    assert set(found(news, query, typing=True)) == set(ids.split())


def test_typing_a_word_to_its_end_keeps_what_is_found(news: Searcher) -> None:
    for length in range(1, len("taliban")):
        assert {"warning", "talks"} <= set(found(news, "taliban"[:length], typing=True))


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("newest", "talks new warning undated"),
        ("oldest", "warning new talks undated"),
        ("source", "warning undated talks new"),
    ],
)
def test_other_orders_than_by_relevance(news: Searcher, sort: Sort, ids: str) -> None:
    assert found(news, "ceasefire OR taliban", sort=sort) == tuple(ids.split())
    assert found(news, "", sort=sort) == tuple(ids.split())
    assert list(rank(news, "ceasefire OR taliban", sort=sort).scores) == [0.0] * 4


def test_the_first_of_many_in_another_order_are_the_first_of_all() -> None:
    names = ("alpha", "Beta", "BETA", "Álpha", None)
    many = [
        article(
            f"{number:03}",
            "ferry",
            source=names[number % len(names)],
            published=dt.date(2025, 1, 1) + dt.timedelta(number * 7 % 100),
        )
        for number in range(200)
    ]
    both = searcher(many[:90], many[90:])

    def by_source(one: Article) -> tuple[int, int, str]:
        rank = (0, 1, 1, 0, 2)[names.index(one.source)]
        assert isinstance(one.published, dt.date)
        return rank, -one.published.toordinal(), one.id

    def oldest(one: Article) -> tuple[object, str]:
        return one.published, one.id

    keys: dict[Sort, Callable[[Article], Any]] = {"source": by_source, "oldest": oldest}
    for sort, key in keys.items():
        order = rank(both, "ferry", sort=sort)
        expected = [one.id for one in sorted(many, key=key)]
        assert list(order.ids[:7]) == expected[:7]
        assert [order.ids.index(id_) for id_ in expected[::50]] == [0, 50, 100, 150]
        assert list(order.ids) == expected
        assert list(rank(both, "ferry", sort=sort).ids) == expected


def test_scores_fall_and_are_zero_where_they_mean_nothing(news: Searcher) -> None:
    ranking = rank(news, "taliban", today=TODAY)
    assert ranking.scores[0] > ranking.scores[1] > 0
    assert list(rank(news, "taliban", sort="newest").scores) == [0.0, 0.0]
    assert list(rank(news, "is:read OR date:2025", recorded=MARKS).scores) == [0.0] * 4


def test_filters_and_exclusions_leave_scores_alone(news: Searcher) -> None:
    plain = rank(news, "taliban", today=TODAY).scores[0]
    for query in ("taliban has:points", "taliban -doha", "taliban date:2025-10-09 is:unread"):
        assert rank(news, query, today=TODAY).scores[0] == pytest.approx(plain)


def test_a_weight_multiplies_the_score(news: Searcher) -> None:
    plain, twice, half = (
        list(rank(news, query).scores) for query in ("taliban", "taliban^2", "(taliban)^0.5")
    )
    assert twice == pytest.approx([2 * score for score in plain])
    assert half == pytest.approx([score / 2 for score in plain])


def test_equals_are_ordered_by_date_then_id() -> None:
    day = dt.date(2025, 10, 9)
    same = [
        article("b", "Doha", published=day),
        article("a", "Doha", published=day),
        article("d", "Doha"),
        article("c", "Doha", published=dt.date(2025, 10, 10)),
    ]
    assert found(searcher(same[:2], same[2:]), "doha") == ("c", "a", "b", "d")


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("talibna", "taliban"),
        ("Talibna -doha", "Taliban -doha"),
        ("ceesefire  holsd!", "ceesefire  holsd!".replace("ceesefire", "ceasefire")
         .replace("holsd", "holds")),
        ("title:pakistna", "title:pakistan"),
        ("place:islambad", "place:islamabad"),
        ("taliban", None),
        ("talk", None),
        ("talibna ceasefire", None),
        ("2105", None),
        ("xqzzy", None),
        ("source:2600", None),
        ("talibna*", None),
        ('"talibna"', None),
        ("-talibna", None),
        ("", None),
    ],
)  # fmt: skip
def test_did_you_mean(news: Searcher, query: str, suggestion: str | None) -> None:
    assert rank(news, query, today=TODAY).suggestion == suggestion


def test_a_word_that_may_still_become_known_is_left_alone(news: Searcher) -> None:
    assert rank(news, "talib", typing=True).suggestion is None
    assert rank(news, "talibn", typing=True).suggestion == "taliban"


def test_the_body_is_what_title_points_and_headings_leave_of_the_text() -> None:
    news = searcher(
        [
            article("title", "Ferries and ferry", "Calm seas."),
            article("points", "Calm", "Calm seas.", points=["A ferry", "More ferries"]),
            article("heading", "Calm", "#Ferries", "Calm seas."),
            article("all", "Ferry", "#The ferry", "A ferry.", points=["Ferries"]),
            article("body", "Calm", "Calm seas. A ferry sails."),
        ]
    )
    assert set(found(news, "body:ferry")) == {"all", "body"}
    assert set(found(news, "-body:ferry")) == {"title", "points", "heading"}
    assert set(found(news, 'body:"ferry"')) == {"all", "body"}
    assert set(found(news, "ferry")) == {"title", "points", "heading", "all", "body"}
    assert found(news, "body:nobody") == ()


def test_did_you_mean_knows_the_words_of_all_small_segments() -> None:
    news = searcher(
        [article("a", "Calm", "Seas and a seat.")], [article("b", "Ceasefire", "A seal, a seal.")],
        [article("c", "Seals", "A seal.")],
    )  # fmt: skip
    assert rank(news, "ceasefyre").suggestion == "ceasefire"
    assert rank(news, "seaj").suggestion == "seal"
    assert rank(news, "saeas").suggestion == "seas"
    assert rank(news, "xalm").suggestion == "calm"


def test_an_empty_library_finds_nothing() -> None:
    empty = searcher()
    for query in ("", "a", "a*", "-a", "is:read", '"a b"', "date:2025", "ab~"):
        assert rank(empty, query, recorded=MARKS).total == 0
        assert rank(empty, f"{query} OR b" if query else "b", typing=True).total == 0


def test_a_long_query_is_answered(news: Searcher) -> None:
    assert found(news, " ".join(["the"] * 1_000)) == ("talks", "warning")
    assert found(news, " OR ".join(f"the{n}" for n in range(300))) == ()
    with pytest.raises(QueryError):
        found(news, "(" * 10_000)


def test_what_was_removed_is_found_no_more(tmp_path: Path) -> None:
    index = newsroom.index(tmp_path / "index", NEWS, MORE)
    writer = index.writer()
    writer.delete_by_term("id", "talks")
    writer.commit(merge=False)
    searcher = index.searcher()
    for query in ("taliban", "ta", "tal*", '"the tal', "*", "-doha", "is:read", "is:read OR doha",
                  "date:2025", '"taliban said"', "taliba~", "t?liban"):  # fmt: skip
        ids = rank(searcher, query, typing=True, today=TODAY, recorded=MARKS).ids
        assert "talks" not in ids


def test_furniture_is_never_found() -> None:
    one = article("a", "Doha").model_copy(update={"furniture": ("icon-facebook",)})
    assert rank(searcher([one]), "facebook").total == 0


def test_documents_have_only_fields_of_the_schema() -> None:
    full, bare = document(NEWS[0]), document(article("a"))
    assert set(full) == set(SCHEMA.names())
    assert set(bare) <= set(SCHEMA.names())
    assert full["day"] == dt.date(2025, 10, 9).toordinal()
    assert full["published"] == 1_759_968_000
    assert bare["published"] == UNDATED
    assert document(NEWS[1])["published"] == 1_761_102_000
    assert document(NEWS[1])["day"] == dt.date(2025, 10, 21).toordinal()


def test_a_query_is_understood_and_highlighted_without_whoosh() -> None:
    program = (
        "import sys, index.excerpts, index.query.syntax, index.query.recorded;"
        "print(*(name for name in sys.modules if name.partition('.')[0] in ('whoosh', 'sqlite3')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_queries_can_be_compared_and_printed() -> None:
    one, other = (compile_query(parse("is:read a"), NOTHING_RECORDED) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert "Among" in repr(one)


def test_what_is_excluded_is_not_found_even_as_the_first_of_what_is_asked_for() -> None:
    news = searcher(
        [
            article("other", "Doha", "Nothing else."),
            article("both", "Doha and Kabul", "One and the other."),
            article("asked", "Kabul", "Nothing else."),
        ]
    )
    assert found(news, "kabul -doha") == ("asked",)
    assert found(news, "-doha") == ("asked",)
