"""One story, one article: all forms in which it came are kept, and the best of them is shown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from newsroom import article

from index.progress import silent
from index.store import Store
from index.store.incoming import prepare
from index.store.rows import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.article import Article

TEXT = " ".join(f"word{number}" for number in range(120))
LONGER = TEXT + " " + " ".join(f"more{number}" for number in range(120))
URL = "https://news.example/talks"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def told(origin: str, text: str = TEXT, **fields: object) -> Article:
    return article(origin, "Talks fail", text).model_copy(update=fields)


def put(store: Store, one: Article, raw: bytes | None = None) -> str:
    (outcome,) = store.articles.put([prepare(one, raw or one.passages[1].text.encode())])
    return outcome


def shown(store: Store) -> Article:
    (id_,) = store.articles.newest_first()
    return store.articles.get([id_])[id_]


def places(store: Store, id_: str = "a") -> list[tuple[str, str | None, bool]]:
    return [tuple(place) for place in store.origins.of(id_)]  # type: ignore[misc]


def earlier(store: Store) -> list[bytes | None]:
    with store._database.reading() as db:
        return [unpacked(row[0]) for row in db.execute("SELECT raw FROM earlier ORDER BY rowid")]


def test_a_copy_joins_the_article_that_is_there(store: Store) -> None:
    assert put(store, told("a")) == "added"
    before = store.articles.last_change()
    assert put(store, told("b"), b"other bytes") == "known"
    assert put(store, told("b"), b"other bytes") == "unchanged"
    assert store.articles.last_change() == before
    assert places(store) == [("a", None, True), ("b", "text", True)]
    assert store.origins.ids(["a", "b", "c"]) == {"a": "a", "b": "a"}
    assert list(store.damage()) == []


def test_a_fuller_text_at_the_same_address_is_shown_and_keeps_the_marks(store: Store) -> None:
    put(store, told("a", url=URL, published=dt.date(2025, 10, 9)))
    store.marks.put(["a"], "starred", on=True)
    assert put(store, told("b", LONGER, url=URL)) == "updated"
    one = shown(store)
    assert (one.id, one.origin, one.words) == ("a", "b", 240)
    assert one.published == dt.date(2025, 10, 9), "what the page does not say, the feed did"
    assert store.marks.marked("starred") == {"a"}
    assert places(store) == [("b", None, True), ("a", "url", True)]
    assert put(store, told("b", LONGER, url=URL)) == "unchanged"
    assert put(store, told("a", url=URL, published=dt.date(2025, 10, 9))) == "unchanged"
    assert list(store.damage()) == []


def test_a_teaser_gives_way_to_the_whole_and_never_replaces_it(store: Store) -> None:
    put(store, told("a", "They talked.", url=URL, is_teaser=True))
    assert put(store, told("page", url=URL)) == "updated"
    assert put(store, told("a", "They talked again.", url=URL, is_teaser=True)) == "known"
    assert not shown(store).is_teaser
    assert earlier(store) == [b"They talked."]


def test_a_feed_that_becomes_miserly_takes_nothing_back(store: Store) -> None:
    put(store, told("a", url=URL))
    assert put(store, told("a", "They talked.", url=URL, is_teaser=True)) == "unchanged"
    assert shown(store).words == 120
    assert earlier(store) == [b"They talked."]


def test_what_an_article_was_before_it_changed_is_kept(store: Store) -> None:
    put(store, told("a"))
    assert put(store, told("a", LONGER)) == "updated"
    assert put(store, told("a")) == "updated"
    assert earlier(store) == [TEXT.encode(), LONGER.encode()]


def test_a_copy_that_tells_another_story_now_is_an_article_of_its_own(store: Store) -> None:
    put(store, told("a"))
    put(store, told("b"))
    assert put(store, article("b", "Harvest", "Rain fell on the fields for a week.")) == "added"
    assert set(store.articles.newest_first()) == {"a", "b"}
    assert places(store) == [("a", None, True)]
    assert earlier(store) == [TEXT.encode()]


def test_the_first_origin_speaks_for_its_article_even_when_it_tells_another_story(
    store: Store,
) -> None:
    put(store, told("a", url=URL))
    put(store, told("b", LONGER, url=URL))
    assert put(store, article("a", "Harvest", "Rain fell on the fields.")) == "updated"
    assert (shown(store).id, shown(store).title) == ("a", "Harvest")
    assert sorted(place[0] for place in places(store)) == ["a", "b"]


def test_a_copy_takes_the_place_of_a_file_that_is_gone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.intake.parse", lambda raw, origin: told(origin, raw.decode()))
    put(store, told("a"))
    put(store, told("b"))
    assert store.articles.withdraw(["a"]) == 0
    assert (shown(store).id, shown(store).origin) == ("a", "b")
    assert places(store) == [("b", None, True), ("a", "text", False)]
    assert store.articles.withdraw(["b", "unknown"]) == 1
    assert store.articles.newest_first() == ()
    assert put(store, told("a")) == "updated", "it is back"
    assert shown(store).origin == "a"
    assert list(store.damage()) == []


def test_a_file_that_moved_is_the_article_it_was(store: Store) -> None:
    put(store, told("a"))
    store.marks.put(["a"], "read", on=True)
    store.articles.withdraw(["a"])
    assert put(store, told("moved")) == "added"
    assert (shown(store).id, shown(store).origin) == ("a", "moved")


def test_articles_of_an_older_record_are_known_again(store: Store) -> None:
    put(store, told("a"))
    with store._database.writing() as db:
        db.execute("DELETE FROM traits")
        db.execute("UPDATE traits_known SET change = 0, version = 0")
    store.know_again(silent)
    assert put(store, told("b")) == "known"


def test_what_was_read_anew_is_looked_at_again(store: Store) -> None:
    put(store, told("a"))
    known = store.articles.original("a")
    store.articles.revise([(known, told("a", LONGER))])
    assert put(store, told("b", LONGER), b"x") == "added", "nobody looked yet"
    store.know_again(silent)
    assert put(store, told("c", LONGER), b"y") == "known"


def test_a_record_of_the_first_format_is_brought_up_to_date(tmp_path: Path) -> None:
    from index.store import tables

    path = tmp_path / "old.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.store.database.FORMATS", tables.FORMATS[:1])
        Store(path).close()
    store = Store(path)
    assert put(store, told("a")) == "added"
    assert put(store, told("b")) == "known"
    store.queries.note("ferry")
    store.close()


def test_other_bytes_of_the_same_text_are_no_update(store: Store) -> None:
    put(store, told("a"), b"bytes")
    assert put(store, told("a"), b"other bytes") == "unchanged"
    assert store.articles.original("a").raw == b"other bytes"
    assert earlier(store) == [b"bytes"]
