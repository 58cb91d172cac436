"""Where things are kept: as named, as the environment says, or where the platform keeps them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reader import locations

if TYPE_CHECKING:
    import pytest


def test_a_named_library_comes_before_the_environments_and_that_before_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locations.library() == tmp_path / "home" / "data" / "broadsheet" / "library"
    monkeypatch.setenv("BROADSHEET_LIBRARY", "")
    assert locations.library() == tmp_path / "home" / "data" / "broadsheet" / "library"
    monkeypatch.setenv("BROADSHEET_LIBRARY", "/of/environment")
    assert locations.library() == Path("/of/environment")
    assert locations.library(Path("/as/named")) == Path("/as/named")


def test_the_configuration_can_be_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locations.config() == tmp_path / "home" / "config" / "broadsheet" / "config.toml"
    monkeypatch.setenv("BROADSHEET_CONFIG", "/my.toml")
    assert locations.config() == Path("/my.toml")


def test_the_same_paths_have_the_same_library_however_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    one = locations.library_of([Path("news"), Path("other")])
    assert one == locations.library_of([tmp_path / "other", tmp_path / "x" / ".." / "news"])
    assert one == locations.library_of([Path("news"), Path("news"), Path("other")])
    assert one.is_relative_to(tmp_path / "home" / "cache")


def test_other_paths_have_other_libraries(tmp_path: Path) -> None:
    undecodable = Path(os.fsdecode(b"/caf\xe9"))
    paths = [tmp_path, tmp_path / "a", tmp_path / "b", undecodable]
    assert len({locations.library_of([path]) for path in paths}) == len(paths)
    assert locations.library_of(paths[1:3]) != locations.library_of(paths[1:2])


def test_the_samples_are_found_and_are_five() -> None:
    samples = locations.samples()
    assert samples is not None
    assert len(list(samples.glob("*.txt"))) == 5


def test_without_samples_none_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "__file__", str(tmp_path / "reader" / "locations.py"))
    assert locations.samples() is None
