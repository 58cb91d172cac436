"""The record: what was written is there, is known again, and nothing else is taken for it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING

import pytest
from newsroom import article

from index.article import Article, article_id
from index.errors import LibraryBusyError, LibraryError, UnknownArticleError
from index.results import Marks
from index.store import Store, database
from index.store.incoming import prepare
from index.store.tables import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def put(store: Store, *articles: Article, raw: bytes = b"as it came") -> list[str]:
    return list(store.articles.put([prepare(one, raw) for one in articles]))


def change_row(store: Store, sql: str, *values: object) -> None:
    with store._database.writing() as db:
        assert db.execute(sql, values).rowcount == 1


# --- articles -------------------------------------------------------------------------------------


def test_an_article_comes_back_as_it_was_put(store: Store) -> None:
    one = article("a", "Title", "Body", "#Heading", points=["x"], published=dt.date(2025, 10, 9))
    assert put(store, one, raw=b"\x00\xff raw") == ["added"]
    assert store.articles.get(["a"]) == {"a": one}
    assert store.articles.original("a").raw == b"\x00\xff raw"


def test_the_same_article_again_changes_nothing(store: Store) -> None:
    put(store, article("a", "Title"))
    before = store.articles.last_change()
    assert put(store, article("a", "Title")) == ["unchanged"]
    assert store.articles.last_change() == before


def test_another_text_is_an_update_and_another_parser_is_none(store: Store) -> None:
    put(store, article("a", "Title"))
    assert put(store, article("a", "Better title")) == ["unchanged"]
    assert store.articles.get(["a"])["a"].title == "Better title"
    assert put(store, article("a", "Best title"), raw=b"other") == ["updated"]


def test_two_origins_of_one_id_do_not_overwrite_each_other(store: Store) -> None:
    put(store, article("a", "First"))
    other = article("a", "Second").model_copy(update={"origin": "elsewhere"})
    assert put(store, other, article("b", "Third")) == ["clashing", "added"]
    assert store.articles.get(["a"])["a"].title == "First"


def test_listing_is_newest_first_and_undated_last(store: Store) -> None:
    put(
        store,
        article("undated"),
        article("old", published=dt.date(1900, 1, 1)),
        article("new", published=dt.datetime(2025, 1, 1, 12, tzinfo=dt.UTC)),
        article("day", published=dt.date(2025, 1, 1)),
    )
    assert store.articles.newest_first() == ("new", "day", "old", "undated")


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_first_and_the_last_day_there_is_can_be_kept(store: Store, day: dt.date) -> None:
    put(store, article("a", published=day))
    assert store.articles.get(["a"])["a"].published == day
    assert list(store.damage()) == []


def test_an_article_that_is_withdrawn_stays_in_the_record(store: Store) -> None:
    put(store, article("a", "Kept"), article("b"))
    assert store.articles.withdraw(["a", "unknown"]) == 1
    assert store.articles.newest_first() == ("b",)
    assert store.articles.get(["a"])["a"].title == "Kept"
    assert put(store, article("a", "Kept")) == ["updated"]
    assert store.articles.newest_first() == ("a", "b")


def test_an_id_is_found_by_a_unique_beginning(store: Store) -> None:
    put(store, article("abc"), article("abd"), article("xyz"))
    assert store.articles.resolve("x") == "xyz"
    assert store.articles.resolve("abc") == "abc"


@pytest.mark.parametrize("beginning", ["ab", "q", "", "%", "a_", "abcd"])
def test_no_or_several_ids_are_an_unknown_article(store: Store, beginning: str) -> None:
    put(store, article("abc"), article("abd"))
    with pytest.raises(UnknownArticleError):
        store.articles.resolve(beginning)


def test_each_change_is_told_once_in_order_up_to_the_one_asked_for(store: Store) -> None:
    put(store, *(article(f"{number:03}") for number in range(2 * database.CHUNK)))
    seen, last = store.articles.last_change(), store.articles.last_change() + 2
    put(store, article("000", "New"))
    store.articles.withdraw(["001"])
    put(store, article("later"))
    assert [(one.id, one.article and one.article.title) for one in
            store.articles.changes(seen, last)] == [("000", "New"), ("001", None)]  # fmt: skip
    assert store.articles.count_changes(0, last) == len(list(store.articles.changes(0, last)))


def test_a_revision_does_not_overwrite_what_was_written_meanwhile(store: Store) -> None:
    put(store, article("a", "Old"), article("b", "Old"))
    known = [store.articles.original(id_) for id_ in ("a", "b")]
    put(store, article("a", "Written meanwhile"), raw=b"new")
    store.articles.revise((one, article(one.id, "Revised")) for one in known)
    found = store.articles.get(["a", "b"])
    assert (found["a"].title, found["b"].title) == ("Written meanwhile", "Revised")
    assert store.articles.original("a").raw == b"new"
    assert list(store.damage()) == []


# --- rows of other versions, and damaged ones -----------------------------------------------------

RAW = b"Ferry sinks in the harbour\n\nNobody was hurt when the old ferry went down on Monday.\n"


@pytest.mark.parametrize(
    "parsed",
    ['{"id": "a", "headline": "of another version"}', "{", "", b"\xff\xfe", "null"],
)
def test_a_row_that_cannot_be_read_is_read_anew_from_its_bytes(
    store: Store, parsed: str | bytes
) -> None:
    put(store, article("a"), article("b", "Sound"), raw=RAW)
    change_row(store, "UPDATE articles SET parsed = CAST(? AS TEXT) WHERE id = 'a'", parsed)
    found = store.articles.get(["a", "b"])
    assert found["a"].title == "Ferry sinks in the harbour"
    assert found["b"].title == "Sound"
    told = {one.id: one.article for one in store.articles.changes(0, 2)}
    assert told["a"] == found["a"]


def test_an_article_without_readable_bytes_is_left_out_and_named(store: Store) -> None:
    put(store, article("a"), article("b", "Sound"))
    change_row(store, "UPDATE articles SET parsed = '{', raw = x'00' WHERE id = 'a'")
    assert list(store.articles.get(["a", "b"])) == ["b"]
    assert [one.article is None for one in store.articles.changes(0, 2)] == [True, False]
    with pytest.raises(LibraryError, match="article a is damaged"):
        store.articles.original("a")


@pytest.mark.parametrize("column", ["raw", "digest", "parsed", "seal", "origin", "published"])
def test_a_changed_column_is_found_as_damage(store: Store, column: str) -> None:
    put(store, article("a", "Title", "Body", published=dt.date(2025, 10, 9)), article("b"))
    assert list(store.damage()) == []
    changed = {
        "published": "published + 1",
        "parsed": "replace(parsed, 'Body', 'Bodx')",
        "origin": "origin || 'x'",
        "raw": "CAST(substr(raw, 1, length(raw) - 3) || x'000000' AS BLOB)",
    }.get(column, "x'00'")
    change_row(store, f"UPDATE articles SET {column} = {changed} WHERE id = 'a'")
    (sentence,) = store.damage()
    assert "library.db: article a is damaged" in sentence


def test_flipped_bits_of_the_file_are_found_as_damage(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.db")
    put(store, article("a", "Title", "A body of some length " * 50))
    store.close()
    raw = bytearray((tmp_path / "library.db").read_bytes())
    raw[raw.index(b"some length")] ^= 1
    (tmp_path / "library.db").write_bytes(raw)
    store = Store(tmp_path / "library.db")
    assert len(list(store.damage())) == 1
    store.close()


# --- marks ----------------------------------------------------------------------------------------


def test_marks_are_kept_and_taken_back_step_by_step(store: Store) -> None:
    store.marks.put(["a", "b"], "read", on=True)
    store.marks.put(["b", "c"], "read", on=True)
    store.marks.put(["a"], "starred", on=True)
    assert store.marks.get(["a", "b", "c", "d"]) == {
        "a": Marks(read=True, starred=True),
        "b": Marks(read=True),
        "c": Marks(read=True),
    }
    assert store.marks.undo() == ("starred", ("a",))
    assert store.marks.undo() == ("read", ("c",))
    assert store.marks.marked("read") == {"a", "b"}
    assert store.marks.undo() == ("read", ("a", "b"))
    assert store.marks.undo() is None
    assert store.marks.marked("read") == frozenset()


def test_an_article_named_twice_is_marked_once(store: Store) -> None:
    store.marks.put(["a", "a"], "starred", on=True)
    assert store.marks.undo() == ("starred", ("a",))


def test_marking_what_is_marked_is_no_step(store: Store) -> None:
    store.marks.put(["a"], "starred", on=True)
    store.marks.put(["a"], "starred", on=True)
    store.marks.undo()
    assert store.marks.undo() is None


def test_a_mark_can_be_set_without_a_step_of_undo(store: Store) -> None:
    store.marks.put(["a"], "read", on=True, undoable=False)
    assert store.marks.undo() is None
    assert store.marks.marked("read") == {"a"}


def test_thousands_are_marked_in_one_step(store: Store) -> None:
    ids = [article_id(str(number)) for number in range(3_000)]
    store.marks.put(ids[:10], "read", on=True)
    assert store.marks.put(ids, "read", on=True) == 2_990
    assert store.marks.read == set(ids)
    undone = store.marks.undo()
    assert undone is not None
    assert undone.ids == tuple(ids[10:])
    assert store.marks.read == set(ids[:10])


def test_steps_of_undo_of_an_older_record_can_still_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    older = sqlite3.connect(path)
    older.executescript("".join(FORMATS[:3]) + "PRAGMA user_version = 3;")
    older.execute(f"PRAGMA application_id = {database._APPLICATION_ID}")
    older.executescript(
        "INSERT INTO marks VALUES ('a', 1, 0), ('b', 1, 0), ('c', 1, 0);"
        "INSERT INTO mark_changes VALUES (1, 'a', 'read', 0), (1, 'b', 'read', 0);"
        "INSERT INTO mark_changes VALUES (2, 'c', 'starred', 1);"
    )
    older.close()
    store = Store(path)
    assert store.marks.undo() == ("starred", ("c",))
    assert store.marks.starred == {"c"}
    assert store.marks.undo() == ("read", ("a", "b"))
    assert store.marks.read == {"c"}
    assert store.marks.undo() is None
    store.close()


def test_marks_stay_when_an_article_is_replaced_or_withdrawn(store: Store) -> None:
    id_ = article_id("/news")
    one = article(id_, "Title").model_copy(update={"origin": "/news"})
    put(store, one)
    store.marks.put([id_], "starred", on=True)
    put(store, one.model_copy(update={"title": "New"}), raw=b"new")
    store.articles.withdraw([id_])
    assert store.marks.marked("starred") == {id_}


# --- the file -------------------------------------------------------------------------------------


def test_what_one_process_writes_another_reads(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "library.db"), Store(tmp_path / "library.db")
    put(first, article("a"))
    put(second, article("b"))
    assert first.articles.newest_first() == second.articles.newest_first() == ("a", "b")
    first.close()
    second.close()


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    good, bad = prepare(article("a"), b""), prepare(article("b"), b"")
    bad = bad._replace(digest=None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        store.articles.put([good, bad])
    assert store.articles.newest_first() == ()
    assert put(store, article("c")) == ["added"]


def test_a_file_that_is_locked_for_too_long_is_said_to_be_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.01)
    holder, store = Store(tmp_path / "library.db"), Store(tmp_path / "library.db")
    with (
        holder._database.writing(),
        pytest.raises(LibraryBusyError, match=r"library\.db is in use"),
    ):
        put(store, article("a"))
    assert put(store, article("a")) == ["added"]
    holder.close()
    store.close()


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=r"library\.db is a database of another program"):
        Store(path)
    assert path.read_bytes() == before


def test_a_newer_format_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=r"library\.db was written by a newer Broadsheet"):
        Store(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(LibraryError, match=r"library\.db"):
        Store(path)
    assert path.read_bytes() == b"Dear diary, " * 1000


def test_a_file_in_the_place_of_the_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("I am a file")
    with pytest.raises(LibraryError, match=r"library/library\.db cannot be used"):
        Store(tmp_path / "library" / "library.db")
