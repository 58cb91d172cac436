"""The fast lane finds what the analyser finds, and so does Whoosh, in whatever text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import analysis
from index.columnar.building import Building
from index.columnar.chunks import chunks
from index.columnar.keys import Keys
from index.columnar.segment import Segment
from index.columnar.vocabulary import Vocabulary
from index.schema import SCHEMA

_PIECES = [
    *"aZbß1 \n\t\r\x00\x1c\x7f\x85\xa0.,;:!?'\"`-_/()[]{}<>|*@#$%&+=~^\\",
    *"’‘‛ʼʻ´′＇“”„«»‐‑–—―…•·¿¡\u2028\u2029\u200b\u200c\u200d\u2060\xad\u202e\ufeff\ufffd",
    *"éÉøłıİŉﬁǅΣςאָبِกำ中あア한\u0301\u0327\u20dd\ufe0f👍🏽\U0001f1e6\U00020000\ud800\udfff½²Ⅷ０",
    "a.b.", "U.S.", "U.S.'s", "US", "'s", "’s", "S’", "1,234", "12345,678", "3.5",
    "2,600-kilometer", "Al-Qaeda’s", "don't", "etc.", "word", "words", "WORDS",
    "y" * 70, "ab" * 13, "9" * 25,
]  # fmt: skip
pieces = st.one_of(st.sampled_from(_PIECES), st.characters(), st.integers(1, 40).map("x".__mul__))
texts = st.lists(pieces, max_size=40).map("".join)


def from_chunks(text: str) -> list[tuple[str, int, bool]]:
    found = []
    position = 0
    taken = chunks(["before", text, "behind"])
    for chunk in range(*taken.bounds[1:3].tolist()):
        words, width = analysis.analyse_all(taken.text(chunk))
        found += [(word.form, position + word.position, word.compound) for word in words]
        position += width
    return found


@settings(max_examples=500)
@given(text=texts)
def test_the_words_of_a_text_are_those_of_its_chunks(text: str) -> None:
    expected = [(word.form, word.position, word.compound) for word in analysis.words(text)]
    assert from_chunks(text) == expected


def by_whoosh(name: str, text: str) -> dict[str, list[int]]:
    field: Any = SCHEMA[name]
    kind = "positions" if field.format.supports("positions") else "frequency"
    decode = field.format.decoder(kind)
    return {term.decode(): decode(value) for term, _, _, value in field.index(text)}


def by_segment(segment: Segment, name: str, document: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    field = segment.field(name)
    if field is not None:
        for number, term in enumerate(field.terms):
            decoded = field.postings.decode(number, number + 1)
            at = np.flatnonzero(decoded.documents == document)
            if len(at):
                counts = decoded.frequencies
                start = int(counts[: at[0]].sum())
                places = decoded.positions
                found[term.decode()] = (
                    int(counts[at[0]])
                    if places is None
                    else places[start : start + int(counts[at[0]])].tolist()
                )
    return found


vocabulary = Vocabulary()


@settings(max_examples=100)
@given(given_texts=st.lists(texts, min_size=1, max_size=4))
def test_the_fast_lane_is_whoosh(given_texts: list[str]) -> None:
    names = ("text", "body_words", "has")
    building = Building(SCHEMA, vocabulary)
    for text in given_texts:
        building.add(dict.fromkeys(names, text))
    with tempfile.TemporaryDirectory() as folder:
        building.write(Path(folder, "a"))
        segment = Segment(Path(folder, "a"))
        for document, text in enumerate(given_texts):
            for name in names:
                assert by_segment(segment, name, document) == by_whoosh(name, text)


@given(
    batches=st.lists(
        st.lists(st.integers(1, 1 << 64) | st.integers(1, 40), max_size=50), max_size=8
    )
)
def test_keys_are_numbered_once(batches: list[list[int]]) -> None:
    keys = Keys()
    known: dict[int, int] = {}
    for batch in batches:
        held = [key % (1 << 64) or 1 for key in batch]
        numbers = keys.numbers(np.array(held, np.uint64)).tolist()
        assert len(keys) == len(known.keys() | set(held))
        for key, number in zip(held, numbers, strict=True):
            assert known.setdefault(key, number) == number
    assert sorted(known.values()) == list(range(len(known)))


@pytest.mark.parametrize("step", [1, -1])
def test_chunks_of_which_one_begins_another(tmp_path: Path, step: int) -> None:
    text = " ".join(["x" * length for length in range(1, 60)][::step])
    building = Building(SCHEMA, Vocabulary())
    building.add({"body_words": text})
    building.add({"body_words": text})
    building.write(tmp_path / "a")
    for document in (0, 1):
        found = by_segment(Segment(tmp_path / "a"), "body_words", document)
        assert found == by_whoosh("body_words", text)


def test_keys_outgrow_their_table() -> None:
    keys = Keys()
    some = np.arange(1, 100_000, dtype=np.uint64) << np.uint64(20)
    first = keys.numbers(some)
    assert np.array_equal(np.sort(first), np.arange(len(some)))
    assert np.array_equal(keys.numbers(some[::-1]), first[::-1])


@pytest.mark.parametrize("text", ["", " ", "\u2029", "\u2029\u2029"])
def test_texts_without_words(text: str) -> None:
    taken = chunks([text])
    assert len(taken.starts) == text.count("\u2029")
    assert taken.bounds.tolist() == [0, len(taken.starts)]
