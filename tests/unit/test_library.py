"""The library: the record and the index behind one door, which agree whatever happens to them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from desk import everything, story, titles, write, write_stories
from filelock import FileLock

from index.errors import IndexDamagedError, LibraryError, QueryError, UnknownArticleError
from index.library import Library
from index.results import Marks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.progress import Progress

DAMAGED = "It is being rebuilt."


class Told(list[str]):
    """A library's notices."""

    def once(self) -> bool:
        """Tell whether there was one notice, of an index being rebuilt."""
        return len(self) == 1 and self[0].endswith(DAMAGED)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    write_stories(tmp_path / "news", 3, "quiet")
    return tmp_path / "news"


@pytest.fixture
def shelf(tmp_path: Path, news: Path, told: Told) -> Iterator[Library]:
    """A library of three stories."""
    library = Library(tmp_path / "shelf", told.append)
    library.add([news])
    yield library
    library.close()


# --- taking in ------------------------------------------------------------------------------------


def test_what_was_added_is_found_and_a_new_library_gives_no_notice(
    shelf: Library, told: Told
) -> None:
    assert len(titles(shelf, "quiet")) == 3
    assert titles(shelf, "glacier") == ["Council at odds over the glacier number 1"]
    assert (shelf.verify(), told) == ([], [])


def test_adding_nothing_to_a_new_library_leaves_a_valid_empty_index(
    empty_library: Library, told: Told
) -> None:
    empty_library.notice = told.append
    empty_library.add([])
    assert titles(empty_library, "quiet") == titles(empty_library, "") == []
    assert (empty_library.verify(), told) == ([], [])


def test_searching_a_library_that_was_never_added_to_finds_nothing(empty_library: Library) -> None:
    assert titles(empty_library, "quiet") == []
    assert empty_library.ids() == ()


def test_adding_twice_changes_nothing(shelf: Library, news: Path) -> None:
    before, version = everything(shelf), shelf.version
    assert shelf.add([news]).unchanged == 3
    assert (everything(shelf), shelf.version) == (before, version)


def test_a_changed_file_is_found_by_its_new_words_only(shelf: Library, news: Path) -> None:
    write(news, "0001.txt", story("windmill"))
    shelf.add([news])
    assert titles(shelf, "windmill") == ["Council at odds over the windmill"]
    assert titles(shelf, "glacier") == []


def test_a_removed_file_is_neither_listed_nor_found(shelf: Library, news: Path) -> None:
    (news / "0001.txt").unlink()
    shelf.mirror([news])
    assert (titles(shelf, "glacier"), len(shelf.ids())) == ([], 2)
    assert shelf.verify() == []


def test_progress_is_told_of_reading_and_of_indexing(shelf: Library, tmp_path: Path) -> None:
    write_stories(tmp_path / "more", 4)
    steps: list[Progress] = []
    shelf.add([tmp_path / "more"], steps.append)
    assert {(step.task, step.total) for step in steps} == {("reading", 0), ("indexing", 4)}


# --- finding --------------------------------------------------------------------------------------


def test_an_empty_query_lists_everything_without_the_index(shelf: Library) -> None:
    shutil.rmtree(shelf.folder / "index")
    results = shelf.search("  ")
    assert results.ids == shelf.ids()
    assert set(results.scores) == {0.0}
    assert not (shelf.folder / "index").exists()


def test_hits_come_in_pages(shelf: Library) -> None:
    results = shelf.search("quiet", limit=2)
    assert (results.total, len(results.ids), len(results.hits)) == (3, 3, 2)
    rest = shelf.hits(results, 2, 9)
    assert [hit.id for hit in (*results.hits, *rest)] == list(results.ids)
    assert rest[0].score == results.scores[2]


def test_a_scope_narrows_and_says_how_many_it_hides(shelf: Library) -> None:
    first, second, third = shelf.ids()
    shelf.set_mark([first], "read", on=True)
    shelf.set_mark([second], "starred", on=True)
    for query in ("quiet", ""):
        unread = shelf.search(query, scope="unread")
        assert (set(unread.ids), unread.total, unread.hidden) == ({second, third}, 2, 1)
        starred = shelf.search(query, scope="starred")
        assert (list(starred.ids), starred.hidden, len(starred.scores)) == ([second], 2, 1)


