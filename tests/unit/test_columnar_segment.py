"""Segments: the postings of both lanes, columns, stored fields, and merging."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from whoosh import fields

from index.analysis import PASSAGE_END
from index.columnar.building import Building
from index.columnar.encoding import FieldEncoder
from index.columnar.merging import merge
from index.columnar.positions import FIRST
from index.columnar.segment import Segment
from index.columnar.sources import GONE, InSegment
from index.columnar.stored import from_json, to_json
from index.columnar.vocabulary import Vocabulary
from index.schema import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Al-Qaeda’s U.S. cell: 2,600-kilometer march"
BODY = f"The march began.{PASSAGE_END}March, march, US!"


def written(path: Path, schema: fields.Schema, *documents: dict[str, Any]) -> Segment:
    building = Building(schema, Vocabulary())
    for document in documents:
        building.add(document)
    building.write(path)
    return Segment(path)


def postings(segment: Segment, name: str) -> dict[str, list[tuple[int, list[int]]]]:
    """Return what a field knows: term → [(document, positions or frequency)…]."""
    field = segment.field(name)
    assert field is not None
    found = {}
    for number, term in enumerate(field.terms):
        decoded = field.postings.decode(number, number + 1)
        bounds = np.cumsum(decoded.frequencies)[:-1]
        places = decoded.positions
        if places is None:
            places = np.repeat(decoded.frequencies, decoded.frequencies)
        assert decoded.documents.tolist() == field.postings.documents(number).tolist()
        found[term.decode()] = [
            (document, part.tolist())
            for document, part in zip(
                decoded.documents.tolist(), np.split(places, bounds), strict=True
            )
        ]
    return found


def by_whoosh(name: str, text: str) -> dict[str, list[int]]:
    field: Any = SCHEMA[name]
    decode = field.format.decode_positions
    return {term.decode(): decode(value) for term, _, _, value in field.index(text)}


@pytest.mark.parametrize("name", ["title_words", "body_words"])
def test_the_fast_lane_finds_what_the_analyser_finds(tmp_path: Path, name: str) -> None:
    text = {"title_words": TITLE, "body_words": BODY}[name]
    segment = written(tmp_path / "a", SCHEMA, {"id": "a", name: text}, {"id": "b", name: text})
    expected = by_whoosh(name, text)
    assert postings(segment, name) == {
        term: [(document, places) for document in (0, 1)] for term, places in expected.items()
    }
    lengths = segment.lengths(name)
    assert lengths is not None
    assert lengths.tolist() == [sum(map(len, expected.values()))] * 2


def test_a_text_made_of_others_is_the_same_as_one_of_its_own(tmp_path: Path) -> None:
    joined = f"{TITLE}{PASSAGE_END}{PASSAGE_END}{BODY}"
    first = written(tmp_path / "a", SCHEMA, {"title": TITLE, "text": BODY, "starts": joined})
    second = written(tmp_path / "b", SCHEMA, {"starts": joined})
    assert postings(first, "starts") == postings(second, "starts")


def test_boosted_fields_take_the_general_lane_of_the_same_field(tmp_path: Path) -> None:
    documents: list[dict[str, Any]] = [
        {"text": "one two"}, {"text": "two two", "_text_boost": 2.0}, {"text": ["two", "three"]},
    ]  # fmt: skip
    segment = written(tmp_path / "a", SCHEMA, *documents)
    field = segment.field("text")
    assert field is not None
    two = field.terms.find(b"two")
    assert two is not None
    assert field.postings.documents(two).tolist() == [0, 1, 2]
    assert field.postings.weights(two).tolist() == [1.0, 4.0, 1.0]
    assert field.postings.occurrences(two) == 4


def test_positions_and_frequencies_beyond_the_narrow_type(tmp_path: Path) -> None:
    text = "far " + "word " * (FIRST + 10) + "far"
    segment = written(tmp_path / "a", SCHEMA, {"text": text, "body_words": text})
    assert postings(segment, "body_words")["far"] == [(0, [0, FIRST + 11])]
    assert postings(segment, "body_words")["word"] == [(0, list(range(1, FIRST + 11)))]
    assert len(postings(segment, "text")["word"][0][1]) == FIRST + 10


def test_common_terms_are_bitmaps_and_rare_ones_are_numbers(tmp_path: Path) -> None:
    documents = [{"text": f"common {'rare' if n % 33 == 0 else 'x' + str(n)}"} for n in range(99)]
    segment = written(tmp_path / "a", SCHEMA, *documents)
    found = postings(segment, "text")
    assert [document for document, _ in found["common"]] == list(range(99))
    assert [document for document, _ in found["rare"]] == [0, 33, 66]
    field = segment.field("text")
    assert field is not None
    mask = np.zeros(99, np.bool_)
    field.postings.mark([field.terms.prefixed(b"r")], mask)
    assert np.flatnonzero(mask).tolist() == [0, 33, 66]
    field.postings.mark([field.terms.prefixed(b"c")], mask)
    assert mask.all()


def test_prefix_ranges(tmp_path: Path) -> None:
    schema = fields.Schema(id=fields.ID())
    ids = ["", "a", "ab", "abc", "b", "\U0010ffff", "\U0010ffff\n"]
    segment = written(tmp_path / "a", schema, *({"id": text} for text in ids if text))
    field = segment.field("id")
    assert field is not None
    for prefix in ("", "a", "ab", "c", "\U0010ffff"):
        found = list(field.terms.between(*field.terms.prefixed(prefix.encode())))
        assert found == [text.encode() for text in ids if text and text.startswith(prefix)]
    assert field.terms.texts(0, len(field.terms)) is None
    assert field.terms.texts(0, 2) == ["a", "ab"]
    assert field.terms.find(b"abcd") is None


def test_columns_have_a_default_for_who_has_no_value(tmp_path: Path) -> None:
    schema = fields.Schema(
        number=fields.NUMERIC(int, sortable=True), date=fields.DATETIME(sortable=True),
        real=fields.NUMERIC(float, sortable=True), name=fields.ID(sortable=True),
    )  # fmt: skip
    when = dt.datetime(2024, 2, 29, 12)
    segment = written(
        tmp_path / "a", schema, {"number": -5, "date": when, "real": -0.25, "name": "b"}, {}
    )
    for name, value in (("number", -5), ("date", when), ("real", -0.25), ("name", "b")):
        column = segment.column(name)
        assert column is not None
        assert schema[name].from_column_value(column[0]) == value
        kind: Any = schema[name].column_type
        assert column[1] == kind.default_value()
        assert column.values.tolist() == [column[0], column[1]]


@pytest.mark.parametrize(
    "value",
    [
        None, True, 3, -2.5, "text\u2028\ud800", ["a", {"b": 1}], b"\x00\xff", Decimal("1.10"),
        dt.date(2024, 2, 29), dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC), {"$date": "x", "y": 1},
    ],
)  # fmt: skip
def test_stored_values_come_back(value: object) -> None:
    assert from_json(to_json(value)) == value


def test_what_has_no_form_in_json_is_refused() -> None:
    with pytest.raises(TypeError, match="can't be stored"):
        to_json(object())


def test_a_bad_value_leaves_nothing_of_its_document(tmp_path: Path) -> None:
    building = Building(SCHEMA, Vocabulary())
    building.add({"id": "a", "text": "one"})
    with pytest.raises(ValueError, match="invalid literal"):
        building.add({"id": "b", "text": "two", "published": "never"})
    building.add({"id": "c", "text": "three"})
    assert building.write(tmp_path / "a") == 2
    segment = Segment(tmp_path / "a")
    assert [segment.stored(number)["id"] for number in (0, 1)] == ["a", "c"]
    assert set(postings(segment, "text")) == {"one", "three"}


def test_merging_drops_deleted_documents_and_their_terms(tmp_path: Path) -> None:
    first = written(tmp_path / "a", SCHEMA, {"body_words": "a b a"}, {"body_words": "b c"})
    second = written(tmp_path / "b", SCHEMA, {"body_words": "c a"}, {"body_words": "d"})
    numbers = [np.array([0, GONE], np.uint32), np.array([1, GONE], np.uint32)]
    sources = []
    for segment, new in zip((first, second), numbers, strict=True):
        field = segment.field("body_words")
        assert field is not None
        sources.append(InSegment(segment, field, new))
    encoder = FieldEncoder(2, tmp_path)
    for terms, pieces in merge(sources):
        encoder.add(terms, pieces)
    assert len(encoder) == 3
    assert encoder.lengths.tolist() == [3, 2]
