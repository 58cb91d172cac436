"""Array files: what is written is read, and whatever is damaged is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.columnar.arrayfile import ALIGNMENT, ArrayFile, ArrayFileWriter
from index.errors import IndexDamagedError

if TYPE_CHECKING:
    from pathlib import Path

    from index.columnar.arrays import Array

ARRAYS: dict[str, Array] = {
    "bytes": np.arange(7, dtype=np.uint8),
    "numbers": np.array([[1, 2], [3, 1 << 40]], np.uint64),
    "scores": np.array([0.5, -1.0], np.float32),
    "nothing": np.zeros(0, np.uint16),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "some.segment"
    writer = ArrayFileWriter(path)
    for name, array in ARRAYS.items():
        writer.add(name, array)
    writer.add_pieces("pieces", [np.arange(3, dtype=np.uint8)] * 2, np.dtype(np.uint8))
    writer.finish({"documents": 3})
    return path


def test_arrays_are_read_as_written(path: Path) -> None:
    file = ArrayFile(path)
    assert list(file) == [*ARRAYS, "pieces"]
    for name, array in ARRAYS.items():
        assert file[name].dtype == array.dtype
        np.testing.assert_array_equal(file[name], array)
        assert file[name].ctypes.data % ALIGNMENT == 0 or not len(array)
    assert file["pieces"].tolist() == [0, 1, 2, 0, 1, 2]
    assert file.notes == {"documents": 3}
    assert "other" not in file
    file.verify()


def test_arrays_can_not_be_written_to(path: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        ArrayFile(path)["bytes"][0] = 1


def test_a_missing_array_is_damage(path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="'other' is missing"):
        ArrayFile(path)["other"]


def test_every_flipped_byte_is_noticed(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(IndexDamagedError):
            ArrayFile(path).verify()


def test_every_truncation_is_noticed_when_opened(path: Path) -> None:
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(IndexDamagedError):
            ArrayFile(path)


def test_what_is_no_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError):
        ArrayFile(tmp_path / "missing")


def test_names_are_written_once(tmp_path: Path) -> None:
    writer = ArrayFileWriter(tmp_path / "some.segment")
    writer.add("twice", ARRAYS["bytes"])
    with pytest.raises(ValueError, match="twice"):
        writer.add("twice", ARRAYS["bytes"])
    writer.abandon()
    assert not list(tmp_path.iterdir())
