"""Saved searches: kept, changed and taken back, counted; what is new since the last look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from desk import story, titles, write

from index.errors import SavedSearchError
from index.library import Library
from index.results import SearchCounts, Since

if TYPE_CHECKING:
    from pathlib import Path

    from index.results import NamedScope


def add(library: Library, folder: Path, *names: str, text: str = "The ferry left.") -> None:
    """Add a story to each of some files."""
    library.add([write(folder, f"{name}.txt", story(name, text)) for name in names])


@pytest.fixture
def harbour(empty_library: Library, tmp_path: Path) -> Library:
    add(empty_library, tmp_path, "alpha", "beta")
    return empty_library


def counts(library: Library, name: str = "Ferries") -> SearchCounts:
    return next(one.counts for one in library.searches.counted() if one.search.name == name)


def names(library: Library) -> list[str]:
    return [search.name for search in library.searches.all()]


def test_what_is_there_when_it_is_saved_is_not_new(harbour: Library, tmp_path: Path) -> None:
    saved = harbour.searches.save("Ferries", "ferry", "newest", "all", "f")
    assert counts(harbour) == (2, 2, 0)
    add(harbour, tmp_path, "gamma")
    add(harbour, tmp_path, "delta", text="The glacier stays.")
    assert counts(harbour) == (3, 3, 1)
    harbour.set_mark([harbour.ids()[0]], "read", on=True)
    assert counts(harbour)[2] == 1
    assert harbour.searches.all() == (saved,)


def test_a_look_shows_what_came_since_the_one_before(harbour: Library, tmp_path: Path) -> None:
    harbour.searches.save("Ferries", "ferry", "relevance", "all")
    add(harbour, tmp_path, "gamma")
    since = harbour.searches.look("Ferries")
    assert counts(harbour).new == 0
    found = harbour.search("ferry", scope=since)
    assert [hit.title for hit in found.hits] == titles(harbour, "gamma")
    assert (found.total, found.hidden) == (1, 2)
    assert harbour.search("", scope=since).ids == found.ids[:]
    assert harbour.search("", scope=since, sort="oldest").total == 1


def test_an_article_that_changes_or_comes_back_is_not_new(harbour: Library, tmp_path: Path) -> None:
    harbour.searches.save("Ferries", "ferry", "relevance", "all")
    add(harbour, tmp_path, "alpha", text="The ferry left late.")
    harbour.mirror([tmp_path / "beta.txt"])
    harbour.mirror([tmp_path / "alpha.txt", tmp_path / "beta.txt"])
    assert counts(harbour) == (2, 2, 0)


def test_what_could_not_be_found_yet_when_one_looked_is_new_later(
    harbour: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour.searches.save("Ferries", "ferry", "relevance", "all")
    with monkeypatch.context() as patch:
        patch.setattr(Library, "sync", lambda *_: None)
        add(harbour, tmp_path, "gamma", "delta")
        add(harbour, tmp_path, "gamma", text="The ferry left late.")
    assert harbour.search("ferry").total == 2
    harbour.searches.look("Ferries")
    assert counts(harbour).new == 0
    harbour.sync()
    assert counts(harbour) == (4, 4, 2)
    harbour.searches.look("Ferries")
    assert counts(harbour).new == 0


def test_what_came_before_arrivals_were_noted_is_never_new(
    harbour: Library, tmp_path: Path
) -> None:
    with harbour._store._database.writing() as db:
        db.execute("UPDATE arrivals SET change = 0")
    assert harbour.search("", scope=Since(0)).total == 0
    add(harbour, tmp_path, "alpha", text="The ferry left late.")
    assert harbour.search("", scope=Since(0)).total == 0


def test_a_search_counts_within_its_scope(harbour: Library) -> None:
    harbour.searches.save("Starred", "ferry", "relevance", "starred")
    harbour.set_mark([harbour.ids()[1]], "starred", on=True)
    harbour.searches.save("Wrong", "date:nonsense", "relevance", "all")
    starred, wrong = harbour.searches.counted()
    assert starred.counts == (1, 1, 0)
    assert (starred.search.key, wrong.search.key) == ("1", "2")
    assert wrong.error is not None


@pytest.mark.parametrize("scope", ["all", "unread", "starred"])
def test_as_many_are_shown_as_new_as_were_counted(
    harbour: Library, tmp_path: Path, scope: NamedScope
) -> None:
    harbour.searches.save("Ferries", "ferry", "relevance", scope)
    add(harbour, tmp_path, "gamma", "delta", "epsilon")
    harbour.set_mark(harbour.ids()[:3], "starred", on=True)
    harbour.set_mark(harbour.ids()[2:], "read", on=True)
    new = counts(harbour).new
    since = harbour.searches.look("Ferries")
    for query in ("ferry", ""):
        assert harbour.search(query, scope=since).total == new
        assert harbour.search(query, scope=since, sort="oldest").total == new
    assert harbour.overview.counts("ferry", scope=since, since=since).found == new


def test_each_change_can_be_taken_back(harbour: Library) -> None:
    searches = harbour.searches
    first = searches.save("Ferries", "ferry", "newest", "unread", "f")
    searches.save("glaciers", "glacier", "relevance", "all")
    searches.rename("Ferries", " Boats\n and ships ")
    searches.give_key("Boats and ships", "b")
    searches.remove("glaciers")
    assert searches.all() == (first._replace(name="Boats and ships", key="b"),)
    said = [searches.undo() for _ in range(6)]
    assert said[:2] == ["glaciers removed", "Boats and ships given another key"]
    assert said[-2:] == ["Ferries saved", None]
    assert searches.all() == ()


def test_taking_back_a_name_takes_back_no_look(harbour: Library, tmp_path: Path) -> None:
    harbour.searches.save("Ferries", "ferry", "relevance", "all")
    add(harbour, tmp_path, "gamma")
    harbour.searches.rename("Ferries", "Boats")
    harbour.searches.look("Boats")
    harbour.searches.undo()
    assert counts(harbour) == (3, 3, 0)


def test_what_another_program_saved_meanwhile_stays(harbour: Library) -> None:
    other = Library(harbour.folder)
    harbour.searches.save("Ferries", "ferry", "relevance", "all", "f")
    harbour.searches.rename("Ferries", "Boats")
    harbour.searches.remove("Boats")
    theirs = [
        other.searches.save(name, "x", "relevance", "all", name[0]) for name in ("Boats", "f")
    ]
    theirs.append(other.searches.save("Ferries", "y", "relevance", "all", "y"))
    for back in ("Boats 2", "Ferries 2"):
        harbour.searches.undo()
        found = {search.name: search for search in other.searches.all()}
        assert set(theirs) == set(found.values()) - {found[back]}
        assert (found[back].query, found[back].key) == ("ferry", None)
    other.close()


def test_a_search_is_not_saved_over_one_that_came_at_the_same_time(
    harbour: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour.searches.save("Ferries", "ferry", "relevance", "all", "f")
    with monkeypatch.context() as patch:
        patch.setattr(harbour.searches, "all", tuple)
        with pytest.raises(SavedSearchError):
            harbour.searches.save("Ferries", "boat", "relevance", "all")
        with pytest.raises(SavedSearchError):
            harbour.searches.save("Boats", "boat", "relevance", "all", "f")
    assert [search.query for search in harbour.searches.all()] == ["ferry"]


def test_no_two_have_the_same_name_or_key(harbour: Library) -> None:
    searches = harbour.searches
    searches.save("Ferries", "ferry", "relevance", "all", "f")
    searches.save("Glaciers", "glacier", "relevance", "all")
    for name, key in (("Ferries", None), (" ", None), ("Boats", "f"), ("Boats", "ff")):
        with pytest.raises(SavedSearchError):
            searches.save(name, "boat", "relevance", "all", key)
    with pytest.raises(SavedSearchError):
        searches.rename("Glaciers", "Ferries")
    with pytest.raises(SavedSearchError):
        searches.give_key("Glaciers", "f")
    with pytest.raises(SavedSearchError):
        searches.look("Boats")
    assert names(harbour) == ["Ferries", "Glaciers"]


def test_it_is_found_by_name_key_or_beginning(harbour: Library) -> None:
    for name, key in (("Ferries", "g"), ("ferry tales", None), ("Glaciers", None)):
        harbour.searches.save(name, "ferry", "relevance", "all", key)
    for called, name in (("g", "Ferries"), ("GLA", "Glaciers"), ("ferries", "Ferries")):
        assert harbour.searches.find(called).name == name
    for called in ("ferr", "", "boat"):
        with pytest.raises(SavedSearchError):
            harbour.searches.find(called)


def test_another_library_over_the_same_folder_knows_them(harbour: Library) -> None:
    saved = harbour.searches.save("Ferries", "ferry", "relevance", "all")
    other = Library(harbour.folder)
    assert other.searches.all() == (saved,)
    assert json.dumps(other.searches.counted()[0].counts) == "[2, 2, 0]"
    other.close()
