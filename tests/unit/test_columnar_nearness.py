"""Near spellings: the same terms as Whoosh's automaton finds."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from whoosh import fields

from index.columnar.evaluation.nearness import near
from index.columnar.index import ColumnarIndex

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = fields.Schema(id=fields.ID())


def index_of(folder: Path, terms: list[str]) -> ColumnarIndex:
    index = ColumnarIndex.create(folder, SCHEMA)
    with index.writer() as writer:
        for term in terms:
            writer.add_document(id=term)
    return index


@pytest.mark.parametrize("prefix", [0, 1, 2])
@pytest.mark.parametrize("distance", [0, 1, 2, 3])
@pytest.mark.parametrize("word", ["a", "ab", "abba", "cab", "bbbbb"])
def test_as_the_automaton(tmp_path: Path, word: str, distance: int, prefix: int) -> None:
    terms = ["".join(letters) for size in range(1, 5) for letters in product("abc", repeat=size)]
    reader = index_of(tmp_path, terms).reader()
    if prefix > len(word):
        return
    ((leaf, _),) = reader.leaf_readers()
    dictionary = leaf.columns.field("id").terms  # type: ignore[attr-defined]
    numbers = near(dictionary, word, distance, prefix)
    assert numbers is not None
    found = [dictionary[number].decode() for number in numbers.tolist()]
    assert found == sorted(reader.terms_within("id", word, distance, prefix))


def test_letters_are_characters_and_not_bytes(tmp_path: Path) -> None:
    reader = index_of(tmp_path, ["cafe", "café", "cafés", "caffé", "\U0001f600"]).reader()
    dictionary = reader.columns.field("id").terms  # type: ignore[attr-defined]
    for word in ("cafe", "café", "\U0001f600", "\U0001f601", "x"):
        numbers = near(dictionary, word, 1, 0)
        assert numbers is not None
        found = [dictionary[number].decode() for number in numbers.tolist()]
        assert found == sorted(reader.terms_within("id", word, 1))


def test_terms_that_are_no_lines_are_left_to_the_automaton(tmp_path: Path) -> None:
    reader = index_of(tmp_path, ["cafe\n", "cafe"]).reader()
    dictionary = reader.columns.field("id").terms  # type: ignore[attr-defined]
    assert near(dictionary, "cafe", 1, 1) is None
