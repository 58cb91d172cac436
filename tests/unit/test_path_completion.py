"""Paths go on as shells complete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import write

from reader.path_completion import completed, meant

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("news/one.txt", "news/two.txt", "newer.txt", ".hidden", "b ø[x].txt"):
        write(tmp_path, name, "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("~/ne", "~/newer.txt"),
        ("~/news", "~/news/"),
        ("~/news/", "~/news/one.txt"),
        ("news/t", "news/two.txt"),
        ("b", "b ø[x].txt"),
        ("", "b ø[x].txt"),
        (".h", ".hidden"),
        ("nothing", None),
        ("nowhere/x", None),
        ("~nobody-of-this-name/x", None),
        ("\0", None),
    ],
)
def test_how_a_path_goes_on(folder: Path, typed: str, expected: str | None) -> None:
    assert completed(typed) == expected


def test_a_path_from_the_root_goes_on(folder: Path) -> None:
    assert completed(f"{folder}/newe") == f"{folder}/newer.txt"
    assert completed("/") is not None


@pytest.mark.parametrize("typed", ["~/a b.txt", " '~/a b.txt' ", '"~/a b.txt"', "file://~/a b.txt"])
def test_what_is_meant(folder: Path, typed: str) -> None:
    assert meant(typed) == str(folder / "a b.txt")


@pytest.mark.parametrize("typed", ["https://news.example/~a", " HTTP://news.example/~a "])
def test_an_address_is_meant_as_it_is(typed: str) -> None:
    assert meant(typed) == typed.strip()
