"""Past queries: kept once each, and gone through from the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from index.store import PastQuery, Store
from index.store.queries import MOST
from reader.history import History

if TYPE_CHECKING:
    from pathlib import Path

QUERIES = st.sampled_from(["taliban", "Tali", "tag:x", "doha", "doha talks"])


def history(*oldest_first: str) -> History:
    past = History()
    for query in oldest_first:
        past.note(query)
    return past


def test_the_way_back_leads_through_what_begins_so_and_ends_at_what_was_typed() -> None:
    past = history("taliban", "doha", "Tali", "taliban")
    assert past.older("ta", "ta") == "taliban"
    assert past.older("taliban", "taliban") == "Tali"
    assert past.older("Tali", "Tali") is None
    assert past.newer("Tali") == "taliban"
    assert past.newer("taliban") == "ta"
    assert past.newer("ta") is None


def test_a_line_that_is_about_to_be_replaced_stands_for_any() -> None:
    past = history("taliban", "doha")
    assert past.older("doha", "") == "taliban"
    assert past.newer("taliban") == "doha"


def test_whoever_types_on_begins_a_new_way() -> None:
    past = history("doha", "doha talks", "taliban")
    assert past.older("", "") == "taliban"
    assert not past.is_walked("taliban ")
    assert past.newer("taliban ") is None
    assert past.older("do", "do") == "doha talks"


def test_what_was_done_before_the_record_was_read_came_later() -> None:
    past = history("taliban")
    past.recall([PastQuery("doha", "newest"), PastQuery("taliban", "oldest")])
    assert past.older("", "") == "taliban"
    assert past.older("taliban", "taliban") == "doha"
    assert (past.sort_of("taliban"), past.sort_of("doha")) == ("oldest", "newest")


def test_an_order_stays_with_its_query_until_there_is_another() -> None:
    past = history("doha")
    past.note("doha", "source")
    past.note("doha")
    assert past.sort_of("doha") == "source"
    past.note("doha", "oldest")
    assert past.sort_of("doha") == "oldest"
    assert past.sort_of("doh") is None


@given(st.lists(QUERIES), QUERIES.map(lambda query: query[:2]))
def test_all_the_way_back_and_forth_again(queries: list[str], typed: str) -> None:
    past, line = history(*queries), typed
    way = [line]
    while (query := past.older(line, line)) is not None:
        line = query
        way.append(line)
    begin_so = {q for q in queries if q.casefold().startswith(typed.casefold()) and q != typed}
    assert set(way[1:]) == begin_so
    assert len(way) == len(set(way))
    for expected in reversed(way[:-1]):
        assert past.newer(line) == expected
        line = expected


def test_the_record_keeps_each_query_once_the_latest_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.db")
    for query in ("taliban", "doha", "taliban"):
        store.queries.note(query)
    store.queries.note("doha", "newest")
    store.queries.note("doha")
    assert store.queries.all() == (PastQuery("doha", "newest"), PastQuery("taliban", None))
    store.close()


def test_the_record_forgets_the_queries_of_long_ago(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.db")
    with store._database.writing() as db:
        rows = ((f"query {number}", None, number) for number in range(MOST))
        db.executemany("INSERT INTO queries VALUES (?, ?, ?)", rows)
    store.queries.note("query 1")
    store.queries.note("another")
    kept = [past.query for past in store.queries.all()]
    assert len(kept) == MOST
    assert kept[:2] == ["another", "query 1"]
    assert "query 0" not in kept
    store.close()