def test_marks_are_searched_for_and_shown_as_they_are_now(shelf: Library) -> None:
    id_ = shelf.ids()[0]
    assert not shelf.search("is:starred").ids
    shelf.set_mark([id_], "starred", on=True)
    (hit,) = shelf.search("is:starred").hits
    assert (hit.id, hit.marks) == (id_, Marks(starred=True))
    assert shelf.undo() == ("starred", (id_,))
    assert not shelf.search("is:starred").ids


def test_a_hit_that_left_the_record_keeps_its_place(shelf: Library) -> None:
    results = shelf.search("quiet")
    gone = results.ids[1]
    with shelf._store._database.writing() as db:
        db.execute("DELETE FROM articles WHERE id = ?", (gone,))
    hits = shelf.hits(results, 0, 3)
    assert [hit.id for hit in hits] == list(results.ids)
    assert hits[1].title == "(no longer in the library)"


def test_a_hit_whose_article_is_damaged_says_so(shelf: Library, told: Told) -> None:
    results = shelf.search("quiet", limit=0)
    with shelf._store._database.writing() as db:
        db.execute("UPDATE articles SET raw = x'00', parsed = '{' WHERE id = ?", (results.ids[1],))
    titles = [hit.title for hit in shelf.hits(results, 0, 3)]
    assert titles.count("(damaged: it cannot be read)") == 1
    assert titles[1] == "(damaged: it cannot be read)"


def test_a_query_that_cannot_be_understood_is_no_damage(shelf: Library, told: Told) -> None:
    with pytest.raises(QueryError):
        shelf.search("(quiet")
    assert told == []


# --- reading --------------------------------------------------------------------------------------


def test_an_article_is_read_by_the_beginning_of_its_id(shelf: Library, news: Path) -> None:
    for id_ in shelf.ids():
        assert shelf.article(id_[:9]).id == id_
        assert shelf.raw(id_) in [path.read_bytes() for path in news.iterdir()]
    with pytest.raises(UnknownArticleError):
        shelf.article("ilou")


def test_articles_are_given_in_order_and_unknown_ones_left_out(shelf: Library) -> None:
    ids = list(reversed(shelf.ids()))
    assert [one.id for one in shelf.articles([ids[0], "unknown", *ids[1:]])] == ids


# --- the index comes back by itself ---------------------------------------------------------------


def reopened(library: Library, told: Told) -> Library:
    library.close()
    return Library(library.folder, told.append)


def test_a_deleted_index_comes_back_with_a_notice(shelf: Library, told: Told) -> None:
    shutil.rmtree(shelf.folder / "index")
    assert len(titles(shelf, "quiet")) == 3
    assert told.once()
    assert shelf.verify() == []


def test_a_deleted_index_comes_back_before_the_next_addition(
    shelf: Library, told: Told, tmp_path: Path
) -> None:
    shutil.rmtree(shelf.folder / "index")
    shelf.add([write(tmp_path, "new.txt", story("windmill", "quiet"))])
    assert told.once()
    assert len(titles(shelf, "quiet")) == 4


def test_reading_goes_on_while_the_index_is_damaged(shelf: Library, told: Told) -> None:
    shutil.rmtree(shelf.folder / "index")
    (shelf.folder / "index").write_text("in the way")
    assert [shelf.article(id_).id for id_ in shelf.ids()] == list(shelf.ids())
    assert len(titles(shelf, "")) == 3
    with pytest.raises(LibraryError, match=r"index cannot be written"):
        shelf.search("quiet")


