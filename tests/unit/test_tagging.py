"""Tags: typed, compared, completed, and kept with the articles they were given to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.unfinished import unfinished
from index.results import Marks
from index.store import Store
from index.tagging import meant, spelt, tags_in
from reader.tag_completion import completed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        (" , #,  ", ()),
        ("war, #asia", ("war", "asia")),
        ("War, WAR,  long   reads ", ("War", "long reads")),
        ("News/Asia, news / asia", ("News/Asia",)),
        ("a\x1b[31m\x07b", ("ab",)),
    ],
)
def test_tags_are_typed_with_commas_between(typed: str, tags: tuple[str, ...]) -> None:
    assert tags_in(typed) == tags


@given(st.lists(st.text(max_size=6), max_size=4))
def test_what_was_typed_and_is_typed_again_is_the_same(tags: list[str]) -> None:
    once = tags_in(", ".join(tags))
    assert tags_in(", ".join(once)) == once
    assert all(meant(tag, once, begins=False) for tag in once)


@pytest.mark.parametrize("tag", ['"q"', "“so-called” news", 'News/"Asia"', "q„"])
def test_a_tag_with_quotes_is_found_as_it_is_offered(tag: str) -> None:
    typed = unfinished("tag:")
    assert typed is not None
    offered = typed.completed(tag).strip().removeprefix("tag:").strip('"')
    assert meant(offered, [tag, "other"], begins=False) == (tag,)
    assert tags_in('"') == ()


def test_a_tag_is_spelt_as_it_is_known() -> None:
    assert spelt(["war", "Peace"], ["War"]) == ("War", "Peace")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", None),
        ("w", "war"),
        ("peace, W", "peace, War"),
        ("war, w", "war, world"),
        ("#wo", "#world"),
        ("war", None),
        ("x", None),
    ],
)
def test_the_last_tag_is_completed_to_the_one_most_often_given(
    typed: str, line: str | None
) -> None:
    assert completed(typed, {"war": 3, "world": 2, "peace": 1}) == line


# --- in the record --------------------------------------------------------------------------------


def test_tags_are_kept_counted_and_taken_back(store: Store) -> None:
    assert store.tags.put("a", ["war", "Asia"]) == ("Asia", "war")
    assert store.tags.change(["a", "b"], ["WAR", "new"], ["asia"]) == {
        "a": ("new", "war"),
        "b": ("new", "war"),
    }
    assert store.tags.counts() == {"new": 2, "war": 2}
    assert store.marks.get(["a"]) == {"a": Marks(tags=("new", "war"))}
    assert store.tags.articles(["war"]) == {"a", "b"}
    assert store.marks.undo() == ("tags", ("a", "b"))
    assert store.tags.of("a") == ("Asia", "war")
    assert store.marks.undo() == ("tags", ("a",))
    assert store.tags.counts() == {}
    assert store.marks.undo() is None


def test_the_same_tags_again_are_no_step(store: Store) -> None:
    store.tags.put("a", ["war"])
    store.tags.put("a", ["WAR"])
    assert store.marks.undo() == ("tags", ("a",))
    assert store.marks.undo() is None


def test_the_articles_of_a_tag_are_the_same_set_while_they_are_the_same(store: Store) -> None:
    store.tags.put("a", ["war"])
    before = store.tags.articles(["war"])
    store.marks.put(["b"], "read", on=True)
    store.tags.put("b", ["peace"])
    assert store.tags.articles(["war"]) is before
    store.tags.put("b", ["war"])
    assert store.tags.articles(["war"]) == {"a", "b"}
