"""The wheel holds what an installed reader needs: its stylesheet, and the sample articles."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return set(ZipFile(wheel).namelist())


def test_the_samples_are_in_the_wheel(names: set[str]) -> None:
    seeds = {path.name for path in (ROOT / "seeds").glob("*.txt")}
    assert len(seeds) == 5
    assert {f"reader/samples/{name}" for name in seeds} <= names


def test_the_packages_are_in_the_wheel_and_nothing_else(names: set[str]) -> None:
    assert "reader/broadsheet.tcss" in names
    assert {"index/py.typed", "reader/py.typed", "index/intake/text.py"} <= names
    tops = {name.split("/")[0] for name in names}
    assert tops == {"index", "reader", "broadsheet-0.1.0.dist-info"}
