"""Whatever is marked, tagged, highlighted and noted: each step back is the state before."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from index.anchors import anchor
from index.results import Marks
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

IDS = ("a", "b", "c")
TEXT = "A ferry sails at noon, and another one in the evening."

ids = st.lists(st.sampled_from(IDS), max_size=4)
tags = st.lists(st.sampled_from(["war", "War", "news/asia", "#x", " "]), max_size=3)
Act = tuple[str, tuple[object, ...]]

acts: st.SearchStrategy[Act] = st.one_of(
    st.tuples(st.just("put"), st.tuples(ids, st.sampled_from(["read", "starred"]), st.booleans())),
    st.tuples(st.just("tag"), st.tuples(st.sampled_from(IDS), tags)),
    st.tuples(st.just("change"), st.tuples(ids, tags, tags)),
    st.tuples(st.just("add"), st.tuples(st.sampled_from(IDS), st.integers(0, 40))),
    st.tuples(st.just("note"), st.tuples(st.integers(1, 4), st.sampled_from(["", "[why]?"]))),
    st.tuples(st.just("remove"), st.tuples(st.integers(1, 4))),
)


def state(store: Store) -> object:
    """Return all that can be noted."""
    highlights, marks = store.highlights, store.marks.get(IDS)
    return (
        [marks.get(id_, Marks()) for id_ in IDS], store.marks.read, store.marks.starred,
        store.tags.counts(), store.tags.articles(["war"]), highlights.all(), highlights.articles(),
        highlights.articles(with_note=True),
    )  # fmt: skip


def act(store: Store, what: str, how: tuple[object, ...]) -> None:
    """Do one thing."""
    doing: dict[str, Callable[..., object]] = {
        "put": lambda ids, mark, on: store.marks.put(ids, mark, on=on),
        "tag": store.tags.put,
        "change": store.tags.change,
        "add": lambda id_, start: store.highlights.add(id_, anchor(TEXT, start, start + 9), "n"),
        "note": store.highlights.note,
        "remove": store.highlights.remove,
    }
    doing[what](*how)


@settings(deadline=None, max_examples=60)
@given(st.lists(acts, max_size=8))
def test_each_step_back_is_the_state_before(done: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "library.db")
        states = [state(store)]
        for what, how in done:
            act(store, what, how)
            if state(store) != states[-1]:
                states.append(state(store))
        for before in reversed(states[:-1]):
            undone = store.marks.undo()
            assert undone is not None
            assert undone.ids
            assert state(store) == before
        assert store.marks.undo() is None
        store.close()