def test_an_index_of_another_version_is_rebuilt_with_a_notice(
    shelf: Library, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.fulltext.SCHEMA_VERSION", 99)
    library = reopened(shelf, told)
    library.sync()
    assert told == [f"The index was made by another version of Broadsheet. {DAMAGED}"]
    assert len(titles(library, "quiet")) == 3
    library.close()


def test_a_fault_of_ours_is_no_reason_to_rebuild_over_and_over(
    shelf: Library, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Any:
        raise TypeError("a fault of ours")

    monkeypatch.setattr("index.search.rank", broken)
    version = shelf.version
    for _ in range(2):
        with pytest.raises(LibraryError, match="a fault of ours") as caught:
            shelf.search("quiet")
        assert not isinstance(caught.value, IndexDamagedError)
    assert (shelf.version, told) == (version, [])


def test_an_index_that_is_damaged_again_is_repaired_again(shelf: Library, told: Told) -> None:
    for times in (1, 2, 3):
        for path in (shelf.folder / "index").glob("*.segment"):
            path.unlink()
        library = reopened(shelf, told)
        assert len(titles(library, "quiet")) == 3
        assert len(told) == times
        library.close()


def test_while_another_process_writes_search_answers_from_what_is_there(
    shelf: Library, told: Told, tmp_path: Path
) -> None:
    other = Library(shelf.folder)
    with FileLock(shelf.folder / "index.lock"):
        write(tmp_path / "more", "new.txt", story("windmill", "quiet"))
        from index import gather

        gather.add(other._store, [tmp_path / "more"], lambda _: None)
        shelf.sync(wait=False)
        assert len(titles(shelf, "quiet")) == 3
        assert [notice.split(";")[0] for notice in told] == ["Another program is adding articles"]
        assert shelf.verify() == []
    shelf.sync(wait=False)
    assert len(titles(shelf, "quiet")) == 4
    other.close()


# --- rebuild and verify ---------------------------------------------------------------------------


def test_a_rebuild_reads_the_articles_anew_and_keeps_the_marks(shelf: Library, told: Told) -> None:
    id_ = shelf.ids()[0]
    shelf.set_mark([id_], "read", on=True)
    before = everything(shelf)
    with shelf._store._database.writing() as db:
        db.execute("UPDATE articles SET parsed = replace(parsed, 'Council', 'Assembly')")
    shelf.rebuild()
    assert everything(shelf) == before
    assert len(titles(shelf, "council")) == 3
    assert (shelf.verify(), told) == ([], [])


def test_verify_names_what_is_damaged_in_the_index(shelf: Library) -> None:
    (path,) = (shelf.folder / "index").glob("*.segment")
    raw = path.read_bytes()
    path.write_bytes(raw[:9999] + bytes([raw[9999] ^ 1]) + raw[10000:])
    (sentence,) = shelf.verify()
    assert str(path) in sentence


def test_verify_names_what_is_damaged_in_the_record(shelf: Library) -> None:
    id_ = shelf.ids()[0]
    with shelf._store._database.writing() as db:
        db.execute("UPDATE articles SET raw = x'00' WHERE id = ?", (id_,))
    (sentence,) = shelf.verify()
    assert id_ in sentence
    assert str(shelf.folder) in sentence


def test_verify_tells_an_index_that_lacks_an_article_or_has_one_too_many(shelf: Library) -> None:
    id_, other, _ = shelf.ids()
    with shelf._store._database.writing() as db:
        db.execute("UPDATE articles SET present = 0 WHERE id = ?", (id_,))
    assert shelf.verify() == [f"The index has a foreign id, {id_}."]
    with shelf._store._database.writing() as db:
        db.execute("UPDATE articles SET present = 1")
        db.execute("UPDATE articles SET id = 'zz' WHERE id = ?", (other,))
    wrong = shelf.verify()
    assert any(other in sentence or "zz" in sentence for sentence in wrong)


def test_verify_does_not_call_wrong_what_the_index_is_merely_behind_with(
    shelf: Library, tmp_path: Path
) -> None:
    from index import gather

    gather.add(shelf._store, [write(tmp_path, "new.txt", story("windmill"))], lambda _: None)
    assert shelf.verify() == []


def test_a_damaged_article_is_an_error_that_names_it_and_the_rest_can_be_read(
    shelf: Library,
) -> None:
    id_, *others = shelf.ids()
    with shelf._store._database.writing() as db:
        db.execute("UPDATE articles SET raw = x'00', parsed = '{' WHERE id = ?", (id_,))
    with pytest.raises(LibraryError, match=id_):
        shelf.article(id_)
    assert [one.id for one in shelf.articles(shelf.ids())] == others
    shelf.rebuild()
    assert len(titles(shelf, "quiet")) == 2
