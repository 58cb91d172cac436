"""Highlights: kept in the record, drawn in the texts of their article, found, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import article, searcher

from index.anchors import anchor
from index.highlights import anchor_in, by_passage, noted, passage_starts, placed, whole_text
from index.recorded import RecordedIn
from index.search import rank
from index.store import Store
from reader.drawing.annotated import Annotations, annotated, annotations_of, highlighted, span_of
from reader.drawing.layout import lay_out, texts_of, texts_of_passages
from reader.drawing.render import article_row, plain
from reader.drawing.runs import Run
from reader.drawing.selecting import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.article import Article

STORY = article("a", "A ferry", "It sails at noon. All aboard!", "#Later", "It sank. So sad.",
                points=["It sails", "It sinks"])  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def mark(store: Store, quote: str, note: str = "", of: Article = STORY) -> int:
    text = whole_text(of)
    start = text.index(quote)
    return store.highlights.add(of.id, anchor(text, start, start + len(quote)), note).key


# --- in the record --------------------------------------------------------------------------------


def test_highlights_are_kept_noted_removed_and_taken_back(store: Store) -> None:
    first, second = mark(store, "All aboard!"), mark(store, "It sank.", "When?")
    assert [one.anchor.quote for one in store.highlights.of("a")] == ["All aboard!", "It sank."]
    assert [one.key for one in store.highlights.all()] == [second, first]
    store.highlights.note(first, "Who?")
    store.highlights.note(first, "Who?")
    store.highlights.remove(second)
    store.highlights.remove(second)
    assert [(one.key, one.note) for one in store.highlights.all()] == [(first, "Who?")]
    assert store.marks.undo() == ("removed highlight", ("a",))
    assert [one.note for one in store.highlights.of("a")] == ["Who?", "When?"]
    assert store.marks.undo() == ("note", ("a",))
    assert [one.note for one in store.highlights.of("a")] == ["", "When?"]
    assert store.marks.undo() == ("highlight", ("a",))
    assert store.marks.undo() == ("highlight", ("a",))
    assert store.marks.undo() is None
    assert store.highlights.all() == ()


def test_a_highlight_comes_back_as_it_was(store: Store) -> None:
    key = mark(store, "All aboard!", "[Who]?")
    before = store.highlights.all()
    store.highlights.remove(key)
    store.marks.undo()
    assert store.highlights.all() == before


def test_articles_with_highlights_and_notes_are_found(store: Store) -> None:
    other = article("b", "Another ferry", "It sails, too.")
    news = searcher([STORY, other])

    def found(query: str) -> set[str]:
        return set(rank(news, query, recorded=RecordedIn(store)).ids)

    assert found("has:note OR has:highlight") == set()
    mark(store, "All aboard!")
    assert (found("has:highlight"), found("has:note")) == ({"a"}, set())
    before = store.highlights.articles()
    mark(store, "It sank.", "When?")
    assert store.highlights.articles() is before
    mark(store, "too", of=other)
    assert (found("has:highlight"), found("ferry has:note")) == ({"a", "b"}, {"a"})
    assert found("-has:note") == {"b"}


def test_what_is_in_the_text_no_more_is_told_so_and_kept(store: Store) -> None:
    mark(store, "All aboard!", "Who?")
    mark(store, "It sank. So sad.")
    changed = article("a", "A ferry", "It sails in the evening.", "It sank. How sad.")
    found = list(noted(lambda _: [changed], store.highlights.all()))
    assert [(one.highlight.anchor.quote, one.span is None) for one in found] == [
        ("It sank. So sad.", False),
        ("All aboard!", True),
    ]
    gone = list(noted(lambda _: [], store.highlights.all()))
    assert [one.span for one in gone] == [None, None]
    assert [one.highlight.anchor.quote for one in placed(changed, store.highlights.of("a"))] == [
        "It sank. So sad.",
        "All aboard!",
    ]


# --- in the article -------------------------------------------------------------------------------


def lines(noted: Annotations, width: int = 40) -> list[str]:
    layout = annotated(lay_out(STORY, width), noted)
    return [
        line.rstrip() for line in plain([article_row(layout, row, (), None) for row in layout.rows])
    ]


def test_tags_notes_and_what_is_lost_are_on_lines_of_their_own(store: Store) -> None:
    mark(store, "sails at noon", "At [noon]\x1b?")
    lost = article("a", "Other", "Gone with the wind, all of it.")
    mark(store, "Gone with the wind", "By whom?", of=lost)
    noted = annotations_of(STORY, ("war", "asia"), placed(STORY, store.highlights.of("a")))
    said = lines(noted, 60)
    at = said.index("It sails at noon. All aboard!")
    assert said[at + 1].startswith("✎ At [noon]")
    assert "\x1b" not in said[at + 1]
    assert said[2] == "#war  #asia"
    assert said[3] == "✎ By whom? (No longer in the text: “Gone with the wind”)"
    assert lines(Annotations(), 60) == [line for line in said if line[:1] not in ("#", "✎")]


def test_the_bar_of_the_key_points_goes_on_along_a_note(store: Store) -> None:
    mark(store, "It sinks", "Every ship does, some day or other.")
    said = lines(annotations_of(STORY, (), placed(STORY, store.highlights.of("a"))), 24)
    at = said.index("┃ 2  It sinks")
    assert said[at + 1 : at + 4] == ["┃ ✎ Every ship does,", "┃   some day or other.", ""]


@given(st.integers(1, 60))
def test_lines_of_notes_change_no_place_of_the_text(width: int) -> None:
    layout = lay_out(STORY, width)
    noted = annotated(layout, Annotations(tags=("war", "long reads")))
    for text, content in enumerate(texts_of(STORY)):
        for offset in range(len(content)):
            row = noted.rows[noted.row_of(text, offset)]
            assert row == layout.rows[layout.row_of(text, offset)]


def test_going_from_highlight_to_highlight(store: Store) -> None:
    keys = [mark(store, "It sank."), mark(store, "All aboard!")]
    noted = annotations_of(STORY, (), placed(STORY, store.highlights.of("a")))
    first = noted.beyond((0, 0), 1)
    assert first is not None
    assert first.highlight.key == keys[1]
    second = noted.beyond(first.start, 1)
    assert second is not None
    assert second.highlight.key == keys[0]
    assert noted.beyond(second.start, 1) is None
    assert noted.beyond(second.start, -1) == first
    assert noted.by_key(keys[0]) == second
    assert noted.by_key(None) is None


def test_runs_are_cut_where_highlights_begin_and_end() -> None:
    runs = [Run("• ", "lead"), Run("abcdef", "paragraph", "none", 10),
            Run("gh", "paragraph", "match", 16), Run("ij", "paragraph", "none", 18)]  # fmt: skip
    cut = list(highlighted(runs, [((12, 17), 1), ((14, 19), 2)], current=2))
    assert [(run.text, run.emphasis, run.offset) for run in cut] == [
        ("• ", "none", -1),
        ("ab", "none", 10),
        ("cd", "highlight", 12),
        ("ef", "highlight-current", 14),
        ("gh", "match", 16),
        ("i", "highlight-current", 18),
        ("j", "none", 19),
    ]


# --- from what is selected ------------------------------------------------------------------------


def test_what_is_selected_is_the_same_text_that_is_kept() -> None:
    texts, passages = texts_of(STORY), texts_of_passages(STORY)
    assert [texts[text] for text in passages] == [passage.text for passage in STORY.passages]
    whole = whole_text(STORY)
    first, last = passages[3], passages[-1]
    stretch = Stretch((first, 18), (last, 8))
    assert whole[slice(*span_of(STORY, stretch))] == "All aboard!\nLater\nIt sank."
    # From within the byline, to within the heading of the key points.
    assert whole[slice(*span_of(STORY, Stretch((1, 3), (passages[1], 2))))] == "It"
    assert anchor_in(STORY, span_of(STORY, Stretch((1, 3), (1, 9)))) is None


@given(st.integers(0, 80), st.integers(0, 80))
def test_a_span_is_the_same_by_passages(start: int, end: int) -> None:
    whole = whole_text(STORY)
    parts = list(by_passage(STORY, (start, end), passage_starts(STORY)))
    text = "".join(STORY.passages[number].text[slice(*span)] for number, span in parts)
    assert text == whole[start:end].replace("\n", "")
